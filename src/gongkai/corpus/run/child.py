"""The process that works on files as its parent sends them: `python -m gongkai.corpus.run.child`."""

from __future__ import annotations

import resource
import shutil
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from gongkai.corpus.run.work import Job, Outcome

# The parent ends a file that takes too long. Should the parent itself be gone, the system does so this much later.
_GRACE = 10


def main(descriptor: str, work: str, seconds: str, scratch: str) -> None:
    """Answer every job on the connection with its outcome, until the other end is closed.

    `scratch` is the folder for what the work leaves lying about. A parent that was killed cannot remove it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(int(descriptor))
    module, _, name = work.partition(":")
    function: Callable[[Job, Path], Outcome] = getattr(import_module(module), name)
    connection.send("ready")
    while True:
        try:
            job, path = connection.recv()
        except EOFError:
            shutil.rmtree(scratch, ignore_errors=True)
            return
        signal.alarm(int(float(seconds)) + _GRACE)
        outcome = function(job, path)
        signal.alarm(0)
        connection.send(outcome)


if __name__ == "__main__":
    main(*sys.argv[1:])
