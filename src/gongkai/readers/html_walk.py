"""A page's elements become blocks in the order in which they are shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gongkai.document import Block, Paragraph, Place
from gongkai.readers.html_tables import OpenTable
from gongkai.readers.spacing import kept, raised, shown

_UNSEEN_TAGS = """audio button canvas datalist dialog embed head iframe noscript object rp rt script select style svg
template title video"""
_BLOCK_TAGS = """address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td tfoot th
thead tr ul"""
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_STRUCK = frozenset({"del", "s", "strike"})
_NO_TEXT_FIELD = frozenset({"hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file", "password"})
_PICTURES = frozenset({"canvas", "embed", "iframe", "img", "object", "svg", "video"})
_DOT = re.compile(r"\s*[0-3](?:px)?\s*")  # the width of a picture that only keeps a distance
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?![.\d])", re.I)
_WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?|white|rgb\(255,\s*255,\s*255\))\s*(?:;|!|$)", re.I)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?![.\d])", re.I)
_HIDDEN_CELL = re.compile(r"display\s*:\s*none", re.I)  # an invisible cell still takes its place
_LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
_SUPER = re.compile(r"vertical-align\s*:\s*super", re.I)


ReadPicture = Callable[[etree._Element, str], list[Block]]


@dataclass(slots=True)
class Page:
    """The blocks of a page: the `article`, and those `outside` it; `struck` counts what was struck out and left out."""

    article: list[Block] = field(default_factory=list)
    outside: list[Block] = field(default_factory=list)
    struck: int = 0


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser shows nothing of the element."""
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style is None:
        return False
    if not len(element) and (_NO_SIZE.search(style) or (_WHITE.search(style) and _is_on_paper(element))):
        return True  # elements in it may have a size and a colour again
    return (_HIDDEN_CELL if element.tag in ("td", "th") else _HIDDEN).search(style) is not None


def _is_on_paper(element: etree._Element) -> bool:
    """Whether nothing around the element, to the table that it stands in, may give it another ground than white."""
    for around in (element, *element.iterancestors()):
        colours = "background" in around.get("style", "").lower() or around.get("bgcolor") or around.get("class")
        if colours or around.tag in ("table", "body"):
            return not colours
    return True


def walk(root: etree._Element, article: etree._Element, picture: ReadPicture | None = None) -> Page:
    """The blocks under `root`, those under `article` apart. Without recursion, as hostile pages nest deep.

    `picture` gives the blocks of a picture in the article from its element and its path.
    """
    walker = _Walker(article, picture)
    skipped: etree._Element | None = None
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if walker.leaves_out(element):
                skipped = element
                events.skip_subtree()
            else:
                walker.open(element)
                walker.add(element.text)
        else:
            if element is skipped:
                skipped = None
            else:
                walker.close(element)
            walker.add(element.tail)
    return walker.page


class _Walker:
    def __init__(self, article: etree._Element, picture: ReadPicture | None) -> None:
        self.page = Page()
        self._article = article
        self._picture = picture
        self._blocks = self.page.outside  # where blocks go that stand in no table
        self._tables: list[OpenTable] = []
        self._around_article: list[OpenTable] = []
        self._pieces: list[str] = []  # of the paragraph that is open
        self._paths: list[str] = []  # of the block elements that are open
        self._ordinals: Counter[str] = Counter()
        self._headings = 0
        self._verbatim = 0
        self._raised: list[int] = []  # for every raised element that is open, the number of pieces before it

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether nothing of the element is to be read: it is hidden, or struck out (5 struck, then 6, is no 56)."""
        if self._tables and element.tag in _PICTURES and not _DOT.fullmatch(element.get("width", "")):
            self._tables[-1].mark_picture()
        if self._tables and element.tag in ("select", "button") and not _HIDDEN.search(element.get("style", "")):
            self.add(_choice(element))
        if is_hidden(element):
            return True
        struck = element.tag in _STRUCK or bool(_LINE_THROUGH.search(element.get("style", "")))
        self.page.struck += struck
        return struck

    def open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS or element is self._article:
            self._flush()
            self._open_block(element, tag)
        elif tag == "br":
            self._flush()
        elif tag == "img" and self._picture is not None and self._blocks is self.page.article:
            if blocks := self._picture(element, self._path(tag)):
                self._flush()
                self._put(blocks)
        elif tag == "input" and element.get("type", "text").lower() not in _NO_TEXT_FIELD:
            self.add(element.get("value"))
        elif _is_raised(element):
            self._raised.append(len(self._pieces))

    def _open_block(self, element: etree._Element, tag: str) -> None:
        if element is self._article:
            self._blocks = self.page.article
            self._around_article, self._tables = self._tables, []
        self._headings += tag in _HEADINGS
        self._verbatim += tag == "pre"
        if self._tables and tag in ("td", "th"):
            self._paths.append(self._tables[-1].open_cell(element))
            return
        path = self._path(tag)
        self._paths.append(path)
        if tag == "table":
            self._tables.append(OpenTable(path))
        elif self._tables and tag == "tr":
            self._tables[-1].open_row()
        elif self._tables and tag in _GROUPS:
            self._tables[-1].new_group(tag)

    def close(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS or element is self._article:
            self._flush()
            self._close_block(element, tag)
        elif _is_raised(element):
            self._close_raised()

    def _close_block(self, element: etree._Element, tag: str) -> None:
        self._paths.pop()
        self._headings -= tag in _HEADINGS
        self._verbatim -= tag == "pre"
        if tag == "table":
            self._put(self._tables.pop().close())
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].close_cell()
        elif self._tables and tag in _GROUPS:
            self._tables[-1].new_group()
        if element is self._article:
            self._blocks = self.page.outside
            self._tables = self._around_article

    def _close_raised(self) -> None:
        start = self._raised.pop()
        note = "".join(self._pieces[start:])
        self._pieces[start:] = [raised("".join(self._pieces[max(start - 5, 0) : start]), note)]

    def add(self, text: str | None) -> None:
        """Text of the open paragraph; in a verbatim element every line is a paragraph."""
        if not text:
            return
        first, *rest = text.split("\n") if self._verbatim else [text]
        self._pieces.append(first)
        for line in rest:
            self._flush()
            self._pieces.append(line)

    def _flush(self) -> None:
        """End the open paragraph."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        text = kept(text) if self._verbatim and not self._tables and shown(text) else shown(text)
        self._pieces.clear()
        if text:
            place = Place(path=self._paths[-1] if self._paths else None)
            self._put([Paragraph(text, place, heading=self._headings > 0)])

    def _put(self, blocks: list[Block]) -> None:
        (self._tables[-1].blocks if self._tables else self._blocks).extend(blocks)

    def _path(self, tag: str) -> str:
        """The element's name and its number among those of its name that are shown."""
        self._ordinals[tag] += 1
        return f"{tag}[{self._ordinals[tag]}]"


def _choice(element: etree._Element) -> str:
    """What a field of choices, or a button, shows."""
    options = list(element.iter("option"))
    chosen = next(
        (option for option in options if option.get("selected") is not None), options[0] if options else element
    )
    return "".join(chosen.itertext())


def _is_raised(element: etree._Element) -> bool:
    return element.tag in ("sup", "sub") or bool(_SUPER.search(element.get("style", "")))
