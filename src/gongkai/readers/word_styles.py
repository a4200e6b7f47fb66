"""What a Word file's styles and lists add to a paragraph: that it is a heading, and the Chinese number before it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from gongkai.readers.word_xml import W, is_shaded, value, whole

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*\d|title|标题", re.I)
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    }
)
_DIGITS = "零一二三四五六七八九"
_BODY_TEXT = 9  # the outline level of what is no heading
_LONGEST_CHAIN = 20  # styles that stand on one another; a damaged file may have them in a circle


class _Style(NamedTuple):
    """A style: the one it stands on, and what it says of headings, lists, text and the ground of tables."""

    based_on: str | None
    heading: bool
    number: tuple[str, int] | None
    text: etree._Element | None
    shaded: bool


class _Level(NamedTuple):
    start: int
    format: str
    text: str


class Styles:
    """The styles of a file and its running list numbers."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles = {} if styles is None else {s.get(W + "styleId"): _style(s) for s in styles.iter(W + "style")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}  # the list definition of every list
        if numbering is not None:
            self._read_numbering(numbering)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def is_heading(self, properties: etree._Element | None) -> bool:
        """Whether the paragraph with these properties is a heading, by its own outline level or its style."""
        if properties is None:
            return False
        return _outlined(properties) or any(style.heading for style in self._chain(properties, "pStyle"))

    def text_properties(self, properties: etree._Element | None, kind: str) -> list[etree._Element]:
        """What the style named in `properties` (`kind`: pStyle or rStyle) and those below it say of text, the nearest
        first."""
        chain = [] if properties is None else self._chain(properties, kind)
        return [style.text for style in chain if style.text is not None]

    def shades(self, properties: etree._Element) -> bool:
        """Whether the style of a table with these properties colours its cells, or some of them."""
        return any(style.shaded for style in self._chain(properties, "tblStyle"))

    def number(self, properties: etree._Element | None) -> str:
        """The number that Word prints before the paragraph, counted on; empty unless it is a Chinese one (一、)."""
        if properties is None:
            return ""
        used = _number(properties) or next((s.number for s in self._chain(properties, "pStyle") if s.number), None)
        if used is None or used[0] not in self._lists:
            return ""
        definition, depth = self._lists[used[0]], used[1]
        levels = self._levels.get(definition, {})
        if depth not in levels:
            return ""
        counts = self._counts[definition]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _printed(levels, counts, depth)

    def _chain(self, properties: etree._Element, kind: str) -> list[_Style]:
        """The style that the properties name and those that it stands on."""
        id = value(properties, kind)
        chain: list[_Style] = []
        while id in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[id])
            id = chain[-1].based_on
        return chain

    def _read_numbering(self, numbering: etree._Element) -> None:
        for definition in numbering.iter(W + "abstractNum"):
            levels = {level.get(W + "ilvl"): _level(level) for level in definition.iter(W + "lvl")}
            self._levels[definition.get(W + "abstractNumId", "")] = {
                i: levels[str(i)] for i in range(9) if str(i) in levels
            }
        for item in numbering.iter(W + "num"):
            self._lists[item.get(W + "numId", "")] = value(item, "abstractNumId") or ""


def _style(element: etree._Element) -> _Style:
    properties = element.find(W + "pPr")
    heading = _HEADING_NAME.fullmatch(value(element, "name") or "") is not None
    shaded = any(is_shaded(shade) for shade in element.iter(W + "shd"))
    text = element.find(W + "rPr")
    if properties is None:
        return _Style(value(element, "basedOn"), heading, None, text, shaded)
    return _Style(value(element, "basedOn"), heading or _outlined(properties), _number(properties), text, shaded)


def _level(element: etree._Element) -> _Level:
    return _Level(whole(element, "start", 1), value(element, "numFmt") or "decimal", value(element, "lvlText") or "")


def _outlined(properties: etree._Element) -> bool:
    return whole(properties, "outlineLvl", _BODY_TEXT) < _BODY_TEXT


def _number(properties: etree._Element) -> tuple[str, int] | None:
    """The list and the level that the properties name."""
    id = value(properties, "numPr/numId")
    return None if id is None else (id, whole(properties, "numPr/ilvl", 0))


def _printed(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    """The level's text with its numbers in place; empty when a number in it is no Chinese one."""
    text = levels[depth].text
    for mark, place in re.findall(r"(%([1-9]))", text):
        level = int(place) - 1
        if level not in levels or levels[level].format not in _CHINESE:
            return ""
        text = text.replace(mark, chinese_number(counts.get(level, levels[level].start)))
    return text


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals, others in figures. Importing cn2an for it takes longer than reading the file."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
