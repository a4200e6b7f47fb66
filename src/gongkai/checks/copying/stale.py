"""What was left over when a report was made from another one: a year, an organ, a template, an older form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.checks.copying.organs import other_organs, other_places, other_selves
from gongkai.checks.copying.templates import older_columns, placeholders
from gongkai.checks.copying.years import other_years
from gongkai.checks.prose.sentences import Sentence, sentences
from gongkai.checks.registry import Context, Finding, Text, rule
from gongkai.report import Report

FRONT = "front"


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words of a sentence that do not fit this report (`quote`, as printed), and why."""

    quote: str
    reason: Text


@rule(
    "stale_text",
    title=("没有复制遗留的文字", "Nothing is left over from copying"),
    why=(
        "沿用上年或他人的报告、模板而没有改净，留下别的年度、别的机关、未填的占位符或旧表式的用语；这样的报告其数字也未必更新过。",
        "A report made from last year's, another organ's or a template, and not changed throughout, names another year "
        "or organ, or keeps a blank to be filled in or words of an older form; its figures may be as old.",
    ),
    source="国办公开办函〔2021〕30号（内容不准确、内容雷同）",
    severity="warning",
    example=(
        "2023 年度的报告写“2022年度本机关未收取信息处理费”；卫生健康委员会的报告自称“我局”；留有“XX局”。",
        "A report for 2023 says that no fees were charged in 2022; a committee calls itself a bureau; XX is left in.",
    ),
    topic="copying",
)
def stale_text(context: Context) -> Iterator[Finding]:
    """One finding for each piece of text that is left over, its section's id in `row`, or one that there is none."""
    read = context.once(_sentences)
    if not any(read.values()):
        zh, en = "没有读到任何文字，无法判断。", "No text was read, so that nothing can be said."
        yield Finding("not_assessable", context.say(zh, en))
        return
    found = [
        _finding(context, section, leftover) for section, said in read.items() for leftover in _leftovers(context, said)
    ]
    zh, en = (
        "没有发现别的年度、别的机关、占位符或旧表式的遗留。",
        "No other year or organ, no blank and no older form is left over.",
    )
    yield from found or [Finding("pass", context.say(zh, en))]


def _sentences(report: Report) -> dict[str, list[Sentence]]:
    texts = {FRONT: report.front, **report.sections}
    return {section: sentences(section, "", text) for section, text in texts.items()}


def _leftovers(context: Context, said: list[Sentence]) -> Iterable[Leftover]:
    report = context.report
    found = [
        *placeholders(said),
        *older_columns(said, context.form),
        *other_organs(said, report),
        *other_places(said, report),
        *other_selves(said, report),
        *other_years(said, report),
    ]
    return [Leftover(quote, reason) for quote, reason in dict(found).items()]


def _finding(context: Context, section: str, leftover: Leftover) -> Finding:
    name = context.say("报告开头", "the opening") if section == FRONT else context.words.section(section)
    zh, en = leftover.reason
    message = context.say(f"「{name}」写“{leftover.quote}”，{zh}。", f"“{name}” says “{leftover.quote}”: {en}.")
    return Finding("fail", message, row=section)
