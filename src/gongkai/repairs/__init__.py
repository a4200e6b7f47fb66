"""Repair: values that were not printed but follow from what was, and printed values that are probably wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.ledger import Ledger, tie
from gongkai.repairs.bounds import Contradiction
from gongkai.repairs.deduce import Deduction, deduce
from gongkai.repairs.deductions import deductions
from gongkai.repairs.system import Component, components
from gongkai.tables import REPAIRS, frame
from gongkai.wording import Language, Wording

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.forms import Equation
    from gongkai.report import Report

__all__ = ["repair"]


def repair(report: Report, language: Language = "zh") -> pd.DataFrame:
    """What the form's equations of one year say of cells without a figure, and of figures that break them.

    One row a cell (columns in `gongkai.tables.REPAIRS`). The report is not changed.

    `method` `deduced`: a cell that was not printed, or not readable, but can have only one value, counts being whole
    and not negative; in the form's order. `certainty` is `conditional` when a printed figure that it rests on is
    doubtful or stands in an equation that fails, else `certain`. Where printed figures contradict each other nothing is
    deduced. `report.completed(repairs)` gives a copy of the report that has these values.

    `method` `localised`: a printed cell of the likeliest among the smallest sets of errors that explain why equations
    fail (Fellegi and Holt 1976; costs and likelihoods in `mistakes.toml`); the most plausible set first. `proposed` is
    the value that satisfies every equation, missing where several do. `certainty` is `likely` when there is one such
    set; else it is `tied`, and `alternatives` gives the other sets, each as `id=value, id=value`, `?` for a value that
    is open. A group of cells that the solver cannot settle gives a warning and no rows.
    """
    ledger = Ledger.of(report)
    words = Wording(ledger, language)
    found: dict[str, Deduction] = {}
    contradicted: list[Component] = []
    for component in components(ledger):
        try:
            found |= {deduction.id: deduction for deduction in deduce(component)}
        except Contradiction:
            contradicted.append(component)
    broken = _broken(ledger, contradicted)
    rows = list(deductions(found, broken, words))
    if broken:
        from gongkai.repairs.suspects import suspects  # numpy, and scipy with it, only for reports that need them

        rows += suspects(broken, words)
    return frame(rows, REPAIRS)


def _broken(ledger: Ledger, contradicted: list[Component]) -> list[Equation]:
    """The equations that fail, or that cannot all hold whatever the unknown cells are."""
    equations = (equation for equation in ledger.report.equations() if not equation.across_years)
    failed = [equation for equation in equations if tie(equation, ledger).failed]
    return failed + [relation.equation for component in contradicted for relation in component.relations]
