"""Two facing pages on one picture are read as two, the left one first; a wide page is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("rapidocr")

from scan_pages import DPI, HEIGHT, LEFT, ROW, ROWS, WIDTH, WIDTHS, draw_page

from gongkai import readers
from gongkai.document import Block, Grid, Paragraph

LEFT_LINES = ["二、主动公开政府信息情况", "行政机关制发的规章和行政规范性文件"]
RIGHT_LINES = ["五、存在的主要问题及改进情况", "信息公开的内容有待进一步丰富和深化"]
RIGHT_ROWS = [ROWS[0], ["行政处罚", "81", "35", "9"], ["行政强制", "", "2", "46"]]


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (2 * WIDTH, HEIGHT), "white")
    both.paste(left)
    both.paste(right, (WIDTH, 0))
    return both


def blocks(page: Image.Image, path: Path) -> list[Block]:
    page.save(path, dpi=(DPI, DPI))
    return readers.read(path).blocks


def told(found: list[Block]) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows()]
        for block in found
        if isinstance(block, Paragraph | Grid)
    ]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_facing_pages_are_read_one_after_the_other_and_places_are_where_they_are_seen(
    tmp_path: Path, degrees: int
) -> None:
    both = spread(draw_page(lines=LEFT_LINES), draw_page(RIGHT_ROWS, RIGHT_LINES))
    found = blocks(both.rotate(degrees, expand=True), tmp_path / "t.png")
    assert told(found) == [*LEFT_LINES, ROWS, *RIGHT_LINES, RIGHT_ROWS]
    last = found[-1]
    assert isinstance(last, Grid)
    place = next(cell for cell in last.cells if cell.text == "46").place
    x, y = WIDTH + LEFT + sum(WIDTHS[:3]) + WIDTHS[3] / 2, 300 + 2.5 * ROW
    width, height = both.size
    seen = {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[degrees]
    middle = (place.x0 + place.x1) / 2, (place.top + place.bottom) / 2
    assert middle == pytest.approx([side * 72 / DPI for side in seen], abs=3)


def test_a_table_as_wide_as_the_picture_is_of_one_page(tmp_path: Path) -> None:
    table = draw_page().crop((LEFT, 290, LEFT + sum(WIDTHS) + 10, 310 + ROW * len(ROWS)))
    page = Image.new("RGB", (2 * WIDTH, HEIGHT), "white")
    page.paste(table.resize((round(2.2 * table.width), round(1.4 * table.height))), (2 * LEFT, 300))
    assert told(blocks(page, tmp_path / "t.png")) == [ROWS]


def test_prose_as_wide_as_the_picture_is_of_one_page(tmp_path: Path) -> None:
    page = draw_page([], ["行政机关制发的规章和行政规范性文件" * 2] * 3).crop((0, 0, WIDTH, WIDTH // 2))
    assert len(blocks(page, tmp_path / "t.png")) == 3
