"""Tables in the pieces that converters leave: words of a label in a cell, figures of table 四 a line, near ties."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import gongkai as gk
from gongkai.document import Place
from gongkai.forms import all_forms
from gongkai.parsing import choose_forms
from gongkai.parsing.numbers import read_cell
from gongkai.parsing.tables import Printed, TableReading

TITLE = "某市水务局2022年政府信息公开工作年度报告"
DISCLOSURE = "二、主动公开政府信息情况"
REQUESTS = "三、收到和处理政府信息公开申请情况"
LITIGATION = "四、政府信息公开行政复议、行政诉讼情况"
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "2.重复申请",
    "（七）总计",
)
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
ROWS = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
FIGURES = [list("01012"), list("20002"), list("00303")]


def cells_of(path: Path, *lines: str) -> pd.DataFrame:
    """The cells of a report of these lines below its title."""
    path.write_text("\n".join([TITLE, *lines]), encoding="utf-8")
    return gk.parse(path).cells


def litigation(folder: Path, lines: Sequence[str]) -> tuple[list[float], set[str]]:
    """The values and flags of table 四 in a text of these lines."""
    cells = cells_of(folder / "report.txt", LITIGATION, *lines, "五、存在的主要问题").query("table == 'litigation'")
    return cells["value"].tolist(), set(cells["flags"])


def test_rows_below_their_own_labels_are_not_doubted(tmp_path: Path) -> None:
    lines = [*RESULTS]
    for row, figures in zip(ROWS, FIGURES, strict=True):
        lines += [row, *figures]
    values, flags = litigation(tmp_path, lines)
    assert values == [float(figure) for row in FIGURES for figure in row]
    assert flags == {""}


def test_rows_below_the_lines_of_a_header_are_not_doubted(tmp_path: Path) -> None:
    lines = ["行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", *[" ".join(RESULTS)] * 3, *map(" ".join, FIGURES)]
    values, flags = litigation(tmp_path, lines)
    assert values == [float(figure) for row in FIGURES for figure in row]
    assert flags == {""}


def test_rows_below_the_labels_of_others_are_doubted(tmp_path: Path) -> None:
    lines = [*FIGURES[1], *RESULTS, ROWS[0], *FIGURES[0], "行政诉讼", "（未经复议", "直接起诉）", *FIGURES[2]]
    _, flags = litigation(tmp_path, lines)
    assert "" not in flags


def test_a_run_of_two_rows_may_have_been_read_down_its_columns(tmp_path: Path) -> None:
    lines = [ROWS[0], *FIGURES[0], *RESULTS, *ROWS[1:], *FIGURES[1], *FIGURES[2]]
    _, flags = litigation(tmp_path, lines)
    assert "" not in flags


@pytest.mark.parametrize("moved", [False, True])
def test_a_figure_below_the_name_of_another_column_is_doubted(tmp_path: Path, moved: bool) -> None:
    cells = [[*name, figure] for figures in FIGURES for name, figure in zip(RESULTS, figures, strict=True)]
    if moved:
        cells[9], cells[12] = cells[12], cells[9]
    _, flags = litigation(tmp_path, [line for cell in cells for line in cell])
    assert ("" in flags) is not moved


@pytest.mark.parametrize(("word", "doubted"), [("提供", True), ("（一）开", True), ("详见官网", False)])
def test_a_piece_of_a_label_in_a_cell_makes_its_row_doubtful(tmp_path: Path, word: str, doubted: bool) -> None:
    figures = ["1|2|3|4|5|6|21"] * len(LABELS)
    figures[2] = f"1|2|3|4|5|{word}|21"
    lines = [f"|{label}|{cells}|" for label, cells in zip(LABELS, figures, strict=True)]
    cells = cells_of(tmp_path / "report.md", REQUESTS, *lines).query("table == 'requests' and row == 'granted'")
    assert set(cells["flags"]) == ({"label_guess"} if doubted else {""})


@pytest.mark.parametrize(("score", "doubted"), [(4.9, {"requests/other_other/total"}), (4.0, set())])
def test_cells_of_one_form_only_are_doubted_where_another_fits_nearly_as_well(score: float, doubted: set[str]) -> None:
    cells = {id: Printed("1", Place()) for id in ("requests/granted/total", "requests/other_other/total")}
    forms = all_forms()
    newer = TableReading(forms["2021"].tables["requests"], "2021", 5.0, found=True, cells=cells)
    older = TableReading(forms["2019"].tables["requests"], "2019", score, found=True)
    chosen = choose_forms({"requests": [newer, older]}, 2021)["requests"]
    assert {id for id, cell in chosen.cells.items() if cell.flags} == doubted


@pytest.mark.parametrize(("figures", "doubted"), [("0 / 1 / 0 / 2", True), ("0 / 1 / / 2 3", False)])
def test_slashes_between_figures_may_part_them(tmp_path: Path, figures: str, doubted: bool) -> None:
    lines = [f"{label} {figures}" for label in LABELS]
    cells = cells_of(tmp_path / "report.txt", REQUESTS, *lines).query("table == 'requests' and row == 'new'")
    assert cells["flags"].str.contains("placement").all() == doubted


@pytest.mark.parametrize("rest", ["信息公开申请数量\t9\t\t\t\t\t\t2", "\t9\t\t\t\t\t\t2"])
def test_rows_broken_over_two_lines_of_figures_are_doubted(tmp_path: Path, rest: str) -> None:
    lines = [
        *("一、本年新收政府\t18\t34\t5\t1\t8\t5\t24", rest),
        *("二、上年结转政府\t10\t5\t0\t0\t1\t0\t1", "信息公开申请数量\t\t\t\t\t\t\t6"),
        *("（一）予以公开\t1\t2\t0\t0\t0\t0\t3", "2.重复申请\t1\t2\t0\t0\t0\t0\t3", "（七）总计\t1\t2\t0\t0\t0\t0\t3"),
    ]
    cells = cells_of(tmp_path / "report.txt", REQUESTS, *lines)
    cells = cells.query("table == 'requests' and row in ['new', 'carried_in']")
    assert not cells["flags"].eq("").any()


@pytest.mark.parametrize(("above", "doubted"), [("2 6", True), ("2 0 6", False)])
def test_figures_just_above_a_row_that_are_too_few_may_be_its_own(tmp_path: Path, above: str, doubted: bool) -> None:
    lines = [
        "第二十条第（一）项",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章",
        above,
        "行政规范性文件 3 7 5",
        "第二十条第（五）项",
        "信息内容 本年处理决定数量",
        "行政许可 517",
        "第二十条第（六）项",
        "行政处罚 6",
        "行政强制 1",
    ]
    cells = cells_of(tmp_path / "report.txt", DISCLOSURE, *lines)
    cells = cells.query("table == 'disclosure' and row == 'normative_documents'")
    assert cells["value"].tolist() == [3, 7, 5]
    assert cells["flags"].ne("").all() == doubted


@pytest.mark.parametrize(("figures", "doubted"), [("7\n7", True), ("7", False)])
def test_the_same_figure_on_two_lines_may_be_of_two_rows(tmp_path: Path, figures: str, doubted: bool) -> None:
    lines = ["第二十条第（五）项", "行政许可", figures, "第二十条第（六）项", "行政处罚", "6", "行政强制", "1"]
    cells = cells_of(tmp_path / "report.txt", DISCLOSURE, *lines)
    [cell] = cells.query("id == 'disclosure/licensing/decisions'").to_dict("records")
    assert cell["value"] == 7
    assert ("placement" in cell["flags"]) == doubted


@pytest.mark.parametrize(("text", "flags"), [("6年", ("number_guess",)), ("2021年底公布", ()), ("见附表1", ())])
def test_a_figure_that_a_word_ran_into_is_no_date(text: str, flags: tuple[str, ...]) -> None:
    assert read_cell(text).status == "text"
    assert read_cell(text).flags == flags


def cells_of_page(folder: Path, heading: str, *tables: str) -> pd.DataFrame:
    """The cells of a web page with tables of these rows below a heading."""
    path = folder / "report.html"
    content = f"<p>{heading}</p>" + "".join(f"<table>{rows}</table>" for rows in tables)
    path.write_text(f"<h1>{TITLE}</h1>{content}<p>五、存在的主要问题及改进情况</p>", encoding="utf-8")
    return gk.parse(path).cells


def row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(("first", "flags"), [("0", {""}), ("", {"another_table"})])
def test_of_two_tables_the_first_counts_and_is_doubted_where_it_has_a_blank(
    tmp_path: Path, first: str, flags: set[str]
) -> None:
    names = row(RESULTS * 3)
    own, other = row([first, *["0"] * 14]), row(["8"] * 15)
    cells = cells_of_page(tmp_path, LITIGATION, names + own, names + other).query("table == 'litigation'")
    assert cells["raw"].tolist() == [first, *["0"] * 14]
    assert set(cells["flags"]) == flags


def test_figures_below_a_row_of_empty_cells_may_be_those_of_another_table(tmp_path: Path) -> None:
    rows = row(RESULTS * 3) + row([""] * 15) + row(["8"] * 15)
    cells = cells_of_page(tmp_path, LITIGATION, rows).query("table == 'litigation'")
    assert set(cells["flags"]) == {"another_table"}


def test_an_empty_row_whose_figures_may_have_run_into_its_label_is_doubted(tmp_path: Path) -> None:
    table = all_forms()["2021"].tables["requests"]
    names = row(["", *(column.label for column in table.rows[0].columns)])
    last = table.rows[-1]
    rows = [row([one.label, *["0"] * 7]) for one in table.rows[:-1]] + [row([f"{last.label} 0 0 0 0 0", *[""] * 7])]
    cells = cells_of_page(tmp_path, REQUESTS, names + "".join(rows)).query("table == 'requests'")
    assert set(cells[cells["row"] == last.id]["flags"]) == {"stray_figure"}
    assert set(cells[cells["row"] != last.id]["flags"]) == {""}
