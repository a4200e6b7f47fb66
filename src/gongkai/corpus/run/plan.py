"""What a run has to do: which files are new or changed, and which of them are the same report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.corpus.run.sources import Source

Row = Mapping[str, Any]
# What the plan needs to know of a row of the ledger.
LEDGER_COLUMNS = ("file", "sha256", "status", "reason", "version", "report", "batch")
_ID_LENGTHS = (16, 64)
# Appended to the version of files whose pages were made.
PAGES = ".pages"


@dataclass(frozen=True, slots=True)
class Task:
    """A report to work on: the file that it is read from, and files with the same content."""

    report: str
    source: Source
    twins: tuple[Source, ...] = ()


@dataclass(slots=True)
class Plan:
    """`tasks` to work on; `known` are rows for the ledger of files of which nothing needs to be read.

    `unchanged` counts files that are in the ledger as they are, `gone` those of the ledger that the folder lacks.
    """

    version: str
    tasks: list[Task] = field(default_factory=list)
    known: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    gone: int = 0

    @property
    def files(self) -> int:
        """How many files the tasks are about."""
        return sum(1 + len(task.twins) for task in self.tasks)


def make_plan(sources: Iterable[Source], current: Iterable[Row], version: str, pages: bool, retry: bool) -> Plan:
    """Compare the files with the last row of each in the ledger.

    A file is worked on when its content or `version` is another than there, with `retry` also when it failed, and with
    `pages` when its pages were not made yet. Of files with the same content the first by name is worked on.
    """
    last = {row["file"]: row for row in current}
    accepted = {version + PAGES} if pages else {version, version + PAGES}
    plan = Plan(version + PAGES if pages else version)
    plan.gone = len(last.keys() - {source.file for source in sources})
    ids = {row["report"]: row["sha256"] for row in last.values() if row["report"]}
    for content, same in _by_content(sources).items():
        if content is None:
            _note_problems(plan, same, last)
            continue
        settled = [
            row
            for source in same
            if (row := last.get(source.file)) is not None
            and row["sha256"] == content
            and row["version"] in accepted
            and (row["status"] == "done" or not retry)
        ]
        there = {row["file"] for row in settled}
        missing = [source for source in same if source.file not in there]
        plan.unchanged += len(there)
        if settled and missing:
            same_as = {"reason": f"same content as {settled[0]['file']}", "seconds": 0.0}
            plan.known += [{**settled[0], **_named(source), **same_as} for source in missing]
        elif missing:
            plan.tasks.append(Task(_report_id(content, ids), missing[0], tuple(missing[1:])))
    return plan


def _by_content(sources: Iterable[Source]) -> dict[str | None, list[Source]]:
    groups: dict[str | None, list[Source]] = defaultdict(list)
    for source in sources:
        groups[source.sha256].append(source)
    return groups


def _note_problems(plan: Plan, sources: Iterable[Source], last: Mapping[str, Row]) -> None:
    """Files without content are unreadable; the ledger gets to know it once."""
    for source in sources:
        row = last.get(source.file, {})
        if row.get("sha256") is None and row.get("reason") == source.problem:
            plan.unchanged += 1
        else:
            fate = {"status": "unreadable", "reason": source.problem, "seconds": 0.0, "version": plan.version}
            plan.known.append({**_named(source), **fate, "report": None, "batch": None})


def _named(source: Source) -> dict[str, Any]:
    return {"file": source.file, "sha256": source.sha256, "size": source.size}


def _report_id(content: str, ids: dict[str, str]) -> str:
    """The start of the content's hash; all of it when another report has the same start."""
    return next(id for length in _ID_LENGTHS if ids.setdefault(id := content[:length], content) == content)
