"""The text of one Word paragraph as it is printed: runs joined, what is deleted, hidden or struck out left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from gongkai.readers.spacing import kept, raised, shown
from gongkai.readers.word_styles import Styles
from gongkai.readers.word_xml import PICTURES, W, is_on, is_second_choice, is_shaded, value, whole

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = frozenset({W + "t", _MATH + "t"})
_BREAKS = frozenset({W + "br", W + "cr"})
_BLANKS = frozenset({W + "tab", W + "ptab"})
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
# Tracked deletions, the old place of what was moved, field codes, properties, the reading above a word.
_LEFT_OUT = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "textInput", "rt"))

_NO_PROPERTIES = etree.Element(W + "rPr")
_RAISED = 6  # half points above the line: a note


@dataclass(slots=True)
class Text:
    """What a paragraph holds: its lines, with all their blanks, the text boxes and pictures in it, and how many runs
    were struck out."""

    lines: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)
    struck: int = 0


def paragraph_text(paragraph: etree._Element, note: Callable[[etree._Element], str], styles: Styles) -> Text:
    """The text of a paragraph; `note` gives the mark of a footnote reference."""
    found = Text()
    inherited = styles.text_properties(paragraph.find(W + "pPr"), "pStyle")
    pieces: list[tuple[bool, str]] = []  # whether raised, and the text
    is_raised = False
    events = etree.iterwalk(paragraph, events=("start",))
    for _, element in events:
        tag = element.tag
        if tag == W + "r":
            look = _Look.of(element.find(W + "rPr"), inherited, styles)
            is_raised = look.raised
            found.struck += look.struck
            if look.struck or look.hidden or (look.white and _is_on_paper(element, styles)):
                events.skip_subtree()
        elif tag in _TEXT:
            pieces.append((is_raised, (element.text or "").replace("\n", " ")))
        elif tag in _BREAKS:
            pieces.append((False, "\n"))
        elif tag in _BLANKS:
            pieces.append((False, "\t"))
        elif tag == W + "noBreakHyphen":
            pieces.append((False, "-"))
        elif tag == W + "sym":
            pieces.append((False, _symbol(element)))
        elif tag == W + "ddList":
            pieces.append((False, _choice(element)))
        elif tag in _NOTES:
            pieces.append((False, note(element)))
        elif tag == W + "txbxContent":
            found.boxes.append(element)
            events.skip_subtree()
        elif tag in PICTURES:
            found.pictures.append(element)
        elif tag in _LEFT_OUT or is_second_choice(element):
            events.skip_subtree()
    found.lines = [kept(line) for line in _joined(pieces).split("\n") if shown(line)]
    return found


def _joined(pieces: list[tuple[bool, str]]) -> str:
    text = ""
    for is_raised, group in groupby(pieces, key=lambda piece: piece[0]):
        part = "".join(piece for _, piece in group)
        text += raised(text[-5:], part) if is_raised else part
    return text


class _Look(NamedTuple):
    """How a run looks: struck out, hidden, raised or lowered, white."""

    struck: bool = False
    hidden: bool = False
    raised: bool = False
    white: bool = False

    @classmethod
    def of(cls, own: etree._Element | None, inherited: list[etree._Element], styles: Styles) -> _Look:
        """By the run's own properties, where these say nothing by its style's, then by its paragraph's style's."""
        if own is None and not inherited:
            return cls()
        sources = [*([] if own is None else [own]), *styles.text_properties(own, "rStyle"), *inherited]

        def nearest(name: str) -> etree._Element:
            return next((source for source in sources if source.find(W + name) is not None), _NO_PROPERTIES)

        return cls(
            struck=any(is_on(nearest(name), name) for name in ("strike", "dstrike")),
            hidden=is_on(nearest("vanish"), "vanish"),
            raised=value(nearest("vertAlign"), "vertAlign") in ("superscript", "subscript")
            or whole(nearest("position"), "position", 0) >= _RAISED,
            white=(value(nearest("color"), "color") or "").lower() == "ffffff",
        )


def _is_on_paper(run: etree._Element, styles: Styles) -> bool:
    """Whether nothing that the file says gives the run another ground than the paper: white on it cannot be seen."""
    properties = run.find(W + "rPr")
    if properties is not None and (value(properties, "highlight") or is_shaded(properties.find(W + "shd"))):
        return False
    for element in run.iterancestors():
        if element.tag == W + "txbxContent":
            return False  # what a text box is filled with is not looked for
        properties = element.find(f"{element.tag}Pr")
        if properties is not None and (is_shaded(properties.find(W + "shd")) or styles.shades(properties)):
            return False
    return True


def _choice(options: etree._Element) -> str:
    """What a field of choices shows."""
    entries = [entry.get(W + "val", "") for entry in options.iter(W + "listEntry")]
    chosen = whole(options, "result", 0)
    return entries[chosen] if chosen < len(entries) else ""


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font; one that no other font has stays in the private area, so it is no figure."""
    try:
        return chr(int(element.get(W + "char", ""), 16))
    except (ValueError, OverflowError):
        return ""
