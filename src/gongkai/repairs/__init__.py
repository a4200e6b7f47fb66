"""Repair: values that were not printed but follow from what was.

Planned beside it: `localised`, the smallest weighted set of printed cells whose change satisfies every equation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.ledger import Ledger, tie
from gongkai.repairs.bounds import Contradiction
from gongkai.repairs.deduce import Deduction, deduce
from gongkai.repairs.system import Component, Relation, components
from gongkai.tables import REPAIRS, frame
from gongkai.wording import Language, Wording, number

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.forms import Equation
    from gongkai.report import Report

__all__ = ["repair"]

# A message that rests on more equations than this names their number only.
MOST_NAMED = 3


def repair(report: Report, language: Language = "zh") -> pd.DataFrame:
    """The values of cells that were not printed, or not readable, but can have only one value.

    They follow from the form's equations of one year and from counts being whole and not negative. One row a value
    (columns in `gongkai.tables.REPAIRS`), in the form's order: `method` is `deduced`; `certainty` is `conditional` when
    a printed figure that it rests on is doubtful or stands in an equation that fails, else `certain`; `message` names
    the equations. Where printed figures contradict each other nothing is deduced. The report is not changed;
    `report.completed(repairs)` gives a copy that has the values.
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
    shaken = ledger.doubtful | set(_contested(ledger, contradicted))
    rows = []
    for id in ledger.status:
        if id in found:
            basis = sorted(shaken & set(_basis(ledger, found[id].relations)), key=list(ledger.status).index)
            rows.append(
                {
                    "id": id,
                    "proposed": found[id].value,
                    "method": "deduced",
                    "certainty": "conditional" if basis else "certain",
                    "alternatives": [],
                    "message": _message(words, found[id], basis),
                }
            )
    return frame(rows, REPAIRS)


def _contested(ledger: Ledger, contradicted: list[Component]) -> Iterator[str]:
    """The printed cells of equations that fail, or that cannot all hold whatever the unknown cells are."""
    failed = (
        equation for equation in ledger.report.equations() if not equation.across_years and tie(equation, ledger).failed
    )
    impossible = (relation.equation for component in contradicted for relation in component.relations)
    for equation in (*failed, *impossible):
        yield from _printed(ledger, equation)


def _basis(ledger: Ledger, relations: tuple[Relation, ...]) -> Iterator[str]:
    for relation in relations:
        yield from _printed(ledger, relation.equation)


def _printed(ledger: Ledger, equation: Equation) -> Iterator[str]:
    return (term.id for term in equation.terms if term.id in ledger.values)


def _message(words: Wording, deduction: Deduction, shaken: list[str]) -> str:
    cell, status = words.cell(deduction.id), words.status(words.ledger.status[deduction.id])
    value, count = number(deduction.value), len(deduction.relations)
    used = [
        words.say(
            f"{words.subject(relation.equation)}“{words.relation(relation.equation)}”",
            f"“{words.relation(relation.equation)}” in {words.subject(relation.equation).lower()}",
        )
        for relation in deduction.relations
    ]
    if count > MOST_NAMED:
        why = words.say(
            f"{'、'.join(used[:MOST_NAMED])}等 {count} 条关系",
            f"{', '.join(used[:MOST_NAMED])} and others ({count} in all)",
        )
    else:
        why = words.say("、".join(used), " and ".join(used))
    message = words.say(
        f"{cell}{status}；由{why}，且件数不为负，只能是 {value}。",
        f"{cell} is {status}; by {why}, counts not being negative, it can only be {value}.",
    )
    if shaken:
        cells = words.cells(shaken)
        message += words.say(
            f"但所依据的{cells}可能误读，或与其他数字矛盾，故这一推断是有条件的。",
            f" But {cells} may be misread, or are at odds with other figures, so that this holds on condition.",
        )
    return message
