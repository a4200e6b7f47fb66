"""A picture of a table in a document of text is read as a page: laid on a white sheet, since pages have margins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gongkai.document import Block, Grid, Paragraph, Place
from gongkai.readers.scan.page import read_shot
from gongkai.readers.scan.picture import Shot, dots_of
from gongkai.readers.scan.specks import without_specks

if TYPE_CHECKING:
    from PIL.Image import Image

_SHEET = 8.3  # inches: the width of A4
_MARGIN = 0.4
_MOST_DPI = 250.0  # finer pictures are made coarser
_FEWEST_CELLS = 8  # of a table; less is a frame around something


def read_inset(
    image: Image, dpi: float, page: int, left: float, top: float, *, must_hold_table: bool = True
) -> list[Block]:
    """The blocks of a picture (red, green, blue) in which there is a ruled table; none where there is none, if it must.

    The picture's top left corner stands `left` and `top` points from that of page `page`.
    """
    shrink = max(1, int(dpi / _MOST_DPI))
    dpi /= shrink
    picture = without_specks(dots_of(image.reduce(shrink)), dpi)
    height, width = picture.shape[:2]
    y = round(_MARGIN * dpi)
    x = max(y, round((_SHEET * dpi - width) / 2))
    sheet = np.full((height + 2 * y, width + 2 * x, 3), 255, np.uint8)
    sheet[y : y + height, x : x + width] = picture
    blocks, _ = read_shot(Shot(page, sheet, dpi))
    if must_hold_table and not any(isinstance(block, Grid) and _is_table(block) for block in blocks):
        return []
    return [_shifted(block, left - 72 * x / dpi, top - 72 * y / dpi) for block in blocks]


def _is_table(grid: Grid) -> bool:
    return grid.kind == "ruled" and sum(bool(cell.text) for cell in grid.cells) >= _FEWEST_CELLS


def _shifted(block: Block, right: float, down: float) -> Block:
    """The block with its places, and those of its cells, so many points farther right and down."""

    def further(at: float | None, by: float) -> float | None:
        return None if at is None else round(at + by, 3)

    def move(place: Place) -> Place:
        x0, top = further(place.x0, right), further(place.top, down)
        return Place(place.page, x0, top, further(place.x1, right), further(place.bottom, down))

    if isinstance(block, Paragraph):
        return replace(block, place=move(block.place))
    cells = tuple(replace(cell, place=move(cell.place)) for cell in block.cells)
    return replace(block, cells=cells, place=move(block.place))
