"""Of the readings that a recogniser offers for a doubtful figure, the one with which the form's sums hold.

Only readings offered are weighed, and only cells for which several are. One is taken where every sum that the cell
stands in holds with it and with no other choice among the offers that these sums meet. The cell must stand in two sums,
since one alone may be wrong as printed. What was taken is noted, and stays as doubtful as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from gongkai.forms import Equation, load_form
from gongkai.parsing.numbers import read_cell
from gongkai.parsing.tables import Printed, TableReading

_FEWEST_SUMS = 2
_MOST_CHOICES = 10_000

Values = Mapping[str, float | None]
Offers = Mapping[str, Mapping[float, str]]  # of cells by id: the text of every value offered


def choose_offered(readings: Mapping[str, TableReading]) -> dict[str, TableReading]:
    """The readings of the report's tables, by id, with the offered figures that the sums of the tables' forms allow."""
    return {id: _chosen(reading) for id, reading in readings.items()}


def _chosen(reading: TableReading) -> TableReading:
    offers = {id: found for id, cell in reading.cells.items() if (found := _offers(cell))}
    if not offers:
        return reading
    equations = [
        equation
        for equation in load_form(reading.form).equations
        if equation.table == reading.table.id and not equation.across_years
    ]
    values = {id: read_cell(cell.text).value for id, cell in reading.cells.items()}
    cells = dict(reading.cells)
    for group in _groups(offers, equations):
        for id, value in _only_choice(group, offers, values, equations).items():
            cells[id] = _taken(cells[id], offers[id][value])
    return replace(reading, cells=cells)


def _offers(cell: Printed) -> dict[float, str]:
    """The figures offered for a cell; none where one reading is no number, which no sum can judge, or all are one."""
    values = {text: read_cell(text).value for text in cell.offered}
    known = {value: text for text, value in reversed(values.items()) if value is not None}
    return known if len(values) == len(known) and known.keys() - {read_cell(cell.text).value} else {}


def _groups(offers: Offers, equations: Sequence[Equation]) -> list[set[str]]:
    """The cells with offers that stand in sums together, directly or through others."""
    groups: list[set[str]] = []
    for equation in equations:
        met = {term.id for term in equation.terms} & offers.keys()
        if met:
            linked = [group for group in groups if group & met]
            groups = [group for group in groups if not group & met] + [met.union(*linked)]
    return groups


def _only_choice(group: set[str], offers: Offers, values: Values, equations: Sequence[Equation]) -> Mapping[str, float]:
    """The one value for every cell of a group with which all their sums hold; empty where there is none, or several."""
    ids = sorted(group)
    sums = [equation for equation in equations if any(term.id in group for term in equation.terms)]
    judged = all(sum(any(term.id == id for term in equation.terms) for equation in sums) >= _FEWEST_SUMS for id in ids)
    if not judged or prod(len(offers[id]) for id in ids) > _MOST_CHOICES:
        return {}
    choices = (dict(zip(ids, chosen, strict=True)) for chosen in product(*(offers[id] for id in ids)))
    fitting = [choice for choice in choices if all(_holds(equation, {**values, **choice}) for equation in sums)]
    return fitting[0] if len(fitting) == 1 else {}


def _holds(equation: Equation, values: Values) -> bool:
    """Whether a sum holds; one that lacks a figure says nothing, so that it does not."""
    left, right = ([(term.sign, values.get(term.id)) for term in side] for side in (equation.left, equation.right))
    if any(value is None for _, value in left + right):
        return False
    return sum(sign * value for sign, value in left if value) == sum(sign * value for sign, value in right if value)


def _taken(cell: Printed, text: str) -> Printed:
    """The cell with another reading, and a note of all that were offered."""
    if text == cell.text:
        return cell
    seen = list(dict.fromkeys((cell.text, *cell.offered)))
    read = f"读作{'或'.join(seen)}，按各项合计取{text} (read as {' or '.join(seen)}; the sums take {text})"
    return replace(cell, text=text, note="; ".join(filter(None, (cell.note, read))))
