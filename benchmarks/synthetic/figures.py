"""Consistent figures: everything that the form's equations bind is computed from them, the rest is drawn."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from random import Random

from benchmarks.synthetic.names import Organ
from gongkai.forms import Column, Equation, Row, Table, cell_id, load_form

# How many requests an organ handles: weights and upper bounds. The all-zero department is the most common report.
_REQUESTS = {
    "department": {
        "province": ((1, 0), (4, 60), (4, 900)),
        "prefecture": ((4, 0), (5, 40), (2, 300)),
        "county": ((11, 0), (7, 12), (2, 80)),
    },
    "government": {
        "province": ((1, 9000),),
        "prefecture": ((3, 900), (2, 4000)),
        "county": ((1, 20), (4, 300)),
        "township": ((13, 0), (6, 8), (1, 30)),
    },
}
_APPLICANTS = {"natural_person": 80, "business": 12, "legal_service": 3, "other_org": 2}
_OUTCOMES = {"granted": 40, "partial": 12, "unavailable_not_held": 25, "unprocessed_petition": 5, "other*": 3}


def make_figures(rng: Random, organ: Organ, forms: dict[str, str]) -> dict[str, float]:
    """The value of every cell by id, so that all equations within the report hold."""
    options = _REQUESTS[organ.kind][organ.level]
    bound = rng.choices([bound for _, bound in options], [weight for weight, _ in options])[0]
    handled = rng.randint(bound // 4, bound)
    tables = {id: load_form(form).tables[id] for id, form in forms.items()}
    return {
        **_disclosure(rng, organ, tables["disclosure"]),
        **_requests(rng, load_form(forms["requests"]).equations, tables["requests"], handled),
        **_litigation(rng, load_form(forms["litigation"]).equations, tables["litigation"], handled),
    }


def _requests(rng: Random, equations: tuple[Equation, ...], table: Table, handled: int) -> dict[str, float]:
    values: dict[str, float] = {}
    by_rule = {(equation.rule, equation.key): equation for equation in equations}
    columns = [column.id for column in table.rows[0].columns if column.id != "total"]
    shares = Counter(rng.choices(columns, [_APPLICANTS.get(column, 1) for column in columns], k=handled))
    for column in columns:
        outcomes = [term.id for term in by_rule["outcome_sum", column].right]
        weights = [_weight(id.split("/")[1]) for id in outcomes]
        counts = Counter(rng.choices(outcomes, weights, k=shares[column]))
        values.update({id: counts[id] for id in outcomes})
        total = cell_id("requests", "total", column)
        values[total] = shares[column]
        carried_out = rng.randint(0, shares[column] // 8 + (shares[column] > 1))
        carried_in = rng.randint(0, (shares[column] + carried_out) // 6)
        values[cell_id("requests", "carried_out", column)] = carried_out
        values[cell_id("requests", "carried_in", column)] = carried_in
        values[cell_id("requests", "new", column)] = shares[column] + carried_out - carried_in
    return {**values, **_row_totals(equations, "applicant_sum", values)}


def _weight(row: str) -> float:
    return next((weight for pattern, weight in _OUTCOMES.items() if fnmatchcase(row, pattern)), 1)


def _row_totals(equations: tuple[Equation, ...], rule: str, values: dict[str, float]) -> dict[str, float]:
    return {
        equation.left[0].id: sum(values[term.id] for term in equation.right)
        for equation in equations
        if equation.rule == rule
    }


def _litigation(rng: Random, equations: tuple[Equation, ...], table: Table, handled: int) -> dict[str, float]:
    bound = 0 if handled == 0 and rng.random() < 0.9 else max(1, handled // 12)
    values: dict[str, float] = {
        cell_id(table.id, row.id, column.id): rng.choice((0, rng.randint(0, bound)))
        for row, column in table.cells()
        if column.id != "total"
    }
    return {**values, **_row_totals(equations, "litigation_sum", values)}


def _disclosure(rng: Random, organ: Organ, table: Table) -> dict[str, float]:
    busy = organ.kind == "government" or rng.random() < 0.4
    scale = {"province": 1000, "prefecture": 100, "county": 10, "township": 1}[organ.level] * (4 if busy else 0)
    values: dict[str, float] = {}
    for row in table.rows:
        may_have = row.id != "regulations" or (organ.kind == "government" and organ.level in ("province", "prefecture"))
        for column, value in zip(row.columns, _row(rng, row, scale if may_have else 0), strict=True):
            values[cell_id(table.id, row.id, column.id)] = value
    return values


def _row(rng: Random, row: Row, scale: int) -> list[float]:
    """The figures of one row of table 二, plausible together: nothing repealed that was not in force."""
    if scale == 0 or rng.random() < 0.15:
        return [0] * len(row.columns)
    drawn = {column.id: _draw(rng, column, scale) for column in row.columns}
    if "repealed" in drawn:
        drawn["in_force"] = drawn["made"] + rng.randint(0, scale * 2)
    if "total_public" in drawn:
        drawn["published"] = min(drawn["published"], drawn["created"])
        drawn["total_public"] = drawn["published"] + rng.randint(0, scale * 2)
    if "items_prior" in drawn:
        drawn["items_prior"] = max(drawn["items_prior"], -drawn["items_change"])
    return [drawn[column.id] for column in row.columns]


def _draw(rng: Random, column: Column, scale: int) -> float:
    if column.kind == "amount":
        return rng.choice(
            (0, rng.randint(1, scale * 50), round(rng.uniform(0.01, scale * 200), rng.choice((1, 2, 2, 4))))
        )
    if column.kind == "change":
        return rng.choice((0, 0, rng.randint(-scale, scale)))
    return rng.randint(0, scale * (40 if column.id == "decisions" else 1))
