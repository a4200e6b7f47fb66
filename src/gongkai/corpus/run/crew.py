"""Who does the work: threads of this process or the workers of a Dask cluster, each with sandboxes of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from threading import Lock

from gongkai.corpus.paths import locate
from gongkai.corpus.run.sandbox import WORK, Limits, Sandbox
from gongkai.corpus.run.version import version
from gongkai.corpus.run.work import Job, Outcome
from gongkai.errors import RunError

# Tasks that wait for each worker, so that none is idle; more would only fill memory.
_AHEAD = 3
_MOST_FILES = 16
_PATIENCE = 30
_LOOK_UP = 1.0


class Pool:
    """The sandboxes of one process: as many as there are threads that ask for one at a time."""

    def __init__(self, limits: Limits, work: str) -> None:
        self._limits, self._work = limits, work
        self._idle: list[Sandbox] = []
        self._all: list[Sandbox] = []
        self._lock = Lock()

    def run(self, job: Job) -> Outcome:
        """Work on a file in a sandbox that nobody else uses meanwhile."""
        with self._lock:
            sandbox = self._idle.pop() if self._idle else Sandbox(self._limits, self._work)
            if sandbox not in self._all:
                self._all.append(sandbox)
        with ExitStack() as fetched:
            try:
                path = fetched.enter_context(_local_file(job.url))
            except OSError as error:
                outcome = Outcome("unreadable", error.strerror or str(error))
            else:
                outcome = sandbox.run(job, path)
        with self._lock:
            self._idle.append(sandbox)
        return outcome

    def close(self) -> None:
        """End all sandboxes, also those that are at work."""
        with self._lock:
            for sandbox in self._all:
                sandbox.close()
            self._all, self._idle = [], []


@cache
def pool(limits: Limits, work: str) -> Pool:
    """This process's sandboxes for such limits and such work."""
    return Pool(limits, work)


def attempt(jobs: list[Job], limits: Limits, work: str) -> list[Outcome]:
    """The task that any worker is given: the outcome of each job."""
    return [pool(limits, work).run(job) for job in jobs]


def close(limits: Limits, work: str) -> None:
    """End this process's sandboxes."""
    pool(limits, work).close()


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers that are ready: `size` of them work at a time."""

    executor: Executor
    size: int
    limits: Limits
    work: str

    def outcomes(self, jobs: Iterable[Job], count: int) -> Iterator[list[tuple[Job, Outcome]]]:
        """The `count` jobs with their outcomes as they are done; an empty list when nothing was done for a while.

        Raises RunError when the cluster is lost.
        """
        files_a_task = min(max(count // (self.size * 2 * _AHEAD), 1), _MOST_FILES)
        rest = iter(jobs)
        again: list[list[Job]] = []
        running: dict[Future[list[Outcome]], list[Job]] = {}
        while True:
            while len(running) < self.size * _AHEAD:
                task = again.pop() if again else list(islice(rest, files_a_task))
                if not task:
                    break
                running[self.executor.submit(attempt, task, self.limits, self.work)] = task
            if not running:
                return
            done, _ = wait(running, _LOOK_UP, FIRST_COMPLETED)
            yield []
            for future in done:
                task = running.pop(future)
                try:
                    yield list(zip(task, future.result(), strict=True))
                except CancelledError as error:
                    raise RunError("the cluster's scheduler was lost; run again to go on") from error
                except Exception as error:
                    if not _takes_workers_down(error):
                        raise
                    if len(task) == 1:
                        yield [(task[0], Outcome("crashed", "several workers were lost while they worked on it"))]
                    else:  # one of them is to blame, and only that one shall be
                        again += [[job] for job in task]


@contextmanager
def local_crew(workers: int | None, limits: Limits, work: str = WORK) -> Iterator[Crew]:
    """Threads of this process, by default one for every processor that it may use."""
    size = workers or _processors()
    executor = ThreadPoolExecutor(size)
    try:
        yield Crew(executor, size, limits, work)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        close(limits, work)
        executor.shutdown(wait=True)


@contextmanager
def dask_crew(address: str, limits: Limits, work: str = WORK) -> Iterator[Crew]:
    """The workers of the Dask cluster whose scheduler is at `address`.

    Raises RunError when it cannot be reached, has no workers, or when their gongkai is another than this one.
    """
    from distributed import Client

    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise RunError(f"no Dask scheduler answers at {address} ({error})") from error
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise RunError(
                f"the scheduler at {address} has no workers; start some with: dask worker {address}"
            ) from error
        versions = client.run(version)
        other = next((f"{name} has {found}" for name, found in versions.items() if found != version()), None)
        if other:
            raise RunError(f"the workers need the same gongkai as this machine, {version()}: {other}")
        executor = client.get_executor(pure=False)
        yield Crew(executor, sum(client.nthreads().values()), limits, work)
        client.run(close, limits, work, on_error="ignore")
    finally:
        client.close()


def _processors() -> int:
    """How many processors this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _takes_workers_down(error: Exception) -> bool:
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


@contextmanager
def _local_file(url: str) -> Iterator[Path]:
    """The file on this machine's disk, under its own name; a remote one is fetched and removed at the end."""
    if "://" not in url:
        yield Path(url)
        return
    fs, path = locate(url)
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        here = Path(folder) / PurePosixPath(path).name
        fs.get_file(path, str(here))
        yield here
