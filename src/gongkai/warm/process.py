"""A forked kernel's process as the program that runs notebooks sees it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakSet

_open: WeakSet[socket.socket] = WeakSet()


def new_line() -> tuple[socket.socket, socket.socket]:
    """Two ends of a line; the first is ours, and stays this process's alone when the process is forked."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    _open.add(ours)
    return ours, theirs


def _close_lines() -> None:
    for line in list(_open):
        line.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_lines)


def hear(line: socket.socket) -> dict[str, Any]:
    """The next message; empty when nobody is at the other end."""
    try:
        message = line.recv(4096)
    except ConnectionResetError:
        message = b""
    return dict(json.loads(message or b"{}"))


class ForkedProcess:
    """A kernel's process, with the part of subprocess.Popen that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line = line
        self._line.setblocking(False)
        self._reading = Lock()

    def poll(self) -> int | None:
        """Its return code, negative for a signal's number; None as long as it runs."""
        with self._reading:
            if self.returncode is None:
                with suppress(BlockingIOError):
                    # A parent that ends takes its kernels with it.
                    self.returncode = hear(self._line).get("returncode", -signal.SIGKILL)
            return self.returncode

    async def ended(self) -> int:
        """Wait until it has ended; its return code."""
        loop = asyncio.get_running_loop()
        while (code := self.poll()) is None:
            readable = asyncio.Event()
            loop.add_reader(self._line, readable.set)
            try:
                await readable.wait()
            finally:
                loop.remove_reader(self._line)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to it and the processes of its group, unless it has ended."""
        if self.poll() is None:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._line.send(bytes([number]))

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of it; it is killed if it still runs."""
        with self._reading:
            if self.returncode is None:
                self.returncode = -signal.SIGKILL
            self._line.close()
