"""Tables drawn in characters: what stands in their cells, over how many columns, and where."""

from gongkai.document import Cell, Grid, Paragraph
from gongkai.readers.text import from_text

# As w3m prints a page: a group spans three rows, beside which the rules of its rows begin.
BROWSER = """
三、收到和处理政府信息公开申请情况
┌──────────────────────────┬──────┬────┐
│                          │自然人│总计│
├──────────────────────────┼──────┼────┤
│一、本年新收政府信息公开申│12    │12  │
│请数量                    │      │    │
├──────────┬───────────────┼──────┼────┤
│          │（一）予以公开 │      │3   │
│三、本年度├───────────────┼──────┼────┤
│办理结果  │（二）部分公开 │1     │1   │
└──────────┴───────────────┴──────┴────┘
"""
OPEN = """
+----------+------+------+
| 信息内容 | 本年 | 现行 |
|          | 制发 | 有效 |
| 规章     | 0    | 12   |
| 行政规范 | 3    |      |
| 性文件   |      |      |
| 行政许可 | 1204 | 7    |
+----------+------+------+
"""


def grid_of(text: str) -> list[list[Cell]]:
    (grid,) = [block for block in from_text(text, "x.txt").blocks if isinstance(block, Grid)]
    assert grid.kind == "ruled"
    return list(grid.rows())


def texts(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid_of(text)]


def test_cells_wrap_and_groups_span_rows() -> None:
    assert texts(BROWSER) == [
        ["", "自然人", "总计"],
        ["一、本年新收政府信息公开申请数量", "12", "12"],
        ["", "（一）予以公开", "", "3"],
        ["三、本年度办理结果", "（二）部分公开", "1", "1"],
    ]


def test_columns_are_those_of_the_uprights() -> None:
    rows = grid_of(BROWSER)
    total = [next(cell for cell in row if cell.text == text) for row, text in ((rows[0], "总计"), (rows[2], "3"))]
    assert len({cell.column for cell in total}) == 1
    label = next(cell for cell in rows[1] if cell.text.startswith("一、"))
    assert (label.column, label.colspan) == (0, 2)


def test_rows_without_rules_between_them() -> None:
    assert texts(OPEN) == [
        ["信息内容", "本年制发", "现行有效"],
        ["规章", "0", "12"],
        ["行政规范性文件", "3", ""],
        ["行政许可", "1204", "7"],
    ]


def test_a_cell_knows_its_line_and_characters() -> None:
    cell = next(cell for row in grid_of(OPEN) for cell in row if cell.text == "1204")
    lines = OPEN.split("\n")
    assert lines[int(cell.place.top or 0) - 1][int(cell.place.x0 or 0) : int(cell.place.x1 or 0)] == "1204"


def test_a_dash_in_a_cell_is_no_rule() -> None:
    text = "+----+------+\n| 规章 | ——   |\n+----+------+\n| 收费 | 1    |\n+----+------+"
    assert [row[-1] for row in texts(text)] == ["——", "1"]


def test_a_table_of_markdown_is_not_drawn() -> None:
    document = from_text("# 表\n\n| 信息内容 | 件数 |\n|---|---|\n| 规章 | 3 |\n", "x.md")
    assert [block.kind for block in document.blocks if isinstance(block, Grid)] == ["delimited"]
    assert isinstance(document.blocks[0], Paragraph)
