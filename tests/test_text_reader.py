"""Text to a Document: rows, paragraphs, and the places of both."""

from __future__ import annotations

from gongkai.document import Grid, Paragraph
from gongkai.readers.text import from_text


def grids(text: str) -> list[Grid]:
    return [block for block in from_text(text, "t.txt").blocks if isinstance(block, Grid)]


def rows(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in grids(text) for row in grid.rows()]


def test_tabs_keep_empty_cells() -> None:
    assert rows("规章\t0\t\t2\t\t") == [["规章", "0", "", "2", "", ""]]


def test_pipes_and_their_rule() -> None:
    assert rows("| 规章 | 0 | |\n|---|:-:|--|\n| 许可 | 1 | 2 |") == [["规章", "0", ""], ["许可", "1", "2"]]


def test_gaps_of_spaces() -> None:
    assert rows("行政许可    12     0") == [["行政许可", "12", "0"]]


def test_figures_at_the_end_need_one_blank_only() -> None:
    assert rows("（一）予以公开 1 0 0 0 0 0 1") == [["（一）予以公开", "1", "0", "0", "0", "0", "0", "1"]]
    assert rows("行政许可 550") == [["行政许可", "550"]]


def test_figures_one_a_line_are_one_row() -> None:
    assert rows("行政处罚\n4\n5\n6\n行政强制\n7") == [["4", "5", "6"], ["7"]]


def test_a_page_break_ends_a_row_of_lone_figures() -> None:
    assert rows("4\n5\n\f3") == [["4", "5"], ["3"]]


def test_prose_is_no_grid() -> None:
    text = "2023年，我局收到政府信息公开申请12件。\n  首行空两格的一段话，共有 3 处空格 。"
    blocks = from_text(text, "t.txt").blocks
    assert all(isinstance(block, Paragraph) for block in blocks)


def test_markdown_heading() -> None:
    (block,) = from_text("## 一、总体情况", "t.md").blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.heading) == ("一、总体情况", True)


def test_place_is_line_and_offsets() -> None:
    text = "标题\n\n规章\t12\t0"
    (grid,) = grids(text)
    cell = grid.cells[1]
    assert (cell.text, cell.place.top, cell.place.page) == ("12", 3, None)
    assert cell.place.x0 is not None
    assert cell.place.x1 is not None
    assert text.split("\n")[2][int(cell.place.x0) : int(cell.place.x1)] == "12"


def test_columns_of_spaces_are_measured_as_they_line_up() -> None:
    wide = "自然人    1     0\n法人或其他组织    1     0"  # aligned by characters no more than by width
    aligned = "自然人            1     0\n法人或其他组织    1     0"  # wide characters take two columns
    starts = lambda text: [[cell.column for cell in row][1:] for grid in grids(text) for row in grid.rows()]  # noqa: E731
    assert starts(aligned)[0] == starts(aligned)[1]
    assert starts(wide)[0] != starts(wide)[1]


def test_every_line_is_read_once_and_in_order() -> None:
    text = "| 甲 | 1 | 2 |\n\n3\n\n| 乙 | 4 | 5 |\n6\n7\n丙\t8\t9\n丁    10    11\n| 戊 | 12 | 13 |"
    words = [cell.text for grid in grids(text) for row in grid.rows() for cell in row]
    assert words == ["甲", "1", "2", "3", "乙", "4", "5", "6", "7", "丙", "8", "9", "丁", "10", "11", "戊", "12", "13"]


def test_radicals_become_the_characters_that_are_printed() -> None:
    (block,) = from_text("⼆、某县⼈⺠政府⻔⼾⽹站", "t.txt").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "二、某县人民政府门户网站"
