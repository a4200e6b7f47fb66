"""What PDFium says of a page is what pdfplumber says; pages where it is not are known and sent to pdfplumber."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from pdf_makers import HEIGHT, WIDTH, Sheet, make_pdf, raw_page

from gongkai.document import Document, Grid
from gongkai.readers.pdf import fast, read, reader, stock
from gongkai.readers.pdf.layout import blocks_of
from gongkai.readers.pdf.page import Page, PageError
from gongkai.readers.unify import UNIFIED

ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "12", "345"],
    ["行政规范性文件", "6", "7", "8,901"],
    ["第二十条第（五）项", None, None, None],
    ["行政许可", "550", None, None],
]
XS = [60, 200, 300, 400, 500]


def report(sheet: Sheet) -> None:
    sheet.text(60, 60, "二、主动公开政府信息情况", size=14)
    sheet.table(ROWS, XS, 100)
    sheet.text(60, 230, "2023年，本机关主动公开 1136 条。")


def fast_page(path: Path, index: int = 0) -> Page:
    pdf = pdfium.PdfDocument(path)
    try:
        return fast.read_page(pdf, index)
    finally:
        pdf.close()


def stock_page(path: Path, index: int = 0) -> Page:
    with stock.pages_of(path) as read_page:
        return read_page(index)


def matrices(document: Document | Page) -> list[list[list[str | None]]]:
    """The ruled grids as pdfplumber gives tables: None where a cell goes on."""
    blocks = blocks_of(document) if isinstance(document, Page) else document.blocks
    found = []
    for grid in blocks:
        if isinstance(grid, Grid) and grid.kind == "ruled":
            height = max(cell.row + cell.rowspan for cell in grid.cells)
            width = max(cell.column + cell.colspan for cell in grid.cells)
            matrix: list[list[str | None]] = [[None] * width for _ in range(height)]
            for cell in grid.cells:
                matrix[cell.row][cell.column] = cell.text
            found.append(matrix)
    return found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("rules", ["lines", "rectangles", "thin"])
def test_tables_are_those_of_pdfplumber(tmp_path: Path, rules: str, rotate: int) -> None:
    path = make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.table(ROWS, XS, 100, rules=rules)], rotate=rotate)
    with pdfplumber.open(path) as pdf:
        # Upside down, pdfplumber finds the table but not its reading order.
        expected = pdf.pages[0].extract_tables() if rotate == 0 else [ROWS]
    assert matrices(fast_page(path)) == expected


def test_characters_are_those_of_pdfplumber(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [report])
    ours = fast_page(path).chars
    with pdfplumber.open(path) as pdf:
        theirs = [char for char in pdf.pages[0].chars if not char["text"].isspace()]
    assert "".join(char.text for char in ours) == "".join(char["text"] for char in theirs)
    for char, other in zip(ours, theirs, strict=True):
        assert char.x0 == pytest.approx(other["x0"], abs=0.01)
        assert char.top <= (other["top"] + other["bottom"]) / 2 <= char.bottom
        assert char.base == pytest.approx(HEIGHT - other["matrix"][5], abs=0.01)


def test_rules_are_those_of_pdfplumber(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [report])
    page = fast_page(path)
    with pdfplumber.open(path) as pdf:
        edges = pdf.pages[0].edges
    assert len(page.vertical) == sum(edge["orientation"] == "v" for edge in edges)
    assert sorted(rule.at for rule in page.horizontal) == pytest.approx(
        sorted(edge["top"] for edge in edges if edge["orientation"] == "h"), abs=0.01
    )


@pytest.mark.parametrize("box", ["0 0 400 300", "-20 50 380 350", "30 10 430 310"])
def test_places_count_from_the_same_corner_as_pdfplumbers(tmp_path: Path, box: str) -> None:
    content = b"BT /F 10 Tf 100 200 Td (ab) Tj ET"
    path = raw_page(tmp_path / "t.pdf", content, f"/MediaBox [{box}]".encode())
    with pdfplumber.open(path) as pdf:
        expected = pdf.pages[0].chars[0]
    place = read(path).blocks[0].place
    assert place.x0 == pytest.approx(expected["x0"])
    assert place.top <= (expected["top"] + expected["bottom"]) / 2 <= place.bottom


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_places_on_a_turned_page_are_where_pdfplumber_has_the_character(tmp_path: Path, rotate: int) -> None:
    content = b"BT /F 10 Tf 100 200 Td (a) Tj ET"
    path = raw_page(tmp_path / "t.pdf", content, b"/MediaBox [0 0 400 300] /Rotate %d" % rotate)
    with pdfplumber.open(path) as pdf:
        char = pdf.pages[0].chars[0]
    place = read(path).blocks[0].place
    assert place.x0 <= (char["x0"] + char["x1"]) / 2 <= place.x1
    assert place.top <= (char["top"] + char["bottom"]) / 2 <= place.bottom


def test_both_ways_of_reading_give_the_same_blocks(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [report])
    ours, theirs = blocks_of(fast_page(path)), blocks_of(stock_page(path))
    assert matrices(fast_page(path)) == matrices(stock_page(path))
    assert [type(block) for block in ours] == [type(block) for block in theirs]


# The gate.


def test_a_plain_page_is_read_the_fast_way(tmp_path: Path) -> None:
    assert read(make_pdf(tmp_path / "t.pdf", [report])).notes == []


def test_a_turned_page_with_its_corner_elsewhere_is_read_with_pdfplumber(tmp_path: Path) -> None:
    content = b"BT /F 10 Tf 100 200 Td (a) Tj ET"
    path = raw_page(tmp_path / "t.pdf", content, b"/MediaBox [30 10 430 310] /Rotate 90")
    with pytest.raises(fast.NeedsStock, match="corner"):
        fast_page(path)
    document = read(path)
    assert document.notes == [
        "page 1: read with pdfplumber (a turned page whose corner is not the origin)",
    ]
    with pdfplumber.open(path) as pdf:
        assert document.blocks[0].place.x0 == pytest.approx(pdf.pages[0].chars[0]["x0"])


def test_text_that_claims_to_be_other_characters_is_read_as_printed(tmp_path: Path) -> None:
    content = b"/Span <</ActualText (99)>> BDC BT /F 10 Tf 100 200 Td (12) Tj ET EMC"
    path = raw_page(tmp_path / "t.pdf", content)
    with pytest.raises(fast.NeedsStock, match="other characters"):
        fast_page(path)
    assert [block.text for block in read(path).blocks] == ["12"]


def without_unicode(path: Path) -> Path:
    """A page whose font has no way to tell its characters: only glyph numbers."""
    font = (
        b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Type /Font"
        b" /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
        b" /DW 1000 /FontDescriptor <</Type /FontDescriptor /FontName /X /Flags 4 /Ascent 880 /Descent -120>>>>]>>"
    )
    content = b"BT /G 10 Tf 100 200 Td <0041004200430044> Tj ET BT /F 10 Tf 100 100 Td (plain words here) Tj ET"
    page = b"/MediaBox [0 0 400 300] /Resources <</Font <</F 5 0 R /G 6 0 R>>>>"
    return raw_page(path, content, page, [font])


def test_characters_without_unicode_are_read_with_pdfplumber(tmp_path: Path) -> None:
    path = without_unicode(tmp_path / "t.pdf")
    with pytest.raises(fast.NeedsStock, match="without Unicode"):
        fast_page(path)
    assert "�" in stock_page(path).chars[0].text


def test_only_so_many_pages_are_read_the_slow_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_STOCK_PAGES", 0)
    with pytest.raises(reader.UnreadableFile, match="slow way"):
        read(without_unicode(tmp_path / "t.pdf"))


# What neither library does by itself.


def test_characters_printed_twice_for_boldness_are_read_once(tmp_path: Path) -> None:
    def bold(sheet: Sheet) -> None:
        for shift in (0, 0.25):
            sheet.text(60 + shift, 60, "总计 22 件")

    path = make_pdf(tmp_path / "t.pdf", [bold])
    assert [block.text for block in read(path).blocks] == ["总计 22 件"]


def test_the_same_digit_twice_in_a_row_is_two_digits(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.text(60, 60, "共计：11", size=5)])
    assert [block.text for block in read(path).blocks] == ["共计：11"]


def test_two_figures_with_a_printed_blank_between_them_stay_two(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.text(60, 60, "12 34", size=6)])
    assert [block.text for block in read(path).blocks] == ["12 34"]


def test_a_watermark_is_left_out_and_noted(tmp_path: Path) -> None:
    def marked(sheet: Sheet) -> None:
        report(sheet)
        sheet.canvas.translate(100, 500)
        sheet.canvas.rotate(45)
        sheet.text(0, sheet.height, "内部资料", size=60)

    document = read(make_pdf(tmp_path / "t.pdf", [marked]))
    assert matrices(document) == [ROWS]
    assert document.notes == ["page 1: 4 characters that stand askew were left out"]


def test_a_page_of_sideways_text_is_read_upright_and_placed_as_it_lies(tmp_path: Path) -> None:
    def sideways(sheet: Sheet) -> None:
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
        sheet.height = WIDTH
        report(sheet)

    path = make_pdf(tmp_path / "t.pdf", [sideways])
    document = read(path)
    assert matrices(document) == [ROWS]
    place = document.blocks[0].place
    with pdfplumber.open(path) as pdf:
        inside = pdf.pages[0].within_bbox((place.x0 - 1, place.top - 1, place.x1 + 1, place.bottom + 1)).chars
    assert "".join(char["text"] for char in inside) == "二、主动公开政府信息情况"


def test_radicals_become_the_characters_they_look_like() -> None:
    assert "".join(UNIFIED[char] for char in "⼯⼈⺠⻔⼾︑") == "工人民门户、"
    assert all(len(char) == 1 and text != char for char, text in UNIFIED.items())


def test_typed_notes_and_form_fields_are_part_of_the_page(tmp_path: Path) -> None:
    def with_field(sheet: Sheet) -> None:
        sheet.text(60, 60, "Total:")
        sheet.canvas.acroForm.textfield(name="total", value="77", x=120, y=HEIGHT - 66, width=60, height=16)

    texts = [block.text for block in read(make_pdf(tmp_path / "t.pdf", [with_field])).blocks]
    assert "77" in " ".join(texts)


def test_a_page_with_more_than_any_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_MOST_CHARS", 10)
    with pytest.raises(PageError, match="more characters"):
        fast_page(make_pdf(tmp_path / "t.pdf", [report]))
