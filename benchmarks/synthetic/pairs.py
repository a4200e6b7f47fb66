"""Two consecutive years of one organ: the year before is made so that every equation across years holds."""

from __future__ import annotations

from random import Random

from gongkai.forms import Equation, load_form

# From one year to the next an organ's work changes by no more than this.
_LEAST, _MOST = 0.75, 1.3


def figures_before(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """Figures of the year before on the same forms: alike in size, consistent in themselves and with this year's."""
    before = {id: _near(rng, value) for id, value in figures.items()}
    equations = [
        equation for id, form in forms.items() for equation in load_form(form).equations if equation.table == id
    ]
    for rule in ("item_flow", "stock_flow", "carry_over"):
        for equation in (one for one in equations if one.rule == rule):
            _settle_across(equation, figures, before)
    _settle_requests(equations, before)
    for rule in ("applicant_sum", "litigation_sum"):
        for equation in (one for one in equations if one.rule == rule):
            before[equation.left[0].id] = sum(term.sign * before[term.id] for term in equation.right)
    return before


def _near(rng: Random, value: float) -> float:
    near = abs(value) * rng.uniform(_LEAST, _MOST)
    whole = float(round(near)) if float(value).is_integer() else round(near, 2)
    return whole if value >= 0 else -whole


def _settle_across(equation: Equation, now: dict[str, float], before: dict[str, float]) -> None:
    """Set the first cell of the year before from what this year says of it, and lower the others to fit."""
    first, *rest = [term for term in equation.right if term.previous]
    known = sum(term.sign * now[term.id] for term in equation.left)
    known -= sum(term.sign * now[term.id] for term in equation.right if not term.previous)
    for term in rest:
        before[term.id] = min(before[term.id], known)
        known -= term.sign * before[term.id]
    before[first.id] = known


def _settle_requests(equations: list[Equation], before: dict[str, float]) -> None:
    """Totals from outcomes, and what was new from totals and what was carried over."""
    for equation in equations:
        if equation.rule == "outcome_sum" and equation.key != "total":
            before[equation.left[0].id] = sum(term.sign * before[term.id] for term in equation.right)
    for equation in equations:
        if equation.rule == "balance" and equation.key != "total":
            new, carried_in = equation.left
            handled = sum(term.sign * before[term.id] for term in equation.right)
            before[carried_in.id] = min(before[carried_in.id], handled)
            before[new.id] = handled - before[carried_in.id]
