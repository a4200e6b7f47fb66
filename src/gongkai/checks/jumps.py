"""Figures that are out of all proportion to the year before."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log
from statistics import median
from typing import TYPE_CHECKING

from gongkai.checks.registry import Context, Finding, rule
from gongkai.checks.units import YUAN, in_yuan
from gongkai.forms import Column, cell_id
from gongkai.ledger import Ledger
from gongkai.wording import number

if TYPE_CHECKING:
    from gongkai.report import Report

# Added to both years, so that a step from 0 to 3 is none: a change is ln((now + 5) / (before + 5)).
_ADDED = 5
# A change is a jump when it lies so many robust standard deviations (1.4826 times the median absolute deviation) from
# the median change of the report's own figures: the cut-off of Iglewicz and Hoaglin (1993) for modified z-scores.
_CUT_OFF = 3.5
# The robust deviation is taken to be at least this much, so that nothing less than tenfold is a jump.
_LEAST_DEVIATION = log(10) / _CUT_OFF
_TO_NORMAL = 1.4826
# Figures that are small in both years say nothing about how the organ's work as a whole has changed.
_SUBSTANTIAL = 10
# The unit of an amount was mistaken when it changed by about this factor.
_UNIT_FACTOR = 10_000
_UNIT_SLACK = log(3)


@rule(
    "jump",
    title=("与上年相比没有突变", "No figure is out of proportion to the year before"),
    why=(
        "总数一年间变化十倍以上、又与同一报告其他数字的变化不相称，多半是错行、错单位或多写少写一位；也可能属实，须人工核实。",
        "A total that changes tenfold in a year, unlike the report's other figures, is more often a wrong row, a wrong "
        "unit or a lost digit than a fact; it may be true and should be looked at.",
    ),
    source="gongkai（修正 z 分数，Iglewicz & Hoaglin 1993）",
    severity="note",
    example=(
        "「行政处罚」处理决定上年 40 件，本年 4119 件，而其他数字变化不大。",
        "Penalty decisions: 40 the year before and 4119 now, while other figures changed little.",
    ),
    topic="years",
)
def jump(context: Context) -> Iterator[Finding]:
    """One finding for each total that jumps, or one that none does; nothing without the year before."""
    previous, year = context.previous, context.report.year
    if previous is None or year is None or previous.year != year - 1:
        return
    changes = _changes(context)
    if not changes:
        zh, en = "没有可与上年比较的总数。", "No total could be compared with the year before."
        yield Finding("not_assessable", context.say(zh, en))
        return
    usual, deviation = _usual(context, changes)
    found = [
        _finding(context, id, change, usual)
        for id, change in changes.items()
        if abs(change - usual) >= _CUT_OFF * deviation and abs(change) >= log(10)
    ]
    many = context.words.count(len(changes), "个总数", "total")
    zh, en = f"与上年相比，{many}没有突变。", f"Of {many}, none is out of proportion to the year before."
    yield from found or [Finding("pass", context.say(zh, en))]


def _changes(context: Context) -> dict[str, float]:
    """The logarithm of the change of every total that both reports give beyond doubt."""
    assert context.before is not None
    doubtful = context.ledger.doubtful | context.before.doubtful
    changes = {}
    for id, column in _totals(context.report).items():
        now, before = (_figure(ledger, id, column) for ledger in (context.ledger, context.before))
        if now is not None and before is not None and min(now, before) >= 0 and id not in doubtful:
            changes[id] = log((now + _ADDED) / (before + _ADDED))
    return changes


def _totals(report: Report) -> dict[str, Column]:
    """The cells that sum up a year, with their columns: all of table 二, the balance of 三, the totals of 四.

    Stocks, which an equation carries over from year to year, are judged by that and left out.
    """
    stocks = {
        term.id
        for equation in report.equations()
        if equation.across_years
        for term in equation.terms
        if term.previous or term in equation.left
    }
    terms = {
        term.id
        for equation in report.equations()
        for term in equation.terms
        if (equation.rule, equation.key) == ("balance", "total")
        or (equation.rule == "litigation_sum" and term in equation.left)
    }
    cells = ((table, row, column) for table in report.tables() for row, column in table.cells())
    return {
        cell_id(table.id, row.id, column.id): column
        for table, row, column in cells
        if cell_id(table.id, row.id, column.id) in terms or (table.layout == "blocks" and column.kind != "change")
        if cell_id(table.id, row.id, column.id) not in stocks
    }


def _figure(ledger: Ledger, id: str, column: Column) -> float | None:
    """The figure of a cell, in the unit of its column."""
    yuan = in_yuan(ledger, id, column)
    return ledger.values.get(id) if yuan is None else yuan / YUAN["万元"]


def _usual(context: Context, changes: dict[str, float]) -> tuple[float, float]:
    """The median change and the robust deviation from it, among figures of some size."""
    assert context.before is not None
    large = [
        change
        for id, change in changes.items()
        if max(context.ledger.values[id], context.before.values[id]) >= _SUBSTANTIAL
    ]
    if len(large) < 3:
        return 0.0, _LEAST_DEVIATION
    usual = median(large)
    return usual, max(_TO_NORMAL * median(abs(change - usual) for change in large), _LEAST_DEVIATION)


def _finding(context: Context, id: str, change: float, usual: float) -> Finding:
    assert context.before is not None
    table, row, column = id.split("/")
    now, before = context.ledger.values[id], context.before.values[id]
    cell, place = context.words.cell(id), context.words.where([id])
    times, usually = number(round(exp(abs(change)), 1)), number(round(exp(usual), 1))
    factor = times if change > 0 else f"1/{times}"
    zh = (
        f"{cell}上年为 {number(before)}，本年为 {number(now)}{place}，约为上年的 {factor} 倍，"
        f"而其他总数一般为上年的 {usually} 倍；请核实。"
    )
    en = (
        f"{cell} was {number(before)} and is now {number(now)}{place}, about {factor} times as much, while other "
        f"totals are typically {usually} times the year before's; please verify."
    )
    kind = next(one.kind for one in context.report.table(table).row(row).columns if one.id == column)
    mistaken = (
        kind == "amount" and min(now, before) > 0 and abs(abs(log(now / before)) - log(_UNIT_FACTOR)) < _UNIT_SLACK
    )
    if mistaken:
        zh = zh.replace("；请核实。", "；两年的单位（元、万元）可能不同。")
        en = en.replace("; please verify.", "; one of the two may be in another unit (yuan, 10,000 yuan).")
    return Finding(
        "fail",
        context.say(zh, en),
        severity="warning" if mistaken else None,
        table=table,
        row=row,
        column=column,
        expected=before,
        observed=now,
        cells=(id,),
    )
