"""How figures get onto paper: plain, with separators, full-width, annotated, blank, as a dash or as words."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.synthetic.truth import CellTruth
from gongkai.forms import Column, Row, cell_id, load_form

_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_DASHES = ("-", "—", "－", "/", "\\", "无", "——")
_NOTES = ("{}（其中修订{}件）", "{}件", "{}（含转送{}件）", "{}*", "{}①", "{}（含上年度{}件）")
_CHANGES = {1: ("{}", "+{}", "↑{}", "增{}", "增加{}"), -1: ("-{}", "↓{}", "减少{}", "减{}", "－{}")}
_PLAIN_CHANGES = frozenset({"{}", "-{}", "+{}", "－{}"})


@dataclass(frozen=True, slots=True)
class Style:
    """One organ's habits. `zero` is 0, blank or a dash; `zero_share` of the zeros follow it; the rest are rates."""

    zero: str
    zero_share: float
    digits: str
    annotate: float
    words: float
    change: int

    @classmethod
    def draw(cls, rng: Random) -> Style:
        return cls(
            zero=rng.choices(("0", "", rng.choice(_DASHES)), (76, 13, 11))[0],
            zero_share=rng.choice((0.1, 0.5, 1.0)),
            digits=rng.choices(("plain", "separators", "full_width"), (88, 9, 3))[0],
            annotate=rng.choices((0.0, 0.04), (3, 2))[0],
            words=rng.choices((0.0, 0.03), (9, 1))[0],
            change=rng.randrange(5),
        )


def print_cells(rng: Random, figures: dict[str, float], forms: dict[str, str]) -> dict[str, CellTruth]:
    """Every cell as the organ prints it."""
    style = Style.draw(rng)
    cells = (
        (cell_id(table, row.id, column.id), row, column)
        for table, form in forms.items()
        for row, column in load_form(form).tables[table].cells()
    )
    return {id: _print(rng, style, id, row, column, figures[id]) for id, row, column in cells}


def _print(rng: Random, style: Style, id: str, row: Row, column: Column, value: float) -> CellTruth:
    if id.startswith("disclosure/") and rng.random() < style.words:
        return CellTruth(id, rng.choice(("详见附表", "见附件", "详见部门年报")), "text", None)
    if value == 0 and style.zero != "0" and rng.random() < style.zero_share:
        return CellTruth(id, style.zero, "dash" if style.zero else "blank", None)
    if column.kind == "change" and value:
        return _change(style, id, value)
    if column.kind == "amount" and value and rng.random() < 0.25:
        return _amount(rng, id, value)
    if (
        column.kind == "count"
        and value
        and rng.random() < style.annotate
        and (id.startswith("disclosure/") or row.id in ("new", "total"))
    ):
        raw = rng.choice(_NOTES).format(int(value), rng.randint(1, int(value)))
        return CellTruth(id, raw, "annotated", value)
    return CellTruth(id, _digits(style, value), "number", value)


def _digits(style: Style, value: float) -> str:
    if style.digits == "separators":
        return f"{value:,}"
    return str(value).translate(_FULL_WIDTH) if style.digits == "full_width" else str(value)


def _change(style: Style, id: str, value: float) -> CellTruth:
    pattern = _CHANGES[1 if value > 0 else -1][style.change]
    status = "number" if pattern in _PLAIN_CHANGES else "annotated"
    return CellTruth(id, pattern.format(int(abs(value))), status, value)


def _amount(rng: Random, id: str, value: float) -> CellTruth:
    """An amount with its unit: the value is the figure in front of the unit, whatever the column's own unit is."""
    if rng.random() < 0.4:
        value = round(value * 10000)
        return CellTruth(id, f"{value}元", "annotated", value)
    return CellTruth(id, f"{value}万元", "annotated", value)
