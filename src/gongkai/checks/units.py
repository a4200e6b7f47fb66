"""In which unit an amount is printed, and whether that is the unit of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.registry import Context, Finding, rule
from gongkai.forms import Column, cell_id
from gongkai.ledger import Ledger
from gongkai.wording import number

YUAN = {"元": 1.0, "万元": 10_000.0, "亿元": 100_000_000.0}
_UNIT = re.compile(r"[万亿]?元")


def printed_unit(raw: str) -> str | None:
    """The unit of money that stands in a cell; None where there is none."""
    match = _UNIT.search(raw)
    return match[0] if match else None


def in_yuan(ledger: Ledger, id: str, column: Column) -> float | None:
    """An amount in yuan, by the unit printed beside it or else that of its column; None where it is not known."""
    value, unit = ledger.values.get(id), printed_unit(ledger.raw.get(id, "")) or column.unit
    return None if value is None or unit not in YUAN else value * YUAN[unit]


@rule(
    "unit",
    title=("金额单位与表式相符", "Amounts are in the form's unit"),
    why=(
        "表式规定收费金额以万元计；按元填写的数字汇总时会被放大一万倍。",
        "The form asks for fees in units of 10,000 yuan; an amount in yuan is taken for ten thousand times as much.",
    ),
    source="国办公开办函〔2021〕30号（表式：“单位：万元”）",
    severity="warning",
    example=(
        "「行政事业性收费」填“251000元”，按表式应为 25.1 万元。",
        "“Administrative fees” says 251000 yuan; in the form's unit that is 25.1.",
    ),
    topic="cells",
)
def unit(context: Context) -> Iterator[Finding]:
    """One finding for each amount that is printed with a unit, or one that there is nothing to compare."""
    found = False
    for table in context.tables():
        for row, column in table.cells():
            id = cell_id(table.id, row.id, column.id)
            if column.unit and id in context.ledger.values:
                found = True
                yield _unit_of(context, id, column)
    if not found:
        zh, en = "没有以金额填报的格子可核对单位。", "No amount of which the unit could be checked is printed."
        yield Finding("not_assessable", context.say(zh, en))


def _unit_of(context: Context, id: str, column: Column) -> Finding:
    value, printed = context.ledger.values[id], printed_unit(context.ledger.raw[id])
    table, row, key = id.split("/")
    cell, place = context.words.cell(id), context.words.where([id])
    due = context.say(column.unit, "10,000 yuan" if column.unit == "万元" else column.unit)
    if printed is None or printed == column.unit or not value:
        zh, en = f"{cell}的金额以{due}计，与表式相符。", f"{cell} is in {due}, as the form asks."
        return Finding("pass", context.say(zh, en), table=table, row=row, column=key, cells=(id,))
    expected = value * YUAN[printed] / YUAN[column.unit]
    raw = context.ledger.raw[id].strip()
    zh = f"{cell}填的是“{raw}”{place}，而表式以{due}为单位，应填 {number(expected)}。"
    en = f"{cell} says “{raw}”{place}, but the form's unit is {due}: it should say {number(expected)}."
    return Finding(
        "fail",
        context.say(zh, en),
        table=table,
        row=row,
        column=key,
        expected=expected,
        observed=value,
        cells=(id,),
    )
