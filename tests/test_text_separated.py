"""Tables with commas or semicolons between their cells."""

from __future__ import annotations

import time

import pytest

from gongkai.document import Grid
from gongkai.readers.text import from_text

ROWS = [
    ["第二十条第（一）项", "", "", ""],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "/", "", "1"],
    ["行政规范性文件", "1,234", "0", "13"],
]


def grids(text: str) -> list[Grid]:
    return [block for block in from_text(text, "t.csv").blocks if isinstance(block, Grid)]


def quoted(cell: str) -> str:
    return f'"{cell}"' if cell else cell


@pytest.mark.parametrize("mark", [",", ";", "；"])
def test_rows_and_their_places(mark: str) -> None:
    text = "二、主动公开政府信息情况\n" + "\n".join(mark.join(map(quoted, row)) for row in ROWS)
    (grid,) = grids(text)
    assert [[cell.text for cell in row] for row in grid.rows()] == ROWS
    place = next(cell.place for cell in grid.cells if cell.text == "1,234")
    assert text.split("\n")[int(place.top or 0) - 1][int(place.x0 or 0) : int(place.x1 or 0)] == "1,234"


def test_a_cell_in_quotation_marks_runs_over_lines() -> None:
    (grid,) = grids('规章,0,0\n"规范性\n文件",1,2\n行政许可,3,\n')
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        ["规章", "0", "0"],
        ["规范性 文件", "1", "2"],
        ["行政许可", "3", ""],
    ]


def test_sentences_with_commas_are_no_table() -> None:
    assert not grids(
        "一是加强宣传,提高认识,落实责任。\n二是完善制度,明确分工,加强考核。\n三是加强培训,抓好落实,注重实效。"
    )


def test_thousands_parted_by_commas_are_no_cells() -> None:
    (grid,) = grids("许可\t1,234\t2,345\n处罚\t1,000\t3,000\n强制\t4,000\t5,000")
    assert [cell.text for cell in grid.cells][:3] == ["许可", "1,234", "2,345"]


@pytest.mark.parametrize("piece", [',"', '"",', '"\n', ",", '","'])
def test_marks_without_end_take_time_in_proportion(piece: str) -> None:
    start = time.process_time()
    from_text(piece * 40_000, "t.csv")
    assert time.process_time() - start < 5
