"""Work on hostile files in a process of its own, with a limit of time and of memory for each file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic

import psutil

from gongkai.corpus.run.work import Job, Outcome
from gongkai.errors import RunError

WORK = "gongkai.corpus.run.work:work"
_CHILD = (sys.executable, "-m", "gongkai.corpus.run.child")
# How often memory is looked at; that of programs which the process itself has started is dear to find out.
_TICK = 0.05
_TICKS_A_FAMILY = 20
# Seconds in which the process must have started.
_START = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    seconds: float = 300
    megabytes: int = 3000


class Closed(Exception):
    """The sandbox was closed while it was at work."""


class Sandbox:
    """A child process that works on one file after another; it is started when it is needed, and again when it died.

    Whatever a file does to the process is that file's outcome: `timeout`, `memory` or `crashed`. When the process had
    worked on other files before, they may be to blame, and the file gets a second try in a new one.
    """

    def __init__(self, limits: Limits, work: str = WORK) -> None:
        self.limits = limits
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._scratch: TemporaryDirectory[str] | None = None
        self._lock = Lock()

    def run(self, job: Job, path: Path) -> Outcome:
        """Work on the file at `path`; raises Closed when the sandbox is closed meanwhile."""
        fresh = self._process is None
        outcome = self._attempt(job, path)
        if outcome.status in ("memory", "crashed") and not fresh:
            outcome = self._attempt(job, path)
        return outcome

    def close(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            self._closed = True
            self._kill()

    def _attempt(self, job: Job, path: Path) -> Outcome:
        process = self._started()
        start = monotonic()
        with suppress(BrokenPipeError, ConnectionResetError):  # it died; what follows finds out how
            self._connection.send((job, path))
        fate = self._wait(process)
        if fate is None:
            try:
                outcome: Outcome = self._connection.recv()
            except (EOFError, ConnectionResetError):
                fate = Outcome("crashed", _cause(process.wait()))
        if fate is not None:
            outcome = fate
            with self._lock:
                self._kill()
                if self._closed:
                    raise Closed
        outcome.seconds = round(monotonic() - start, 3)
        return outcome

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise Closed
            if self._process is None:
                self._connection, theirs = Pipe()
                descriptor = theirs.fileno()
                # What a process that is killed leaves lying about goes with it.
                self._scratch = TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True)
                self._process = subprocess.Popen(
                    [*_CHILD, str(descriptor), self._work, str(self.limits.seconds), self._scratch.name],
                    pass_fds=[descriptor],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=_environment(self._scratch.name),
                    start_new_session=True,  # an interrupt from the terminal is the parent's business
                )
                theirs.close()
                if not self._answers():
                    self._kill()
                    raise RunError("the process that works on files cannot be started")
            return self._process

    def _answers(self) -> bool:
        """Whether a new process says in time that it is ready."""
        try:
            return self._connection.poll(_START) and bool(self._connection.recv())
        except (EOFError, ConnectionResetError):
            return False

    def _wait(self, process: subprocess.Popen[bytes]) -> Outcome | None:
        """Wait for an answer, or for the end of the process (None), or for a limit (the outcome)."""
        deadline, tick, family = monotonic() + self.limits.seconds, 0, [psutil.Process(process.pid)]
        while not self._connection.poll(_TICK):
            tick += 1
            if monotonic() > deadline:
                return Outcome("timeout", f"took longer than {self.limits.seconds:g} seconds")
            if tick % _TICKS_A_FAMILY == 0:
                family = _family(process.pid)
            if _megabytes(family) > self.limits.megabytes:
                return Outcome("memory", f"took more than {self.limits.megabytes} MB")
        return None

    def _kill(self) -> None:
        if self._process is not None:
            for process in _family(self._process.pid):
                with suppress(psutil.Error):
                    process.kill()
            self._process.wait()
            self._process = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def _environment(scratch: str) -> dict[str, str]:
    """The child finds the same modules, and none in the folder where it happens to be; it keeps to one processor."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    path = os.pathsep.join(folder for folder in sys.path if folder)
    return {**os.environ, **threads, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "TMPDIR": scratch}


def _megabytes(processes: list[psutil.Process]) -> float:
    """The memory that processes hold."""
    held = 0
    for process in processes:
        with suppress(psutil.Error):
            held += process.memory_info().rss
    return held / 1e6


def _family(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def _cause(code: int) -> str:
    """Why a process ended by itself, in words."""
    if code >= 0:
        return f"the process ended with status {code}"
    name = signal.Signals(-code).name
    return f"the process was killed by {name}" + (" (the system may lack memory)" if name == "SIGKILL" else "")
