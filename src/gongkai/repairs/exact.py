"""What bounds cannot tell: whether an unknown can be anything else, asked of HiGHS as a mixed integer programme."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from gongkai.repairs.bounds import TOLERANCE, Contradiction, GaveUp, Range
from gongkai.repairs.system import Component

Vector = np.ndarray[Any, np.dtype[np.float64]]

# Larger than any table of the form; a limit on nodes, unlike one on time, gives the same answer on every machine.
MOST_UNKNOWNS = 400
MOST_NODES = 1000
# An amount that differs by less than this counts as the same.
STEP_OF_AMOUNTS = 1e-4
_FEASIBLE, _INFEASIBLE = 0, 2


@dataclass(frozen=True)
class Problem:
    """A component as matrices: `least <= x <= most`, and one equality a relation."""

    relations: LinearConstraint
    least: Vector
    most: Vector
    whole: Vector

    @classmethod
    def of(cls, component: Component, ranges: dict[str, Range]) -> Problem:
        columns = {unknown.id: at for at, unknown in enumerate(component.unknowns)}
        entries = [
            (weight, row, columns[id])
            for row, relation in enumerate(component.relations)
            for id, weight in relation.weights.items()
        ]
        weights, rows, places = zip(*entries, strict=True)
        shape = (len(component.relations), len(component.unknowns))
        totals = np.array([relation.total for relation in component.relations])
        return cls(
            LinearConstraint(csr_array((weights, (rows, places)), shape=shape), totals, totals),
            np.array([ranges[unknown.id].least.value for unknown in component.unknowns]),
            np.array([ranges[unknown.id].most.value for unknown in component.unknowns]),
            np.array([float(unknown.whole) for unknown in component.unknowns]),
        )

    def solve(self, least: Vector, most: Vector, cost: Vector | None = None) -> Vector | None:
        """A solution within these bounds, or None when there is none."""
        if (least > most + TOLERANCE).any():
            return None
        result = milp(
            np.zeros(len(self.least)) if cost is None else cost,
            integrality=self.whole,
            bounds=Bounds(least, most),
            constraints=self.relations,
            options={"node_limit": MOST_NODES},
        )
        if result.status == _INFEASIBLE:
            return None
        if result.status != _FEASIBLE or result.x is None:
            raise GaveUp(result.message)
        solution: Vector = np.where(self.whole > 0, np.round(result.x), result.x)
        if np.abs(self.relations.A @ solution - self.relations.lb).max() > TOLERANCE:
            raise GaveUp("the solver's answer does not satisfy the equations")
        return solution


def only_values(
    component: Component, ranges: dict[str, Range], wanted: Container[str] | None = None
) -> dict[str, float]:
    """The value of every unknown (of every `wanted` one) that can have only one.

    Raises Contradiction when the relations have no solution at all, GaveUp when that could not be found out.
    """
    if len(component.unknowns) > MOST_UNKNOWNS:
        raise GaveUp(f"{len(component.unknowns)} unknowns")
    problem = Problem.of(component, ranges)
    solution = problem.solve(problem.least, problem.most)
    if solution is None:
        raise Contradiction(component.unknowns[0].id)
    step = np.where(problem.whole > 0, 1.0, STEP_OF_AMOUNTS)
    asked = np.array([wanted is None or unknown.id in wanted for unknown in component.unknowns])
    open_ = _without_easy(problem, solution, step, asked)
    for at in range(len(solution)):
        if open_[at]:
            other = _other(problem, solution, step, at)
            if other is not None:
                open_ &= np.abs(other - solution) < step / 2
    return {unknown.id: float(solution[at]) for at, unknown in enumerate(component.unknowns) if open_[at]}


def _without_easy(problem: Problem, solution: Vector, step: Vector, asked: Any) -> Any:
    """Which unknowns `asked` for kept their value in solutions that differ from the first in as many as possible.

    That settles most of them in a few questions; it proves nothing of those that are left.
    """
    same = asked.copy()
    for direction in (-1.0, 1.0):
        while same.any():
            # No unknown gains by moving more than a step, so that many move; those that have moved may follow freely.
            least = np.where(same, np.maximum(problem.least, solution - step), problem.least)
            most = np.where(same, np.minimum(problem.most, solution + step), problem.most)
            other = problem.solve(least, most, cost=direction * same)
            moved = np.zeros_like(same) if other is None else same & (np.abs(other - solution) >= step / 2)
            if not moved.any():
                break
            same &= ~moved
    return same


def _other(problem: Problem, solution: Vector, step: Vector, at: int) -> Vector | None:
    """A solution in which one unknown is larger, or else smaller, than in the first; None when there is none."""
    least, most = problem.least.copy(), problem.most.copy()
    least[at] = solution[at] + step[at]
    larger = problem.solve(least, most)
    if larger is not None:
        return larger
    least[at], most[at] = problem.least[at], solution[at] - step[at]
    return problem.solve(least, most)
