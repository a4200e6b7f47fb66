"""Which two reports are compared: two years of an organ, two versions of one report, or what should not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from gongkai.parsing.organs import within

if TYPE_CHECKING:
    from gongkai.report import Report
    from gongkai.wording import Wording

# `years`: two successive years; `versions`: the same year; `apart`: years that are not successive; `unknown`: a year
# that could not be read.
Kind = Literal["years", "versions", "apart", "unknown"]


def in_order(first: Report, second: Report) -> tuple[Report, Report]:
    """The report of the earlier year before the other; as given where the years are the same or not known."""
    years = first.year, second.year
    return (second, first) if None not in years and years[0] > years[1] else (first, second)  # type: ignore[operator]


def kind_of(before: Report, after: Report) -> Kind:
    """What the years of two reports, in their order, make of the comparison."""
    if before.year is None or after.year is None:
        return "unknown"
    if before.year == after.year:
        return "versions"
    return "years" if after.year == before.year + 1 else "apart"


def doubts(before: Report, after: Report, words: Wording) -> Iterator[str]:
    """Why two reports may not be comparable."""
    if before.organ is None or after.organ is None:
        yield words.say(
            "有一份报告的机关不详，不能确认是同一机关", "the organ of one report is not known; it may be another one"
        )
    elif not (within(before.organ, after.organ) or within(after.organ, before.organ)):
        yield words.say(
            f"两份报告的机关不同：{before.organ}与{after.organ}",
            f"the reports are of different organs: {before.organ} and {after.organ}",
        )
    kind = kind_of(before, after)
    if kind == "unknown":
        yield words.say("有一份报告的年度不详", "the year of one report is not known")
    if kind == "apart":
        yield words.say(
            f"两份报告不是相邻年度的：{before.year} 与 {after.year}",
            f"the reports are not of successive years: {before.year} and {after.year}",
        )


def remarks(before: Report, after: Report, words: Wording, swapped: bool) -> Iterator[str]:
    """What a reader of the comparison should know."""
    if swapped:
        yield words.say("两份报告按年度先后排列", "the reports stand in the order of their years")
    moved = [id for id, form in before.forms.items() if after.forms.get(id, form) != form]
    if moved:
        tables = words.list(map(words.section, moved))
        yield words.say(
            f"先后用了不同年份的表式（{tables}），只有两种表式都有的格可以对照",
            f"on different official forms: {tables}; only cells that both forms have can be compared",
        )
    for report in (before, after):
        if doubtful := len(report.doubtful()):
            yield words.say(
                f"{report.source} 有 {doubtful} 格读数存疑",
                f"{report.source} has {doubtful} cells whose reading is doubtful",
            )
