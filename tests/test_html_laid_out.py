"""Tables that pages make of other elements than tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.document import Grid
from gongkai.readers.html import read

ROWS = [
    ["信息内容", "本年处理决定数量"],
    ["行政处罚", "12"],
    ["行政强制", ""],
    ["行政许可", "3（其中变更1件）"],
    ["合计", "15"],
]


def grids(tmp_path: Path, body: str) -> list[list[list[str]]]:
    path = tmp_path / "page.html"
    path.write_text(f"<body><p>第二十条第（六）项</p>{body}<p>三、依申请公开</p></body>", encoding="utf-8")
    found = [block for block in read(path).blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows()] for grid in found]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("div", "<div class=td>{}</div>"),
        ("div", "<div><span>{}</span></div>\n"),
        ("ul", "<li>{}</li>"),
        ("dl", "<dd>{}</dd>"),
        ("section", "<p>{}</p>"),
        ("p", "<span style='display: inline-block; width: 80px'>{}</span>"),
    ],
)
def test_rows_of_blocks_side_by_side_are_a_table(tmp_path: Path, row: str, cell: str) -> None:
    rows = "".join(f"<{row}>{''.join(cell.format(text) for text in texts)}</{row}>" for texts in ROWS)
    assert grids(tmp_path, rows) == [ROWS]
    assert grids(tmp_path, f"<div>{rows}</div>") == [ROWS]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>全年主动公开信息。</p><p>办理申请。</p></div>" * 5,
        "<ul><li><a href=x>2022年度报告</a></li><li><a href=y>2021年度报告</a></li></ul>" * 3,
        "<p><span>共</span><span>3</span></p>" * 5,
        "<div>共<div>12</div><div>3</div></div>" * 5,
    ],
)
def test_prose_and_lists_are_none(tmp_path: Path, body: str) -> None:
    assert grids(tmp_path, body) == []
