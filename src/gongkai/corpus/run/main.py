"""A run: every report of a folder that is new or changed gets into the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import uuid4

from gongkai.corpus.paths import address, is_local, locate
from gongkai.corpus.run.batch import Batches
from gongkai.corpus.run.crew import Crew, dask_crew, local_crew
from gongkai.corpus.run.lock import sole_run
from gongkai.corpus.run.origin import claim
from gongkai.corpus.run.plan import LEDGER_COLUMNS, Plan, make_plan
from gongkai.corpus.run.sandbox import WORK, Limits
from gongkai.corpus.run.sources import find_sources, require_folder
from gongkai.corpus.run.summary import Summary, write_summary
from gongkai.corpus.run.version import version
from gongkai.corpus.run.work import Job
from gongkai.corpus.store import Store
from gongkai.errors import OutputError
from gongkai.wording import Language


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, in files: `done` of `total`, and how many failed in one way or another."""

    done: int
    total: int
    failed: int


def run(
    folder: str,
    output: str,
    *,
    language: Language = "zh",
    pages: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
    retry: bool = False,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    work: str = WORK,
) -> Summary:
    """Work on every file under `folder` that is new or changed since the last run into the store at `output`.

    Both are paths or URLs for fsspec. A file is read, checked and repaired in a process of its own that `limits` bound,
    by `workers` threads here or by the Dask cluster whose `scheduler` is given. `pages` also makes the web pages of
    every report, for which `output` must be on a local disk. `retry` works again on files that failed.

    What is committed is safe: after an interruption or a kill the same call goes on where this one was. Raises
    UnreadableFile when there is no such folder, OutputError when the store is in use, is not ours or cannot be written,
    and RunError when the workers cannot start or are lost.
    """
    limits, start = limits or Limits(), time.monotonic()
    store = Store(output)
    require_folder(folder)
    if pages and not is_local(store.fs):
        raise OutputError(output, "pages can be written to a local disk only; leave out --notebooks")
    with sole_run(store):
        store.create()
        claim(store, folder)
        store.sweep()
        current = store.current().select(LEDGER_COLUMNS).to_pylist()
        plan = make_plan(find_sources(folder), current, f"{version()}.{language}", pages=pages, retry=retry)
        batches = Batches(store, uuid4().hex[:8], plan.version)
        for row in plan.known:
            batches.note(row)
        try:
            if plan.tasks:
                crew = dask_crew(scheduler, limits, work) if scheduler else local_crew(workers, limits, work)
                place = f"{store.root}/pages" if pages else None
                _work(plan, batches, crew, _jobs(plan, folder, language, place), on_progress)
        finally:
            # Also what was done before an interruption.
            batches.commit()
        if batches.counts:
            store.sweep()
        summary = Summary(folder, output, plan, batches.counts, batches.failures, time.monotonic() - start)
        write_summary(store, summary)
    return summary


def _jobs(plan: Plan, folder: str, language: Language, pages: str | None) -> Iterator[Job]:
    """The plan's tasks as workers get them."""
    fs, _ = locate(folder)
    for task in plan.tasks:
        source = task.source
        url = address(fs, source.path)
        yield Job(task.report, source.file, url, source.sha256 or "", plan.version, language, pages)


def _work(
    plan: Plan,
    batches: Batches,
    crew: AbstractContextManager[Crew],
    jobs: Iterator[Job],
    on_progress: Callable[[Progress], None],
) -> None:
    """Work on all tasks of the plan, and commit on the way."""
    tasks = {task.report: task for task in plan.tasks}
    total, done, failed = plan.files, 0, 0
    on_progress(Progress(0, total, 0))
    with crew as ready:
        for outcomes in ready.outcomes(jobs, len(tasks)):
            for job, outcome in outcomes:
                task = tasks[job.report]
                batches.add(task, outcome)
                files = 1 + len(task.twins)
                done += files
                failed += files if outcome.status != "done" else 0
            batches.commit_when_due()
            on_progress(Progress(done, total, failed))
