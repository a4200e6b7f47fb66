"""Whether sections, tables, rows and cells that the form asks for are there."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.registry import Context, Finding, rule
from gongkai.forms import Section, cell_id

ARTICLE_50 = "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号"


@rule(
    "section_missing",
    title=("章节齐全", "All sections are there"),
    why=(
        "年度报告格式规定了六个部分，缺少任何一部分即内容不完整。",
        "The format prescribes six sections; a report that lacks one is incomplete.",
    ),
    source=ARTICLE_50,
    severity="warning",
    example=("没有“六、其他需要报告的事项”。", "Section six, “Other matters”, is not there."),
    topic="form",
)
def section_missing(context: Context) -> Iterator[Finding]:
    """One finding for each section of the form, its id in `row`; a table's section is there when its table is."""
    for section in context.form.sections:
        name = context.words.section(section.id)
        fault = _section_fault(context, section)
        if fault is None:
            yield Finding("pass", context.say(f"有「{name}」部分。", f"Section “{name}” is there."), row=section.id)
        else:
            yield Finding("fail", fault, row=section.id)


def _section_fault(context: Context, section: Section) -> str | None:
    name = context.words.section(section.id)
    text = context.report.sections.get(section.id)
    if section.id in context.form.tables:
        if text is None and not context.present(section.id):
            return context.say(f"缺少「{name}」部分，也没有它的表。", f"Section “{name}” and its table are missing.")
        return None
    if text is None:
        return context.say(f"缺少「{name}」部分。", f"Section “{name}” is missing.")
    if not text.strip():
        zh, en = f"「{name}」部分只有标题，没有内容。", f"Section “{name}” has a heading but no text."
        return context.say(zh, en)
    return None


@rule(
    "table_missing",
    title=("表格齐全", "All tables are there"),
    why=(
        "第二、三、四部分的统计表是年度报告的主体，缺表则无从核对。",
        "The tables of sections two to four are the substance of the report; without one nothing can be checked.",
    ),
    source=ARTICLE_50,
    severity="warning",
    example=("没有「收到和处理政府信息公开申请情况」表。", "The table “Requests received and handled” is not there."),
    topic="form",
)
def table_missing(context: Context) -> Iterator[Finding]:
    """One finding for each table; one that may stand in a picture which was not read is not called missing."""
    for table in context.form.tables:
        name = context.words.section(table)
        if context.present(table):
            yield Finding("pass", context.say(f"有「{name}」表。", f"The table “{name}” is there."), table=table)
        elif "pictures" in context.report.flags:
            message, cells = _in_a_picture(context, name), tuple(context.statuses(table))
            yield Finding("not_assessable", message, severity="warning", table=table, cells=cells)
        else:
            zh, en = f"缺少「{name}」表，或未能找到。", f"The table “{name}” is missing or could not be found."
            yield Finding("fail", context.say(zh, en), table=table, cells=tuple(context.statuses(table)))


def _in_a_picture(context: Context, name: str) -> str:
    zh, en = f"没有找到「{name}」表；文件中有图片未能读取", f"The table “{name}” was not found; a picture was not read"
    if context.report.flags["pictures"] == "needs_ocr":
        return context.say(
            f"{zh}，表可能就在其中（读图片需安装 gongkai[ocr]）。", f"{en} that may show it (install gongkai[ocr])."
        )
    return context.say(f"{zh}，表可能就在其中，请对照原件。", f"{en} that may show it; please look at the original.")


@rule(
    "row_missing",
    title=("表中各行齐全", "All rows of the tables are there"),
    why=(
        "表式的每一行都要填报，没有的填 0；删去的行看不出是零还是未统计。",
        "Every row of the form is to be reported, with 0 where there was nothing; a row left out may mean anything.",
    ),
    source=ARTICLE_50,
    severity="warning",
    example=("表三没有「重复申请」一行。", "Table 3 has no row “not processed: repeated request”."),
    topic="form",
)
def row_missing(context: Context) -> Iterator[Finding]:
    """One finding for each table that is there."""
    for table in context.tables():
        status = context.statuses(table.id)
        ids = {row: tuple(cell_id(table.id, row.id, column.id) for column in row.columns) for row in table.rows}
        lost = [row for row in table.rows if all(status.get(id) == "absent" for id in ids[row])]
        name = context.words.section(table.id)
        if not lost:
            yield Finding("pass", context.say(f"「{name}」表各行齐全。", f"“{name}” has all its rows."), table=table.id)
            continue
        rows = context.words.list(context.words.row(row) for row in lost)
        many = context.words.count(len(lost), "行", "row")
        zh, en = f"「{name}」表缺少 {many}：{rows}。", f"“{name}” lacks {many}: {rows}."
        yield Finding("fail", context.say(zh, en), table=table.id, cells=tuple(id for row in lost for id in ids[row]))


@rule(
    "cell_missing",
    title=("行中各格齐全", "All cells of the rows are there"),
    why=(
        "一行的格数少于表式，其余数字属于哪一列就可能有疑问。",
        "Where a row has fewer cells than the form, it may be unclear to which columns its figures belong.",
    ),
    source=ARTICLE_50,
    severity="warning",
    example=("「上年结转」行没有「总计」一格。", "Row “carried over from the year before” has no cell “total”."),
    topic="form",
)
def cell_missing(context: Context) -> Iterator[Finding]:
    """One finding for each table that is there; rows that are missing as a whole are `row_missing`'s."""
    for table in context.tables():
        status = context.statuses(table.id)
        lost: list[str] = []
        for row in table.rows:
            ids = [cell_id(table.id, row.id, column.id) for column in row.columns]
            absent = [id for id in ids if status.get(id) == "absent"]
            lost += absent if len(absent) < len(ids) else []
        name = context.words.section(table.id)
        if not lost:
            zh, en = f"「{name}」表已有的各行格数齐全。", f"The rows that “{name}” has are complete."
            yield Finding("pass", context.say(zh, en), table=table.id)
            continue
        where = context.words.cells(lost)
        many = context.words.count(len(lost), "格", "cell")
        zh, en = f"「{name}」表缺少 {many}：{where}。", f"“{name}” lacks {many}: {where}."
        yield Finding("fail", context.say(zh, en), table=table.id, cells=tuple(lost))
