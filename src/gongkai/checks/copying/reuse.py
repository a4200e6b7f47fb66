"""Text taken over from another report: regulators name 内容雷同 among the faults of a report."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.copying.organs import same_organ
from gongkai.checks.copying.others import COMMON_LEAST, Other, Shared, shared
from gongkai.checks.copying.shingles import PASSAGE, SIZE, Reuse, reuse
from gongkai.checks.registry import Context, Finding, Outcome, rule

# The sections that an organ writes in its own words.
SECTIONS = ("overview", "problems")
# A section with fewer characters to compare than this is too short to tell.
SHORT = 80
# From this share on a section is called a copy; below it, the share is told without blame.
COPIED = 0.8
# The same for other organs' text: an organ may repeat itself, but not others.
COPIED_FROM_OTHERS = 0.6
_SHOWN = 3
_LONGEST = 60


@rule(
    "text_reuse",
    title=("文字没有照抄上年或其他机关", "The text is not that of the year before, nor of another organ"),
    why=(
        "总体情况、存在问题若有八成以上文字（数字不计，法律用语和固定套话除外）与上年报告相同，或六成以上与另一机关的报告相同，"
        "就没有报告本机关本年的工作；主管部门把内容雷同列为问题。"
        f"按每 {SIZE} 字一段比对，连续 {PASSAGE} 字以上的列出原文。与其他机关比对须给出 corpus；"
        f"三分之一以上（且不少于 {COMMON_LEAST} 个）机关都有的文字视为公用，不计。",
        "Where four fifths of the overview or of the section on problems stand word for word in the report of the year "
        "before, or three fifths in that of another organ (numbers, the law's own words and set phrases aside), the "
        "year's work of this organ is not reported; regulators call that duplicate content. Runs of "
        f"{SIZE} characters are compared; passages of {PASSAGE} or more are quoted. Other organs are compared where a "
        f"corpus is given; words that a third of them have, and at least {COMMON_LEAST}, are nobody's own.",
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
    """One finding for each section that is in the organ's own words, its id in `row`: against the year before where
    that report is given, and against other organs where a corpus is.

    `observed` is the share that is copied (0 to 1), `expected` the share from which a section counts as a copy.
    """
    written = [section for section in SECTIONS if section in context.report.sections]
    if context.previous is not None:
        for section in written:
            yield _before(context, section, context.previous.sections)
    if context.corpus is not None:
        others = [other for other in context.corpus if _may_be_copied(other, context)]
        for section in written:
            yield _others(context, section, shared(context.report.sections[section], section, others))


def _before(context: Context, section: str, others: dict[str, str]) -> Finding:
    name = context.words.section(section)
    found = reuse(context.report.sections[section], others.values())
    if found.size < SHORT or not any(others.values()):
        zh, en = (
            f"「{name}」文字太少，无法判断是否照抄上年。",
            f"“{name}” has too little text to tell whether it was copied.",
        )
        return Finding("not_assessable", context.say(zh, en), row=section)
    zh = f"「{name}」有 {_percent(found)}% 的文字与上年报告相同"
    en = f"{_percent(found)} % of “{name}” stands in the report of the year before"
    return _finding(context, section, found, COPIED, zh, en)


def _may_be_copied(other: Other, context: Context) -> bool:
    """Whether a text is another organ's, and not of a later year than the report."""
    own, year = context.report.organ, context.report.year
    same = own is not None and other.organ is not None and same_organ(own, other.organ)
    later = year is not None and other.year is not None and other.year > year
    return not same and not later and other.sections is not context.report.sections


def _others(context: Context, section: str, found: Shared) -> Finding:
    name = context.words.section(section)
    if found.nearest is None or found.alone.size < SHORT:
        zh, en = (
            f"「{name}」没有可与其他机关比对的文字。",
            f"“{name}” has too little text of its own, or the corpus none, to compare with other organs.",
        )
        return Finding("not_assessable", context.say(zh, en), row=section)
    nearest, most, whole = found.nearest.name, _percent(found.alone), _percent(found.together)
    # Among many reports most phrases stand somewhere; only what one of them has in bulk is a copy.
    zh = f"「{name}」有 {whole}% 的文字见于 {found.others} 份其他机关的报告，与{nearest} 相同的最多，占 {most}%"
    en = f"{whole} % of “{name}” stands in {found.others} other organs' reports, most in that of {nearest}: {most} %"
    return _finding(context, section, found.alone, COPIED_FROM_OTHERS, zh, en)


def _finding(context: Context, section: str, found: Reuse, copied: float, zh: str, en: str) -> Finding:
    shown = [_shortened(passage) for passage in found.passages[:_SHOWN]]
    if found.share >= copied and shown:
        zh += "，如" + "、".join(f"“{passage}”" for passage in shown)
        en += ": " + ", ".join(f"“{passage}”" for passage in shown)
    outcome: Outcome = "fail" if found.share >= copied else "pass"
    message = context.say(zh + "。", en + ".")
    return Finding(outcome, message, row=section, expected=copied, observed=round(found.share, 4))


def _percent(found: Reuse) -> int:
    """The share in whole percent, rounded down."""
    return int(100 * found.share)


def _shortened(passage: str) -> str:
    passage = " ".join(passage.split())
    return passage if len(passage) <= _LONGEST else passage[:_LONGEST] + "…"
