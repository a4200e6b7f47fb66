"""Tables of Word files: merged cells at their true rows and columns, each text once."""

from __future__ import annotations

from pathlib import Path

import pytest
from html_pages import grid_rows, requests_table, site_page
from word_files import p, raw_docx, save_report, tbl, tc, tr

from gongkai.document import Grid, Paragraph
from gongkai.readers import html, word


@pytest.fixture
def blocks(tmp_path: Path):
    """The blocks of a .docx with this body."""

    def of(body: str) -> list[Paragraph | Grid]:
        path = tmp_path / "report.docx"
        path.write_bytes(raw_docx(body))
        return word.read(path).blocks

    return of


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def test_the_requests_table_has_the_same_grid_in_word_as_on_a_page(tmp_path):
    save_report(tmp_path / "report.docx")
    (tmp_path / "page.html").write_text(site_page(requests_table()), encoding="utf-8")
    (from_word,) = [block for block in word.read(tmp_path / "report.docx").blocks if isinstance(block, Grid)]
    from_page = html.read(tmp_path / "page.html").blocks
    assert shape(from_word) in [shape(block) for block in from_page if isinstance(block, Grid)]
    assert str(from_word.cells[40].place) == "table 1, row 7, cell 7"
    assert str(from_word.place) == "table 1"


RESTART = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def test_cells_merged_downwards_and_across(blocks):
    (grid,) = blocks(
        tbl(
            tr(tc("a", f'<w:gridSpan w:val="2"/>{RESTART}'), "1"),
            tr(tc("not printed", f'<w:gridSpan w:val="2"/>{GOES_ON}'), "2"),
            tr("b", "c", tc("3", RESTART)),
            tr("d", "e", tc("", '<w:vMerge w:val="continue"/>')),
        )
    )
    assert shape(grid) == [
        ("a", 0, 0, 2, 2),
        ("1", 0, 2, 1, 1),
        ("2", 1, 2, 1, 1),
        ("b", 2, 0, 1, 1),
        ("c", 2, 1, 1, 1),
        ("3", 2, 2, 2, 1),
        ("d", 3, 0, 1, 1),
        ("e", 3, 1, 1, 1),
    ]


def test_cells_merged_to_the_left_as_old_programs_write_it(blocks):
    (grid,) = blocks(
        tbl(
            tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "1"),
            tr("b", "c", "2"),
        )
    )
    assert shape(grid)[:2] == [("a", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


@pytest.mark.parametrize(
    "first_row",
    [
        tr(tc("a", GOES_ON), "1"),
        tr("a", "1", properties='<w:gridAfter w:val="2"/>'),
        tr(tc("a", '<w:gridSpan w:val="0"/>'), "1"),
        tr(tc("a", '<w:gridSpan w:val="-4"/>'), tc("1", '<w:gridSpan w:val="x"/>')),
        tr("a", tc("1", f'<w:gridSpan w:val="{10**12}"/>')),
    ],
)
def test_wrong_spans_do_not_move_a_cell(blocks, first_row):
    (grid,) = blocks(tbl(first_row, tr("b", "2")))
    assert shape(grid) == [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("b", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]


def test_a_merge_that_goes_on_with_another_width_is_a_cell_of_its_own(blocks):
    (grid,) = blocks(tbl(tr(tc("a", f'<w:gridSpan w:val="2"/>{RESTART}'), "1"), tr(tc("b", GOES_ON), "c", "2")))
    assert shape(grid)[2:] == [("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]


def test_a_row_that_begins_further_right(blocks):
    (grid,) = blocks(tbl(tr("a", "b", "c"), tr("1", "2", properties='<w:gridBefore w:val="1"/>')))
    assert shape(grid)[3:] == [("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]


def test_rows_and_cells_in_content_controls_and_insertions(blocks):
    inside = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    (grid,) = blocks(
        inside.format(tbl(inside.format(tr("a", inside.format(tc("b")))), f"<w:customXml>{tr('1', '2')}</w:customXml>"))
    )
    assert grid_rows(grid) == [["a", "b"], ["1", "2"]]


def test_rows_that_are_deleted_or_hidden_are_not_read(blocks):
    (grid,) = blocks(
        tbl(
            tr("a", "b", properties='<w:ins w:id="1"/>'),
            tr("9", "9", properties='<w:del w:id="2"/>'),
            tr("8", "8", properties="<w:hidden/>"),
            tr("c", "d", properties='<w:hidden w:val="0"/>'),
        )
    )
    assert grid_rows(grid) == [["a", "b"], ["c", "d"]]


def test_the_paragraphs_of_a_cell_are_its_lines(blocks):
    (grid,) = blocks(tbl(tr(tc(p("社会") + p("公益") + p("组织")), "1"), tr(tc("<w:p/>"), "2")))
    assert grid_rows(grid) == [["社会\n公益\n组织", "1"], ["", "2"]]


def test_a_small_table_in_a_cell_is_part_of_the_cell(blocks):
    (grid,) = blocks(tbl(tr("a", tc(tbl(tr("3", "件")) + "<w:p/>")), tr("b", "2")))
    assert grid_rows(grid) == [["a", "3 件"], ["b", "2"]]


def test_a_table_that_lays_out_the_page_is_no_grid(blocks):
    inner = tbl(*(tr(*(f"{row}{column}" for column in "abcd")) for row in range(4)))
    found = blocks(tbl(tr("菜单", tc(p("三、收到和处理") + inner + p("四、复议")))))
    assert [block.text if isinstance(block, Paragraph) else len(block.cells) for block in found] == [
        "菜单",
        "三、收到和处理",
        16,
        "四、复议",
    ]


def test_a_table_of_one_column_is_prose_under_ruling(blocks):
    assert [block.text for block in blocks(tbl(tr("甲"), tr("乙")))] == ["甲", "乙"]
