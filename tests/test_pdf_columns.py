"""Words in columns without any rules: what stands in several lines of one row, and above the figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_makers import Sheet, make_pdf

from gongkai.document import Grid, Paragraph
from gongkai.readers.pdf import read

RowsOf = Callable[[Callable[[Sheet], object]], list[list[str]]]


@pytest.fixture
def rows_of(tmp_path: Path) -> RowsOf:
    def of(draw: Callable[[Sheet], object]) -> list[list[str]]:
        blocks = read(make_pdf(tmp_path / "report.pdf", [draw])).blocks
        return [[cell.text for cell in row] for block in blocks if isinstance(block, Grid) for row in block.rows()]

    return of


def words(sheet: Sheet, baseline: float, placed: dict[float, str]) -> None:
    for x, text in placed.items():
        sheet.text(x, baseline, text)


def test_figures_broken_around_their_row_are_one_word_each(rows_of: RowsOf) -> None:
    def draw(sheet: Sheet) -> None:
        words(sheet, 95, {300: "１９", 400: "２８"})
        words(sheet, 100, {60: "一、本年新收", 350: "3", 500: "2397"})
        words(sheet, 105, {300: "４４", 400: "（含转送1件）"})
        words(sheet, 125, {60: "二、上年结转", 300: "7", 350: "0", 400: "0", 500: "7"})

    assert rows_of(draw) == [
        ["一、本年新收", "１９\n４４", "3", "２８\n（含转送1件）", "2397"],
        ["二、上年结转", "7", "0", "0", "7"],
    ]


def test_a_label_in_two_lines_around_its_figures_is_one_word(rows_of: RowsOf) -> None:
    def draw(sheet: Sheet) -> None:
        words(sheet, 94, {60: "（二）部分公开（区分处理"})
        words(sheet, 100, {300: "3", 350: "0", 400: "3"})
        words(sheet, 106, {60: "的，只计这一情形）"})

    assert rows_of(draw) == [["（二）部分公开（区分处理\n的，只计这一情形）", "3", "0", "3"]]


def test_two_rows_around_the_name_of_their_group_stay_two(rows_of: RowsOf) -> None:
    def draw(sheet: Sheet) -> None:
        words(sheet, 94, {120: "4.保护第三方", 300: "9", 350: "1", 400: "10"})
        words(sheet, 100, {60: "（三）不予"})
        words(sheet, 106, {120: "5.内部事务", 300: "7", 350: "1", 400: "8"})

    assert rows_of(draw) == [["4.保护第三方", "9", "1", "10"], ["5.内部事务", "7", "1", "8"]]


def test_rows_close_together_stay_rows(rows_of: RowsOf) -> None:
    def draw(sheet: Sheet) -> None:
        for i in range(3):
            words(sheet, 100 + 12 * i, {60: f"{i + 1}.重复申请", 300: "3", 350: "0", 400: "3"})

    assert rows_of(draw) == [[f"{i + 1}.重复申请", "3", "0", "3"] for i in range(3)]


def test_a_note_beside_the_header_leaves_it_a_header(rows_of: RowsOf) -> None:
    def draw(sheet: Sheet) -> None:
        words(sheet, 100, {60: "（本列数据的勾稽关系为：第一项加", 300: "商业", 340: "科研", 380: "其"})
        words(sheet, 112, {60: "第二项之和）", 300: "企业", 340: "机构", 380: "他"})
        words(sheet, 130, {60: "一、本年新收申请数量", 305: "6", 345: "0", 385: "6"})

    assert rows_of(draw) == [
        ["（本列数据的勾稽关系为：第一项加\n第二项之和）", "商业\n企业", "科研\n机构", "其\n他"],
        ["一、本年新收申请数量", "6", "0", "6"],
    ]


def test_lines_of_prose_set_close_are_no_broken_words(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for i, text in enumerate(["第一行文字在此。", "第二行文字在此。", "第三行文字在此。"]):
            sheet.text(60, 100 + 8 * i, text)

    blocks = read(make_pdf(tmp_path / "report.pdf", [draw])).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "第一行文字在此。",
        "第二行文字在此。",
        "第三行文字在此。",
    ]
