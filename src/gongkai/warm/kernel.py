"""A process forked ahead: it waits for its job, and becomes the kernel that it asks for."""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec

LAUNCHER = "ipykernel_launcher"
MESSAGE = 2**18  # bytes; the system allows messages that are somewhat shorter


@dataclass(frozen=True, slots=True)
class Job:
    """A kernel to be: its command as the system would get it, the launcher's arguments in it, and where it works."""

    command: list[str]
    arguments: list[str]
    folder: str

    def to_json(self) -> bytes:
        return json.dumps([self.command, self.arguments, self.folder]).encode()


def wait_for_job(channel: socket.socket) -> Job:
    """Wait, in a session of this process's own, for a job and take over its two outputs; without a job, end."""
    os.setsid()
    with channel:
        message, outputs, _, _ = socket.recv_fds(channel, MESSAGE, 2)
    if not message:
        os._exit(0)
    for standard, output in zip((1, 2), outputs, strict=True):
        os.dup2(output, standard)
        os.close(output)
    return Job(*json.loads(message))


def become_kernel(job: Job) -> None:
    """Run the kernel and return when it has been shut down.

    What a process of its own would have is given to it: its folder, its command, the process that it must not outlive,
    and random numbers that no other kernel has (the standard library's are new in every fork by themselves).
    """
    os.chdir(job.folder)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    launcher = find_spec(LAUNCHER)
    sys.orig_argv[:] = job.command
    sys.argv[:] = [launcher.origin if launcher and launcher.origin else LAUNCHER, *job.arguments]
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    from ipykernel.kernelapp import IPKernelApp

    try:
        # The parent's process number is a class attribute's default, read when the parent imported the class.
        IPKernelApp.launch_instance(job.arguments, parent_handle=os.getppid())
    except BaseException:
        atexit.unregister(end_at_once)
        raise


def end_at_once() -> None:
    """Registered before all that is done at exit, so done after it: end without taking the libraries apart.

    IPython has let go of the notebook's variables by then. Files that something else still holds are flushed, as they
    are when Python takes its modules apart; that itself, over all that the parent has imported, takes longer than a
    small notebook.
    """
    gc.collect()
    # Not those that were there before the fork, which are frozen.
    for thing in [*gc.get_objects(), sys.__stdout__, sys.__stderr__]:
        if issubclass(type(thing), io.IOBase):
            with suppress(OSError, ValueError):
                thing.flush()
    os._exit(0)
