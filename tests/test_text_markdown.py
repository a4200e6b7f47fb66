"""Markdown as converters and language models write it: tables in HTML, marks around figures, escapes."""

from __future__ import annotations

import contextlib
import time

import pytest

import gongkai
from gongkai.document import Grid, Paragraph
from gongkai.readers.markdown import plain
from gongkai.readers.text import from_text


def rows(text: str) -> list[list[str]]:
    grids = [block for block in from_text(text, "t.md").blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for grid in grids for row in grid.rows()]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**3**", "3"),
        ("$3$", "3"),
        ("`3`", "3"),
        ("*3*", "3"),
        (r"\-346", "-346"),
        (r"0\*", "0*"),
        ("$\\mathbf{12}$", "12"),
        ("~~5~~6", "6"),
        ("5<sup>1</sup>", "5[1]"),
        ("[详见附表](a.pdf)", "详见附表"),
        ("&nbsp;0&nbsp;", "\xa00\xa0"),
        ("\\", "\\"),
        ("`\\`", "\\"),
        ("3*", "3*"),
        ("<政府信息公开条例>", "<政府信息公开条例>"),
    ],
)
def test_marks_are_not_what_is_printed(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_an_escaped_pipe_parts_no_cells() -> None:
    assert rows("| 规章 | 1\\|2 | 0 |\n|---|---|---|\n") == [["规章", "1|2", "0"]]


def test_a_table_in_html_between_lines_of_markdown() -> None:
    text = (
        "## 二、主动公开政府信息情况\n\n<table>\n<tr><td colspan='2'>第二十条第（五）项</td></tr>\n"
        "<tr><td>行政许可</td><td>$550$</td></tr>\n</table>\n\n## 五、其他"
    )
    heading, grid, after = from_text(text, "t.md").blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(grid, Grid)
    assert isinstance(after, Paragraph)
    assert [(cell.text, cell.row, cell.column, cell.colspan) for cell in grid.cells] == [
        ("第二十条第（五）项", 0, 0, 2),
        ("行政许可", 1, 0, 1),
        ("550", 1, 1, 1),
    ]
    place = grid.cells[2].place
    assert place.top == 5
    assert text.split("\n")[4][int(place.x0 or 0) : int(place.x1 or 0)] == "$550$"


def test_tables_on_one_line_and_one_never_closed() -> None:
    assert rows("<table><tr><td>a</td><td>1</td></tr></table><table><tr><td>b</td><td>2</td></tr>\n五、末") == [
        ["a", "1"],
        ["b", "2"],
    ]


def test_rules_and_fences_are_nothing_to_read() -> None:
    (block,) = from_text("```csv\n-----\n一、总体情况\n```", "t.md").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "一、总体情况"


@pytest.mark.parametrize(
    "piece", ["<!--", "<table>", "<td>", "<td ", "[", "](", "$", "~~", "<sup>", "\\text{", "**_", "^"]
)
def test_marks_that_are_never_closed_take_time_in_proportion(piece: str) -> None:
    start = time.process_time()
    with contextlib.suppress(gongkai.UnreadableFile):
        from_text(piece * 40_000, "t.md")
    assert time.process_time() - start < 5
