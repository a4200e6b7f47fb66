"""What the rules must find in a synthetic case, reckoned from its truth without the rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.synthetic.cases import Case
from benchmarks.synthetic.truth import CellTruth, Truth
from gongkai.forms import Equation, form_for_year

# A finding is told by its rule and the table, row and column that it names.
Key = tuple[str, str | None, str | None, str | None]


def expected(case: Case, published: date | None) -> set[Key]:
    """The failures that must be found, of the rules whose findings name a place.

    `published` is the date that the report was read to have; where it stands on the page is the reader's matter.
    """
    return {key for find in _FINDERS for key in find(case)} | set(_late(case, published))


def _equations(case: Case) -> Iterator[Key]:
    for table in case.truth.forms:
        for equation in case.truth.equations(table):
            if equation.across_years and case.before is None:
                continue
            sides = _sides(equation, case)
            if sides and round(sides[0] - sides[1], 6):
                row, column = (equation.key, None) if equation.each == "row" else (None, equation.key)
                yield equation.rule, table, row, column


def _sides(equation: Equation, case: Case) -> tuple[float, float] | None:
    """The printed sums; None where a term is not a printed number."""
    sums = []
    for side in (equation.left, equation.right):
        values = [_value(case.before if term.previous else case.truth, term.id) for term in side]
        if None in values:
            return None
        sums.append(sum(term.sign * value for term, value in zip(side, values, strict=True) if value is not None))
    return sums[0], sums[1]


def _value(truth: Truth | None, id: str) -> float | None:
    cell = truth.cells.get(id) if truth else None
    return cell.value if cell else None


def _forms(case: Case) -> Iterator[Key]:
    required = form_for_year(case.truth.year)
    assert required is not None
    found = {cell.id.split("/")[0] for cell in case.truth.cells.values() if cell.status != "absent"}
    for table, form in case.truth.forms.items():
        if form != required.id and table in found:
            yield "form_year", table, None, None


def _sections(case: Case) -> Iterator[Key]:
    required = form_for_year(case.truth.year)
    assert required is not None
    headed = {item.section for item in case.truth.flow if item.kind == "heading"}
    # What stands under a heading is its section's text, a signature and the word 附件 included.
    written, here = set(), ""
    for item in case.truth.flow:
        if item.kind == "heading":
            here = item.section
        elif item.kind != "table":
            written.add(here)
    for section in required.sections:
        has_table = section.id in required.tables
        empty = not has_table and section.id not in written
        if section.id not in headed or empty:
            yield "section_missing", None, section.id, None
            if has_table:
                yield "table_missing", section.id, None, None


def _fees(case: Case) -> Iterator[Key]:
    told = any("信息处理费" in item.text for item in case.truth.flow if item.kind == "paragraph" and item.section)
    if case.truth.year >= 2020 and not told:
        yield "fee_statement", None, "other", None


def _cells(case: Case) -> Iterator[Key]:
    by_table: dict[str, list[CellTruth]] = defaultdict(list)
    for id, cell in case.truth.cells.items():
        by_table[id.split("/")[0]].append(cell)
    for table, cells in by_table.items():
        for rule, status in (("blank_cells", "blank"), ("text_cells", "text")):
            if any(cell.status == status for cell in cells):
                yield rule, table, None, None


def _columns(case: Case) -> Iterator[Key]:
    for table in case.truth.forms:
        for row, column in case.truth.table(table).cells():
            cell = case.truth.cells[f"{table}/{row.id}/{column.id}"]
            if cell.value is None:
                continue
            if column.unit and re.search("(?<![万亿])元", cell.raw) and cell.value:
                yield "unit", table, row.id, column.id
            impossible = (cell.value < 0 and column.kind != "change") or (
                not float(cell.value).is_integer() and column.kind != "amount"
            )
            if impossible:
                yield "not_a_count", table, row.id, column.id


def _late(case: Case, published: date | None) -> Iterator[Key]:
    organ = case.truth.organ
    last = (1, 31) if organ.kind == "department" else (3, 31)
    if published is not None and organ.level != "township" and published > date(case.truth.year + 1, *last):
        yield "late", None, None, None


def _jumps(case: Case) -> Iterator[Key]:
    if case.jumped:
        table, row, column = case.jumped.split("/")
        yield "jump", table, row, column


_FINDERS: tuple[Callable[[Case], Iterator[Key]], ...] = (
    _equations,
    _forms,
    _sections,
    _fees,
    _cells,
    _columns,
    _jumps,
)
