"""Strokes of a pen over figures: no rules, and what they cross is doubtful."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

pytest.importorskip("rapidocr")

from scan_pages import DPI, LEFT, ROW, ROWS, WIDTHS, array, draw_page

from gongkai import readers
from gongkai.document import Cell, Grid
from gongkai.readers.scan import page as scan_page
from gongkai.readers.scan.picture import even_light, pens_of
from gongkai.readers.scan.rules import Ruling, find_rules

BLACK, BLUE = (40, 40, 40), (40, 60, 150)


def spot(row: int, column: int, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
    """A place in a cell of the drawn table, in dots: shares of its width and height."""
    return LEFT + sum(WIDTHS[:column]) + x * WIDTHS[column], 300 + ROW * (row + y)


def penned(*points: tuple[float, float], ink: tuple[int, int, int] = BLACK) -> Image.Image:
    page = draw_page(lines=["二、主动公开政府信息情况"])
    ImageDraw.Draw(page).line(points, ink, 3, joint="curve")
    return page


def cells(page: Image.Image, path: Path) -> dict[tuple[int, int], Cell]:
    page.save(path, dpi=(DPI, DPI))
    [grid] = [block for block in readers.read(path).blocks if isinstance(block, Grid)]
    return {(cell.row, cell.column): cell for cell in grid.cells}


STRUCK = {
    "through it from side to side": (spot(2, 3, 0.0), spot(2, 3, 1.0)),
    "through it and its neighbour": (spot(2, 2, 0.1), spot(2, 3, 0.9, 0.55)),
    "down through it": (spot(2, 3, 0.5, 0.0), spot(2, 3, 0.5, 1.0)),
    "ticked": (spot(2, 3, 0.2), spot(2, 3, 0.4, 0.9), spot(2, 3, 0.9, -0.4)),
    "circled": tuple(spot(2, 3, 0.5 + 0.25 * np.cos(a), 0.5 + 0.42 * np.sin(a)) for a in np.linspace(0, 7, 30)),
}


@pytest.mark.parametrize("ink", [BLACK, BLUE], ids=["black", "blue"])
@pytest.mark.parametrize("points", STRUCK.values(), ids=STRUCK)
def test_a_figure_that_a_pen_has_touched_is_read_with_doubt(
    tmp_path: Path, points: tuple[tuple[float, float], ...], ink: tuple[int, int, int]
) -> None:
    found = cells(penned(*points, ink=ink), tmp_path / "t.png")
    assert found[2, 3].flags
    for place, cell in found.items():
        assert cell.text == ROWS[place[0]][place[1]] or cell.flags


def ruling(page: Image.Image) -> Ruling:
    return find_rules(even_light(array(page)), DPI)


def test_a_stroke_through_one_cell_is_no_rule_and_is_erased() -> None:
    plain, struck = ruling(draw_page()), ruling(penned(spot(2, 3, 0.0), spot(2, 3, 1.0)))
    assert (struck.vertical, struck.horizontal) == (plain.vertical, plain.horizontal)
    x, y = map(round, spot(2, 3, 0.2))
    assert struck.mask[y, x] == struck.cut[y, x] == 255
    assert plain.cut[y, x] == 0


def test_where_ink_crosses_a_rule_is_doubtful_and_the_rule_stays() -> None:
    x, y = map(round, spot(1, 3, 0.5, 1.0))
    plain, crossed = ruling(draw_page()), ruling(penned((x - 20, y + 30), (x + 20, y - 30)))
    assert len(crossed.horizontal) == len(plain.horizontal)
    assert crossed.cut[y, x] == 255
    assert crossed.cut[y, x + 100] == 0


def test_a_dash_that_may_be_all_that_is_left_of_a_figure_is_doubtful(tmp_path: Path) -> None:
    page = draw_page()
    draw = ImageDraw.Draw(page)
    x, y = map(round, spot(1, 2))
    draw.line((x - 6, y + 8, x + 6, y + 8), "black", 3)
    draw.line((x, y - 10, x, y + 6), (212, 212, 212), 3)
    found = cells(page, tmp_path / "t.png")
    assert (found[1, 2].text, found[1, 2].flags) == ("—", ("low_confidence",))
    assert (found[2, 2].text, found[2, 2].flags) == ("—", ())


def test_blue_ink_is_a_pen_s_unless_the_page_is_printed_in_it() -> None:
    x, y = map(round, spot(2, 3))
    pen = pens_of(array(penned(spot(2, 3, 0.3), spot(2, 3, 0.7), ink=BLUE)))
    assert pen is not None
    assert pen[y, x] == 255
    assert pen[y, x - 200] == 0
    blue = np.maximum(array(draw_page()), np.array([150, 60, 40], np.uint8))
    assert pens_of(array(draw_page())) is None
    assert pens_of(blue) is None


def test_of_a_page_that_is_hardly_legible_no_cell_is_sure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(reading):
        return lambda *found: reading(*found).doubted if found[0].figure == "8" else reading(*found)

    monkeypatch.setattr(scan_page, "settle", unsure(scan_page.settle))
    monkeypatch.setattr(scan_page, "settle_again", unsure(scan_page.settle_again))
    some = cells(draw_page([ROWS[0], *[["行政许可", "8", "63", ""]] * 5]), tmp_path / "t.png")
    most = cells(draw_page([ROWS[0], *[["行政许可", "8", "63", ""]] * 12]), tmp_path / "t.png")
    assert not some[2, 2].flags
    assert not some[2, 3].flags
    assert most[2, 2].flags == most[2, 3].flags == ("low_confidence",)
