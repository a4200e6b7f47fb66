"""Error localisation: the cheapest supposed errors under which every equation can hold (Fellegi and Holt 1976).

A programme proposes, arithmetic decides: a set of errors counts only when the cells it frees really have values that
satisfy the equations. As a solver's tolerances make it too generous, never too strict, the first set that passes is a
cheapest one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gongkai.ledger import DIGITS, Ledger
from gongkai.repairs.arrays import Arrays
from gongkai.repairs.bounds import TOLERANCE, Contradiction, GaveUp
from gongkai.repairs.deduce import settle
from gongkai.repairs.moves import Move, moves
from gongkai.repairs.system import Component

MOST_SETS = 30


@dataclass(frozen=True, slots=True)
class Correction:
    """A cheapest set of errors and what it makes of every cell that changes: its only possible value, or None."""

    moves: tuple[Move, ...]
    values: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Located:
    """The cheapest corrections of a component; all of them when `complete`."""

    corrections: list[Correction]
    complete: bool


def locate(component: Component, ledger: Ledger) -> Located:
    """The cheapest corrections of a component whose printed figures break its equations.

    In `component` every cell stands as an unknown. Raises GaveUp when not one could be found.
    """
    arrays = Arrays.of(component, ledger)
    possible = moves(arrays, ledger)
    if alone := _single_cells(arrays, possible):
        return Located(alone, complete=True)
    from gongkai.repairs.programme import Programme  # scipy is slow to import, and rarely needed

    programme = Programme(arrays, possible)
    found: list[Correction] = []
    try:
        while len(found) < MOST_SETS:
            chosen = programme.solve()
            if chosen is None and not found:
                raise GaveUp("too many errors at once")
            if chosen is None:
                return Located(found, complete=True)
            explained = correction(arrays, tuple(possible[at] for at in np.flatnonzero(chosen)))
            if explained is None:
                programme.refuse(chosen)
            else:
                programme.accept(chosen)
                found += [explained] if all(explained.values != other.values for other in found) else []
    except GaveUp:
        if not found:
            raise
    return Located(found, complete=False)


def _single_cells(arrays: Arrays, possible: list[Move]) -> list[Correction]:
    """Every cell that alone explains all, when nothing else could be as cheap; that needs no solver."""
    values = _closing(arrays)
    cells = [move for move in possible if move.kind == "cell"]
    alone = [move for move in cells if move.frees[0] in values]
    if not alone:
        return []
    cheapest = min(move.cost for move in alone)
    two_cells = sum(sorted(move.cost for move in cells)[:2])
    if cheapest >= min([two_cells, *(move.cost for move in possible if move.kind != "cell")]):
        return []
    return [Correction((move,), {move.frees[0]: values[move.frees[0]]}) for move in alone if move.cost == cheapest]


def _closing(arrays: Arrays) -> dict[str, float]:
    """The value by which each cell alone closes all gaps; none where cells are unknown, which the programme sees to."""
    if not arrays.known.all():
        return {}
    gaps = arrays.gaps
    largest = np.abs(gaps).argmax()
    weights = arrays.matrix[largest]
    changes = np.divide(-gaps[largest], weights, out=np.zeros_like(weights), where=weights != 0)
    values = arrays.printed + changes
    closes = (np.abs(arrays.matrix * changes + gaps[:, None]) < TOLERANCE).all(axis=0) & (changes != 0)
    allowed = (values >= arrays.least) & (~arrays.whole | (np.abs(values - np.round(values)) < TOLERANCE))
    return {arrays.ids[at]: round(float(values[at]), DIGITS) for at in np.flatnonzero(closes & allowed)}


def correction(arrays: Arrays, chosen: tuple[Move, ...]) -> Correction | None:
    """What the cells of these errors come to; None when the equations cannot hold all the same."""
    frees = {id for move in chosen for id in move.frees}
    fixes = {id: value for move in chosen for id, value in move.fixes.items()}
    printed = {id: float(arrays.printed[at]) for id, at in arrays.places.items() if arrays.known[at]}
    kept = {id: value for id, value in (printed | fixes).items() if id not in frees}
    try:
        values = fixes | settle(arrays.component, kept, frees)
    except Contradiction:
        return None
    return Correction(chosen, {id: values[id] for id in arrays.ids if id in values and values[id] != printed[id]})
