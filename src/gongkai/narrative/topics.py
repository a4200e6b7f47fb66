"""The report's tables as an analyst looks at them: the requests' way, reviews and suits, proactive disclosure.

Which rows are outcomes and which columns are applicants comes from the equations of the report's form, so that a form
of a later year needs no change here.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.forms import Column, Equation, Row, Table, cell_id
from gongkai.narrative.facts import Fact, Facts

# The outcomes in which the applicant receives information.
DISCLOSED = ("granted", "partial")


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of an outcome: a ground on which requests ended that way."""

    row: Row
    fact: Fact


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way in which requests ended (`granted`, `denied`, …), its sum, and the rows that were not zero, largest first.

    `rows` are all rows of the outcome; an outcome that has several is told apart by the label that they stand under.
    """

    id: str
    rows: tuple[Row, ...]
    fact: Fact
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Applicants:
    """New requests by kind of applicant; `kinds` are the columns that are not zero, largest first."""

    kinds: tuple[tuple[Column, Fact], ...]
    total: Fact


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests of the year; None where the cells do not say, or where they contradict each other."""

    new: Fact | None
    carried_in: Fact | None
    handled: Fact | None
    carried_out: Fact | None
    outcomes: tuple[Outcome, ...] | None
    applicants: Applicants | None


@dataclass(frozen=True, slots=True)
class Stream:
    """All requests of one kind of applicant: how many there were to handle, and where they went.

    `ends` has an outcome's id, or `carried_out`, with its number.
    """

    column: Column
    due: Fact
    carried_in: Fact
    ends: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Track:
    """One row of the litigation table: a review or a kind of suit. `total` is the sum of its four results."""

    row: Row
    results: dict[str, Fact]
    total: Fact
    printed_total: Fact | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the disclosure table with those of its cells that were printed."""

    row: Row
    values: tuple[tuple[Column, Fact], ...]


def requests(facts: Facts) -> Requests:
    """The requests of the year, from the `total` column."""
    return Requests(
        new=_row_total(facts, "new"),
        carried_in=_row_total(facts, "carried_in"),
        handled=_row_total(facts, "total"),
        carried_out=_row_total(facts, "carried_out"),
        outcomes=_outcomes(facts),
        applicants=_applicants(facts),
    )


def streams(facts: Facts, data: Requests) -> tuple[Stream, ...] | None:
    """The requests of every kind of applicant that made some; None unless they all agree with the column of totals."""
    if data.outcomes is None or data.carried_out is None or data.new is None or data.carried_in is None:
        return None
    table = facts.report.table("requests")
    found = [_stream(facts, column, data.outcomes) for column in table.row("new").columns if column.id != "total"]
    known = [stream for stream in found if stream is not None]
    wholes = {**{one.id: one.fact.value for one in data.outcomes}, "carried_out": data.carried_out.value}
    due = sum(stream.due.value for stream in known)
    if len(known) < len(found) or due != data.new.value + data.carried_in.value:
        return None
    if any(sum(stream.ends[id].value for stream in known) != whole for id, whole in wholes.items()):
        return None
    return tuple(stream for stream in known if stream.due.value)


def disclosed(data: Requests, facts: Facts) -> Fact | None:
    """How many requests were granted in full or in part."""
    return facts.sum(cell for outcome in data.outcomes or () if outcome.id in DISCLOSED for cell in outcome.fact.cells)


def litigation(facts: Facts) -> dict[str, Track]:
    """The rows of the litigation table whose four results are all known, by id."""
    tracks = {}
    for row in facts.report.table("litigation").rows if "litigation" in facts.report.forms else ():
        equation = facts.equation("litigation_sum", row.id)
        total = facts.sum(term.id for term in equation.right) if equation else None
        if equation is None or total is None:
            continue
        results = {term.id.split("/")[2]: fact for term in equation.right if (fact := facts.cell(term.id))}
        tracks[row.id] = Track(row, results, total, facts.cell(equation.left[0].id))
    return tracks


def disclosure(facts: Facts) -> list[Entry]:
    """The rows of the disclosure table, in the form's order, with the cells that can be used."""
    entries = []
    for row in facts.report.table("disclosure").rows if "disclosure" in facts.report.forms else ():
        values = [(column, facts.cell(cell_id("disclosure", row.id, column.id))) for column in row.columns]
        entries.append(Entry(row, tuple((column, fact) for column, fact in values if fact is not None)))
    return entries


def _row_total(facts: Facts, row: str) -> Fact | None:
    """A row's total; None when it was printed as zero beside kinds of applicant that are not, or when neither the kinds
    of applicant nor what stands in its column agree with it."""
    total = facts.cell(cell_id("requests", row, "total"))
    if total is None or not facts.fails("applicant_sum", row):
        return total
    against = [rule for rule in ("balance", "outcome_sum") if _speaks_of(facts.equation(rule, "total"), total)]
    return None if total.value == 0 or any(facts.fails(rule, "total") for rule in against) else total


def _speaks_of(equation: Equation | None, fact: Fact) -> bool:
    return equation is not None and any(term.id in fact.cells for term in equation.terms)


def _outcomes(facts: Facts) -> tuple[Outcome, ...] | None:
    """The outcomes, largest first; None unless they are all known and come to the printed total."""
    equation = facts.equation("outcome_sum", "total")
    if equation is None or not facts.holds("outcome_sum", "total"):
        return None
    table = facts.report.table("requests")
    groups: dict[str, list[str]] = {}
    for term in equation.right:
        row = term.id.split("/")[1]
        groups.setdefault(row.split("_")[0], []).append(term.id)
    outcomes = [_outcome(facts, table, id, cells) for id, cells in groups.items()]
    return tuple(sorted((outcome for outcome in outcomes if outcome), key=lambda outcome: -outcome.fact.value))


def _stream(facts: Facts, column: Column, outcomes: tuple[Outcome, ...]) -> Stream | None:
    """One kind of applicant; None when a cell is missing or what came in is not what went out."""
    rows = {outcome.id: [row.id for row in outcome.rows] for outcome in outcomes} | {"carried_out": ["carried_out"]}
    ends = {id: facts.sum(cell_id("requests", row, column.id) for row in ids) for id, ids in rows.items()}
    carried_in = facts.cell(cell_id("requests", "carried_in", column.id))
    due = facts.sum(cell_id("requests", row, column.id) for row in ("new", "carried_in"))
    known = {id: fact for id, fact in ends.items() if fact is not None}
    if due is None or carried_in is None or len(known) < len(ends):
        return None
    if sum(fact.value for fact in known.values()) != due.value:
        return None
    return Stream(column, due, carried_in, known)


def _outcome(facts: Facts, table: Table, id: str, cells: list[str]) -> Outcome | None:
    total = facts.sum(cells)
    if total is None:
        return None
    rows = tuple(table.row(cell.split("/")[1]) for cell in cells)
    reasons = [
        Reason(row, fact)
        for row, cell in zip(rows, cells, strict=True)
        if (fact := facts.cell(cell)) is not None and fact.value > 0
    ]
    return Outcome(id, rows, total, tuple(sorted(reasons, key=lambda reason: -reason.fact.value)))


def _applicants(facts: Facts) -> Applicants | None:
    """Who made the new requests; None unless the kinds come to the printed total."""
    equation = facts.equation("applicant_sum", "new")
    total = facts.cell(cell_id("requests", "new", "total"))
    if equation is None or total is None or not facts.holds("applicant_sum", "new"):
        return None
    columns = {column.id: column for column in facts.report.table("requests").row("new").columns}
    kinds = [
        (columns[term.id.split("/")[2]], fact)
        for term in equation.right
        if (fact := facts.cell(term.id)) and fact.value
    ]
    return Applicants(tuple(sorted(kinds, key=lambda kind: -kind[1].value)), total)
