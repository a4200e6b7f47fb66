"""The mixed integer programme of error localisation, solved by HiGHS."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from gongkai.repairs.arrays import Arrays, Flags, Matrix, Vector
from gongkai.repairs.bounds import TOLERANCE, GaveUp
from gongkai.repairs.moves import Move

# Limits on nodes and on sets, unlike one on time, give the same answer on every machine.
MOST_NODES = 1000
MOST_REFUSED = 50
# Where more than so many errors must be supposed, the fewest need not be the true ones, and take long to find.
MOST_COST = 6.0
_OPTIMAL, _INFEASIBLE = 0, 2


class Programme:
    """The mixed integer programme: one binary an error, one integer (or real) a cell for its change.

    `matrix @ (printed + changes + exchanges) = 0`, a cell changes only when an error frees it, and the sum of the
    errors' costs is least.
    """

    def __init__(self, arrays: Arrays, possible: list[Move]) -> None:
        count, cells = len(possible), len(arrays.ids)
        frees, fixes = np.zeros((cells, count)), np.zeros((cells, count))
        for at, move in enumerate(possible):
            for id in move.frees:
                frees[arrays.places[id], at] = 1
            for id, value in move.fixes.items():
                fixes[arrays.places[id], at] = value - arrays.printed[arrays.places[id]]
        most = np.full(cells, arrays.farthest)
        least = np.where(
            arrays.known, np.maximum(arrays.least - arrays.printed, -most), np.maximum(arrays.least, -most)
        )
        known = arrays.known
        freed = np.eye(cells)[known]
        touching = np.abs(arrays.matrix[arrays.broken]) @ (frees + np.abs(fixes)) > 0
        claimed = (frees + (fixes != 0))[(fixes != 0).any(axis=1)]
        self.count = count
        self.costs = np.concatenate([np.zeros(cells), [move.cost for move in possible]])
        # A figure that is no whole number cannot become one by whole steps; whoever asked sees to those.
        whole = arrays.whole & (arrays.printed == np.round(arrays.printed))
        self.whole = np.concatenate([whole, np.ones(count)])
        self.bounds = Bounds(
            np.concatenate([np.minimum(least, 0), np.zeros(count)]), np.concatenate([most, np.ones(count)])
        )
        self.constraints = [
            _constraint(arrays.matrix, arrays.matrix @ fixes, -arrays.gaps, -arrays.gaps),
            _constraint(freed, -most[known, None] * frees[known], -np.inf, 0),
            _constraint(freed, -least[known, None] * frees[known], 0, np.inf),
            _constraint(np.zeros((len(claimed), cells)), claimed, -np.inf, 1),
            # This follows from the rest, but spares the solver most of its search.
            _constraint(np.zeros((len(touching), cells)), touching.astype(float), 1, np.inf),
        ]
        self.refused = 0
        self._require(self.costs[-count:], most=MOST_COST)

    def solve(self) -> Flags | None:
        """A cheapest set of errors that was neither accepted nor refused yet; None when there is none left."""
        result = milp(
            self.costs,
            integrality=self.whole,
            bounds=self.bounds,
            constraints=self.constraints,
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0},
        )
        if result.status == _INFEASIBLE:
            return None
        if result.status != _OPTIMAL:
            raise GaveUp(result.message)
        chosen: Flags = result.x[-self.count :] > 0.5
        return chosen

    def accept(self, chosen: Flags) -> None:
        """Look for other sets that cost no more and do not contain this one."""
        cost = float(self.costs[-self.count :] @ chosen)
        self._require(self.costs[-self.count :], most=cost + TOLERANCE)
        self._require(chosen.astype(float), most=chosen.sum() - 1)

    def refuse(self, chosen: Flags) -> None:
        """Look for other sets than this one."""
        self.refused += 1
        if self.refused > MOST_REFUSED:
            raise GaveUp(f"{self.refused} sets did not serve")
        self._require(np.where(chosen, 1.0, -1.0), most=chosen.sum() - 1)

    def _require(self, weights: Vector, most: float) -> None:
        self.constraints.append(_constraint(np.zeros((1, len(self.costs) - self.count)), weights[None], -np.inf, most))


def _constraint(changes: Matrix, errors: Matrix, least: Any, most: Any) -> LinearConstraint:
    return LinearConstraint(csr_array(np.hstack([changes, errors])), least, most)
