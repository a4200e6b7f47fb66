"""Where the sections of the report begin, under headings as they are found in the wild."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.forms import Section
from gongkai.parsing.labels import label_key, similarity
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
    found = [heading for i in range(len(lines)) if (heading := _heading(lines, i, sections))]
    if len({heading.section for heading in found if heading.top_level}) >= _STYLE:
        found = [heading for heading in found if not _SUB_LEVEL.match(lines[heading.index].text)]
    kept: list[Heading] = []
    for heading in found:
        if kept and heading.index < kept[-1].index + kept[-1].length:
            continue
        if heading.top_level or not any(other.section == heading.section and other.top_level for other in found):
            kept.append(heading)
    return kept


def _heading(lines: Sequence[Line], i: int, sections: Sequence[Section]) -> Heading | None:
    """The heading that begins on this line, alone or with the next one."""
    best: Heading | None = None
    line = lines[i]
    if line.filled and line.kind != "prose":
        return None
    numbered = bool(_TOP_LEVEL.match(line.text)) or line.heading
    for length in (1, 2):
        text = "".join(part.text for part in lines[i : i + length])
        if len(text) > _LONGEST or _SENTENCE.search(text) or i + length > len(lines):
            break
        if length == 2 and (not numbered or lines[i + 1].heading or _TOP_LEVEL.match(lines[i + 1].text)):
            break
        section, likeness = _most_like(text, sections)
        needed = _NUMBERED if numbered else _PLAIN
        if likeness >= needed and (best is None or likeness > best.likeness + 0.05):
            best = Heading(i, length, section, likeness, numbered and not _SUB_LEVEL.match(line.text))
    return best


def _most_like(text: str, sections: Sequence[Section]) -> tuple[str, float]:
    labels = [(section.id, label_key(label)) for section in sections for label in section.labels]
    text_key = label_key(
        re.sub(r"^\s*第?[一二三四五六七八九十]+(?:部分|(?=[\u4e00-\u9fff]))", "", split_enumerator(text)[1])
    )
    scores = similarity([text_key], [label for _, label in labels])[0]
    best = int(scores.argmax())
    return labels[best][0], float(scores[best])
