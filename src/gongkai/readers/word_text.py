"""The text of one Word paragraph as it is printed: runs joined, what is deleted, hidden or struck out left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from gongkai.readers.spacing import raised, shown
from gongkai.readers.word_xml import W, is_on, is_second_choice, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = frozenset({W + "t", _MATH + "t"})
_BREAKS = frozenset({W + "br", W + "cr"})
_BLANKS = frozenset({W + "tab", W + "ptab"})
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
# Tracked deletions, the old place of what was moved, field codes, properties, the reading above a word.
_LEFT_OUT = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "ffData", "rt"))


@dataclass(slots=True)
class Text:
    """What a paragraph holds: its lines, the text boxes anchored in it, and how many runs were struck out."""

    lines: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    struck: int = 0


def paragraph_text(paragraph: etree._Element, note: Callable[[etree._Element], str]) -> Text:
    """The text of a paragraph; `note` gives the mark of a footnote reference."""
    found = Text()
    pieces: list[tuple[bool, str]] = []  # whether raised, and the text
    is_raised = False
    events = etree.iterwalk(paragraph, events=("start",))
    for _, element in events:
        tag = element.tag
        if tag == W + "r":
            struck, hidden, is_raised = _look(element.find(W + "rPr"))
            found.struck += struck
            if struck or hidden:
                events.skip_subtree()
        elif tag in _TEXT:
            pieces.append((is_raised, (element.text or "").replace("\n", " ")))
        elif tag in _BREAKS:
            pieces.append((False, "\n"))
        elif tag in _BLANKS:
            pieces.append((False, " "))
        elif tag == W + "noBreakHyphen":
            pieces.append((False, "-"))
        elif tag == W + "sym":
            pieces.append((False, _symbol(element)))
        elif tag in _NOTES:
            pieces.append((False, note(element)))
        elif tag == W + "txbxContent":
            found.boxes.append(element)
            events.skip_subtree()
        elif tag in _LEFT_OUT or is_second_choice(element):
            events.skip_subtree()
    found.lines = [line for line in map(shown, _joined(pieces).split("\n")) if line]
    return found


def _joined(pieces: list[tuple[bool, str]]) -> str:
    text = ""
    for is_raised, group in groupby(pieces, key=lambda piece: piece[0]):
        part = "".join(piece for _, piece in group)
        text += raised(text[-5:], part) if is_raised else part
    return text


def _look(properties: etree._Element | None) -> tuple[bool, bool, bool]:
    """Whether a run is struck out, hidden, raised or lowered, by its own properties."""
    if properties is None:
        return False, False, False
    struck = is_on(properties, "strike") or is_on(properties, "dstrike")
    is_raised = value(properties, "vertAlign") in ("superscript", "subscript")
    return struck, is_on(properties, "vanish"), is_raised


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font; one that no other font has stays in the private area, so it is no figure."""
    try:
        return chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""
