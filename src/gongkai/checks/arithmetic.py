"""The equations of the form (FORM.md's rules 1 to 7), all by one function; what they are is in the form files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import resources
from typing import Any

from gongkai.checks.registry import Context, Finding, rule
from gongkai.forms import Term, all_forms
from gongkai.ledger import Tie, tie
from gongkai.wording import number

# An equation of a form yet to come is checked before anyone has described it.
_UNDESCRIBED: dict[str, Any] = {
    "title": ("表内算术关系", "An equation of the form"),
    "why": ("表式规定的算术关系。", "An arithmetic relation that the form prescribes."),
    "source": "",
    "example": ("", ""),
}


def _register() -> None:
    text = resources.files(__package__).joinpath("arithmetic.toml").read_text(encoding="utf-8")
    described = {
        id: {key: tuple(value) if isinstance(value, list) else value for key, value in description.items()}
        for id, description in tomllib.loads(text).items()
    }
    named = (equation.rule for form in all_forms().values() for equation in form.equations)
    for id in dict.fromkeys((*described, *named)):
        register = rule(id, severity="error", topic="arithmetic", **described.get(id, _UNDESCRIBED))
        register(partial(_equations, id))


def _equations(id: str, context: Context) -> Iterator[Finding]:
    for equation in context.report.equations():
        if equation.rule == id and not (equation.across_years and context.before is None):
            yield _finding(context, tie(equation, context.ledger, context.before))


def _finding(context: Context, found: Tie) -> Finding:
    equation = found.equation
    obstacle = _obstacle(context, found)
    verdict = _verdict(context, found) if obstacle is None else obstacle
    subject, here = context.words.subject(equation), tuple(term.id for term in equation.terms if not term.previous)
    place = context.words.where(here) if found.failed else ""
    return Finding(
        "not_assessable" if obstacle is not None else "fail" if found.failed else "pass",
        context.say(f"{subject}：{verdict}{place}。", f"{subject}: {verdict}{place}."),
        table=equation.table,
        row=equation.key if equation.each == "row" else None,
        column=equation.key if equation.each == "column" else None,
        expected=found.right,
        observed=found.left,
        cells=here,
    )


def _obstacle(context: Context, found: Tie) -> str | None:
    """Why the equation cannot be assessed, or None when it can."""
    if found.equation.across_years and (years := _wrong_years(context)):
        return years
    if found.lacking:
        return _lacking(context, found)
    if found.failed and found.doubtful:
        names = _names(context, found, found.doubtful)
        sums = _sums(context, found)
        zh = f"按读出的数字，{sums[0]}，而{sums[1]}，相差 {number(found.delta)}；但{names}可能误读，不能断定"
        en = f"as read, {sums[0]}, but {sums[1]}, a difference of {number(found.delta)}; {names} may be misread"
        return context.say(zh, en)
    return None


def _wrong_years(context: Context) -> str | None:
    year, before = context.report.year, None if context.previous is None else context.previous.year
    if year is None or before is None or before == year - 1:
        return None
    zh = f"无法核对，对照的报告是 {before} 年度的，而不是 {year - 1} 年度的"
    en = f"cannot be checked, for the report to compare with is that of {before}, not of {year - 1}"
    return context.say(zh, en)


def _lacking(context: Context, found: Tie) -> str:
    """Which cells have no figure, by what stands there instead, and the relation that was to be checked."""
    terms: dict[str, list[Term]] = {}
    for term, status in found.lacking:
        terms.setdefault(status, []).append(term)
    reasons = [
        context.say(
            f"{_names(context, found, lacking)}{context.words.status(status)}",
            f"{_names(context, found, lacking)} ({context.words.status(status)})",
        )
        for status, lacking in terms.items()
    ]
    relation = context.words.relation(found.equation)
    zh = f"{'，'.join(reasons)}，无法核对“{relation}”"
    return context.say(zh, f"“{relation}” cannot be checked, lacking {'; '.join(reasons)}")


def _verdict(context: Context, found: Tie) -> str:
    left, right = _sums(context, found)
    if not found.failed:
        return context.say(f"{left}，{right}，相符", f"{left}; {right}; they agree")
    delta = number(found.delta)
    return context.say(f"{left}，而{right}，相差 {delta}", f"{left}, but {right}, a difference of {delta}")


def _sums(context: Context, found: Tie) -> tuple[str, str]:
    side, equation = context.words.side, found.equation
    return (
        side(equation, equation.left, context.before, found.left),
        side(equation, equation.right, context.before, found.right),
    )


def _names(context: Context, found: Tie, terms: Iterable[Term]) -> str:
    return context.words.list(context.words.term(found.equation, term) for term in terms)


_register()
