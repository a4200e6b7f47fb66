"""Whose report it is, for which year, and when it was published."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.parsing.normalise import plain
from gongkai.parsing.organ_search import REPORT, SIGNATURE, find_organ
from gongkai.parsing.organs import is_complete, kind_of, level_of, tidy_name

_TITLE = re.compile(
    rf"(?P<before>[\u4e00-\u9fff\d·()、]{{0,50}}?){REPORT}"
    r"(?:[(\[【]?20\d\d年?度?[)\]】]?|[(\[【][\u4e00-\u9fff]{3,40}[)\]】])?"
)
_TITLE_NOISE = re.compile(r"^(?:附件\d*|标题|题目)[:：]?")
_TITLE_LINES = 3
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)\s*年?")
_PERIOD = re.compile(r"(20[0-4]\d)\s*年\s*1\s*月\s*1\s*日.{0,12}?12\s*月\s*31\s*日")
_PROSE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*年(?!\s*\d{1,2}\s*月\s*\d{1,2}\s*日?(?:印发|公布|施行|修订|通过))")
# Titles of documents and their numbers; an opening mark that is never closed must not cost more than a title.
_QUOTED = re.compile(r"《[^》]{0,300}》|〔[^〕]{0,300}〕|\[[^\]]{0,300}\]")
_DATE = re.compile(r"(20[0-4]\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
# What signs a report that an annex follows: nothing but a date in words.
_SIGNED = re.compile(r"20[0-4]\d年\d{1,2}月\d{1,2}日")
_DATED = re.compile(
    r"(?:(?:发布|成文|公开|生成|发文|公布|印发)(?:日期|时间)|(?:^|\s)(?:日期|时间))\s*[:：]?\s*(20[0-4]\d\s*[年\-./]\s*\d{1,2}\s*[月\-./]\s*\d{1,2})"
)


@dataclass(slots=True)
class Identity:
    """What was found of the report's identity; `flags` says what is doubtful about it."""

    title: str | None = None
    organ: str | None = None
    level: str | None = None
    kind: str | None = None
    year: int | None = None
    published: dt.date | None = None
    flags: dict[str, str] = field(default_factory=dict)


def identify(front: str, sections: Mapping[str, str], metadata: Mapping[str, str], whole: Sequence[str]) -> Identity:
    """The identity from the text before the first heading, the sections, the container's metadata, and all paragraphs.

    The title counts most, then the metadata, then the signature, then the prose; where they disagree a flag says so.
    """
    found = Identity()
    titles = _titles(front, metadata)
    if titles:
        found.title = titles[0][0]
    _find_year(found, titles, front, sections)
    _find_published(found, front, metadata, whole)
    _find_organ(found, titles, front, metadata, sections, whole)
    return found


def _titles(front: str, metadata: Mapping[str, str]) -> list[re.Match[str]]:
    """What reads as the report's title, best first: lines of the front that are nothing else (up to three on end),
    the container's title, then a title in a sentence."""
    lines = [re.sub(r"\s+", "", plain(line)) for line in front.split("\n") if line.strip()]
    heads = ["".join(lines[i : i + n]) for n in range(1, _TITLE_LINES + 1) for i in range(len(lines) - n + 1)]
    whole = [match for head in heads if (match := _TITLE.fullmatch(_TITLE_NOISE.sub("", head)))]
    whole.sort(key=lambda match: not (_YEAR.search(match[0]) and tidy_name(_before_title(match), places=True)))
    container = re.sub(r"\s+", "", plain(metadata.get("title", "")))
    return whole + [match for match in _TITLE.finditer(container) if match["before"]]


def _find_year(found: Identity, titles: Sequence[re.Match[str]], front: str, sections: Mapping[str, str]) -> None:
    in_title = [int(year) for title in titles for year in _YEAR.findall(title[0])]
    prose = _QUOTED.sub("", plain("\n".join([front, *sections.values()])))
    period = [int(year) for year in _PERIOD.findall(prose)]
    counts = Counter(int(year) for year in _PROSE_YEAR.findall(prose))
    if in_title:
        found.year = in_title[0]
        others = {year for year in [*in_title, *period] if year != found.year}
        if others:
            found.flags["year"] = f"conflict: {found.year}, {', '.join(map(str, sorted(others)))}"
    elif announced := [int(year) for match in _TITLE.finditer(prose) for year in _YEAR.findall(match[0])] or period:
        found.year = announced[0]
    elif counts:
        (found.year, most), *rest = counts.most_common(2)
        if rest and rest[0][1] == most:
            found.flags["year"] = f"conflict: {found.year}, {rest[0][0]}"
    else:
        found.flags["year"] = "missing"


def _find_published(found: Identity, front: str, metadata: Mapping[str, str], whole: Sequence[str]) -> None:
    """The date of publication: the first that can be."""
    for text in _dated(front, metadata, whole):
        match = _DATE.search(plain(text))
        if match and (found.year is None or int(match[1]) >= found.year):
            try:
                found.published = dt.date(int(match[1]), int(match[2]), int(match[3]))
                return
            except ValueError:
                continue


def _dated(front: str, metadata: Mapping[str, str], whole: Sequence[str]) -> Iterator[str]:
    """What may hold the date: texts that give it as such, then those that the report is signed with."""
    yield metadata.get("published", "")
    yield from (match[1] for text in (front, *whole[-8:]) for match in _DATED.finditer(plain(text)))
    last = map(plain, reversed(whole[-SIGNATURE:]))
    yield from (text for text in last if len(text) <= 40 and _DATE.search(text))
    yield from (text for text in map(plain, front.split("\n")) if _DATE.fullmatch(text.strip()))
    yield from (text for text in map(plain, reversed(whole)) if _SIGNED.fullmatch("".join(text.split())))


def _find_organ(
    found: Identity,
    titles: Sequence[re.Match[str]],
    front: str,
    metadata: Mapping[str, str],
    sections: Mapping[str, str],
    whole: Sequence[str],
) -> None:
    found.organ = find_organ([_before_title(title) for title in titles], front, metadata, sections, whole)
    if found.organ is None:
        found.flags["organ"] = "missing"
        return
    if not is_complete(found.organ):
        found.flags["organ"] = "incomplete"
    found.level = level_of(found.organ)
    found.kind = kind_of(found.organ)


def _before_title(title: re.Match[str]) -> str:
    """The organ's name as the title has it; 某县人民政府信息公开 lacks one 政府 of two."""
    before, whole = title["before"], title[0]
    if before.endswith("人民") and whole[len(before) :].startswith("政府"):
        before += "政府"
    return before
