"""Rows for the cells whose value was deduced, with the equations that it follows from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongkai.forms import Equation
from gongkai.ledger import Ledger
from gongkai.repairs.deduce import Deduction
from gongkai.wording import Wording, number

# A message that rests on more equations than this names their number only.
MOST_NAMED = 3


def deductions(found: Mapping[str, Deduction], broken: list[Equation], words: Wording) -> Iterator[dict[str, Any]]:
    """One row a deduced value, in the form's order; `broken` are the equations whose figures are no certain basis."""
    ledger = words.ledger
    shaken = ledger.doubtful | _printed(ledger, broken)
    order = {id: at for at, id in enumerate(ledger.status)}
    for id in sorted(found, key=order.__getitem__):
        relations = (relation.equation for relation in found[id].relations)
        basis = sorted(shaken & _printed(ledger, relations), key=order.__getitem__)
        yield {
            "id": id,
            "proposed": found[id].value,
            "method": "deduced",
            "certainty": "conditional" if basis else "certain",
            "alternatives": [],
            "message": _message(words, found[id], basis),
        }


def _printed(ledger: Ledger, equations: Iterable[Equation]) -> set[str]:
    return {term.id for equation in equations for term in equation.terms if term.id in ledger.values}


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
