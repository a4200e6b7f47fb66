"""Kernels that start warm: each notebook runs in a process forked from one that has imported everything already.

A warm parent (`server`) is a process of one thread that imports what notebooks need and then only forks. A kernel
(`kernel`) is a fork of it that nobody has used yet, so nothing passes from one notebook to the next. `parents` starts
warm parents and asks them for kernels, whose processes (`process`) `manager` fits into Jupyter and `engine` into
Papermill.
"""

ENGINE = "gongkai-forked"
