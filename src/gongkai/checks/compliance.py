"""Whether the report is made as prescribed: on its year's form, with the fee statement, in time, under its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.checks.registry import Context, Finding, Outcome, rule
from gongkai.forms import Deadline, Form, Statement, Table, form_for_year
from gongkai.parsing.normalise import key


@rule(
    "form_year",
    title=("表式与年度相符", "The form is that of the year"),
    why=(
        "2021 年度起使用新表式；用错表式会缺少应报的数字，也难与其他机关比较。",
        "A new form is in use from the report of 2021 on; the wrong one lacks figures and cannot be compared.",
    ),
    source="国办公开办函〔2019〕60号、国办公开办函〔2021〕30号",
    severity="warning",
    example=("2021 年度的报告用了 2019 年的表式。", "A report for 2021 is on the form of 2019."),
    topic="form",
)
def form_year(context: Context) -> Iterator[Finding]:
    """One finding for each table; a `note` where the wrong form asks for the very same figures."""
    required = form_for_year(context.report.year)
    for table in context.report.tables():
        yield _form_of(context, table, required)


def _form_of(context: Context, table: Table, required: Form | None) -> Finding:
    name, used, year = context.words.section(table.id), context.report.forms[table.id], context.report.year
    if not context.present(table.id):
        zh, en = f"没有读到「{name}」表，无从判断表式。", f"“{name}” was not found, so that its form cannot be told."
        return Finding("not_assessable", context.say(zh, en), table=table.id)
    if required is None:
        zh = f"「{name}」表用 {used} 年表式；年度不详或早于现行表式，无法判断是否相符。"
        en = f"“{name}” is on the form of {used}; the report's year is not known or is before the first form."
        return Finding("not_assessable", context.say(zh, en), table=table.id)
    if used == required.id:
        zh, en = (
            f"「{name}」表用 {used} 年表式，与年度相符。",
            f"“{name}” is on the form of {used}, as its year requires.",
        )
        return Finding("pass", context.say(zh, en), table=table.id)
    zh = f"「{name}」表用的是 {used} 年表式，而 {year} 年度应使用 {required.id} 年表式（{required.issued}）"
    en = f"“{name}” is on the form of {used}, but the form for {year} is that of {required.id} ({required.issued})"
    if _same_figures(table, required.tables[table.id]):
        zh, en = zh + "；两种表式的行列相同，不缺数字。", en + "; both ask for the same figures, so that none is lost."
        return Finding("fail", context.say(zh, en), severity="note", table=table.id)
    return Finding("fail", context.say(zh + "。", en + "."), table=table.id)


def _same_figures(table: Table, other: Table) -> bool:
    return [(row.id, column.id) for row, column in table.cells()] == [
        (row.id, column.id) for row, column in other.cells()
    ]


@rule(
    "fee_statement",
    title=("说明信息处理费", "Says what fees were charged"),
    why=(
        "收取信息处理费的件数和金额须在年度报告“其他需要报告的事项”中报告，没有收取也要说明。",
        "Fees charged for handling requests are to be reported under “Other matters”, also when there were none.",
    ),
    source="国办函〔2020〕109号",
    severity="warning",
    example=("“其他需要报告的事项”只写“无”。", "“Other matters” says nothing but “none”."),
    topic="form",
)
def fee_statement(context: Context) -> Iterator[Finding]:
    """One finding for each statement of the form (today the fee statement alone), the id of its section in `row`."""
    for statement in context.form.statements:
        yield _stated(context, statement)


def _stated(context: Context, statement: Statement) -> Finding:
    texts = {id: key(text) for id, text in context.report.sections.items()}
    own, due = context.words.section(statement.section), f"{statement.label}（{statement.issued}）"
    due_en = f"the {statement.en} ({statement.issued})"
    there = [id for id, text in texts.items() if any(key(word) in text for word in statement.words)]
    loosely = any(key(word) in texts.get(statement.section, "") for word in statement.loose_words)
    elsewhere = context.words.list(context.words.section(id) for id in there)
    outcome: Outcome = "pass"
    if statement.section in there:
        zh, en = f"「{own}」说明了{statement.label}。", f"“{own}” states the {statement.en}."
    elif there:
        zh = f"{statement.label}不在「{own}」，而在「{elsewhere}」说明。"
        en = f"The {statement.en} are stated not under “{own}” but under “{elsewhere}”."
    elif loosely:
        zh, en = f"「{own}」说明了收费，但未明言是{statement.label}。", f"“{own}” speaks of fees, not of which."
    elif not any(texts.values()):
        outcome, zh = "not_assessable", f"没有读到任何章节的文字，无法判断是否说明{statement.label}。"
        en = "No section's text was read, so that the fee statement cannot be looked for."
    elif context.report.year is not None and context.report.year < statement.since:
        outcome, zh = "not_assessable", f"{context.report.year} 年度尚不要求说明{due}。"
        en = f"A report for {context.report.year} was not yet due to state {due_en}."
    else:
        outcome, zh = "fail", f"「{own}」没有说明{due}。"
        en = f"“{own}” does not state {due_en}."
    return Finding(outcome, context.say(zh, en), row=statement.section)


@rule(
    "late",
    title=("按期公布", "Published in time"),
    why=(
        "年度报告有法定期限；逾期公布是主管部门通报的问题。",
        "The report is due by law; late publication is among the faults that regulators name.",
    ),
    source="《政府信息公开条例》第四十九条；国办公开办函〔2021〕30号（不按时发布）",
    severity="warning",
    example=(
        "某县教育局 2023 年度报告署期 2024 年 2 月 6 日，而部门应在 1 月 31 日前公布。",
        "A county bureau's report for 2023 is dated 6 February 2024; departments are due by 31 January.",
    ),
    topic="form",
)
def late(context: Context) -> Iterator[Finding]:
    """One finding: whether the date of publication is within the deadline of the organ's kind and level."""
    report = context.report
    due = next((one for one in context.form.deadlines if report.kind == one.kind and report.level in one.levels), None)
    if report.published is None:
        zh, en = "没有找到公布或署名日期，无法判断是否按期公布。", "No date of publication or signature was found."
        yield Finding("not_assessable", context.say(zh, en))
    elif report.year is None:
        zh, en = "年度不详，无法判断是否按期公布。", "The report's year is not known, nor therefore when it was due."
        yield Finding("not_assessable", context.say(zh, en))
    elif due is None:
        zh = "第四十九条没有规定此类机关的期限，或机关的类别、层级不详，无法判断是否按期公布。"
        en = "Article 49 sets no day for such an organ, or its kind or level is not known."
        yield Finding("not_assessable", context.say(zh, en))
    else:
        yield _in_time(context, report.published, due.of_year(report.year), due)


def _in_time(context: Context, published: date, last: date, due: Deadline) -> Finding:
    day, limit = _day(context, published), _day(context, last)
    zh, en = (
        f"报告日期为 {day}，{due.label}应在 {limit}前公布（{due.source}）",
        f"dated {day}; {due.en} are due by {limit}",
    )
    if published <= last:
        return Finding("pass", context.say(f"{zh}，按期公布。", f"The report is {en}: in time."))
    days = context.words.count((published - last).days, "天", "day")
    return Finding("fail", context.say(f"{zh}，晚了 {days}。", f"The report is {en}: {days} late."))


def _day(context: Context, day: date) -> str:
    return context.say(f"{day.year} 年 {day.month} 月 {day.day} 日", day.isoformat())


@rule(
    "identity",
    title=("机关与年度明确", "Organ and year are clear"),
    why=(
        "机关或年度不明的数字无法归入统计，也无法与往年比较。",
        "Figures of which organ and year are unclear cannot be filed, nor compared with other years.",
    ),
    source="《政府信息公开条例》第四十九条",
    severity="warning",
    example=("报告只称“区人社局”，不知属于哪个区。", "The report names the bureau but not the district it belongs to."),
    topic="identity",
)
def identity(context: Context) -> Iterator[Finding]:
    """Two findings, `row` being `organ` and `year`."""
    report = context.report
    yield _known(context, "organ", context.say("机关", "organ"), report.organ)
    yield _known(context, "year", context.say("年度", "year"), None if report.year is None else str(report.year))


def _known(context: Context, field: str, name: str, value: str | None) -> Finding:
    flag = context.report.flags.get(field, "")
    if value is None:
        zh, en = f"报告没有写明{name}，或未能找到。", f"The report's {name} is not given or was not found."
        return Finding("fail", context.say(zh, en), row=field)
    if not flag:
        return Finding("pass", context.say(f"{name}为“{value}”。", f"The {name} is “{value}”."), row=field)
    kind, _, detail = flag.partition(":")
    reason = {
        "incomplete": context.say("不完整", "incomplete"),
        "conflict": context.say("前后不一", "contradicted elsewhere"),
    }.get(kind, kind)
    found = context.say(f"（{detail.strip()}）", f" ({detail.strip()})") if detail else ""
    zh, en = f"{name}写作“{value}”，{reason}{found}。", f"The {name} is given as “{value}”, which is {reason}{found}."
    return Finding("fail", context.say(zh, en), row=field)
