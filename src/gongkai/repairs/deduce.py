"""The unknowns of a component that can have only one value, and the relations that leave no other."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from gongkai.ledger import DIGITS
from gongkai.repairs.bounds import Contradiction, GaveUp, propagate
from gongkai.repairs.system import Component, Relation


@dataclass(frozen=True, slots=True)
class Deduction:
    """The only value that a cell can have, and the relations from which that follows."""

    id: str
    value: float
    relations: tuple[Relation, ...]


def deduce(component: Component) -> list[Deduction]:
    """What follows of a component's unknowns; raises Contradiction when the printed figures admit no values at all.

    A component too large for the solver gives a warning and what bounds alone tell, which is nothing when they leave
    open whether the relations contradict each other.
    """
    ranges = propagate(component)
    if all(range.settled for range in ranges.values()):
        return [Deduction(id, range.least.value, _ordered(component, range.reasons)) for id, range in ranges.items()]
    from gongkai.repairs.exact import only_values  # scipy is slow to import, and rarely needed

    try:
        values = only_values(component, ranges)
    except GaveUp as reason:
        table = component.relations[0].equation.table
        warnings.warn(f"{table}: {len(component.unknowns)} cells were not examined ({reason})", stacklevel=3)
        return []
    return [
        Deduction(
            id,
            value,
            _ordered(component, ranges[id].reasons) if ranges[id].settled else component.relations,
        )
        for id, value in values.items()
    ]


def _ordered(component: Component, relations: Iterable[Relation]) -> tuple[Relation, ...]:
    chosen = set(relations)
    return tuple(relation for relation in component.relations if relation in chosen)


def settle(component: Component, known: Mapping[str, float], wanted: Set[str]) -> dict[str, float | None]:
    """What the cells `wanted` must be when those `known` have these values; None for one that may differ.

    Raises Contradiction when the relations cannot hold, GaveUp when that could not be found out.
    """
    rest = _given(component, known)
    ranges = propagate(rest)
    if all(range.settled for range in ranges.values()):
        return {id: ranges[id].least.value for id in wanted}
    from gongkai.repairs.exact import only_values

    values = only_values(rest, ranges, wanted)
    return {id: values.get(id) for id in wanted}


def _given(component: Component, known: Mapping[str, float]) -> Component:
    """What is left of a component when some of its unknowns are known."""
    relations = []
    for relation in component.relations:
        spent = sum(weight * known[id] for id, weight in relation.weights.items() if id in known)
        weights = {id: weight for id, weight in relation.weights.items() if id not in known}
        total = round(relation.total - spent, DIGITS)
        if weights:
            relations.append(Relation(relation.equation, weights, total))
        elif total:
            raise Contradiction(relation.equation.key)
    return Component(tuple(unknown for unknown in component.unknowns if unknown.id not in known), tuple(relations))
