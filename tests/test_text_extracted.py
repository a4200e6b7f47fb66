"""Tables with a line a cell, as programs that extract the text of web pages write them."""

import time

import pytest

import gongkai
from gongkai.document import Grid
from gongkai.readers.text import from_text

DISCLOSURE = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "/", "", "1"],
    ["行政规范性文件", "2", "0", "13"],
]


def behind(cell: str) -> str:
    return f"{cell} |" if cell else "|"


def below(cell: str) -> str:
    return f"{cell}\n|" if cell else "|"


def rows_of(text: str) -> list[list[str]]:
    (grid,) = [block for block in from_text(text, "x.txt").blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for row in grid.rows()]


@pytest.mark.parametrize("write", [behind, below])
def test_a_line_a_cell_becomes_rows(write):
    pad = [3, 0, 0, 0]
    lines = [
        line for row, k in zip(DISCLOSURE, pad, strict=True) for line in [*map(write, row), *(["|" * k] if k else [])]
    ]
    assert rows_of("\n".join(lines)) == DISCLOSURE


def test_cells_keep_their_line_and_characters():
    text = "\n".join(
        ["二、主动公开政府信息情况", "", *map(behind, ["规章", "3", "0", "", "行政规范性文件", "12", "", "7"])]
    )
    document = from_text(text, "x.txt")
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    twelve = next(cell for cell in grid.cells if cell.text == "12")
    assert (twelve.place.top, twelve.place.x0, twelve.place.x1) == (8.0, 0.0, 2.0)
    assert document.blocks[0].text == "二、主动公开政府信息情况"


def test_a_header_of_repeated_names_is_no_row_label():
    names = ["结果维持", "结果纠正", "总计"]
    lines = [*map(behind, [*names, *names, "1", "0", "1", "", "2", "2"])]
    assert rows_of("\n".join(lines)) == [names * 2, ["1", "0", "1", "", "2", "2"]]


def test_rows_with_all_their_cells_on_one_line_stay_as_they_are():
    text = "\n".join(
        f"{label} | | | 0 |" for label in ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "收费", "采购")
    )
    assert rows_of(text)[0] == ["规章", "", "", "0"]


def test_a_blank_row_between_figures_keeps_its_columns(tmp_path):
    labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（七）总计",
        "四、结转下年度继续办理",
    ]
    rows = [
        ["", "", "", "", "", "", "3"],
        ["2", "", "", "", "", "", "2"],
        ["5", "", "", "", "", "", "5"],
        [""] * 7,
        ["0"] * 7,
    ]
    lines = ["某市财政局2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    for label, row in zip(labels, rows, strict=True):
        lines += [*map(behind, [label, *row]), "||"]
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    cells = gongkai.parse(path).cells.set_index("id")
    assert cells.loc["requests/new/total", ["raw", "flags"]].tolist() == ["3", ""]
    assert cells.loc["requests/new/natural_person", "status"] == "blank"
    assert cells.loc["requests/carried_in/natural_person", ["raw", "flags"]].tolist() == ["2", ""]


def test_cells_without_end_take_time_in_proportion() -> None:
    began = time.process_time()
    from_text("0|\n0\n|\n" * 50_000, "x.txt")
    assert time.process_time() - began < 10


def test_empty_cells_set_apart_are_cells_and_no_end_of_the_row():
    assert rows_of("| \n 规章  |  | \n 0  | \n 1  | \n| \n 行政许可  | \n 550  | \n| \n 行政处罚  | \n 3  | ") == [
        [""],
        ["规章", "", "0", "1", ""],
        ["行政许可", "550", ""],
        ["行政处罚", "3"],
    ]
