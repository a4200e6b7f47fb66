"""Outcomes are gathered and committed together: few enough that a kill costs little, enough for good Parquet."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from time import monotonic
from typing import Any

import pyarrow as pa

from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.corpus.run.plan import Task
from gongkai.corpus.run.work import Outcome
from gongkai.corpus.store import Store

_MOST_REPORTS = 2000
_SECONDS = 60.0


class Batches:
    """What a run adds to a store: `add` outcomes, `commit_when_due` now and then, `commit` at the end.

    `counts` are the files by status so far, `failures` file, status and reason of those that are not `done`.
    """

    def __init__(self, store: Store, run: str, version: str) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: list[tuple[str, str, str]] = []
        self._store, self._run, self._version = store, run, version
        self._begin()

    def _begin(self) -> None:
        self._name = self._store.next_batch(self._run)
        self._started = monotonic()
        self._ledger: list[dict[str, Any]] = []
        self._tables: dict[str, dict[int | None, list[pa.Table]]] = {name: defaultdict(list) for name in PANEL}

    def add(self, task: Task, outcome: Outcome) -> None:
        """A report was worked on: a row in the ledger for each of its files, and the report's own rows."""
        done = outcome.status == "done"
        for source in (task.source, *task.twins):
            twin = source is not task.source
            reasons = (outcome.reason, f"same content as {task.source.file}" if twin else "")
            self.note(
                {
                    "file": source.file,
                    "sha256": source.sha256,
                    "size": source.size,
                    "status": outcome.status,
                    "reason": "; ".join(filter(None, reasons)),
                    "seconds": 0.0 if twin else outcome.seconds,
                    "version": self._version,
                    "report": task.report if done else None,
                    "batch": self._name if done else None,
                }
            )
        for name, rows in outcome.tables.items():
            self._tables[name][outcome.year].append(rows)

    def note(self, row: Mapping[str, Any]) -> None:
        """A file of which there is only this row for the ledger."""
        self._ledger.append({**row, "run": self._run, "finished": dt.datetime.now(dt.UTC)})
        self.counts[row["status"]] += 1
        if row["status"] != "done":
            self.failures.append((row["file"], row["status"], row["reason"]))

    def commit_when_due(self) -> None:
        """Commit when there is much, or when it is long since."""
        if len(self._ledger) >= _MOST_REPORTS or monotonic() - self._started > _SECONDS:
            self.commit()

    def commit(self) -> None:
        """Commit what there is; raises OutputError when it cannot be written, and nothing of it counts then."""
        if self._ledger:
            tables = {
                name: {year: self._whole(name, rows) for year, rows in by_year.items()}
                for name, by_year in self._tables.items()
            }
            self._store.commit(self._name, pa.Table.from_pylist(self._ledger, schema(LEDGER)), tables)
        self._begin()

    def _whole(self, name: str, rows: list[pa.Table]) -> pa.Table:
        table = pa.concat_tables(rows)
        return table.append_column(schema(PANEL[name]).field("batch"), pa.repeat(self._name, len(table)))
