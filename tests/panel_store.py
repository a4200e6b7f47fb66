"""A corpus store made of reports built from known values, so that the panel is tested without any run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import gongkai as gk
from gongkai.corpus.run.batch import Batches
from gongkai.corpus.run.plan import Task
from gongkai.corpus.run.sources import Source
from gongkai.corpus.run.work import Job, Outcome, rows_of
from gongkai.corpus.store import Store
from gongkai.report import Report


def make_store(path: Path | str, reports: Mapping[str, Report], unread: Mapping[str, str] | None = None) -> Store:
    """A store with one batch: `reports` by file, and files that have a status other than `done`."""
    store = Store(str(path))
    store.create()
    add_batch(store, "r1", reports, unread)
    return store


def add_batch(store: Store, run: str, reports: Mapping[str, Report], unread: Mapping[str, str] | None = None) -> None:
    """What a run of this name would add."""
    batches = Batches(store, run, gk.__version__)
    for file, report in reports.items():
        source = Source(file, file, 0, hashlib.sha256(file.encode()).hexdigest())
        job = Job(id_of(file), file, file, source.sha256, gk.__version__, "zh")
        rows = rows_of(job, report, gk.check(report), gk.repair(report))
        batches.add(Task(job.report, source), Outcome("done", year=report.year, tables=rows))
    for file, status in (unread or {}).items():
        batches.note({"file": file, "status": status, "reason": "said"})
    batches.commit()


def id_of(file: str) -> str:
    return hashlib.sha256(file.encode()).hexdigest()[:16]
