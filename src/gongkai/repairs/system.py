"""The unknown cells of a report and the linear relations between them: what a solver is asked, without any solver."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.forms import Equation, cell_id
from gongkai.ledger import DIGITS, Ledger


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cell without a usable figure and the least it can be; a whole one has no decimals."""

    id: str
    least: float
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """An equation with the printed figures put in: the sum of `weights` times the unknowns is `total`."""

    equation: Equation
    weights: Mapping[str, int]
    total: float


@dataclass(frozen=True, slots=True)
class Component:
    """Unknowns that relations tie to one another, and to no other unknown; both in the form's order."""

    unknowns: tuple[Unknown, ...]
    relations: tuple[Relation, ...]


def components(ledger: Ledger) -> list[Component]:
    """The unknown cells that the equations of one year reach, in groups that do not depend on each other."""
    unknowns = {unknown.id: unknown for unknown in _unknowns(ledger)}
    relations = [
        _relation(equation, ledger)
        for equation in ledger.report.equations()
        if not equation.across_years and any(term.id in unknowns for term in equation.terms)
    ]
    return [
        Component(
            tuple(unknown for id, unknown in unknowns.items() if id in group),
            tuple(relation for relation in relations if not group.isdisjoint(relation.weights)),
        )
        for group in _groups(relations)
    ]


def _unknowns(ledger: Ledger) -> Iterator[Unknown]:
    for table in ledger.report.tables():
        for row, column in table.cells():
            id = cell_id(table.id, row.id, column.id)
            if id not in ledger.values:
                least = -math.inf if column.kind == "change" else 0.0
                yield Unknown(id, least, whole=column.kind != "amount")


def _relation(equation: Equation, ledger: Ledger) -> Relation:
    weights: dict[str, int] = {}
    total = 0.0
    for side, terms in ((1, equation.left), (-1, equation.right)):
        for term in terms:
            value = ledger.values.get(term.id)
            if value is None:
                weights[term.id] = weights.get(term.id, 0) + side * term.sign
            else:
                total -= side * term.sign * value
    return Relation(equation, weights, round(total, DIGITS))


def _groups(relations: list[Relation]) -> list[set[str]]:
    """The ids of unknowns that share a relation, or share one with one that does, and so on."""
    groups: list[set[str]] = []
    for relation in relations:
        joined = set(relation.weights)
        apart = []
        for group in groups:
            if group.isdisjoint(joined):
                apart.append(group)
            else:
                joined |= group
        groups = [*apart, joined]
    return groups
