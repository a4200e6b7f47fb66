"""The printed figures of a report by cell, and its equations with those figures put in.

Checks and repair both reckon on these; neither looks at the table of cells itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.document import Place
from gongkai.forms import Equation, Term

if TYPE_CHECKING:
    from gongkai.report import Report

# Statuses under which a number was printed. A deduced value stands beside another status, so that it is never taken for
# one.
PRINTED = frozenset({"number", "annotated"})
# What a term lacks when the other year's report follows a form without that cell.
NOT_ON_FORM = "not_on_form"
# Sums of printed decimals are compared to this many places, so that binary fractions do not matter.
DIGITS = 6


@dataclass(frozen=True)
class Ledger:
    """A report's figures: `values` of the cells where a number was printed, `status` and `raw` text of every cell.

    `doubtful` are the ids of cells whose reading carries a flag.
    """

    report: Report
    values: Mapping[str, float]
    status: Mapping[str, str]
    raw: Mapping[str, str]
    doubtful: frozenset[str]

    @classmethod
    def of(cls, report: Report) -> Ledger:
        cells = report.cells
        ids = cells["id"].tolist()
        status = dict(zip(ids, cells["status"].tolist(), strict=True))
        values = {id: value for id, value in report.printed().items() if value is not None and status[id] in PRINTED}
        raw = dict(zip(ids, cells["raw"].tolist(), strict=True))
        return cls(report, values, status, raw, frozenset(report.doubtful()))

    @cached_property
    def by_table(self) -> dict[str, dict[str, str]]:
        """The status of every cell, table by table."""
        tables: dict[str, dict[str, str]] = {}
        for id, status in self.status.items():
            tables.setdefault(id.partition("/")[0], {})[id] = status
        return tables

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where the cells were printed, for those whose place is known."""
        columns = (
            # pandas-stubs know no None here.
            self.report.cells[name].to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[call-overload]
            for name in ("page", "x0", "top", "x1", "bottom")
        )
        boxes = zip(*columns, strict=True)
        return {
            id: Place(page, x0, top, *rest)
            for id, (page, x0, top, *rest) in zip(self.status, boxes, strict=True)
            if page is not None or top is not None
        }


@dataclass(frozen=True, slots=True)
class Tie:
    """An equation with the printed figures put in.

    `left` and `right` are the sums; both are None when a term lacks a figure. `lacking` gives those terms with the
    status of their cell, `doubtful` the terms whose figure may have been misread.
    """

    equation: Equation
    left: float | None
    right: float | None
    lacking: tuple[tuple[Term, str], ...]
    doubtful: tuple[Term, ...]

    @property
    def delta(self) -> float | None:
        """What the left side has more than the right one."""
        return None if self.left is None or self.right is None else round(self.left - self.right, DIGITS)

    @property
    def failed(self) -> bool:
        return self.delta is not None and self.delta != 0


def tie(equation: Equation, ledger: Ledger, before: Ledger | None = None) -> Tie:
    """Put the figures of a report, and of the one of the year `before`, into an equation."""

    def book(term: Term) -> Ledger | None:
        return before if term.previous else ledger

    def figure(term: Term) -> float | None:
        source = book(term)
        return None if source is None else source.values.get(term.id)

    def status(term: Term) -> str:
        source = book(term)
        return NOT_ON_FORM if source is None else source.status.get(term.id, NOT_ON_FORM)

    lacking = tuple((term, status(term)) for term in equation.terms if figure(term) is None)
    doubtful = tuple(
        term for term in equation.terms if (source := book(term)) is not None and term.id in source.doubtful
    )
    if lacking:
        return Tie(equation, None, None, lacking, doubtful)
    left, right = (
        round(sum(term.sign * value for term in side if (value := figure(term)) is not None), DIGITS)
        for side in (equation.left, equation.right)
    )
    return Tie(equation, left, right, (), doubtful)
