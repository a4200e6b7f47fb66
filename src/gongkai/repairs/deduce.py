"""The unknowns of a component that can have only one value, and the relations that leave no other."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.repairs.bounds import Contradiction, propagate
from gongkai.repairs.system import Component, Relation

log = logging.getLogger(__name__)


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
    from gongkai.repairs.exact import GaveUp, only_values  # scipy is slow to import, and rarely needed

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


__all__ = ["Contradiction", "Deduction", "deduce"]
