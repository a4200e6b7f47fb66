"""A font that a PDF names without containing: its characters are where the PDF says, whatever fonts a machine has."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from pdf_makers import make_pdf, raw_page

from gongkai.readers.pdf import fast, read
from gongkai.readers.pdf.page import Page

CHINESE, KNOWN_BY_GLYPH = b"GB1", b"Identity"
DESCRIPTOR = b"<</Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 -140 1000 860] /Ascent 860 /Descent -140>>"


def page_of(path: Path) -> Page:
    with pdfium.PdfDocument(path) as pdf:
        return fast.read_page(pdf, 0)


def named_font(path: Path, encoding: bytes, text: bytes, ordering: bytes = CHINESE) -> Path:
    """A page whose text is set in a font that the file does not contain, with digits half as wide as characters."""
    font = (
        b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /%s /DescendantFonts [<</Type /Font /Subtype"
        b" /CIDFontType2 /BaseFont /X /DW 1000 /W [814 907 500] /CIDSystemInfo <</Registry (Adobe) /Ordering (%s)"
        b" /Supplement 2>> /FontDescriptor %s>>]>>" % (encoding, ordering, DESCRIPTOR)
    )
    content = b"BT /G 10 Tf 100 200 Td %s Tj ET" % text
    return raw_page(path, content, more=[font], fonts=b"/F 5 0 R /G 6 0 R")


@pytest.mark.parametrize(
    ("encoding", "text"), [(b"GBK-EUC-H", b"<D0C5CFA23132>"), (b"UniGB-UCS2-H", b"<4FE1606F00310032>")]
)
def test_boxes_are_as_wide_and_high_as_the_pdf_says(tmp_path: Path, encoding: bytes, text: bytes) -> None:
    path = named_font(tmp_path / "t.pdf", encoding, text)
    with pdfplumber.open(path) as pdf:
        expected = [(char["text"], char["x0"], char["top"], char["x1"], char["bottom"]) for char in pdf.pages[0].chars]
    ours = [(char.text, *char.box) for char in page_of(path).chars]
    assert [text for text, *_ in ours] == ["信", "息", "1", "2"]
    assert ours == [pytest.approx(char, abs=0.02) for char in expected]


def test_a_character_that_nothing_tells_is_not_dropped(tmp_path: Path) -> None:
    path = named_font(tmp_path / "t.pdf", b"Identity-H", b"<0200>", KNOWN_BY_GLYPH)
    with pytest.raises(fast.NeedsStock, match="without Unicode"):
        page_of(path)


def test_a_font_of_any_machine_would_have_the_rarest_character(tmp_path: Path) -> None:
    path = named_font(tmp_path / "t.pdf", b"Identity-H", b"<7148>")
    assert [char.text for char in page_of(path).chars] == ["䵺"]


def test_pages_are_drawn_with_the_machines_fonts_after_reading(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.text(60, 60, "信息公开2023")])

    def drawn() -> bytes:
        with pdfium.PdfDocument(path) as pdf:
            return bytes(pdf[0].render().buffer)

    before = drawn()
    read(path)
    assert drawn() == before
