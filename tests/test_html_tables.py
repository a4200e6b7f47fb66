"""Tables of web pages: every cell at its row and column, whatever the markup is like."""

from __future__ import annotations

from pathlib import Path

import pytest
from html_pages import COLUMNS, ROWS, SINGLE, figures, grid_rows, pasted, requests_table
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.document import Cell, Grid, Paragraph
from gongkai.readers.html import read


@pytest.fixture
def blocks(tmp_path: Path):
    """The blocks of a page with this body."""

    def of(body: str) -> list[Paragraph | Grid]:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", encoding="utf-8")
        return read(path).blocks

    return of


@pytest.fixture
def grid(blocks):
    def of(body: str) -> Grid:
        (only,) = [block for block in blocks(body) if isinstance(block, Grid)]
        return only

    return of


def at(grid: Grid, row: int, column: int) -> Cell:
    """The cell that covers a place of the grid."""
    (cell,) = [
        cell
        for cell in grid.cells
        if cell.row <= row < cell.row + cell.rowspan and cell.column <= column < cell.column + cell.colspan
    ]
    return cell


@pytest.mark.parametrize("dress", [pasted, str], ids=["pasted from Word", "plain"])
@pytest.mark.parametrize("close", [True, False], ids=["closed", "no end tags"])
def test_the_requests_table_with_all_its_spans(grid, close, dress):
    table = grid(requests_table(close, dress))
    assert [at(table, 2, column).text for column in range(3, 10)] == list(COLUMNS)
    assert (at(table, 0, 0).rowspan, at(table, 0, 0).colspan) == (3, 3)
    assert at(table, 1, 4).text == "法人或其他组织"
    assert at(table, 3, 0) == at(table, 3, 2)
    for i, (_, _, label) in enumerate(ROWS):
        assert at(table, 5 + i, 2).text == label
        assert at(table, 5 + i, 1) == at(table, 5 + i, 2) if i in SINGLE else at(table, 5 + i, 1).colspan == 1
        assert [at(table, 5 + i, column).text for column in range(3, 10)] == figures(i + 3)
        assert at(table, 5 + i, 0).text == "三、本年度办理结果"
    assert at(table, 7, 1).text == at(table, 14, 1).text == "（三）不予公开"
    assert at(table, 27, 0).text == "四、结转下年度继续办理"
    assert sum(cell.text == "三、本年度办理结果" for cell in table.cells) == 1


def test_a_cell_names_its_element(grid):
    table = grid("<table><tr><td>x</table><table><tr><td>a<td>b<tr><th>c<td>d</table>")
    assert table.place.path == "table[2]"
    assert at(table, 1, 1).place.path == "table[2]/tr[2]/td[1]"
    assert at(table, 1, 0).place.path == "table[2]/tr[2]/th[1]"


def drawn(grid: Grid) -> str:
    """The grid with every cell's text, of one letter, at all of its places; a row a word."""
    height = max(cell.row + cell.rowspan for cell in grid.cells)
    width = max(cell.column + cell.colspan for cell in grid.cells)
    places = [["."] * width for _ in range(height)]
    for cell in grid.cells:
        for row in places[cell.row : cell.row + cell.rowspan]:
            row[cell.column : cell.column + cell.colspan] = [cell.text] * cell.colspan
    return " ".join(map("".join, places))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("<tr><td rowspan=9>a<td>1<tr><td>2", "a1 a2", id="too tall"),
        pytest.param("<tr><td rowspan=0>a<td>1<tr><td>2", "a1 a2", id="to the end"),
        pytest.param("<tr><td colspan=0>a<td>1<tr><td>2<td>3", "a1 23", id="no columns"),
        pytest.param(f"<tr><td colspan={10**9}>a<tr><td>1<td>2", "aa 12", id="a billion columns"),
        pytest.param(f"<tr><td rowspan={10**9}>a<td>1<tr><td>2", "a1 a2", id="a billion rows"),
        pytest.param("<tr><td rowspan='-3'>a<td colspan=x>1<tr><td>2<td>3", "a1 23", id="nonsense"),
        pytest.param("<tr><td colspan=&quot;2&quot;>a<td>1<tr><td>2<td>3<td>4", "aa1 234", id="quoted"),
        pytest.param("<tbody><tr><td rowspan=5>a<td>1</tbody><tbody><tr><td>b<td>2", "a1 b2", id="end of group"),
        pytest.param("<tr><td>a<td>b</tr><tr></tr><tr><td>1<td>2", "ab .. 12", id="empty row"),
        pytest.param("<tr><td rowspan=2>a<td>1<td>2<tr><td>3", "a12 a3.", id="short row"),
    ],
)
def test_wrong_spans_are_cut_to_the_table(grid, rows, expected):
    assert drawn(grid(f"<table>{rows}</table>")) == expected


def test_a_span_that_runs_into_another_cell_is_cut_and_flagged(grid):
    table = grid("<table><tr><td>a<td>b<td rowspan=2>c<tr><td colspan=3>d<tr><td>1<td>2<td>3</table>")
    cut = at(table, 1, 0)
    assert (cut.text, cut.colspan, cut.flags) == ("d", 2, ("span_overlap",))
    assert at(table, 1, 2).text == "c"
    assert all(not cell.flags for cell in table.cells if cell is not cut)


def test_columns_in_which_no_cell_begins_do_not_count(grid):
    table = grid("<table><tr><td>信息内容<td colspan=2>本年<td>现行<tr><td>规章<td colspan=2>1<td>3</table>")
    assert [(cell.text, cell.column, cell.colspan) for cell in table.cells if cell.row == 1] == [
        ("规章", 0, 1),
        ("1", 1, 1),
        ("3", 2, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><p>社会</p>\n<p>公益</p><p>组织</p></td>", "社会\n公益\n组织"),
        ("<td>科研<br>机构</td>", "科研\n机构"),
        ("<td>&nbsp;<span>1</span><span>2</span><o:p>&nbsp;</o:p></td>", "12"),
        ("<td>\u3000\u2003 7730.<b>28</b>\u3000</td>", "7730.28"),
        ("<td><p><o:p>&nbsp;</o:p></p></td>", ""),
        ("<td>5<sup>①</sup></td>", "5[①]"),
        ("<td>5<sup>1</sup></td>", "5[1]"),
        ("<td>5<span style='vertical-align: super'>注2</span></td>", "5[注2]"),
        ("<td>5<sup>[1]</sup></td>", "5[1]"),
        ("<td>30m<sup>2</sup></td>", "30m2"),
        ("<td><del>5</del><ins>6</ins></td>", "6"),
        ("<td><span style='text-decoration:line-through'>5</span>6</td>", "6"),
        ("<td><span style='display:none'>99</span>3</td>", "3"),
        ("<td><span hidden>99</span>3</td>", "3"),
        ("<td><input type='text' value='4' readonly><input type=hidden value=9></td>", "4"),
        ("<td>第二十条\n      第（一）项</td>", "第二十条第（一）项"),
        ("<td>1 234</td>", "1 234"),
        ("<td>&#50;&#x35;&lt;</td>", "25<"),
        ("<td>1\u200b2\ufeff</td>", "12"),
        ("<td>２５</td>", "２５"),
        ("<td><table><tr><td>3<td>件</table></td>", "3 件"),
        ("<td><table><tr><td>3</table></td>", "3"),
    ],
)
def test_the_text_of_a_cell_is_what_a_browser_shows(grid, cell, text):
    table = grid(f"<table><tr><td>a</td>{cell}</tr><tr><td>b</td><td>c</td></tr></table>")
    assert at(table, 0, 1).text == text
    assert at(table, 1, 1).text == "c"


def test_a_table_that_lays_out_the_page_is_no_grid(blocks):
    inner = requests_table()
    found = blocks(f"<table><tr><td>菜单<td><p>三、收到和处理</p>{inner}<p>四、复议</p></table>")
    assert [block.text if isinstance(block, Paragraph) else "grid" for block in found] == [
        "菜单",
        "三、收到和处理",
        "grid",
        "四、复议",
    ]


def test_a_table_beside_the_cells_of_a_layout_is_kept_in_order(blocks):
    found = blocks("<table><tr><td>a</td><td><p>" + "文" * 400 + "</p><ul><li>b</ul></td></tr></table>c")
    assert [block.text[:1] for block in found] == ["a", "文", "b", "c"]


@pytest.mark.parametrize("body", ["<table><tr><td>甲<tr><td>乙</table>", "<table border=1><tr><td><p>甲<p>乙</table>"])
def test_a_table_of_one_column_is_prose_under_ruling(blocks, body):
    assert [block.text for block in blocks(body)] == ["甲", "乙"]


def test_text_beside_the_cells_comes_before_the_grid(blocks):
    caption, stray, table = blocks(
        "<table><caption>表三</caption><tr><td>a<td>b</tr><p>单位：件</p><tr><td>1<td>2</table>"
    )
    assert (caption.text, stray.text) == ("表三", "单位：件")
    assert grid_rows(table) == [["a", "b"], ["1", "2"]]


def test_cells_that_a_parser_nests_in_each_other_are_neighbours(grid):
    table = grid("<table><tr><td><b><font>a<td><i><span>b<tr><td><u>c<td>d</table>")
    assert grid_rows(table) == [["a", "b"], ["c", "d"]]


def test_a_cell_that_is_not_displayed_takes_no_place_but_an_invisible_one_does(grid):
    table = grid("<table><tr><td style='display:none'>9<td>1<td>2<tr><td style='visibility:hidden'>3<td>4</table>")
    assert [(cell.row, cell.column) for cell in table.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_row_that_is_not_shown_is_not_read(grid):
    table = grid("<table><tr><td>a<td>b<tr style='display: none'><td>9<td>9<tr><td>c<td>d</table>")
    assert grid_rows(table) == [["a", "b"], ["c", "d"]]


spans = st.integers(0, 4) | st.sampled_from([10**9, 7])
cells = st.tuples(st.sampled_from(["td", "th"]), spans, spans)
rows = st.lists(st.lists(cells, max_size=5), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(rows)
def test_cells_never_overlap_and_every_text_is_kept_once(tmp_path_factory, rows):
    names = iter(range(1000))
    body = "".join(
        "<tr>" + "".join(f"<{tag} rowspan={down} colspan={across}>c{next(names)}" for tag, down, across in row)
        for row in rows
    )
    path = tmp_path_factory.mktemp("spans") / "page.html"
    path.write_text(f"<p>x</p><table>{body}</table>", encoding="utf-8")
    taken: set[tuple[int, int]] = set()
    texts = []
    for block in read(path).blocks[1:]:
        if isinstance(block, Paragraph):
            texts.append(block.text)
            continue
        for cell in block.cells:
            texts.append(cell.text)
            places = {
                (cell.row + down, cell.column + across)
                for down in range(cell.rowspan)
                for across in range(cell.colspan)
            }
            assert places
            assert not places & taken
            taken |= places
    assert texts == [f"c{n}" for n in range(next(names))]
