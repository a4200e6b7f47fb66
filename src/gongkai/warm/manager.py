"""Forked kernels as Jupyter knows kernels: what starts and ends them, what talks to them, what manages both."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from gongkai.warm.kernel import LAUNCHER, Job
from gongkai.warm.parents import CannotFork, can_fork, warm_parent
from gongkai.warm.process import ForkedProcess

_KILL_SECONDS = 5.0
_REPLY_SECONDS = 1.0
_BROADCAST_SECONDS = 0.05
_RECONNECT_MILLISECONDS = 5
# What a launch may ask for and a fork can give; the last two are no wishes.
_GIVEN = {"env", "cwd", "extra_arguments", "kernel_id"}


class ForkedProvisioner(LocalProvisioner):
    """Forks kernels of this very Python from a warm parent; any other is started as Jupyter does."""

    modules = List(Unicode())
    process: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel; where that cannot be, say why in the log and start it."""
        python, arguments = _split(cmd)
        if not (can_fork() and python and "env" in kwargs and kwargs.keys() <= _GIVEN):
            return await super().launch_kernel(cmd, **kwargs)
        folder = str(kwargs.get("cwd") or Path.cwd())
        parent = warm_parent(python, kwargs["env"], self.modules)
        try:
            self.process = await asyncio.to_thread(parent.fork, Job(cmd, arguments, folder))
        except CannotFork as reason:
            self.log.warning("This kernel is started, not forked: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid, self.pgid, self.cwd = self.process.pid, None, folder
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end of the kernel; of a forked one, without looking ten times a second whether it is there."""
        if not isinstance(self.process, ForkedProcess):
            return await super().wait()
        code = await self.process.ended()
        self._let_go()
        return code

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Give the kernel the time it takes, so that its manager finds it ended when it looks."""
        await self._see_end(self.get_shutdown_wait_time() / 2)

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        await self._see_end(_KILL_SECONDS)

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart)
        self._let_go()

    async def _see_end(self, seconds: float) -> None:
        if isinstance(self.process, ForkedProcess):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.process.ended(), seconds)

    def _let_go(self) -> None:
        if isinstance(self.process, ForkedProcess):
            self.process.close()
            self.process = None


def _split(command: list[str]) -> tuple[list[str], list[str]]:
    """This Python with its options, and the arguments of ipykernel's launcher; two empty lists for another program."""
    if LAUNCHER in command and _is_this_python(command[0]):
        at = command.index(LAUNCHER)
        if command[at - 1] == "-m":
            return command[: at - 1], command[at + 1 :]
    return [], []


def _is_this_python(program: str) -> bool:
    """Whether it is the file that runs, of the same virtual environment."""
    with suppress(OSError):
        return Path(program).parent.samefile(Path(sys.executable).parent) and Path(program).samefile(sys.executable)
    return False


class PromptClient(AsyncKernelClient):
    """Knows at once when a kernel is ready: Jupyter's client waits until nothing has come for 0.2 seconds.

    ZeroMQ lets 0.1 seconds pass before it tries again to reach a kernel that does not listen yet.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, _RECONNECT_MILLISECONDS)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until a request is answered on both channels; RuntimeError when the kernel dies or it takes too long."""
        last = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._answers(self.kernel_info()):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > last:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self, request: str) -> bool:
        """Whether the reply to a request comes and then, as its end, that the kernel is idle again.

        What is broadcast is not heard before the kernel has noticed its listener, so the second may be missing.
        """
        with suppress(Empty):
            reply = await self.get_shell_msg(timeout=_REPLY_SECONDS)
            if reply["msg_type"] != "kernel_info_reply":
                return False
            self._handle_kernel_info_reply(reply)
            while True:
                heard = await self.get_iopub_msg(timeout=_BROADCAST_SECONDS)
                if (
                    heard["parent_header"].get("msg_id") == request
                    and heard["content"].get("execution_state") == "idle"
                ):
                    return True
        return False


class ForkedKernelManager(AsyncKernelManager):
    """A manager of one kernel, forked from a parent that has imported `modules`."""

    modules = List(
        Unicode(),
        help="What kernels have imported when they start. None that reads what a notebook sets before it imports it.",
    ).tag(config=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"client_class": f"{PromptClient.__module__}.{PromptClient.__qualname__}"} | settings)

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]  # as in AsyncKernelManager
        spec = self.kernel_spec
        if self.provisioner is None and spec is not None and "kernel_provisioner" not in spec.metadata:
            self.kernel_id = self.kernel_id or str(uuid4())
            self.provisioner = ForkedProvisioner(
                kernel_id=self.kernel_id, kernel_spec=spec, modules=self.modules, parent=self
            )
        await super().start_kernel(**kwargs)
