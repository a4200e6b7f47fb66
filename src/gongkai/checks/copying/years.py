"""Sentences about another year than the report's, where only the report's own can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gongkai.checks.copying.shingles import data
from gongkai.checks.prose.sentences import MASK, Sentence
from gongkai.checks.registry import Text
from gongkai.report import Report

_YEAR = re.compile(r"20\d\d(?=年)")
# Older years than that are told as history.
_YEARS_BACK = 2


def other_years(said: Sequence[Sentence], report: Report) -> Iterator[tuple[str, Text]]:
    """Where the period, the report's name, or what a sentence is about is of another year."""
    own = report.year
    if own is None:
        return
    for i, sentence in enumerate(said):
        following = said[i + 1].text if i + 1 < len(said) else ""
        quote = _quoted(sentence)
        if wrong := _period(sentence, own):
            yield (
                quote,
                (f"统计期限是 {wrong} 年的，而报告是 {own} 年度的", f"the period of {wrong} in a report for {own}"),
            )
        elif wrong := _named(sentence, own):
            yield (
                quote,
                (
                    f"说的是 {wrong} 年度的报告，而本报告是 {own} 年度的",
                    f"the report for {wrong}, but this is for {own}",
                ),
            )
        elif wrong := _standing(sentence, following, own) or _opening(sentence, following, own):
            yield quote, (f"是 {wrong} 年的事，而报告是 {own} 年度的", f"about {wrong} in a report for {own}")
        elif _planned(sentence, own):
            yield (
                quote,
                (f"把 {own} 年写成今后的打算，而报告是 {own} 年度的", f"a plan for {own} in a report for {own}"),
            )


def _period(sentence: Sentence, own: int) -> int | None:
    for match in _pattern("period").finditer(sentence.text):
        years = {int(year) for year in (match["from"], match["to"]) if year}
        if own not in years:
            return min(years)
    return None


def _named(sentence: Sentence, own: int) -> int | None:
    """The year of the report that a sentence announces, or of whose figures it tells; in other sections than the front
    reports of other years may be spoken of as well."""
    names = ("report", "told", "cutoff") if sentence.section == "front" else ("told",)
    match = _first(names, sentence)
    return int(match["year"]) if match and int(match["year"]) != own else None


def _opening(sentence: Sentence, following: str, own: int) -> int | None:
    """The year before, when the sentence is about it and neither it nor the next one turns to the report's own."""
    match = _first(("opening", "clause", "after"), sentence)
    general = _pattern("general").search(sentence.text)
    # What single things came to two years ago is told as history; how the work went is not.
    if match is None or not own - (_YEARS_BACK if general else 1) <= int(match["year"]) < own:
        return None
    told = _pattern("history").search(sentence.text) or (
        MASK in sentence.text and _pattern("event").search(sentence.text)
    )
    named = {int(year) for year in _YEAR.findall(sentence.text)}
    answered = following.startswith(str(own)) and not general
    turns = own in named or answered or len(named) > 1
    return None if told or turns else int(match["year"])


def _standing(sentence: Sentence, following: str, own: int) -> int | None:
    """The year before, when a sentence tells how things stood at its end and nothing of the report's own year."""
    match = _pattern("standing").search(sentence.text)
    if match is None or int(match["year"]) != own - 1 or str(own) in sentence.text:
        return None
    if following.lstrip("截至止").startswith(str(own)):
        return None
    return None if _pattern("turn").search(sentence.text) else own - 1


def _planned(sentence: Sentence, own: int) -> bool:
    match = _pattern("plan").search(sentence.text)
    return match is not None and int(match["year"]) == own


def _quoted(sentence: Sentence) -> str:
    """The sentence, or its beginning when it is long."""
    return sentence.printed if len(sentence.printed) <= 40 else sentence.printed[:40] + "…"


def _first(names: Sequence[str], sentence: Sentence) -> re.Match[str] | None:
    """The match of the first of these patterns that a sentence has."""
    return next((match for name in names if (match := _pattern(name).search(sentence.text))), None)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(data()["years"][name])
