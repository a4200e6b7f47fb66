"""Numbers of a report that may be written down, each with the cells it comes from.

A fact exists only when every cell it needs was printed as a number that is possible and free of doubt; otherwise the
functions here return None, and the sentence that would use it is not written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.forms import Equation, cell_id

if TYPE_CHECKING:
    from gongkai.report import Report

# Below this a share says more about chance than about the organ.
SMALLEST_BASE = 10
PREVIOUS = "@previous"
PEERS = "@peers"


@dataclass(frozen=True, slots=True)
class Fact:
    """`value = scale × (Σ cells - Σ minus) / Σ base`, where an empty `base` divides by nothing.

    Ids that end in `@previous` are cells of the report of the year before, those that end in `@peers` this cell in the
    reports of every peer. `counted` is set for the number of a list (how many findings, how many problems, how many
    peers with less) and says what was counted; such a fact rests on no arithmetic of cells.
    """

    value: float
    cells: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    scale: float = 1.0
    counted: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every cell that the value depends on."""
        return tuple(dict.fromkeys(self.cells + self.minus + self.base))

    def scaled(self, factor: float) -> Fact:
        return replace(self, value=self.value * factor, scale=self.scale * factor)

    def earlier(self) -> Fact:
        """A fact of the year before's own report as it is cited in the report of the year after."""
        cells, minus, base = (tuple(id + PREVIOUS for id in ids) for ids in (self.cells, self.minus, self.base))
        return replace(self, cells=cells, minus=minus, base=base)


def count(things: Iterable[object], what: str, cells: Iterable[str] = ()) -> Fact:
    """How many `things` there are, as a fact about `what`."""
    return Fact(float(len(list(things))), tuple(dict.fromkeys(cells)), counted=what)


class Facts:
    """What can be said of one report, and of its predecessor; a report of any other year is no predecessor."""

    def __init__(self, report: Report, previous: Report | None = None) -> None:
        self.report = report
        self.previous = previous if previous is not None and _follows(report, previous) else None
        self._values = _usable(report)
        if self.previous is not None:
            self._values |= {id + PREVIOUS: value for id, value in _usable(self.previous).items()}

    @property
    def any(self) -> bool:
        """Whether the report has a single value that can be used."""
        return any(not id.endswith(PREVIOUS) for id in self._values)

    def cell(self, id: str) -> Fact | None:
        """The printed value of one cell."""
        value = self._values.get(id)
        return None if value is None else Fact(value, (id,))

    def sum(self, ids: Iterable[str]) -> Fact | None:
        """The sum of cells; None when one of them is missing, or when there are none."""
        return self.difference(ids, ())

    def difference(self, ids: Iterable[str], minus: Iterable[str]) -> Fact | None:
        """The sum of `ids` less the sum of `minus`."""
        ids, minus = tuple(ids), tuple(minus)
        values = [self._values.get(id) for id in ids]
        taken = [self._values.get(id) for id in minus]
        known = [value for value in values if value is not None]
        known_taken = [value for value in taken if value is not None]
        if not ids or len(known) < len(values) or len(known_taken) < len(taken):
            return None
        return Fact(_tidy(sum(known) - sum(known_taken)), ids, minus)

    def share(self, part: Fact | None, whole: Fact | None, smallest: float = SMALLEST_BASE) -> Fact | None:
        """`part` as a fraction of `whole`; None when the base is too small for a share to mean anything."""
        if part is None or whole is None or whole.value < smallest or part.minus or whole.minus:
            return None
        return Fact(part.value / whole.value, part.cells, base=whole.cells)

    def growth(self, now: Fact, before: Fact) -> Fact | None:
        """The change from `before` as a fraction of it, without its sign; None when the base is too small."""
        larger, smaller = (now, before) if now.value > before.value else (before, now)
        if before.value < SMALLEST_BASE or any(fact.minus or fact.base for fact in (now, before)):
            return None
        return Fact((larger.value - smaller.value) / before.value, larger.cells, smaller.cells, before.cells)

    def before(self, fact: Fact | None) -> Fact | None:
        """The same sum of cells in the report of the year before."""
        if fact is None or fact.minus or fact.base:
            return None
        return self.sum(id + PREVIOUS for id in fact.cells)

    def sides(self, equation: Equation) -> tuple[Fact, Fact] | None:
        """What the left and the right of an equation come to; None when a cell is missing."""
        left, right = (
            self.difference(
                [term.id + PREVIOUS * term.previous for term in side if term.sign > 0],
                [term.id + PREVIOUS * term.previous for term in side if term.sign < 0],
            )
            for side in (equation.left, equation.right)
        )
        return None if left is None or right is None else (left, right)

    def equation(self, rule: str, key: str) -> Equation | None:
        """The equation of the report's form for one column or row."""
        return self._equations.get((rule, key))

    def holds(self, rule: str, key: str) -> bool:
        """Whether an equation can be assessed and is satisfied."""
        return self._agree(rule, key) is True

    def fails(self, rule: str, key: str) -> bool:
        """Whether an equation can be assessed and is not satisfied."""
        return self._agree(rule, key) is False

    def _agree(self, rule: str, key: str) -> bool | None:
        """Whether the two sides of an equation come to the same; None when it cannot be assessed."""
        equation = self.equation(rule, key)
        sides = self.sides(equation) if equation else None
        return None if sides is None else sides[0].value == sides[1].value

    @cached_property
    def year_before(self) -> Facts | None:
        """What can be said of the report of the year before, in its own terms; see `Fact.earlier`."""
        return None if self.previous is None else Facts(self.previous)

    @cached_property
    def _equations(self) -> dict[tuple[str, str], Equation]:
        return {(equation.rule, equation.key): equation for equation in self.report.equations()}


def _follows(report: Report, previous: Report) -> bool:
    """Whether two reports can be those of two years in a row; one without a year can."""
    return report.year is None or previous.year is None or report.year == previous.year + 1


def _usable(report: Report) -> dict[str, float]:
    """The printed values that carry no doubt and are possible ones, by cell."""
    doubtful, printed = report.doubtful(), report.printed()
    cells = [
        (cell_id(table.id, row.id, column.id), column) for table in report.tables() for row, column in table.cells()
    ]
    known = [(id, column, value) for id, column in cells if (value := printed.get(id)) is not None]
    return {id: value for id, column, value in known if id not in doubtful and column.admits(value)}


def _tidy(value: float) -> float:
    """A sum of printed decimals without the dust of binary fractions."""
    return round(value, 6)
