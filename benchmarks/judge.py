"""What a reader made of a file, held against the truth cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import gongkai as gk
from benchmarks.places import place_checker
from benchmarks.synthetic.corpus import Sample
from benchmarks.synthetic.registry import LAYOUTS
from benchmarks.synthetic.truth import CellTruth

# right: value and status as printed; doubted: right, but flagged; status: no wrong value, but another status;
# flagged: wrong or not read, and says so; absent: printed, but said to be missing; silent: differs and does not say so.
# A cell whose place the file does not tell is unplaceable when it is read right or flagged, and silent otherwise.
IDENTITY = ("organ", "year", "forms")
EXACT = ("right", "doubted")
OUTCOMES = (*EXACT, "status", "flagged", "absent", "silent", "unplaceable")


@dataclass(frozen=True, slots=True)
class Read:
    """A cell as it was read; `value` is None where no number was read."""

    value: float | None
    status: str
    raw: str = ""
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that was not read as printed, or whose place is wrong (`misplaced`); `truth` is None off the form."""

    outcome: str
    id: str
    truth: CellTruth | None
    read: Read


@dataclass(slots=True)
class Verdict:
    """The judgement on one file."""

    path: str
    layout: str
    damages: tuple[str, ...]
    cells: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    placed: Counter[bool] = field(default_factory=Counter)
    identity: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    error: str = ""

    def identified(self, what: str) -> bool:
        """Whether organ, year or forms were read as printed."""
        if what not in self.identity:
            return False
        printed, read = self.identity[what]
        return bool(read in printed if what == "organ" else read == printed)


NOT_READ = Read(None, "absent")


def judge_cell(truth: CellTruth, read: Read) -> str:
    """One of OUTCOMES."""
    outcome = _compare(truth, read)
    if not truth.uncertain:
        return outcome
    return "silent" if outcome == "silent" else "unplaceable"


def _compare(truth: CellTruth, read: Read) -> str:
    if read.value == truth.value and read.status == truth.status:
        return "doubted" if read.flags else "right"
    if read.status == "absent":
        return "absent"
    if read.flags or read.status == "unreadable":
        return "flagged"
    return "status" if read.value == truth.value else "silent"


def judge_file(sample: Sample) -> Verdict:
    """Read the file with `gk.parse` and judge every cell, the organ, the year, the forms and the places."""
    verdict = Verdict(sample.path.name, sample.layout, sample.damages)
    try:
        report = gk.parse(sample.path)
    except Exception as error:  # a benchmark counts every failure and names it
        verdict.error = f"{type(error).__name__}: {error}"
        verdict.cells["absent"] = len(sample.truth.cells)
        return verdict
    reads = {row["id"]: row for row in report.cells.astype(object).where(report.cells.notna(), None).to_dict("records")}
    for id, row in reads.items():
        row["path"] = report.places[id].path if id in report.places else None
    _judge_cells(verdict, sample, reads)
    truth = sample.truth
    # Table 四 is the same in both forms, and a table that is not printed has none.
    judged = {item.section for item in truth.flow if item.kind == "table"} - {"litigation"}
    verdict.identity = {
        "organ": (truth.organ.names, (report.organ or "").replace(" ", "")),
        "year": (truth.year, report.year),
        "forms": tuple({table: forms.get(table) for table in judged} for forms in (truth.forms, report.forms)),
    }
    return verdict


def _judge_cells(verdict: Verdict, sample: Sample, reads: Mapping[str, Mapping[str, Any]]) -> None:
    # What stands in a picture has no text at its place to compare with.
    is_placed = None if "pictured" in LAYOUTS[sample.layout].chain else place_checker(sample.path)
    for id, cell in sample.truth.cells.items():
        read = _read(reads[id]) if id in reads else NOT_READ
        outcome = judge_cell(cell, read)
        verdict.cells[outcome] += 1
        if outcome in EXACT and read.value is not None and is_placed:
            placed = is_placed(reads[id], cell.raw)
            verdict.placed[placed] += 1
            if not placed:
                verdict.wrong.append(Wrong("misplaced", id, cell, read))
        elif outcome not in (*EXACT, "unplaceable"):
            verdict.wrong.append(Wrong(outcome, id, cell, read))
    # A cell of a form that the report does not follow must not hold a figure.
    for id in reads.keys() - sample.truth.cells.keys():
        read = _read(reads[id])
        if read.value is not None and not read.flags:
            verdict.cells["silent"] += 1
            verdict.wrong.append(Wrong("silent", id, None, read))


def _read(row: Mapping[str, Any]) -> Read:
    return Read(row["value"], row["status"], row["raw"] or "", row["flags"] or "")
