"""Rows for the printed cells that are probably wrong, with what they should be and why."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gongkai.forms import Equation
from gongkai.ledger import Ledger
from gongkai.repairs.across import across
from gongkai.repairs.bounds import GaveUp
from gongkai.repairs.localise import Located, locate
from gongkai.repairs.mistakes import Judged, Mistake, likeliest, total_is_zero
from gongkai.repairs.moves import Move, catalogue
from gongkai.repairs.system import Component, components
from gongkai.wording import Wording, number


def suspects(broken: list[Equation], words: Wording) -> Iterator[dict[str, Any]]:
    """One row a cell of the likeliest cheapest corrections, for each group of cells that equations tie together."""
    ledger = words.ledger
    keys = {(equation.table, equation.rule, equation.key) for equation in broken}
    # With no figure given every cell is an unknown, and groups are those of the form.
    failing = [
        component
        for component in components(replace(ledger, values={}))
        if not keys.isdisjoint((one.table, one.rule, one.key) for one in _equations(component))
    ]
    for located in _located(failing, ledger):
        yield from _rows(located, words)


def _located(failing: list[Component], ledger: Ledger) -> Iterator[Located]:
    """What explains each group, or two of them together, in the form's order."""
    alone = [_alone(component, ledger) for component in failing]
    known = [
        one is not None and (_left_zero(group, ledger) or _settled(one, ledger))
        for group, one in zip(failing, alone, strict=True)
    ]
    together = {id(group): one for one in across(failing, known, ledger) for group in one.groups}
    for component, one in zip(failing, alone, strict=True):
        joined = together.get(id(component))
        if joined is None and one is not None:
            yield one
        elif joined is not None and component is joined.groups[0]:
            yield joined.located


def _alone(component: Component, ledger: Ledger) -> Located | None:
    """What explains a group by itself; a warning, and None, where that was not found out."""
    try:
        return locate(component, ledger)
    except GaveUp as reason:
        table = _equations(component)[0].table
        warnings.warn(f"{table}: what is wrong was not located ({reason})", stacklevel=5)
        return None


def _left_zero(component: Component, ledger: Ledger) -> bool:
    """Whether a total of the group was printed as 0."""
    return any(total_is_zero(equation, ledger) for equation in _equations(component))


def _settled(located: Located, ledger: Ledger) -> bool:
    """Whether a likeliest correction is all known mistakes of a telling kind."""
    best = likeliest(located.corrections, ledger)[0]
    return all(mistake is not None and mistake.settles for mistake in best.mistakes)


def _equations(component: Component) -> list[Equation]:
    return [relation.equation for relation in component.relations]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Corrections among which arithmetic cannot choose, the most plausible first.

    `beaten` is how many others are as small but less likely; there may be more of either when not `complete`.
    """

    judged: list[Judged]
    beaten: int
    complete: bool

    @property
    def unique(self) -> bool:
        return self.complete and len(self.judged) == 1


def _rows(located: Located, words: Wording) -> Iterator[dict[str, Any]]:
    judged = likeliest(located.corrections, words.ledger)
    choice = _Choice(judged, len(located.corrections) - len(judged), located.complete)
    for id in dict.fromkeys(id for one in judged for id in one.correction.values):
        holding = [one for one in judged if id in one.correction.values]
        values = {one.correction.values[id] for one in holding}
        proposed = values.pop() if len(values) == 1 else None
        yield {
            "id": id,
            "printed": words.ledger.values[id],
            "proposed": proposed,
            "method": "localised",
            "certainty": "likely" if choice.unique else "tied",
            "alternatives": [_set(one) for one in judged if one is not holding[0]],
            "message": _message(words, id, proposed, holding[0], choice),
        }


def _set(judged: Judged) -> str:
    return ", ".join(f"{id}={number(value)}" for id, value in judged.correction.values.items())


def _message(words: Wording, id: str, proposed: float | None, judged: Judged, choice: _Choice) -> str:
    said = _claim(words, id, proposed, choice.unique)
    reasons = list(_reasons(words, id, judged))
    if reasons:
        said += words.say(f"：{'；'.join(reasons)}", f": {'; '.join(reasons)}")
    return f"{said}{_extent(words, id, judged)}{_rivals(words, choice)}"


def _claim(words: Wording, id: str, proposed: float | None, unique: bool) -> str:
    cell, printed, value = words.cell(id), number(words.ledger.values[id]), number(proposed)
    if proposed is None:
        zh, en = f"{cell}印为 {printed}，疑有误", f"{cell} is printed as {printed}, which may be wrong"
    elif unique:
        zh = f"{cell}印为 {printed}，疑应为 {value}"
        en = f"{cell} is printed as {printed} and should probably be {value}"
    else:
        zh = f"{cell}印为 {printed}，若有误则应为 {value}"
        en = f"{cell} is printed as {printed}; if that is what is wrong, it should be {value}"
    return words.say(zh, en)


def _reasons(words: Wording, id: str, judged: Judged) -> Iterator[str]:
    if id in words.ledger.doubtful:
        yield words.say("这一格的读数本来存疑", "its reading was doubtful anyway")
    for move, mistake in zip(judged.correction.moves, judged.mistakes, strict=True):
        if mistake and id in move.cells:
            yield _explained(words, move, mistake, judged.correction.values[id])


def _explained(words: Wording, move: Move, mistake: Mistake, proposed: float | None) -> str:
    texts = catalogue()["kind"][mistake.kind]
    # A figure that was put in the wrong cell is told from where it stands.
    cells = move.cells[::-1] if mistake.kind == "misplaced" and words.ledger.values[move.cells[0]] == 0 else move.cells
    half = len(cells) // 2 if move.kind == "exchange" else len(cells)
    items = [
        words.say("{}（{}）", "{} ({})").format(words.term(equation, term), number(words.ledger.values[term.id]))
        for equation, term in mistake.items
    ]
    return words.say(texts["zh"], texts["en"]).format(
        one=words.line(cells[:half]),
        other=words.line(cells[half:]) if half < len(cells) else "",
        printed=number(words.ledger.values[cells[0]]),
        proposed=number(proposed),
        items=words.say("或", " or ").join(items),
    )


def _extent(words: Wording, id: str, judged: Judged) -> str:
    others = [other for other in judged.correction.values if other != id]
    if not others:
        return words.say("。只改这一格，各项关系即可全部成立", ". Changing this cell alone makes all equations hold")
    cells = words.cells(others)
    return words.say(
        f"。连同{cells}一并更正，各项关系即可全部成立", f". Changed together with {cells} it makes all equations hold"
    )


def _rivals(words: Wording, choice: _Choice) -> str:
    rivals = len(choice.judged) - 1
    if not choice.complete:
        least = rivals + choice.beaten
        return words.say(
            f"；同样小的改法至少另有 {least} 种，未能全部列出，不能断定哪一种对。",
            f"; at least {least} others are as small, not all of them were found, and none is preferred.",
        )
    if rivals:
        return words.say(
            f"；但同样可能的改法另有 {rivals} 种，单凭算术不能断定。",
            f"; but {words.count(rivals, '', 'other change')} would do as well, and arithmetic alone cannot tell.",
        )
    if choice.beaten:
        return words.say("；同样小的其他改法都不如这一种可能。", "; other changes as small are less likely.")
    return words.say("，且没有同样小的其他改法。", ", and no other change is as small.")
