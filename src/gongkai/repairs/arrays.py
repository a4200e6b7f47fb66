"""A component as arrays: which equations its printed figures break, whatever its unknown cells are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gongkai.ledger import Ledger
from gongkai.repairs.bounds import TOLERANCE
from gongkai.repairs.system import Component

Vector = np.ndarray[Any, np.dtype[np.float64]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Arrays:
    """One row of `matrix` a relation, one column a cell; a consistent report has `matrix @ figures = 0`.

    `printed` is 0 where `known` is not set: where no figure was printed.
    """

    component: Component
    ids: tuple[str, ...]
    matrix: Matrix
    printed: Vector
    known: Flags
    least: Vector
    whole: Flags

    @classmethod
    def of(cls, component: Component, ledger: Ledger) -> Arrays:
        """The arrays of a component in which every cell stands as an unknown."""
        ids = tuple(unknown.id for unknown in component.unknowns)
        places = {id: at for at, id in enumerate(ids)}
        matrix = np.zeros((len(component.relations), len(ids)))
        for row, relation in enumerate(component.relations):
            for id, weight in relation.weights.items():
                matrix[row, places[id]] = weight
        return cls(
            component,
            ids,
            matrix,
            np.array([ledger.values.get(id, 0.0) for id in ids]),
            np.array([id in ledger.values for id in ids]),
            np.array([unknown.least for unknown in component.unknowns]),
            np.array([unknown.whole for unknown in component.unknowns]),
        )

    @cached_property
    def places(self) -> dict[str, int]:
        return {id: at for at, id in enumerate(self.ids)}

    @cached_property
    def gaps(self) -> Vector:
        """What every relation's left side has more than its right one, unknown cells counted as nothing."""
        gaps: Vector = self.matrix @ self.printed
        return gaps

    def excess(self, gaps: Matrix) -> Matrix:
        """How much of each relation's gap no unknown cell of its own can fill; one column a case."""
        unknown, signed = self.matrix[:, ~self.known], ~np.isfinite(self.least[~self.known])
        raises = ((unknown > TOLERANCE) | (signed & (unknown != 0))).any(axis=1)
        lowers = ((unknown < -TOLERANCE) | (signed & (unknown != 0))).any(axis=1)
        excess: Matrix = np.maximum(gaps, 0) * ~lowers[:, None] + np.maximum(-gaps, 0) * ~raises[:, None]
        return excess

    @cached_property
    def broken(self) -> Flags:
        """The relations whose gap their own unknown cells cannot fill."""
        broken: Flags = self.excess(self.gaps[:, None])[:, 0] > TOLERANCE
        return broken

    @cached_property
    def farthest(self) -> float:
        """More than any cell of a smallest correction can change.

        The equations of a two-way table are totally unimodular. Any correction is then a sum of steps that agree in
        sign, each a change by the same amount in some cells. A step that closes no gap can be left out; the others
        close, by that amount, gaps that come to no more than the sum of them all.
        """
        return float(np.ceil(np.abs(self.gaps).sum()) + 1)
