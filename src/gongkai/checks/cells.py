"""What is printed in single cells: nothing, words, an impossible figure, or one that may have been misread."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.registry import Context, Finding, Outcome, rule
from gongkai.forms import Column, cell_id
from gongkai.wording import number

FORM = "国办公开办函〔2021〕30号"


@rule(
    "blank_cells",
    title=("未留空白", "No cell is left blank"),
    why=(
        "空白不等于 0：看不出是没有发生、没有统计，还是漏填。",
        "A blank is not a zero: it may mean that nothing happened, that nothing was counted, or that it was forgotten.",
    ),
    source=FORM,
    severity="warning",
    example=(
        "「上年结转」行的「自然人」格为空白。",
        "“Carried over from the year before”, “natural persons” is blank.",
    ),
    topic="cells",
)
def blank_cells(context: Context) -> Iterator[Finding]:
    return _without(context, "blank")


@rule(
    "text_cells",
    title=("没有以文字代替数字", "No words instead of numbers"),
    why=(
        "统计表应填数字；“详见附表”之类的文字无法汇总。",
        "The tables ask for numbers; words such as “see annex” cannot be added up.",
    ),
    source=FORM,
    severity="warning",
    example=("「行政处罚」格填“详见附表”。", "“Penalties” says “see annex”."),
    topic="cells",
)
def text_cells(context: Context) -> Iterator[Finding]:
    return _without(context, "text")


def _without(context: Context, status: str) -> Iterator[Finding]:
    """One finding for each table that is there: whether any of its cells has this status, and which."""
    what = context.words.status(status)
    for table in context.tables():
        ids = tuple(id for id, found in context.statuses(table.id).items() if found == status)
        name = context.words.section(table.id)
        if not ids:
            zh, en = f"「{name}」表没有一格{what}。", f"No cell of “{name}” is {what}."
            yield Finding("pass", context.say(zh, en), table=table.id)
            continue
        where = context.words.cells(ids) + context.words.where(ids)
        many = context.words.count(len(ids), "格", "cell")
        zh = f"「{name}」表有 {many}{what}：{where}。"
        en = f"{many} of “{name}” {'is' if len(ids) == 1 else 'are'} {what}: {where}."
        yield Finding("fail", context.say(zh, en), table=table.id, cells=ids)


@rule(
    "not_a_count",
    title=("数字可能成立", "Figures are possible ones"),
    why=(
        "件数不会为负，也不会有小数；金额不会为负。",
        "A count is never negative and always whole; an amount is never negative.",
    ),
    source=FORM,
    severity="error",
    example=("「本年新收」行「总计」格印为 2.5。", "“New requests”, “total” is printed as 2.5."),
    topic="cells",
)
def not_a_count(context: Context) -> Iterator[Finding]:
    """One finding for each impossible figure, or one for the table when it has none."""
    for table in context.tables():
        faults = []
        for row, column in table.cells():
            id = cell_id(table.id, row.id, column.id)
            value = context.ledger.values.get(id)
            fault = None if value is None else _impossible(context, column, value)
            if value is not None and fault is not None:
                faults.append(_impossible_cell(context, id, value, fault))
        name = context.words.section(table.id)
        zh, en = f"「{name}」表没有不可能的数字。", f"No figure in “{name}” is impossible."
        yield from faults or [Finding("pass", context.say(zh, en), table=table.id)]


def _impossible(context: Context, column: Column, value: float) -> str | None:
    """Why a figure cannot stand in a column, or None when it can."""
    if column.admits(value):
        return None
    if value < 0 and column.kind != "change":
        return context.say("为负数", "is negative")
    return context.say("不是整数", "is not a whole number")


def _impossible_cell(context: Context, id: str, value: float, fault: str) -> Finding:
    cell, place, doubtful = context.words.cell(id), context.words.where([id]), id in context.ledger.doubtful
    table, row, column = id.split("/")
    zh = f"{cell}印为 {number(value)}{place}，{fault}" + ("，但此格可能误读。" if doubtful else "。")
    en = f"{cell} is printed as {number(value)}{place}, which {fault}" + (", but may be misread." if doubtful else ".")
    outcome: Outcome = "not_assessable" if doubtful else "fail"
    return Finding(outcome, context.say(zh, en), table=table, row=row, column=column, observed=value, cells=(id,))


@rule(
    "doubtful_cells",
    title=("读数可靠", "Readings are certain"),
    why=(
        "本程序没有把握读对的格子应对照原件；它们不能证明报告有错。",
        "Cells that gongkai may have misread are to be compared with the original; they prove no fault.",
    ),
    source="gongkai",
    severity="warning",
    example=("「予以公开」行「总计」格可能误读。", "“Granted in full”, “total” may be misread."),
    topic="cells",
)
def doubtful_cells(context: Context) -> Iterator[Finding]:
    """One finding for each table; doubt is `not_assessable`, not `fail`, since the report may well be right."""
    for table in context.tables():
        status = context.statuses(table.id)
        ids = tuple(id for id in status if id in context.ledger.doubtful or status[id] == "unreadable")
        name = context.words.section(table.id)
        if not ids:
            zh, en = f"「{name}」表的读数没有疑问。", f"No reading of “{name}” is in doubt."
            yield Finding("pass", context.say(zh, en), table=table.id)
            continue
        where = context.words.cells(ids) + context.words.where(ids)
        many = context.words.count(len(ids), "格", "cell")
        zh = f"「{name}」表有 {many}可能误读，请对照原件：{where}。"
        en = f"{many} of “{name}” may be misread; please compare the original: {where}."
        yield Finding("not_assessable", context.say(zh, en), severity="warning", table=table.id, cells=ids)
