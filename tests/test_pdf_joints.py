"""Tables with rules along their rows only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from pdf_makers import Sheet, make_pdf

from gongkai.document import Document, Grid
from gongkai.readers.pdf import read
from gongkai.readers.pdf.joints import levels_of
from gongkai.readers.pdf.page import Rule

ROWS = [
    ["", "自然人", "商业企业", "总计"],
    ["一、本年新收", "21", "", "21"],
    ["（一）予以公开", "", "3", "3"],
    ["（七）总计", "10", "11", "21"],
]
XS = [60, 260, 340, 420, 500]
DocumentOf = Callable[[Callable[[Sheet], object]], Document]


@pytest.fixture
def document_of(tmp_path: Path) -> DocumentOf:
    return lambda draw: read(make_pdf(tmp_path / "report.pdf", [draw]))


def grids(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows()] for block in document.blocks if isinstance(block, Grid)
    ]


def under(sheet: Sheet, top: float, height: float = 20) -> None:
    """The table with a rule under every cell, and none above the first row."""
    for r, row in enumerate(ROWS):
        for text, x0, x1 in zip(row, XS, XS[1:], strict=False):
            sheet.text(x0 + 3, top + (r + 1) * height - 6, text)
            sheet.line(x0, top + (r + 1) * height, x1, top + (r + 1) * height)


def test_the_joints_of_level_rules_part_the_columns(document_of: DocumentOf) -> None:
    assert grids(document_of(lambda sheet: sheet.table(ROWS, XS, 100, rules="level"))) == [ROWS]


def test_the_first_row_has_no_rule_above_it(document_of: DocumentOf) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "三、收到和处理政府信息公开申请情况", size=14)
        under(sheet, 125)

    document = document_of(draw)
    assert document.blocks[0].text == "三、收到和处理政府信息公开申请情况"
    assert grids(document) == [ROWS]


def test_a_figure_broken_in_its_cell_is_one_cell(document_of: DocumentOf) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(
            [["事项", "甲", "乙"], ["规章", "", "12"], ["许可", "7", "8"]], [60, 160, 200, 240], 100, 30, "level"
        )
        sheet.text(163, 143, "１９")
        sheet.text(163, 154, "４４")

    assert grids(document_of(draw)) == [[["事项", "甲", "乙"], ["规章", "１９\n４４", "12"], ["许可", "7", "8"]]]


def test_a_word_across_joints_stands_in_one_cell(document_of: DocumentOf) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table([*ROWS[:3], ["（七）总计", "", "", ""]], XS, 100, rules="level")
        sheet.text(265, 174, "同上，不再重复填写此栏内容")

    assert grids(document_of(draw)) == [[*ROWS[:3], ["（七）总计", "同上，不再重复填写此栏内容", ""]]]


def test_an_unbroken_rule_parts_no_columns(document_of: DocumentOf) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(ROWS, XS, 100, rules="none")
        for y in (100, 120, 140, 160, 180):
            sheet.line(60, y, 500, y)

    [block] = document_of(draw).blocks
    assert isinstance(block, Grid)
    assert block.kind == "spaced"


def test_dashes_are_no_joints() -> None:
    dashes = [Rule(100.0, x, x + 3.0) for x in range(60, 500, 6)]
    assert [level.pieces for level in levels_of(dashes)] == [[(60, 501.0)]]


def test_rules_drawn_twice_are_one() -> None:
    pieces = [Rule(y, x0, x1) for y in (99.8, 100.5) for x0, x1 in ((60.0, 260.0), (260.0, 340.0), (360.0, 500.0))]
    [level] = levels_of(pieces)
    assert level.pieces == [(60, 260), (260, 340), (360, 500)]
    assert level.joints == [60, 260, 340, 360, 500]


def test_rules_under_the_headers_only_part_no_rows(document_of: DocumentOf) -> None:
    def page(sheet: Sheet) -> None:
        for top in (100, 300):
            sheet.line(XS[0], top, XS[-1], top)
            for x0, x1 in pairwise(XS):
                sheet.line(x0, top + 20, x1, top + 20)
                sheet.line(x0, top + 80, x1, top + 80)
            for r, row in enumerate(ROWS):
                for x, text in zip(XS, row, strict=False):
                    sheet.text(x + 30, top + 14 + 20 * r, text)

    rows = [[cell for cell in row if cell] for grid in grids(document_of(page)) for row in grid]
    assert rows == [[cell for cell in row if cell] for row in ROWS] * 2
