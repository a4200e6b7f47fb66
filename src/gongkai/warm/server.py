"""What a warm parent does: import, fork kernels one ahead of the jobs, watch over them until nobody needs any more.

All goes through sockets that keep messages apart. `control` brings jobs in JSON, each with three descriptors: the
kernel's line to its owner, its standard output and its standard error. A line carries `{"pid": …}` or `{"refused": …}`
to the owner and, when the kernel has ended, `{"returncode": …}`; and signal numbers, one byte each, to the kernel and
the processes of its group. Whoever closes his end of a line, by dying for instance, kills the kernel.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector

from gongkai.warm.imports import KERNEL, import_all, lasting_threads
from gongkai.warm.kernel import MESSAGE, Job, become_kernel, end_at_once, wait_for_job


def main(control: int, modules: Sequence[str]) -> None:
    """Import `modules`, say on the socket `control` whether kernels can be forked, and fork them.

    Never returns in the parent. Returns in each kernel when it has ended, for Python to do what is to be done at exit.
    """
    atexit.register(end_at_once)
    channel = socket.socket(fileno=control)
    try:
        import_all([*KERNEL, *modules])
        threads = lasting_threads()
        unfit = f"threads that a fork would lose: {', '.join(threads)}" if threads else ""
    except ImportError as error:
        unfit = f"{type(error).__name__}: {error}"
    _tell(channel, unfit=unfit)
    job = None if unfit else ForkServer(channel).serve()
    if job is None:
        os._exit(0)
    become_kernel(job)


@dataclass(slots=True)
class _Kernel:
    """A forked process. `line` leads to its owner; as long as it has none, to the process, which waits for a job."""

    pid: int
    line: socket.socket
    ended: int  # can be read from when the process has ended

    def close(self) -> None:
        self.line.close()
        os.close(self.ended)


class ForkServer:
    """Forks and watches over kernels."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._wanted = True
        self._spare: _Kernel | None = None
        self._kernels: list[_Kernel] = []
        self._events = DefaultSelector()
        self._events.register(control, EVENT_READ)

    def serve(self) -> Job | None:
        """Work until nobody can ask for kernels and none runs, then return None; in each kernel, return its job."""
        while self._wanted or self._kernels:
            if self._wanted and self._spare is None and (job := self._fork_ahead()):
                return job
            ready = {key.fd for key, _ in self._events.select()}
            if self._wanted and self._control.fileno() in ready:
                self._take_job()
            for kernel in list(self._kernels):
                if kernel.line.fileno() in ready:
                    self._listen(kernel)
                if kernel.ended in ready:
                    self._bury(kernel)
        return None

    def _fork_ahead(self) -> Job | None:
        """Fork the next kernel, which waits for its job and returns it. None in the parent."""
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            pid = os.fork()
        except OSError:  # no memory or too many processes; whoever asks next is told, then it is tried again
            here.close()
            there.close()
            return None
        if pid:
            there.close()
            self._spare = _Kernel(pid, here, os.pidfd_open(pid))
            return None
        here.close()
        self._control.close()
        self._events.close()
        for kernel in self._kernels:
            kernel.close()
        return wait_for_job(there)

    def _take_job(self) -> None:
        """Read a job and hand it to the kernel that waits; without a job, nobody can ask for kernels any more."""
        message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE, 3)
        spare, self._spare = self._spare, None
        if message:
            line = socket.socket(fileno=descriptors[0])
            self._assign(spare, line, message, descriptors[1:])
            for descriptor in descriptors[1:]:
                os.close(descriptor)
        else:
            self._wanted = False
            self._events.unregister(self._control)
            if spare:
                spare.close()

    def _assign(self, spare: _Kernel | None, line: socket.socket, message: bytes, outputs: list[int]) -> None:
        if spare is None:
            _tell(line, refused="no process can be forked")
            line.close()
            return
        try:
            socket.send_fds(spare.line, [message], outputs)
        except OSError as error:  # killed while it waited, for want of memory perhaps
            _tell(line, refused=f"the process forked ahead is lost: {error.strerror}")
            line.close()
            spare.close()
            os.waitpid(spare.pid, 0)
            return
        spare.line.close()
        spare.line = line
        self._kernels.append(spare)
        self._events.register(line, EVENT_READ)
        self._events.register(spare.ended, EVENT_READ)
        _tell(line, pid=spare.pid)

    def _listen(self, kernel: _Kernel) -> None:
        """Pass on what the owner sends; when the line is closed, kill."""
        try:
            signals = kernel.line.recv(MESSAGE) or bytes([signal.SIGKILL])
        except ConnectionResetError:
            signals = bytes([signal.SIGKILL])
        if signals[-1] == signal.SIGKILL:
            self._events.unregister(kernel.line)
        with suppress(ProcessLookupError):
            for number in signals:
                os.killpg(kernel.pid, number)

    def _bury(self, kernel: _Kernel) -> None:
        """Tell the owner how a kernel ended."""
        _, status = os.waitpid(kernel.pid, 0)
        _tell(kernel.line, returncode=os.waitstatus_to_exitcode(status))
        self._kernels.remove(kernel)
        if kernel.line in self._events.get_map():
            self._events.unregister(kernel.line)
        self._events.unregister(kernel.ended)
        kernel.close()


def _tell(line: socket.socket, **what: object) -> None:
    """Send a message; an owner who is gone needs none."""
    with suppress(BrokenPipeError, ConnectionResetError):
        line.send(json.dumps(what).encode())
