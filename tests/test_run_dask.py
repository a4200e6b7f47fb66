"""The same run on a Dask cluster over TCP: a worker is lost and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path

import psutil
import pytest
from distributed import KilledWorker
from test_run import content, many, statuses

import gongkai
from gongkai.corpus.run import Limits, Progress, run
from gongkai.corpus.run.crew import Crew
from gongkai.corpus.run.version import version
from gongkai.corpus.run.work import Job, Outcome
from gongkai.errors import RunError


class Cluster:
    """A scheduler and two workers, each a process of its own, that talk over TCP."""

    def __init__(self, folder: Path) -> None:
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", folder=folder)
        self.address = self._said(self.scheduler, "Scheduler at:")
        self.workers = [self._worker(folder) for _ in range(2)]

    def _worker(self, folder: Path) -> subprocess.Popen[str]:
        worker = self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", folder=folder)
        self._said(worker, "Registered to:")
        return worker

    def _start(self, program: str, *words: str, folder: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *words, "--host", "127.0.0.1"]
        path = os.pathsep.join(filter(None, sys.path))
        return subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": path}
        )

    def _said(self, process: subprocess.Popen[str], what: str) -> str:
        assert process.stderr is not None
        return next(line.split(what)[1].strip() for line in process.stderr if what in line)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


def test_a_worker_is_killed_and_nothing_is_lost(tmp_path: Path, cluster: Cluster) -> None:
    folder = many(tmp_path / "raw", 24)
    busy: list[int] = []

    def kill_one(progress: Progress) -> None:
        if progress.done and not busy:
            busy.append(len(psutil.Process(cluster.workers[0].pid).children()))
            cluster.workers[0].kill()

    run(str(folder), str(tmp_path / "out"), scheduler=cluster.address, on_progress=kill_one)
    assert busy == [1]  # it had a sandbox of its own
    assert cluster.workers[1].poll() is None
    assert statuses(tmp_path / "out") == {path.relative_to(folder).as_posix(): "done" for path in folder.glob("*/*")}
    run(str(folder), str(tmp_path / "here"))
    assert content(tmp_path / "out") == content(tmp_path / "here")


def test_hostile_files_cost_no_worker(tmp_path: Path, cluster: Cluster) -> None:
    for name in ("a", "hang", "b", "segfault", "c"):
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "raw" / f"{name}.txt").write_text(name, encoding="utf-8")
    limits = Limits(seconds=2, megabytes=300)
    run(
        str(tmp_path / "raw"),
        str(tmp_path / "out"),
        scheduler=cluster.address,
        limits=limits,
        work="hostile_work:work",
    )
    failed = {"hang.txt": "timeout", "segfault.txt": "crashed"}
    assert statuses(tmp_path / "out") == {f"{name}.txt": "done" for name in "abc"} | failed
    assert [worker.poll() for worker in cluster.workers] == [None, None]


def test_no_scheduler_is_one_plain_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.corpus.run.crew._PATIENCE", 1)
    with pytest.raises(RunError, match="no Dask scheduler answers at tcp://127"):
        run(str(many(tmp_path / "raw", 1)), str(tmp_path / "out"), scheduler="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_one_plain_error(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    monkeypatch.setattr("gongkai.corpus.run.crew._PATIENCE", 3)
    with pytest.raises(RunError, match="has no workers"):
        run(str(many(tmp_path / "raw", 1)), str(tmp_path / "out"), scheduler=cluster.address)


def test_workers_need_the_same_gongkai(tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gongkai, "__version__", "9")
    version.cache_clear()
    with pytest.raises(RunError, match="the workers need the same gongkai as this machine, 9"):
        run(str(many(tmp_path / "raw", 1)), str(tmp_path / "out"), scheduler=cluster.address)
    version.cache_clear()


def test_a_lost_scheduler_ends_the_run_and_keeps_what_was_done(tmp_path: Path, cluster: Cluster) -> None:
    def kill_it(progress: Progress) -> None:
        if progress.done:
            cluster.scheduler.kill()

    with pytest.raises(RunError, match="lost"):
        run(str(many(tmp_path / "raw", 12)), str(tmp_path / "out"), scheduler=cluster.address, on_progress=kill_it)
    assert set(statuses(tmp_path / "out").values()) == {"done"}


class Deadly(Executor):
    """An executor whose workers are lost whenever a task has the file `bad`; `tasks` are those that it was given."""

    def __init__(self) -> None:
        self.tasks: list[list[str]] = []

    def submit(self, function, jobs, *_):
        self.tasks.append([job.file for job in jobs])
        future = Future()
        if "bad" in self.tasks[-1]:
            future.set_exception(KilledWorker("task", None, 3))
        else:
            future.set_result([Outcome("done") for _ in jobs])
        return future


def test_a_file_that_takes_workers_down_is_blamed_alone() -> None:
    crew = Crew(Deadly(), 1, Limits(), "")
    jobs = [Job(name, name, name, "", "", "zh") for name in (*"abcdefghijk", "bad", *"lmnopqrstuvwxyz")]
    outcomes = {job.file: outcome for done in crew.outcomes(jobs, len(jobs)) for job, outcome in done}
    assert {file for file, outcome in outcomes.items() if outcome.status != "done"} == {"bad"}
    assert outcomes["bad"].status == "crashed"
    assert len(outcomes) == len(jobs)
    assert ["bad"] in crew.executor.tasks
