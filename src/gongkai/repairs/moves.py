"""The single errors that a search may suppose, with their costs: a figure wrong, two exchanged, a line left at 0."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from gongkai.forms import Table, cell_id
from gongkai.ledger import Ledger
from gongkai.repairs.arrays import Arrays
from gongkai.repairs.bounds import TOLERANCE

Kind = Literal["cell", "exchange", "zeros"]
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One supposed error: the cells in `frees` can then have any value, those in `fixes` have the value given there."""

    kind: Kind
    cost: float
    frees: tuple[str, ...] = ()
    fixes: Mapping[str, float] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[str, ...]:
        return (*self.frees, *self.fixes)


@cache
def catalogue() -> dict[str, Any]:
    """The costs of errors and the kinds of mistakes people make, from `mistakes.toml`."""
    return tomllib.loads(resources.files(__package__).joinpath("mistakes.toml").read_text(encoding="utf-8"))


def moves(arrays: Arrays, ledger: Ledger) -> list[Move]:
    """Every single error that may be supposed in a component."""
    costs = catalogue()["cost"]
    reliability = {
        id: costs["doubtful" if id in ledger.doubtful else "printed"]
        for id, known in zip(arrays.ids, arrays.known, strict=True)
        if known
    }
    lines = [line for table in _tables(arrays, ledger) for line in _lines(table)]
    exchanges = [
        Move("exchange", costs["exchange"] * max(reliability[id] for id in fixes), fixes=fixes)
        for fixes in _exchanges(lines, reliability.keys(), ledger)
    ]
    zeros = [
        Move("zeros", costs["zeros"] * max(reliability[id] for id in zeros), frees=zeros)
        for rows in lines
        for zeros in _zeros(rows, reliability.keys(), ledger)
    ]
    return [Move("cell", cost, frees=(id,)) for id, cost in reliability.items()] + _helpful(arrays, exchanges) + zeros


def _tables(arrays: Arrays, ledger: Ledger) -> Iterable[Table]:
    used = {relation.equation.table for relation in arrays.component.relations}
    return (table for table in ledger.report.tables() if table.id in used)


def _lines(table: Table) -> Iterator[list[Line]]:
    """The rows of a table and its columns, each in printed order; rows that have columns of their own stand apart."""
    for _, block in table.blocks() if table.layout == "blocks" else [("", list(table.rows))]:
        rows = [tuple(cell_id(table.id, row.id, column.id) for column in row.columns) for row in block]
        yield rows
        yield list(zip(*rows, strict=True))


def _exchanges(lines: list[list[Line]], known: Iterable[str], ledger: Ledger) -> Iterator[dict[str, float]]:
    """Neighbouring figures, and neighbouring lines of figures, with each other's values."""
    known = set(known)
    for parallel in lines:
        neighbours = [((one,), (other,)) for line in parallel for one, other in pairwise(line)]
        for one, other in [*neighbours, *pairwise(parallel)]:
            if known.issuperset(one + other):
                values = [ledger.values[id] for id in one], [ledger.values[id] for id in other]
                if values[0] != values[1]:
                    yield dict(zip(one + other, values[1] + values[0], strict=True))


def _zeros(lines: list[Line], known: Iterable[str], ledger: Ledger) -> Iterator[Line]:
    """The printed cells of lines in which nothing but 0 was printed."""
    for line in lines:
        printed = tuple(id for id in line if id in known)
        if len(printed) > 1 and not any(ledger.values[id] for id in printed):
            yield printed


def _helpful(arrays: Arrays, exchanges: list[Move]) -> list[Move]:
    """Those exchanges that lessen what is inconsistent."""
    changes = np.zeros((len(arrays.ids), len(exchanges)))
    for at, move in enumerate(exchanges):
        for id, value in move.fixes.items():
            changes[arrays.places[id], at] = value - arrays.printed[arrays.places[id]]
    before = arrays.excess(arrays.gaps[:, None]).sum()
    after = arrays.excess(arrays.gaps[:, None] + arrays.matrix @ changes).sum(axis=0)
    return [move for move, rest in zip(exchanges, after, strict=True) if rest < before - TOLERANCE]
