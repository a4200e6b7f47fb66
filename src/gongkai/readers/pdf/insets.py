"""Pictures of tables on a page of text: found by their place and their strokes, drawn, and recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.document import Block
from gongkai.readers.insets import Insets
from gongkai.readers.pdf.page import Box, Page, PageError, union
from gongkai.readers.scan import MOST_DOTS, TOO_LARGE

if TYPE_CHECKING:
    from PIL.Image import Image


_LEAST_WIDTH, _LEAST_HEIGHT = 120.0, 36.0  # points
_MOST_PIECES = 300  # on a page; programs cut large pictures into strips
_TOUCH = 1.0
_MOST_CHARS = 8  # over a picture; a ground on which text is printed has more
_LEAST_DPI, _MOST_DPI = 150.0, 300.0
_DRAWN_DOTS = MOST_DOTS / 4

Placed = tuple[float, Block]


def read_insets(path: Path, page: Page, insets: Insets, *, draw: bool = True) -> list[Placed]:
    """The blocks of the pictures of tables on a page, each with its position down the page; `insets` notes what was
    done. Without `draw` pictures are only said not to be read."""
    boxes = list(inset_boxes(page)) if page.pictures else []
    if not boxes:
        return []
    name = f"page {page.number}"
    if not draw:
        for _ in boxes:
            insets.miss(name, "the PDF unfolds to too much")
        return []
    # Opened afresh: where the page was read, a stand-in took the place of its fonts.
    with closing(pdfium.PdfDocument(path)) as pdf:
        return [(box[1], block) for box in boxes for block in _read(pdf, page, box, insets, name)]


def inset_boxes(page: Page) -> Iterator[Box]:
    """The areas of pictures that are large enough for a table and bear no text, strips that touch taken together."""
    for x0, top, x1, bottom in _joined(page.pictures[:_MOST_PIECES]):
        box = max(x0, 0.0), max(top, 0.0), min(x1, page.width), min(bottom, page.height)
        if box[2] - box[0] >= _LEAST_WIDTH and box[3] - box[1] >= _LEAST_HEIGHT:
            over = sum(_holds(box, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in page.chars)
            if over <= _MOST_CHARS:
                yield box


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes from top to bottom, those as one that have their sides in common and touch, or overlap."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        beside = next((i for i, other in enumerate(joined) if _is_one(box, other)), None)
        if beside is None:
            joined.append(box)
        else:
            joined[beside] = union([box, joined[beside]])
    return joined


def _is_one(a: Box, b: Box) -> bool:
    if not all(a[k] <= b[k + 2] + _TOUCH and b[k] <= a[k + 2] + _TOUCH for k in (0, 1)):
        return False
    return any(abs(a[k] - b[k]) <= _TOUCH and abs(a[k + 2] - b[k + 2]) <= _TOUCH for k in (0, 1))


def _read(pdf: pdfium.PdfDocument, page: Page, box: Box, insets: Insets, name: str) -> list[Block]:
    if insets.are_too_many():
        return []
    shown = page.displayed(box)
    try:
        picture, dpi = _drawn(pdf, page.number - 1, shown)
    except PageError as error:
        insets.miss(name, str(error))
        return []
    return insets.of_picture(picture, name, dpi, (page.number, shown[0], shown[1]))


def _drawn(pdf: pdfium.PdfDocument, index: int, box: Box) -> tuple[Image, float]:
    """What stands in a box of a page as it is displayed, and with how many dots an inch it was drawn.

    Raises PageError for what is damaged, or too large to be unpacked.
    """
    x0, top, x1, bottom = box
    try:
        with closing(_whole(pdf, index)) as page:
            width, height = page.get_size()
            pictures = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
            if any(wide * high > MOST_DOTS for wide, high in (picture.get_px_size() for picture in pictures)):
                raise PageError(TOO_LARGE)
            dpi = min(max([_LEAST_DPI, *map(_dpi, pictures)]), _MOST_DPI)
            dpi = min(dpi, 72 * (_DRAWN_DOTS / ((x1 - x0) * (bottom - top))) ** 0.5)
            margins = x0, height - bottom, width - x1, top
            drawn = page.render(scale=dpi / 72, crop=tuple(max(margin, 0.0) for margin in margins))
            return drawn.to_pil().convert("RGB"), dpi
    except pdfium.PdfiumError:
        raise PageError("the picture is damaged") from None


def _whole(pdf: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page as places count on it: from the corner of the medium, whatever part of it is shown."""
    page = pdf[index]
    if page.get_cropbox(fallback_ok=False) is None:
        return page
    page.set_cropbox(*page.get_mediabox())
    page.close()
    return pdf[index]


def _dpi(picture: pdfium.PdfImage) -> float:
    """The dots an inch with which a picture is printed."""
    left, bottom, right, top = picture.get_bounds()
    wide, high = picture.get_px_size()
    area = abs(right - left) * abs(top - bottom)
    return 72.0 * float(wide * high / area) ** 0.5 if area else 0.0
