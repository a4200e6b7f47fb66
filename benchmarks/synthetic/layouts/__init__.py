"""Importing this package fills the registry of layouts."""

from benchmarks.synthetic.layouts import delimited, printed, spaced, web, word

__all__ = ["delimited", "printed", "spaced", "web", "word"]
