"""Tables whose rules are dashed: read as if they were ruled, every cell with doubt."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("rapidocr")

from scan_pages import DPI, LEFT, ROW, ROWS, WIDTHS, array, draw_page

from gongkai import readers
from gongkai.document import Grid
from gongkai.readers.scan.dashes import with_dashes_joined
from gongkai.readers.scan.picture import even_light

TABLE = ROWS * 4


def dashed(dash: int = 7, gap: int = 5) -> Image.Image:
    """The drawn table with rules that are dashed all over, from corner to corner of each cell."""
    page = draw_page(TABLE, ruled=False)
    draw = ImageDraw.Draw(page)
    edges = [LEFT + sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1)]
    rows = [300 + ROW * i for i in range(len(TABLE) + 1)]
    for y in rows:
        for left, right in pairwise(edges):
            for x in range(left, right, dash + gap):
                draw.line((x, y, min(x + dash, right), y), "black", 2)
    for x in edges:
        for upper, lower in pairwise(rows):
            for y in range(upper, lower, dash + gap):
                draw.line((x, y, x, min(y + dash, lower)), "black", 2)
    return page


def test_dashes_in_line_become_rules_and_what_is_printed_stays() -> None:
    grey = even_light(array(dashed()))
    joined = with_dashes_joined(grey, DPI)
    assert joined is not None
    for row in range(len(TABLE) + 1):
        assert joined[300 + ROW * row - 1 : 300 + ROW * row + 2, LEFT + 150 : LEFT + 400].min(axis=0).max() == 0
    plain = even_light(array(draw_page(TABLE, ruled=False)))
    inside = (slice(310, 335), slice(LEFT + 10, LEFT + 410))
    assert (joined[inside] == plain[inside]).all()


def test_a_page_without_dashes_is_left_alone() -> None:
    assert with_dashes_joined(even_light(array(draw_page(TABLE))), DPI) is None
    assert with_dashes_joined(even_light(array(draw_page([], ["一二三——十二三"] * 20))), DPI) is None


def test_a_table_with_dashed_rules_is_read_with_doubt(tmp_path: Path) -> None:
    dashed().save(tmp_path / "t.png", dpi=(DPI, DPI))
    [grid] = [block for block in readers.read(tmp_path / "t.png").blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows()] == TABLE
    assert all(cell.flags for cell in grid.cells)
