"""Figures on lines of their own, before their labels or read down the columns; labels behind figures on the line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gongkai as gk
from gongkai.document import Place
from gongkai.forms import load_form
from gongkai.parsing.behind import swapped
from gongkai.parsing.lines import Line, Token

FORM = load_form("2021")
ROWS = FORM.tables["requests"].rows
COLUMNS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
Read = Callable[..., gk.Report]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(table: str, heading: str = "三、收到和处理政府信息公开申请情况") -> gk.Report:
        path = tmp_path / "report.txt"
        path.write_text(f"某市水务局2022年政府信息公开工作年度报告\n{heading}\n{table}\n", encoding="utf-8")
        return gk.parse(path)

    return read


def figures(row: int) -> list[str]:
    """Seven figures that no other row has."""
    return [str(10 * row + column) for column in range(1, 8)]


def requests(report: gk.Report) -> tuple[list[float], set[str]]:
    cells = report.cells[report.cells["table"].eq("requests")]
    return cells["value"].tolist(), set(cells["flags"])


TRUE = [float(figure) for row in range(len(ROWS)) for figure in figures(row)]


def test_labels_behind_their_figures_on_the_line(read: Read) -> None:
    lines = [" ".join([*figures(i), row.label]) for i, row in enumerate(ROWS)]
    assert requests(read("\n".join([COLUMNS, *lines]))) == (TRUE, {""})


def test_labels_behind_their_figures_in_cells(read: Read) -> None:
    lines = [f"| {' | '.join([*figures(i), row.label])} |" for i, row in enumerate(ROWS)]
    assert requests(read("\n".join(lines)))[0] == TRUE


def test_figures_above_their_labels_are_read_with_doubts(read: Read) -> None:
    lines = ["\n".join([*figures(i), "", row.label]) for i, row in enumerate(ROWS)]
    values, flags = requests(read("\n".join([*COLUMNS.split(), *lines])))
    assert values == TRUE
    assert "" not in flags


def test_figures_below_their_labels_are_read_without(read: Read) -> None:
    lines = ["\n".join([row.label, *figures(i)]) for i, row in enumerate(ROWS)]
    assert requests(read("\n".join([*COLUMNS.split(), *lines]))) == (TRUE, {""})


def test_a_table_read_down_its_columns_has_no_sure_figure(read: Read) -> None:
    labels = [row.label for row in ROWS]
    columns = ["\n".join([name, *(figures(i)[k] for i in range(len(ROWS)))]) for k, name in enumerate(COLUMNS.split())]
    report = read("\n".join([*labels, *columns]))
    wrong = report.cells[report.cells["table"].eq("requests") & report.cells["value"].notna()]
    assert set(wrong["flags"]).isdisjoint({""})


def test_nothing_is_swapped_where_labels_come_first() -> None:
    token = Token("3", 0, 1, Place())
    label = Token("规章", 0, 1, Place())
    assert swapped([Line(i, "spaced", [label, token], label=[label], values=[token]) for i in range(5)], ()) is None


def test_fifteen_figures_below_five_names_may_stand_in_columns(read: Read) -> None:
    names = "行政复议\n未经复议直接起诉\n复议后起诉\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
    report = read(names + "\n".join("1" * 15), "四、政府信息公开行政复议、行政诉讼情况")
    assert set(report.cells.loc[report.cells["table"].eq("litigation"), "flags"]) == {"placement"}
