"""Two figures in each other's place where no equation ties them: each breaks a group of cells of its own.

The groups are then explained together by one exchange, which is less to suppose than an error in each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from gongkai.forms import Table, cell_id
from gongkai.ledger import Ledger
from gongkai.repairs.arrays import Arrays
from gongkai.repairs.localise import Correction, Located, correction
from gongkai.repairs.moves import Move, catalogue
from gongkai.repairs.system import Component


@dataclass(frozen=True, slots=True)
class Explained:
    """Groups of cells that one exchange explains, and the exchanges that do."""

    groups: tuple[Component, Component]
    located: Located


def across(failing: Sequence[Component], known: Sequence[bool], ledger: Ledger) -> list[Explained]:
    """Pairs of groups, each in one pair at most, of which an exchange between neighbouring rows explains all.

    `known` tells which groups a known mistake explains; two of those, as when no total was added up, stay apart.
    """
    found: list[Explained] = []
    used: set[int] = set()
    for i, j in combinations(range(len(failing)), 2):
        if used & {i, j} or (known[i] and known[j]):
            continue
        if explaining := _explaining(failing[i], failing[j], ledger):
            found.append(Explained((failing[i], failing[j]), Located(explaining, complete=True)))
            used |= {i, j}
    return found


def _explaining(one: Component, other: Component, ledger: Ledger) -> list[Correction]:
    groups = [{unknown.id for unknown in component.unknowns} for component in (one, other)]
    both = Component(one.unknowns + other.unknowns, one.relations + other.relations)
    arrays = Arrays.of(both, ledger)
    cost = catalogue()["cost"]["exchange"]
    found = []
    for table in ledger.report.tables():
        for first, second in _neighbours(table):
            apart = {first in groups[0], second in groups[0]} == {True, False}
            if not apart or not {first, second} <= groups[0] | groups[1]:
                continue
            figures = ledger.values.get(first), ledger.values.get(second)
            if None in figures or figures[0] == figures[1]:
                continue
            move = Move("exchange", cost, fixes={first: figures[1], second: figures[0]})  # type: ignore[dict-item]
            explained = correction(arrays, (move,))
            found += [explained] if explained else []
    return found


def _neighbours(table: Table) -> Iterator[tuple[str, str]]:
    """Cells of one column in rows that follow each other, and the cells on both sides of a border between rows that are
    printed side by side.
    """
    for above, below in pairwise(table.rows):
        columns = {column.id for column in below.columns}
        for column in above.columns:
            if column.id in columns:
                yield cell_id(table.id, above.id, column.id), cell_id(table.id, below.id, column.id)
        if table.layout == "single_row":
            last, first = above.columns[-1].id, below.columns[0].id
            yield cell_id(table.id, above.id, last), cell_id(table.id, below.id, first)
