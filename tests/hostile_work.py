"""Work that does what the file's text says, for tests of the processes that do the work."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from gongkai.corpus.run.work import Job, Outcome

_seen: list[str] = []


def work(job: Job, path: Path) -> Outcome:
    """Hang, take memory, break down, or be done, as the file asks; the reason of a `done` one is the process's id."""
    text = path.read_text(encoding="utf-8")
    if "hang" in text:
        time.sleep(600)
    if "segfault" in text or ("only the first" in text and _seen):
        ctypes.string_at(0)
    if "memory" in text:
        held = []
        while True:
            held.append(bytearray(b"x" * 20_000_000))
    if "exit" in text:
        os._exit(7)
    _seen.append(job.file)
    return Outcome("done", str(os.getpid()))
