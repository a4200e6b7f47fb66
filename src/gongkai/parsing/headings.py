"""Where the sections of the report begin, under headings as they are found in the wild."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.forms import Section
from gongkai.parsing.labels import label_key, likeness_to
from gongkai.parsing.lines import Line
from gongkai.parsing.normalise import split_enumerator

_LONGEST = 45
# How like a section's name a heading must be; with a top-level number, or marked as a heading, it may differ more.
_PLAIN = 0.85
_NUMBERED = 0.68
_TOP_LEVEL = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+(?:部分)?\s*[、.．,，:：\s]|[一二三四五六七八九十]+(?=[\u4e00-\u9fff]))"
)
_SUB_LEVEL = re.compile(r"^\s*(?:[（(]|\d)")
# So many sections with top-level numbers show that other kinds of number are not for sections.
_STYLE = 2
_SENTENCE = re.compile(r"[。；！？;!?]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: the line it begins on, the lines it takes, the section, how sure."""

    index: int
    length: int
    section: str
    likeness: float
    top_level: bool


def find_headings(lines: Sequence[Line], sections: Sequence[Section]) -> list[Heading]:
    """The headings in reading order.

    A name may occur again (a table of contents, an annex numbered anew); where a section has a heading with a top-level
    number, lines numbered as sub-headings are not taken for another.
    """
    texts = _candidates(lines)
    likeness = _most_like([text for _, _, text in texts], sections)
    best: dict[int, Heading] = {}
    for (i, length, _), (section, like) in zip(texts, likeness, strict=True):
        numbered = _is_marked(lines[i])
        known = best.get(i)
        if like >= (_NUMBERED if numbered else _PLAIN) and (known is None or like > known.likeness + 0.05):
            best[i] = Heading(i, length, section, like, numbered and not _SUB_LEVEL.match(lines[i].text))
    found = list(best.values())
    if len({heading.section for heading in found if heading.top_level}) >= _STYLE:
        found = [heading for heading in found if not _SUB_LEVEL.match(lines[heading.index].text)]
    kept: list[Heading] = []
    for heading in found:
        if kept and heading.index < kept[-1].index + kept[-1].length:
            continue
        if heading.top_level or not any(other.section == heading.section and other.top_level for other in found):
            kept.append(heading)
    return kept


def _candidates(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    """What may be a heading: the line on which it begins, how many lines it takes (one or two), and its text."""
    found = []
    for i, line in enumerate(lines):
        if line.kind != "prose" and line.filled:
            continue
        text = line.text
        if len(text) > _LONGEST or _SENTENCE.search(text):
            continue
        found.append((i, 1, text))
        below = lines[i + 1] if i + 1 < len(lines) else None
        if below is None or below.heading or not _is_marked(line) or _TOP_LEVEL.match(below.text):
            continue
        text += below.text
        if len(text) <= _LONGEST and not _SENTENCE.search(text):
            found.append((i, 2, text))
    return found


def _is_marked(line: Line) -> bool:
    return bool(_TOP_LEVEL.match(line.text)) or line.heading


def _most_like(texts: Sequence[str], sections: Sequence[Section]) -> list[tuple[str, float]]:
    """For every text the section whose name it resembles most, and how much."""
    keys = [
        label_key(re.sub(r"^\s*第?[一二三四五六七八九十]+(?:部分|(?=[\u4e00-\u9fff]))", "", split_enumerator(text)[1]))
        for text in texts
    ]
    scores = likeness_to(sections, keys)
    return [(sections[best].id, float(score[best])) for score, best in zip(scores, scores.argmax(axis=1), strict=True)]
