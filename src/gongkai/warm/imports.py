"""What a warm parent does before it forks: import, and make sure that a fork of it is whole."""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Iterable
from pathlib import Path

# What every kernel imports while it starts. Never matplotlib_inline's backend: it ties itself to the shell of the
# kernel that imports it; where there is none yet, figures are not shown.
KERNEL = (
    "ipykernel.debugger",  # and with it debugpy, in whole
    "ipykernel.kernelapp",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
)
# Set while modules are imported: the figures' backend as every kernel sets it for its notebook, since matplotlib reads
# it when it is imported; no thread for an allocator that Arrow brings along; no advice from debugpy on the terminal.
_MEANWHILE = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def import_all(modules: Iterable[str]) -> None:
    """Import modules, in an environment that is left as it was; raises what they raise."""
    added = {name: value for name, value in _MEANWHILE.items() if name not in os.environ}
    os.environ.update(added)
    for name in modules:
        importlib.import_module(name)
    for name in added:
        del os.environ[name]
    # What is there now is no garbage, and pages that nobody writes to are shared by all forks.
    gc.collect()
    gc.freeze()


def lasting_threads() -> list[str]:
    """The names of the threads beside this one that a fork would lose.

    Not those that their library itself stops before a fork and starts again when they are needed, as OpenBLAS does: a
    first fork tells.
    """
    trial = os.fork()
    if trial == 0:
        os._exit(0)
    os.waitpid(trial, 0)
    tasks = Path("/proc/self/task")
    return [(task / "comm").read_text().strip() for task in tasks.iterdir() if task.name != str(os.getpid())]
