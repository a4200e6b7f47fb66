"""Pictures of pages out of files, never more dots than memory can bear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from gongkai.errors import UnreadableFile
from gongkai.readers.images import DAMAGED, on_paper, open_picture
from gongkai.readers.scan import MOST_DOTS, TOO_LARGE
from gongkai.readers.scan.picture import SHAPE, Shot, dots_of
from gongkai.readers.scan.specks import without_specks

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

UNKNOWN_DPI = 150.0
_COARSE_DPI = 150.0
_LEAST_DPI, _MOST_DPI = 50.0, 1200.0
_ENOUGH_DOTS = 9_000_000  # A4 at 300 dots an inch
_ENOUGH_DPI = 250.0  # finer pictures with more dots than enough are made coarser
_MOST_SHEETS = MOST_DOTS / _ENOUGH_DOTS


def shots_of(path: Path, most_pages: int) -> Iterator[Shot]:
    """The pages of a picture file. Raises UnreadableFile for one that is damaged, too large or has too many pages."""
    with open_picture(path) as image:
        if _has_page(path, image, most_pages):
            raise UnreadableFile(path, f"the picture has more than {most_pages} pages; a report has fewer")
        for index in range(most_pages):
            if not _has_page(path, image, index):
                return
            yield _shot(path, image, index + 1)


def _has_page(path: Path, image: Image.Image, index: int) -> bool:
    try:
        image.seek(index)
    except EOFError:
        return False
    except DAMAGED:
        raise UnreadableFile(path, f"page {index + 1} of the picture is damaged") from None
    return True


def _shot(path: Path, image: Image.Image, number: int) -> Shot:
    width, height = image.size
    if width * height > MOST_DOTS:
        raise UnreadableFile(path, TOO_LARGE)
    dpi = _dpi(image)
    try:
        whole = on_paper(image)
    except DAMAGED:
        raise UnreadableFile(path, f"page {number} of the picture is damaged or cut off") from None
    shot = Shot(number, dots_of(whole), dpi)
    shrink = int(min((width * height / _ENOUGH_DOTS) ** 0.5, shot.density / _ENOUGH_DPI))
    if shrink > 1:
        shot = Shot(number, dots_of(whole.reduce(shrink)), dpi / shrink)
    return _clean(shot)


def _clean(shot: Shot) -> Shot:
    return shot._replace(picture=without_specks(shot.picture, shot.density))


def _dpi(image: Image.Image) -> float:
    """The picture's dots an inch; UNKNOWN_DPI where it says none, or none that can be."""
    found = image.info.get("dpi", (0, 0))[0]
    return float(found) if _LEAST_DPI <= found <= _MOST_DPI else UNKNOWN_DPI


def shot_of_pdf_page(page: PdfPage, number: int) -> Shot:
    """A page of a PDF drawn as finely as the picture on it, within reason; coarsely where there is none."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    pictures = (picture.get_px_size() for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    dots = max((wide * high for wide, high in pictures), default=0)
    scale = (dots / (width * height)) ** 0.5 if dots else 200 / 72
    sheets = max(1.0, max(width, height) / (SHAPE * min(width, height)))  # one below the other: a whole web page
    finest = (_ENOUGH_DOTS * min(sheets, _MOST_SHEETS) / (width * height)) ** 0.5
    scale = min(max(scale, min(_COARSE_DPI / 72, finest)), finest)
    drawn = page.render(scale=scale, rev_byteorder=False).to_numpy()
    colours = drawn if drawn.ndim == 3 else np.repeat(drawn[:, :, None], 3, axis=2)
    return _clean(Shot(number, np.ascontiguousarray(colours[:, :, :3]), 72 * drawn.shape[1] / width))
