"""A page read with pdfplumber as it is: the slow way, for pages that PDFium is known to see differently."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from gongkai.readers.pdf.page import PRINTED, Box, Char, Page, PageError, covered, quarter_turns, upright
from gongkai.readers.pdf.paths import Drawing
from gongkai.readers.unify import UNIFIED

_UNKNOWN = "\ufffd"


@contextmanager
def pages_of(path: Path) -> Iterator[Callable[[int], Page]]:
    """A function that reads page `index` (from 0); the file is opened when it is first called."""
    opened: list[Any] = []
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.ERROR)  # it warns of every font that lacks something, which is why it is called at all

    def read_page(index: int) -> Page:
        import pdfplumber  # slow to import, and rarely needed
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

        try:
            if not opened:
                opened.append(pdfplumber.open(path))
            found = opened[0].pages[index]
            page = _page(found)
            found.close()
        except (MalformedPDFException, PdfminerException, RecursionError) as error:
            raise PageError(f"it is damaged ({type(error.args[0] if error.args else error).__name__})") from None
        return page

    try:
        yield read_page
    finally:
        logger.setLevel(level)
        for pdf in opened:
            pdf.close()


def _page(found: Any) -> Page:
    drawing = Drawing(found.height)
    for line in found.lines:
        drawing.add_side(*_box(line))
    for rectangle in found.rects:
        drawing.add_area(_box(rectangle), rectangle["stroke"], partial(_is_white, rectangle["non_stroking_color"]))
    for edge in found.curve_edges:
        if edge["orientation"]:
            drawing.add_side(*_box(edge))
    page = Page(
        found.page_number,
        width=float(found.width),
        height=float(found.height),
        vertical=drawing.vertical,
        horizontal=drawing.horizontal,
        shades=drawing.shades,
    )
    page.pictures = [_box(image) for image in found.images]
    page.pictured = covered(page.pictures, page)
    _add_chars(page, found)
    return upright(page)


def _add_chars(page: Page, found: Any) -> None:
    offset = found.mediabox[1]
    for char in found.chars:
        if char["text"].isspace():
            if page.chars:
                page.chars[-1] = page.chars[-1]._replace(blank=PRINTED)
            continue
        a, b, _, _, _, y = char["matrix"]
        turn = quarter_turns(a, b)
        if turn is None:
            page.slanted += 1
            continue
        text = _UNKNOWN if char["text"].startswith("(cid:") else char["text"]
        page.chars.append(
            Char(UNIFIED.get(text, text), *_box(char), page.height - y + offset, float(char["size"]), turn)
        )


def _box(found: Any) -> Box:
    return found["x0"], found["top"], found["x1"], found["bottom"]


def _is_white(colour: object) -> bool:
    """Whether a colour of one (grey), three (RGB) or four (CMYK) parts is white."""
    if not isinstance(colour, tuple):
        return False
    parts = [float(part) for part in colour if isinstance(part, int | float)]
    if len(parts) != len(colour):
        return False
    if len(parts) == 4:
        return max(parts) <= 0.02
    return len(parts) in (1, 3) and min(parts) >= 0.98
