"""PDF files that cannot be read say why in one line, soon, and in little memory; scans are known as such."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from pdf_makers import HEIGHT, WIDTH, Sheet, make_pdf, raw_page, raw_pdf
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from gongkai.errors import UnreadableFile
from gongkai.readers import scan as scans
from gongkai.readers.pdf import apart, read
from gongkai.readers.pdf.kinds import is_garbled

ROWS = [["规章", "0", "12"], ["行政规范性文件", "6", "7"]]
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"


def table(sheet: Sheet) -> None:
    sheet.table(ROWS, [60, 260, 340, 420], 100)


def scan(sheet: Sheet) -> None:
    picture = Image.new("L", (300, 400), 200)
    sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)


def hidden(sheet: Sheet) -> None:
    scan(sheet)
    for y in (100, 120, 140):
        for x, word in ((60, "label"), (260, "12"), (340, "345"), (420, "6789")):
            text = sheet.canvas.beginText(x, HEIGHT - y)
            text.setFont("Helvetica", 10)
            text.setTextRenderMode(3)
            text.textLine(word)
            sheet.canvas.drawText(text)


def reason(path: Path) -> str:
    """The one line with which a file is refused, within the time that is allowed for it."""
    start = time.monotonic()
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert time.monotonic() - start < 20  # 10 s on a machine that does nothing else
    assert "\n" not in str(refusal.value)
    assert str(path) in str(refusal.value)
    return refusal.value.reason


def test_an_encrypted_file_is_refused_without_asking_for_a_password(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [table], encrypt=StandardEncryption("user", "owner", strength=128))
    assert reason(path) == "the PDF is encrypted and opens only with a password"


def test_a_file_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [table], encrypt=StandardEncryption("", "owner", canCopy=0, strength=128))
    assert len(read(path).blocks) == 1


def test_a_truncated_file(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [table])
    path.write_bytes(path.read_bytes()[:-400])
    assert reason(path) == "the PDF is cut off: its end is missing"


def test_a_file_with_its_middle_gone(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [table])
    data = path.read_bytes()
    path.write_bytes(data[:200] + data[-100:])
    assert "damaged" in reason(path)


def test_a_file_that_is_only_called_pdf(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"not a pdf at all " * 50 + b"%%EOF")
    assert "damaged" in reason(path)


def test_zero_pages(tmp_path: Path) -> None:
    path = raw_pdf(tmp_path / "t.pdf", [CATALOG, b"<</Type /Pages /Kids [] /Count 0>>"])
    assert reason(path) in ("the PDF has no pages", "the PDF is damaged")


def test_five_thousand_pages(tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 5003))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>"
    path = raw_pdf(tmp_path / "t.pdf", [CATALOG, b"<</Type /Pages /Kids [%s] /Count 5000>>" % kids, *[page] * 5000])
    assert reason(path) == "the PDF has 5000 pages; a report has fewer than 1000"


def test_a_page_that_is_missing(tmp_path: Path) -> None:
    path = raw_pdf(tmp_path / "t.pdf", [CATALOG, b"<</Type /Pages /Kids [2 0 R] /Count 1>>"])
    assert "damaged" in reason(path)


def test_pages_nested_ten_thousand_deep(tmp_path: Path) -> None:
    nodes = [b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % (number + 1) for number in range(2, 10_000)]
    path = raw_pdf(tmp_path / "t.pdf", [CATALOG, *nodes, b"<</Type /Page /MediaBox [0 0 100 100]>>"])
    assert "damaged" in reason(path)


def test_drawings_nested_a_thousand_deep(tmp_path: Path) -> None:
    forms = [
        (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X %d 0 R>>>>" % (number + 1),
            b"/X Do",
        )
        for number in range(6, 1006)
    ]
    page = b"/MediaBox [0 0 400 300] /Resources <</XObject <</X 6 0 R>>>>"
    reason(raw_page(tmp_path / "t.pdf", b"/X Do", page, forms))


def test_drawings_that_multiply_are_read_in_bounded_memory_and_time(tmp_path: Path) -> None:
    forms = [
        (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X %d 0 R>>>>" % (number + 1),
            b"/X Do /X Do",
        )
        for number in range(6, 36)
    ]
    last = (b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m 9 9 l S")
    page = b"/MediaBox [0 0 400 300] /Resources <</XObject <</X 6 0 R>>>>"
    path = raw_page(tmp_path / "t.pdf", b"/X Do", page, [*forms, last])
    assert reason(path) == "the PDF unfolds to more than can be read in bounded memory and time"


def test_a_page_that_inflates_to_a_gigabyte(tmp_path: Path) -> None:
    deflate = zlib.compressobj(9)
    piece = b"0 0 m 9 9 l S\n" * 100_000
    data = b"".join(deflate.compress(piece) for _ in range(700)) + deflate.flush()
    path = raw_pdf(
        tmp_path / "t.pdf",
        [
            CATALOG,
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R>>",
            (b"/Filter /FlateDecode", data),
        ],
    )
    assert path.stat().st_size < 3_000_000
    assert reason(path) == "the PDF unfolds to more than can be read in bounded memory and time"


def test_an_ordinary_file_is_not_taken_for_one_that_unfolds(tmp_path: Path) -> None:
    assert not apart.unfolds(make_pdf(tmp_path / "t.pdf", [table, scan] * 20).read_bytes())


def test_a_file_read_apart_gives_the_same_document(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [table])
    assert apart.read_apart(path) == read(path)


def test_an_error_of_a_file_read_apart_is_the_same_error(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "t.pdf", [scan])
    with pytest.raises(UnreadableFile, match="is a scan"):
        apart.read_apart(path)


def test_a_scan_is_refused_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    path = make_pdf(tmp_path / "t.pdf", [scan, lambda sheet: (scan(sheet), sheet.text(280, 820, "- 2 -"))])
    assert reason(path) == "the PDF is a scan without text; to read scans: pip install 'gongkai[ocr]'"


def test_a_scan_that_shows_nothing_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    path = make_pdf(tmp_path / "t.pdf", [scan])
    assert reason(path) == "the PDF is a scan without text, and nothing can be read in its picture"


def test_a_picture_with_a_title_on_it_keeps_the_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    cover = lambda sheet: (scan(sheet), sheet.text(100, 300, "政府信息公开工作年度报告"))  # noqa: E731
    document = read(make_pdf(tmp_path / "t.pdf", [cover, table]))
    assert document.blocks[0].text == "政府信息公开工作年度报告"
    assert document.metadata["scan"] == "1"


def test_a_scanned_page_among_others_is_recorded(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "t.pdf", [table, scan]))
    assert document.metadata["scan"] == "2"
    assert document.notes == ["page 2: a picture without text, not read"]
    assert [block.place.page for block in document.blocks] == [1]


def test_text_unseen_under_a_picture_is_read_but_doubted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    document = read(make_pdf(tmp_path / "t.pdf", [hidden]))
    assert document.metadata["hidden"] == "1"
    assert {cell.flags for block in document.blocks for cell in getattr(block, "cells", ())} == {("low_confidence",)}


def test_only_empty_pages(tmp_path: Path) -> None:
    assert reason(make_pdf(tmp_path / "t.pdf", [lambda sheet: None])) == "the PDF has only empty pages"


def test_a_text_layer_of_other_characters_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    nonsense = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(200))
    path = make_pdf(tmp_path / "t.pdf", [lambda sheet: sheet.text(20, 60, nonsense)])
    assert "no real characters" in reason(path)


def test_what_is_garbled_and_what_is_not() -> None:
    assert not is_garbled("二、主动公开政府信息情况：2023年，本机关公开规范性文件12件。")
    assert not is_garbled("二、主動公開政府信息情況：2023年，本機關公開規範性文件12件。")
    assert not is_garbled("12 345 6,789")
    assert is_garbled("\ufffd\ufffd\ufffd12\ufffd")
    assert is_garbled("ÖÐ»ªÈËÃñ¹²ºÍ¹úÕþ¸®ÐÅÏ¢¹«¿ª¹¤×÷")
