"""Pictures of the pages of a PDF with boxes outlined: where a figure was printed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_FILL = (255, 170, 0, 60)
_STROKE = (200, 40, 0)


def page_picture(
    path: str | Path,
    page: int,
    boxes: Iterable[tuple[float, float, float, float]] = (),
    resolution: int = 144,
    margin: float = 2.0,
) -> Image:
    """Page `page` (from 1) of a PDF as a picture of `resolution` dots an inch, with `boxes` outlined.

    Boxes are `x0, top, x1, bottom` in PDF points as in a Place of the page, drawn `margin` points larger. Raises
    IndexError for a page that is not there.
    """
    import pdfplumber

    from gongkai.readers.pdf.pdfium import LOCK

    if page < 1:
        raise IndexError(page)
    with LOCK, pdfplumber.open(path) as pdf:
        picture = pdf.pages[page - 1].to_image(resolution=resolution, antialias=True)
        for x0, top, x1, bottom in boxes:
            larger = (x0 - margin, top - margin, x1 + margin, bottom + margin)
            picture.draw_rect(larger, fill=_FILL, stroke=_STROKE, stroke_width=2)
        annotated: Image = picture.annotated
        return annotated
