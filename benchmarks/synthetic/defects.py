"""Inconsistencies that organs publish, put in on purpose and written down."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.synthetic.truth import Defect
from gongkai.forms import load_form

_SHARE = 0.2


def inject(
    rng: Random, figures: dict[str, float], forms: dict[str, str]
) -> tuple[dict[str, float], tuple[Defect, ...]]:
    """Figures as printed, and what was changed; most reports are left as they are."""
    changes = rng.choice(KINDS)(rng, figures, forms) if rng.random() < _SHARE else {}
    defects = tuple(Defect(id, figures[id], value) for id, value in changes.items() if figures[id] != value)
    return {**figures, **changes}, defects


def _bound(figures: dict[str, float], forms: dict[str, str]) -> list[str]:
    """The cells that an equation within the report binds."""
    return [
        id
        for id in figures
        if any(
            id == term.id
            for equation in load_form(forms[id.split("/")[0]]).equations
            if not equation.across_years
            for term in equation.terms
        )
    ]


def _slip(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """One figure is off by a little."""
    id = rng.choice(_bound(figures, forms))
    return {id: max(0, figures[id] + rng.choice((-1, 1, 2)))}


def _transposed(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """Two digits changed places."""
    long = [id for id in _bound(figures, forms) if figures[id] >= 10]
    return {id: int(str(int(figures[id]))[::-1]) for id in rng.sample(long, 1)} if long else {}


def _totals_left_zero(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """Nobody filled in the totals of table 四."""
    return {id: 0 for id in figures if id.startswith("litigation/") and id.endswith("/total")}


def _carried_over_forgotten(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, float]:
    """The requests carried over from the year before were forgotten."""
    return {id: 0 for id in figures if id.startswith("requests/carried_in/")}


Kind = Callable[[Random, dict[str, float], dict[str, str]], dict[str, float]]
KINDS: tuple[Kind, ...] = (_slip, _slip, _transposed, _totals_left_zero, _carried_over_forgotten)
