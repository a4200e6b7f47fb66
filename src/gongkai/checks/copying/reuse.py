"""Text taken over from another report: regulators name 内容雷同 among the faults of a report."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.copying.shingles import PASSAGE, SIZE, reuse
from gongkai.checks.registry import Context, Finding, Outcome, rule

# The sections that an organ writes in its own words.
SECTIONS = ("overview", "problems")
# A section with fewer characters to compare than this is too short to tell.
SHORT = 80
# From this share on a section is called a copy; below it, the share is told without blame.
COPIED = 0.8
_SHOWN = 3
_LONGEST = 60


@rule(
    "text_reuse",
    title=("文字没有照抄上年", "The text is not that of the year before"),
    why=(
        f"总体情况、存在问题若有八成以上文字（数字不计，法律用语和固定套话除外）与上年报告相同，就没有报告本年的工作；"
        f"主管部门把内容雷同列为问题。按每 {SIZE} 字一段比对，连续 {PASSAGE} 字以上的列出原文。",
        "Where four fifths of the overview or of the section on problems stand word for word in the report of the year "
        "before (numbers, the law's own words and set phrases aside), the year's work is not reported; regulators call "
        f"that duplicate content. Runs of {SIZE} characters are compared; passages of {PASSAGE} or more are quoted.",
    ),
    source="国办公开办函〔2021〕30号（内容雷同）",
    severity="warning",
    example=(
        "「存在的主要问题及改进情况」有 93% 的文字与上年报告相同。",
        "93 % of “Problems and improvement” stands in the report of the year before.",
    ),
    topic="copying",
)
def text_reuse(context: Context) -> Iterator[Finding]:
    """One finding for each section that is in the organ's own words, its id in `row`; none without the year before.

    `observed` is the share that is copied (0 to 1), `expected` the share from which a section counts as a copy.
    """
    if context.previous is None:
        return
    for section in SECTIONS:
        if section in context.report.sections:
            yield _compared(context, section, context.previous.sections)


def _compared(context: Context, section: str, others: dict[str, str]) -> Finding:
    name = context.words.section(section)
    found = reuse(context.report.sections[section], others.values())
    if found.size < SHORT or not any(others.values()):
        zh, en = (
            f"「{name}」文字太少，无法判断是否照抄上年。",
            f"“{name}” has too little text to tell whether it was copied.",
        )
        return Finding("not_assessable", context.say(zh, en), row=section)
    percent = int(100 * found.share)
    zh = f"「{name}」有 {percent}% 的文字与上年报告相同"
    en = f"{percent} % of “{name}” stands in the report of the year before"
    shown = [_shortened(passage) for passage in found.passages[:_SHOWN]]
    if found.share >= COPIED and shown:
        zh += "，如" + "、".join(f"“{passage}”" for passage in shown)
        en += ": " + ", ".join(f"“{passage}”" for passage in shown)
    outcome: Outcome = "fail" if found.share >= COPIED else "pass"
    message = context.say(zh + "。", en + ".")
    return Finding(outcome, message, row=section, expected=COPIED, observed=round(found.share, 4))


def _shortened(passage: str) -> str:
    passage = " ".join(passage.split())
    return passage if len(passage) <= _LONGEST else passage[:_LONGEST] + "…"
