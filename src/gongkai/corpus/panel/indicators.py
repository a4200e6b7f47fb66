"""Indicators of `indicators.toml`: rates reckoned from cells, missing or marked where the cells are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gongkai.corpus.panel.columns import columns, labels
from gongkai.corpus.panel.variables import Variable, cell_variables, data, expand, names
from gongkai.forms import all_forms, newest_form
from gongkai.wording import Text

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from gongkai.corpus.panel.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate: the sum of the cells `numerator` over that of `denominator` (ids, or patterns of ids).

    `part`: the numerator is part of the denominator. `source` are the articles of the regulation, or the place on the
    form, that speak of what is counted; `works` are keys of `works()`.
    """

    id: str
    label: Text
    definition: Text
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    part: bool
    source: str
    works: tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    """A sum of cells for every report, and what is to be known of the cells it is made of."""

    value: NDArray[np.float64]
    defined: NDArray[np.bool_]
    deduced: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]
    failed: NDArray[np.bool_]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its id, in the order of `indicators.toml`, after it the members of its families."""
    said = data("indicators.toml")
    members = (member for family in said["family"] for member in _members(family))
    found = [_indicator(entry) for entry in (*said["indicator"], *members)]
    return {indicator.id: indicator for indicator in found}


def works() -> dict[str, str]:
    """The acts and papers from which the indicators, or the outcomes that they count, are taken."""
    return dict(data("indicators.toml")["works"])


def variables(parts: bool = False) -> dict[str, Variable]:
    """The variables of the table of indicators by name; `parts`: with numerators and denominators."""
    found = dict(columns("indicators"))
    for indicator in indicators().values():
        zh, en = indicator.label
        kinds = {
            "": Variable(indicator.id, indicator.label, note=indicator.definition, kind="rate"),
            "numerator": Variable(_name(indicator, "numerator"), (f"{zh}：分子", f"{en}: numerator")),
            "denominator": Variable(_name(indicator, "denominator"), (f"{zh}：分母", f"{en}: denominator")),
            "note": Variable(
                _name(indicator, "note"), (f"{zh}：说明", f"{en}: remark"), "str", labels("indicator_note")
            ),
        }
        found |= {v.name: v for kind, v in kinds.items() if parts or kind in ("", "note")}
    return found


def indicator_table(reports: pd.DataFrame, cells: Matrix, parts: bool = False) -> pd.DataFrame:
    """Whose report it is, and for every indicator its value (`<id>`) and what must be said of it (`<id>_why`).

    A value is missing when its form lacks a cell (`not_on_form`), when a cell has no number (`missing_cell`; a deduced
    one counts) or when the denominator is zero (`zero_denominator`). It is there, but to be taken with care, when it is
    `above_one` though part of a whole, when a cell stands in a `failed_check`, when its reading is doubtful
    (`doubtful_reading`), or when a value was `deduced`. The gravest remark stands; none is an empty text. `parts` adds
    numerator and denominator (`_num`, `_den`).
    """
    import pandas as pd

    known: dict[str, object] = {name: reports[name].array for name in columns("indicators")}
    sums: dict[tuple[str, ...], _Sum] = {}
    for indicator in indicators().values():
        for side in (indicator.numerator, indicator.denominator):
            if side not in sums:
                sums[side] = _sum(side, reports, cells)
        above, below = sums[indicator.numerator], sums[indicator.denominator]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(below.value == 0, np.nan, above.value / below.value)
        known[indicator.id] = pd.array(rate, dtype="Float64")
        if parts:
            known[_name(indicator, "numerator")] = pd.array(above.value, dtype="Float64")
            known[_name(indicator, "denominator")] = pd.array(below.value, dtype="Float64")
        known[_name(indicator, "note")] = pd.array(_notes(indicator, above, below, rate), dtype="str")
    return pd.DataFrame(known)


def _notes(indicator: Indicator, above: _Sum, below: _Sum, rate: NDArray[np.float64]) -> NDArray[Any]:
    """The gravest remark on each value."""
    remarks = {
        "not_on_form": ~(above.defined & below.defined),
        "missing_cell": np.isnan(above.value) | np.isnan(below.value),
        "zero_denominator": below.value == 0,
        "above_one": np.full(len(rate), indicator.part) & (rate > 1),
        "failed_check": above.failed | below.failed,
        "doubtful_reading": above.doubtful | below.doubtful,
        "deduced": above.deduced | below.deduced,
    }
    return np.select(list(remarks.values()), list(remarks), default="").astype(object)


def _sum(patterns: Iterable[str], reports: pd.DataFrame, cells: Matrix) -> _Sum:
    """The sum of the cells that the patterns stand for on each report's own forms; NaN where one has no value."""
    rows = len(reports)
    total = _Sum(np.zeros(rows), np.ones(rows, bool), *(np.zeros(rows, bool) for _ in range(3)))
    for pattern in patterns:
        forms = reports[f"form_{pattern.partition('/')[0]}"]
        defined = np.zeros(rows, bool)
        for form in all_forms():
            ids = expand(pattern, form)
            chosen = forms.eq(form).to_numpy(dtype=bool, na_value=False)
            if ids and chosen.any():
                defined |= chosen
                _add(total, cells, np.flatnonzero(chosen), np.array([cells.column[id] for id in ids]))
        total.defined &= defined
    total.value[~total.defined] = np.nan
    return total


def _add(total: _Sum, cells: Matrix, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
    place = np.ix_(rows, columns)
    printed, deduced = cells.values[place], cells.deduced[place]
    used = np.isnan(printed) & ~np.isnan(deduced)
    total.value[rows] += np.where(used, deduced, printed).sum(axis=1)
    total.deduced[rows] |= used.any(axis=1)
    total.doubtful[rows] |= cells.doubtful[place].any(axis=1)
    total.failed[rows] |= cells.failed[place].any(axis=1)


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        id=entry["id"],
        label=(entry["zh"], entry["en"]),
        definition=(entry["definition_zh"], entry["definition_en"]),
        numerator=tuple(entry["numerator"]),
        denominator=tuple(entry["denominator"]),
        part=entry.get("part", False),
        source=entry["source"],
        works=tuple(entry["works"]),
    )


def _members(family: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An entry for every cell of the newest form that a family's pattern stands for."""
    newest = newest_form()
    for id in expand(family["each"], newest.id):
        table, row, _ = id.split("/")
        zh, en = cell_variables()[id].label
        yield {
            **family,
            "id": family["id"].format(row=names()["rows"].get(row, row)),
            "zh": family["zh"].format(label=zh.split("·")[1]),
            "en": family["en"].format(label=newest.tables[table].row(row).en.partition(": ")[2] or en),
            "numerator": [id],
        }


def _name(indicator: Indicator, kind: str) -> str:
    return indicator.id + str(data("indicators.toml")["suffixes"][kind])
