"""The warm parents of this process: started when a kernel is asked for, and kept as long as the process lives."""

from __future__ import annotations

import atexit
import os
import socket
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Lock

from gongkai.warm.kernel import Job
from gongkai.warm.process import ForkedProcess, hear, new_line

_PROGRAM = str(Path(__file__).with_name("__main__.py"))
_IMPORT_SECONDS = 300.0  # from a slow disk
_ANSWER_SECONDS = 30.0
_END_SECONDS = 5.0
_KEPT = 2  # one is the rule; another environment or other modules need another


class CannotFork(RuntimeError):
    """No kernel can be forked; says why."""


def can_fork() -> bool:
    """Whether kernels can be forked here: on Linux, the one system whose own libraries survive a fork."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class WarmParent:
    """A process that has imported `modules` and forks kernels; it ends, and they with it, when this process ends."""

    def __init__(self, python: Sequence[str], environment: Mapping[str, str], modules: Sequence[str]) -> None:
        self._asking = Lock()
        self._unfit: str | None = None  # a reason; empty when it is fit, None as long as nobody knows
        self._control, theirs = new_line()
        with theirs:
            self._process = Popen(
                [*python, _PROGRAM, str(theirs.fileno()), *modules],
                env=environment,
                stdin=DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    @property
    def unfit(self) -> bool:
        """Whether it turned out that its imports do not bear a fork; another one would not either."""
        return bool(self._unfit)

    def fork(self, job: Job) -> ForkedProcess:
        """A new kernel; waits for the imports if need be. Raises CannotFork."""
        with self._asking:
            self._wait_for_imports()
            ours, line = new_line()
            ours.settimeout(_ANSWER_SECONDS)
            try:
                with line:
                    socket.send_fds(self._control, [job.to_json()], [line.fileno(), 1, 2])
                answer = hear(ours)
            except OSError as error:
                answer = {"refused": str(error)}
        if "pid" in answer:
            return ForkedProcess(ours, answer["pid"])
        ours.close()
        raise CannotFork(answer.get("refused", "the warm parent has ended"))

    def _wait_for_imports(self) -> None:
        if self._unfit is None:
            self._control.settimeout(_IMPORT_SECONDS)
            try:
                self._unfit = hear(self._control).get("unfit", "the warm parent ended while it imported")
            except TimeoutError:
                self._unfit = f"the warm parent's imports take more than {_IMPORT_SECONDS:.0f} seconds"
        if self._unfit:
            raise CannotFork(self._unfit)

    def dismiss(self) -> None:
        """Ask for no more kernels; it ends when those that it forked have ended."""
        self._control.close()

    def wait(self) -> None:
        with suppress(TimeoutExpired):
            self._process.wait(_END_SECONDS)


_parents: OrderedDict[object, WarmParent] = OrderedDict()
_dismissed: list[WarmParent] = []
_lock = Lock()


def warm_parent(python: Sequence[str], environment: Mapping[str, str], modules: Sequence[str]) -> WarmParent:
    """The warm parent for kernels of this very command, environment and imports; starts it, but does not wait for it.

    A library may read the environment when it is imported, so kernels with different ones never share a parent.
    """
    key = (tuple(python), frozenset(environment.items()), tuple(modules))
    with _lock:
        parent = _parents.pop(key, None)
        if parent is None or not (parent.lives or parent.unfit):
            parent = WarmParent(python, environment, modules)
        _parents[key] = parent
        while len(_parents) > _KEPT:
            _, oldest = _parents.popitem(last=False)
            oldest.dismiss()
            _dismissed[:] = [*(parent for parent in _dismissed if parent.lives), oldest]
    return parent


def _forget() -> None:
    """In a fork of this process, its parents belong to the original alone."""
    global _lock
    _lock = Lock()
    _parents.clear()
    _dismissed.clear()


@atexit.register
def _end() -> None:
    for parent in [*_parents.values(), *_dismissed]:
        parent.dismiss()
        parent.wait()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
