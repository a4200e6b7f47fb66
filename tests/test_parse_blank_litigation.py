"""Table 四 left blank, and one whose figures stand in its header's cells."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@pytest.mark.parametrize(("figures", "flags"), [("", {""}), ("0 0 0 0 0", {"placement"})])
def test_figures_in_the_cells_of_the_header_are_no_blank(tmp_path: Path, figures: str, flags: set[str]) -> None:
    cells = "".join(
        f"<td>{name}<br>{' '.join(RESULTS)}<br>{figures}</td>" for name in ("行政复议", "未经复议", "复议后")
    )
    blank = f"<tr>{'<td></td>' * 15}</tr>"
    table = f"<table><tr>{cells}</tr><tr>{''.join(f'<td>{r}</td>' for r in RESULTS) * 3}</tr>{blank}</table>"
    if figures:
        table = table.replace(blank, "")
    path = tmp_path / "report.html"
    path.write_text(f"<h1>某局2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p>{table}")
    of_table = gk.parse(path).cells.query("table == 'litigation'")
    assert set(of_table["status"]) <= {"blank", "absent"}
    assert set(of_table["flags"]) == flags
