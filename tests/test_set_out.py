"""Tables set out by tabs and blanks in the paragraphs of Word files and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import raw_docx

from gongkai.document import Block, Grid, Paragraph, Place
from gongkai.readers import html, word
from gongkai.readers.set_out import with_grids

ROWS = ["规章\t0\t\t3", "行政规范性文件\t2\t1\t18", "行政许可\t550\t\t"]
CELLS = [row.split("\t") for row in ROWS]


def paragraphs(*texts: str) -> list[Block]:
    return [Paragraph(text, Place(path=f"paragraph {n}")) for n, text in enumerate(texts, start=1)]


def texts(grid: Block) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.text for cell in row] for row in grid.rows()]


def test_tabs_part_cells_and_every_cell_knows_its_paragraph() -> None:
    title, grid, end = with_grids(paragraphs("二、主动公开政府信息情况", *ROWS, "三、依申请公开情况"))
    assert texts(grid) == CELLS
    assert isinstance(grid, Grid)
    assert {str(cell.place) for cell in grid.cells if cell.row == 1} == {"paragraph 3"}
    assert [block.text for block in (title, end) if isinstance(block, Paragraph)] == [
        "二、主动公开政府信息情况",
        "三、依申请公开情况",
    ]


def test_blanks_part_cells_too() -> None:
    (grid,) = with_grids(paragraphs("规章    0    1    3", "规范性文件    2    1    18", "合计    2    2    21"))
    assert texts(grid) == [["规章", "0", "1", "3"], ["规范性文件", "2", "1", "18"], ["合计", "2", "2", "21"]]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、总体情况\t1", "二、主动公开政府信息情况\t3", "三、其他\t5", "四、附件\t7"],
        ["\t2023年，我局公开信息3条。", "\t全年办理申请。", "\t特此报告。"],
        ["规章\t0\t1\t3", "规范性文件\t2\t1\t18"],
    ],
)
def test_contents_indents_and_few_lines_are_no_table(lines: list[str]) -> None:
    found = with_grids(paragraphs(*lines))
    assert [block.text for block in found if isinstance(block, Paragraph)] == [" ".join(line.split()) for line in lines]


def test_in_a_word_file(tmp_path: Path) -> None:
    runs = ("<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{cell}</w:t></w:r>" for cell in row) for row in CELLS)
    path = tmp_path / "report.docx"
    path.write_bytes(raw_docx("".join(f"<w:p>{run}</w:p>" for run in runs)))
    (grid,) = word.read(path).blocks
    assert texts(grid) == CELLS


def test_in_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><pre>{}</pre></body></html>".format("\n".join(ROWS)), encoding="utf-8")
    (grid,) = html.read(path).blocks
    assert texts(grid) == CELLS
