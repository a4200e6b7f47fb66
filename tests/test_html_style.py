"""What a page's style sheets do to its text, fields and pictures in cells, and feet written before bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.document import Grid
from gongkai.readers.html import read


@pytest.fixture
def rows(tmp_path: Path):
    """The texts of the rows of a page's only table, by its style sheet and the table's content."""

    def of(style: str, content: str) -> list[list[str]]:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head><style>{style}</style></head><body><table>{content}</table></body></html>")
        (grid,) = [block for block in read(path).blocks if isinstance(block, Grid)]
        return [[cell.text or ",".join(cell.flags) for cell in row] for row in grid.rows()]

    return of


FIGURE = "<tr><td>总计</td><td><div id=d class='a b'><i class=c>8</i>12</div></td></tr><tr><td>其他</td><td>3</td></tr>"


@pytest.mark.parametrize(
    "style",
    [
        ".c{display:none}",
        "table td div.a .c, p { color : red ; display : none !important }",
        "#d > i { visibility: hidden }",
        "/* .x{} */ @media screen and (min-width: 9px) { .c { opacity: 0 } }",
        "i.c { text-decoration-line: line-through }",
        ".c{font-size:0}",
        ".c{display:block} .b .c{display:none} i{display:inline}",
    ],
)
def test_what_a_style_sheet_hides_or_strikes_out_is_no_part_of_a_figure(rows, style):
    assert rows(style, FIGURE)[0] == ["总计", "12"]


@pytest.mark.parametrize(
    "style",
    [
        "@media (max-width: 600px) { .c { display: none } }",
        "@media print { .c { display: none } }",
        ".b > .c, .x .c { display: none } .b > .c { display: inline }",
        "p .c { display: none }",
        "div > table .c { display: none }",
        ".c:hover { display: none }",
        ".c { opacity: 0.5; font-size: 0.9em }",
    ],
)
def test_what_other_media_and_other_elements_hide_is_read(rows, style):
    assert rows(style, FIGURE)[0] == ["总计", "812"]


@pytest.mark.parametrize(
    ("row", "text"),
    [("", "12"), (" bgcolor=#003366", "812"), (" style='background:#036'", "812"), (" class=head", "812")],
)
def test_white_is_seen_only_on_a_ground_that_may_be_dark(rows, row, text):
    content = f"<tr{row}><td>总计</td><td><span style='color:#FFF'>8</span>12</td></tr><tr><td>其他</td><td>3</td></tr>"
    assert rows("", content)[0] == ["总计", text]


def test_an_element_shows_itself_again(rows):
    content = FIGURE.replace("<i class=c>", "<i class=c style='display:inline'>")
    assert rows(".c{display:none}", content)[0] == ["总计", "812"]
    assert rows(".c{display:none !important}", content)[0] == ["总计", "12"]


def test_a_figure_raised_by_a_style_sheet_is_a_note(rows):
    assert rows(".n{vertical-align:super}", "<tr><td>总计</td><td>5<b class=n>1</b></td></tr>")[0] == ["总计", "5[1]"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("<textarea>12</textarea>", "12"),
        ("<select><option>9<option selected>12</select>", "12"),
        ("<select><option>12<option>9</select>", "12"),
        ("<button>12</button>", "12"),
        ("<input value=12>", "12"),
        ("<img src=n.png>", "unreadable"),
        ("<canvas></canvas>", "unreadable"),
        ("<img src=dot.gif width=1>", ""),
        ("<img src=n.png>12", "12"),
    ],
)
def test_fields_and_pictures_in_cells(rows, field, text):
    assert rows("", f"<tr><td>总计</td><td>{field}</td></tr>")[0] == ["总计", text]


def test_the_foot_of_a_table_is_its_end_wherever_it_was_written(rows):
    content = "<thead><tr><th>甲<th>乙</thead><tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>其他<td>2</tbody>"
    assert rows("", content) == [["甲", "乙"], ["其他", "2"], ["总计", "3"]]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("td[data-v]::before{content:attr(data-v)}", "12"),
        (".n:after { content : attr( data-v ) '件' }", "12"),
        (".n::before{content:'8'}", "blank"),
        (".n::before{content:attr(data-v)} table .n::before{display:none}", "blank"),
        (".m::before{content:attr(data-v)}", "blank"),
        (".n::before{content:attr(data-w)}", "blank"),
        (".n::before{display:none} .n{content:attr(data-v)}", "blank"),
    ],
)
def test_text_that_a_style_sheet_takes_from_an_attribute_is_shown(rows, style, shown):
    content = "<tr><td>总计</td><td class=n data-v=12></td></tr><tr><td>其他</td><td>3</td></tr>"
    assert rows(style, content)[0] == ["总计", shown.replace("blank", "")]
    assert rows(style, content)[1] == ["其他", "3"]
