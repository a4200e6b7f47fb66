"""Bounds propagation: each relation narrows its unknowns until nothing changes, and remembers by which relations."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gongkai.ledger import DIGITS
from gongkai.repairs.system import Component, Relation, Unknown

# Relations that contradict each other can push a bound up for ever; what is not settled by then is left to the solver.
MOST_ROUNDS = 100
TOLERANCE = 10.0**-DIGITS


class Contradiction(Exception):
    """The printed figures leave no value for some unknown."""


class GaveUp(Exception):
    """The question was too large, or the solver came to no answer."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit and the relations that it follows from."""

    value: float
    reasons: frozenset[Relation] = frozenset()


@dataclass(slots=True)
class Range:
    """The least and the most that an unknown can be."""

    least: Bound
    most: Bound

    @property
    def settled(self) -> bool:
        return self.least.value == self.most.value

    @property
    def reasons(self) -> frozenset[Relation]:
        return self.least.reasons | self.most.reasons


def propagate(component: Component) -> dict[str, Range]:
    """The range of every unknown of a component; raises Contradiction when one has no value left."""
    ranges = {unknown.id: Range(Bound(unknown.least), Bound(math.inf)) for unknown in component.unknowns}
    unknowns = {unknown.id: unknown for unknown in component.unknowns}
    for _ in range(MOST_ROUNDS):
        narrowed = [
            _narrow(unknowns[id], relation, ranges) for relation in component.relations for id in relation.weights
        ]
        if not any(narrowed):
            break
    return ranges


def _narrow(unknown: Unknown, relation: Relation, ranges: dict[str, Range]) -> bool:
    """Narrow one unknown by what a relation leaves for it; whether that changed anything."""
    weight, current = relation.weights[unknown.id], ranges[unknown.id]
    # weight * unknown = total - the others: the more the others are, the less is left.
    ends = [(relation.total - _extreme(unknown, relation, ranges, sign)) / weight for sign in (1, -1)]
    least, most = sorted(ends)
    if unknown.whole:
        least, most = _up(least), _down(most)
    changed = False
    # The others are at their most where the least is left for a positive weight, at their least for a negative one.
    if least > current.least.value + TOLERANCE:
        current.least, changed = Bound(least, _reasons(unknown, relation, ranges, 1 if weight > 0 else -1)), True
    if most < current.most.value - TOLERANCE:
        current.most, changed = Bound(most, _reasons(unknown, relation, ranges, -1 if weight > 0 else 1)), True
    if current.least.value > current.most.value + TOLERANCE:
        raise Contradiction(unknown.id)
    return changed


def _extreme(unknown: Unknown, relation: Relation, ranges: dict[str, Range], sign: int) -> float:
    """The most (`sign` 1) or the least (-1) that the other unknowns of a relation can come to."""
    return sum(
        weight * _bound(ranges[id], weight * sign).value for id, weight in relation.weights.items() if id != unknown.id
    )


def _reasons(unknown: Unknown, relation: Relation, ranges: dict[str, Range], sign: int) -> frozenset[Relation]:
    used = [_bound(ranges[id], weight * sign) for id, weight in relation.weights.items() if id != unknown.id]
    return frozenset({relation}).union(*(bound.reasons for bound in used))


def _bound(range: Range, sign: int) -> Bound:
    return range.most if sign > 0 else range.least


def _up(value: float) -> float:
    return float(math.ceil(value - TOLERANCE)) if math.isfinite(value) else value


def _down(value: float) -> float:
    return float(math.floor(value + TOLERANCE)) if math.isfinite(value) else value
