"""What styles and colours do to the text of a Word file, and what stands in a cell without text."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import raw_docx, tbl, tr

from gongkai.document import Grid
from gongkai.readers import word

STYLES = "".join(
    f'<w:style w:type="character" w:styleId="{name}"><w:rPr>{look}</w:rPr></w:style>'
    for name, look in {
        "Hidden": "<w:vanish/>",
        "Struck": "<w:strike/>",
        "Raised": '<w:vertAlign w:val="superscript"/>',
        "White": '<w:color w:val="FFFFFF"/>',
    }.items()
) + (
    '<w:style w:type="character" w:styleId="Below"><w:basedOn w:val="Hidden"/></w:style>'
    '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
    "</w:style><w:style w:type='paragraph' w:styleId='HiddenLine'><w:rPr><w:vanish/></w:rPr></w:style>"
)
WHITE = '<w:color w:val="FFFFFF"/>'


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.fixture
def cell(tmp_path: Path):
    """The text of a cell with this content, or its flags where it has none."""

    def of(content: str, table: str = "", properties: str = "") -> str:
        path = tmp_path / "report.docx"
        inner = f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
        body = tbl(tr("总计", "1")).replace("<w:tbl>", f"<w:tbl><w:tblPr>{table}</w:tblPr>")
        start = body.rindex("<w:tc>")
        path.write_bytes(raw_docx(body[:start] + inner + "</w:tr></w:tbl>", styles=STYLES))
        (grid,) = [block for block in word.read(path).blocks if isinstance(block, Grid)]
        return grid.cells[-1].text or ",".join(grid.cells[-1].flags)

    return of


@pytest.mark.parametrize(
    ("look", "text"),
    [
        ('<w:rStyle w:val="Hidden"/>', "12"),
        ('<w:rStyle w:val="Below"/>', "12"),
        ('<w:rStyle w:val="Struck"/>', "12"),
        ('<w:rStyle w:val="White"/>', "12"),
        ('<w:rStyle w:val="Raised"/>', "12[8]"),
        ('<w:position w:val="8"/>', "12[8]"),
        ('<w:position w:val="2"/>', "128"),
        ('<w:rStyle w:val="Hidden"/><w:vanish w:val="0"/>', "128"),
        (WHITE, "12"),
        (WHITE + '<w:highlight w:val="black"/>', "128"),
    ],
)
def test_a_figure_is_what_is_seen_of_it(cell, look, text):
    assert cell(f"<w:p>{run('12')}{run('8', look)}</w:p>") == text


@pytest.mark.parametrize(
    ("table", "properties"),
    [
        ("", '<w:shd w:val="clear" w:fill="1F4E79"/>'),
        ('<w:tblStyle w:val="Dark"/>', ""),
        ('<w:shd w:fill="000000"/>', ""),
    ],
)
def test_white_is_seen_on_a_dark_ground(cell, table, properties):
    assert cell(f"<w:p>{run('12', WHITE)}</w:p>", table, properties) == "12"


def test_a_hidden_line_of_a_cell(cell):
    assert cell(f"<w:p>{run('12')}</w:p><w:p><w:pPr><w:pStyle w:val='HiddenLine'/></w:pPr>{run('8')}</w:p>") == "12"


def test_a_field_of_choices_shows_the_one_that_was_made(cell):
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in ("9", "12"))
    field = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert cell(f"<w:p><w:r>{field}</w:fldChar></w:r></w:p>") == "12"


def test_a_picture_in_a_cell_is_not_nothing(cell):
    picture = "<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>"
    assert cell(picture) == "unreadable"
    assert cell(picture + f"<w:p>{run('12')}</w:p>") == "12"
    assert cell("<w:p/>") == ""
