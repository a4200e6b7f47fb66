"""What a run did, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from gongkai.corpus.columns import FILE_STATUSES

if TYPE_CHECKING:
    from gongkai.corpus.run.plan import Plan
    from gongkai.corpus.store import Store

_MEANINGS = {
    "done": "read, checked and in the panel",
    "not_a_report": "readable, but no annual report",
    "unreadable": "missing, damaged, or of a kind that is not read",
    "failed": "a defect of gongkai came to light",
    "timeout": "took longer than the limit",
    "memory": "took more memory than the limit",
    "crashed": "ended the process that worked on it",
}
_MOST_FAILURES = 1000


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: its files by status, and file, status and reason of those that are not `done`."""

    folder: str
    output: str
    plan: Plan
    counts: Counter[str]
    failures: list[tuple[str, str, str]]
    seconds: float

    @property
    def files(self) -> int:
        """How many files the run worked on."""
        return sum(self.counts.values())


def write_summary(store: Store, summary: Summary) -> None:
    """Write `summary.md`: this run, all files so far, the ones that failed and why, and where everything is."""
    store.write("summary.md", "\n".join(_lines(store, summary)).encode() + b"\n")


def _lines(store: Store, summary: Summary) -> Iterator[str]:
    current = store.current().select(["file", "status", "reason"])
    yield f"# Reports of {_code(summary.folder)}"
    yield ""
    yield (
        f"The last run worked on {summary.files:,} files in {summary.seconds:,.0f} seconds; {summary.plan.unchanged:,}"
        f" were there unchanged. gongkai {summary.plan.version}."
    )
    if summary.plan.gone:
        yield f"{summary.plan.gone:,} files of earlier runs are no longer in the folder; their reports are kept."
    yield ""
    yield "| status | this run | all | meaning |"
    yield "|---|---:|---:|---|"
    everything = Counter(current["status"].to_pylist())
    for status in FILE_STATUSES:
        if everything[status] or status == "done":
            yield f"| {status} | {summary.counts[status]:,} | {everything[status]:,} | {_MEANINGS[status]} |"
    yield from _failures(current.filter(pc.not_equal(current["status"], "done")).to_pylist())
    yield ""
    yield "## Where everything is"
    yield ""
    yield "- `panel/`: reports, cells, findings, repairs and texts as Parquet by year; `gongkai.Panel` reads them"
    yield "- `ledger/`: one row for every file and run, as Parquet: status, reason, seconds, version"
    if store.fs.exists(f"{store.root}/pages"):
        yield "- `pages/`: the web pages of the reports"
    yield ""
    yield "Run the same command again for new and changed files; `--retry` works again on those that failed."


def _failures(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    failures = sorted(rows, key=lambda row: (FILE_STATUSES.index(row["status"]), row["file"]))
    if not failures:
        return
    yield ""
    yield "## Files that are not in the panel"
    yield ""
    yield "| file | status | reason |"
    yield "|---|---|---|"
    for row in failures[:_MOST_FAILURES]:
        yield f"| {_code(row['file'])} | {row['status']} | {_code(row['reason'])} |"
    if len(failures) > _MOST_FAILURES:
        yield ""
        yield f"{len(failures) - _MOST_FAILURES:,} more are in the ledger."


def _code(text: str) -> str:
    """Text that others wrote, so that Markdown takes nothing in it for its own."""
    plain = "".join(char if char.isprintable() and char not in "`|" else " " for char in text).strip()
    return f"`{plain}`" if plain else ""
