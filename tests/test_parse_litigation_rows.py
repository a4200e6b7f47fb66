"""Table 四 with a row or a column that the form does not have, or words where its first figure should stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = [str(i % 5) for i in range(3, 18)]


@pytest.fixture
def read(tmp_path: Path):
    """The raw texts and the flags of table 四's cells, by the rows below a header with `more` columns."""

    def of(*rows: list[str], more: tuple[str, ...] = ()) -> tuple[list[str], set[str]]:
        names = "".join(f"<td colspan=5>{name}</td>" for name in ("行政复议", "未经复议直接起诉", "复议后起诉"))
        below = [[*RESULTS * 3, *more], *rows]
        table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in below)
        path = tmp_path / "report.html"
        title = "<h1>某局2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p>"
        path.write_text(f"{title}<table><tr>{names}</tr>{table}</table>")
        cells = gk.parse(path).cells.query("table == 'litigation'")
        return list(cells["raw"]), set(cells["flags"])

    return of


def test_a_row_that_counts_the_columns_holds_no_figures(read):
    assert read([str(i + 1) for i in range(15)], FIGURES) == (FIGURES, {""})


def test_words_in_the_first_cell_are_no_label(read):
    raw, flags = read(["0。", *FIGURES[1:]])
    assert raw == ["0。", *FIGURES[1:]]
    assert all(flags)


def test_a_column_more_is_left_out_by_the_header(read):
    raw, flags = read([*FIGURES, "99"], more=("合计",))
    assert raw == FIGURES
    assert all(flags)
