"""Tables pasted as pictures into documents of text: read where they stand, or said not to be read."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import numpy as np
import pytest
from builders import build_report
from pdf_makers import FONT, make_pdf
from pdf_makers import WIDTH as PAGE_WIDTH
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from scan_pages import LEFT, ROW, ROWS, WIDTHS, draw_page

import gongkai as gk
from gongkai import readers
from gongkai.document import Document, Grid
from gongkai.readers import insets, scan
from gongkai.readers.pdf import insets as pdf_insets
from gongkai.readers.ruled import is_large_enough, is_ruled

REPORT = ["某县教育局2023年政府信息公开工作年度报告", "一、总体情况", "二、主动公开政府信息情况"]
BEFORE, AFTER = (
    "二、主动公开政府信息情况如下表所列，请予查阅，如有疑问请与本机关办公室联系。",
    "五、存在的主要问题及改进情况",
)
MARGIN = 8  # dots of paper around the pasted table
X, Y, WIDTH = 70, 200, 450  # points: where the PDF has it


def pasted() -> Image.Image:
    """The drawn table, cut out as a screenshot is."""
    right, bottom = LEFT + sum(WIDTHS), 300 + ROW * len(ROWS)
    return draw_page().crop((LEFT - MARGIN, 300 - MARGIN, right + MARGIN, bottom + MARGIN))


def encoded(picture: Image.Image, kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def bomb() -> bytes:
    """The head of a PNG that would have ten thousand million dots."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(5000)) + bytes(2000)) + chunk(b"IEND", b"")


def photograph() -> Image.Image:
    """A view of hills in soft light, with grain."""
    y, x = np.mgrid[0:600, 0:900]
    hills = 120 + 60 * np.sin(x / 90) + y / 8 + np.random.default_rng(1).normal(0, 12, (600, 900))
    return Image.fromarray(np.clip(hills, 0, 255).astype(np.uint8)).convert("RGB")


def code() -> Image.Image:
    """A code of black and white squares."""
    squares = np.random.default_rng(2).integers(0, 2, (41, 41)).astype(np.uint8) * 255
    return Image.fromarray(np.kron(squares, np.ones((10, 10), np.uint8))).convert("RGB")


def emblem() -> Image.Image:
    picture = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(picture)
    for inset in (20, 30, 90):
        draw.ellipse((inset, inset, 400 - inset, 400 - inset), outline="red", width=4)
    return picture


def word(path: Path, *pictures: bytes, lines: Sequence[str] = (BEFORE,)) -> Path:
    """A Word file with pictures between two paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for picture in pictures:
        document.add_picture(BytesIO(picture))
    document.add_paragraph(AFTER)
    document.save(str(path))
    return path


def with_part(path: Path, data: bytes) -> Path:
    """A Word file whose picture has this content, which python-docx would refuse."""
    from zipfile import ZipFile

    word(path, encoded(pasted()))
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, data if name.startswith("word/media/") else content)
    return path


def pdf(path: Path, picture: Image.Image, over: str = "", lines: Sequence[str] = (BEFORE * 3,)) -> Path:
    """A PDF page with a picture between two lines."""

    def draw(sheet):
        height = WIDTH * picture.height / picture.width
        for i, line in enumerate(lines):
            sheet.text(60, 100 + 20 * i, line)
        sheet.canvas.drawImage(ImageReader(picture), X, sheet.height - Y - height, WIDTH, height)
        sheet.text(X + 5, Y + 40, over)
        sheet.text(60, 700, AFTER)

    return make_pdf(path, [draw])


def web(path: Path, *sources: str) -> Path:
    pictures = "".join(f"<p><img src='{source}'></p>" for source in sources)
    path.write_text(f"<html><body><p>{BEFORE}</p>{pictures}<p>{AFTER}</p></body></html>", encoding="utf-8")
    return path


def as_data(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def shape(document: Document) -> list[object]:
    """The blocks: texts, and tables row by row."""
    return [
        [[cell.text for cell in row] for row in block.rows()] if isinstance(block, Grid) else block.text
        for block in document.blocks
    ]


@pytest.fixture
def never_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recogniser may not be asked."""
    pytest.importorskip("rapidocr")
    from gongkai.readers.scan import inset

    def refuse(*_: object) -> None:
        raise AssertionError("the recogniser was asked")

    monkeypatch.setattr(inset, "read_inset", refuse)


class TestWhatLooksLikeATable:
    def test_a_pasted_table(self) -> None:
        assert is_ruled(pasted())

    @pytest.mark.parametrize("degrees", [0.7, -1.5])
    def test_one_that_lies_askew(self, degrees: float) -> None:
        assert is_ruled(pasted().rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white"))

    def test_one_with_low_rows_in_few_dots(self) -> None:
        assert is_ruled(pasted().resize((480, 116), Image.Resampling.LANCZOS))

    def test_one_of_many_dots(self) -> None:
        assert is_ruled(pasted().resize((3000, 720), Image.Resampling.BICUBIC))

    @pytest.mark.parametrize("picture", [photograph(), code(), emblem()], ids=["photograph", "code", "emblem"])
    def test_what_is_none(self, picture: Image.Image) -> None:
        assert is_large_enough(*picture.size)
        assert not is_ruled(picture)

    def test_logos_lines_and_dots_are_too_small(self) -> None:
        assert not any(is_large_enough(*size) for size in ((200, 200), (1200, 30), (1, 1), (5000, 60)))


class TestRead:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("rapidocr")

    def test_in_a_pdf_at_its_true_place(self, tmp_path: Path) -> None:
        document = readers.read(pdf(tmp_path / "t.pdf", pasted()))
        assert shape(document) == [BEFORE * 3, ROWS, AFTER]
        assert document.notes == ["page 1: a picture in the text, recognised"]
        [grid] = [block for block in document.blocks if isinstance(block, Grid)]
        place = next(cell.place for cell in grid.cells if cell.text == "307")
        points = WIDTH / pasted().width
        assert place.page == 1
        assert ((place.x0 + place.x1) / 2, (place.top + place.bottom) / 2) == pytest.approx(
            (X + (MARGIN + sum(WIDTHS[:3]) + WIDTHS[3] / 2) * points, Y + (MARGIN + 2.5 * ROW) * points), abs=2
        )

    def test_in_a_pdf_in_strips_and_with_a_crop_box(self, tmp_path: Path) -> None:
        picture = pasted()
        middle = picture.height // 2
        points = WIDTH / picture.width

        def draw(sheet):
            sheet.canvas.setCropBox((20, 30, 580, 820))
            sheet.text(60, 100, BEFORE)
            for top, bottom in ((0, middle), (middle, picture.height)):
                strip = ImageReader(picture.crop((0, top, picture.width, bottom)))
                low = sheet.height - Y - bottom * points
                sheet.canvas.drawImage(strip, X, low, WIDTH, (bottom - top) * points)

        document = readers.read(make_pdf(tmp_path / "t.pdf", [draw]))
        assert shape(document) == [BEFORE, ROWS]
        assert document.blocks[1].place.top == pytest.approx(Y + MARGIN * points, abs=6)

    def test_in_a_pdf_on_a_page_that_is_turned(self, tmp_path: Path) -> None:
        points = WIDTH / pasted().width

        def draw(sheet):
            sheet.canvas.setPageRotation(90)
            sheet.canvas.translate(PAGE_WIDTH, 0)
            sheet.canvas.rotate(90)
            for y, line in ((PAGE_WIDTH - 100, BEFORE), (40, AFTER)):
                sheet.canvas.setFont(FONT, 10)
                sheet.canvas.drawString(60, y, line)
            height = pasted().height * points
            sheet.canvas.drawImage(ImageReader(pasted()), X, PAGE_WIDTH - Y - height, WIDTH, height)

        document = readers.read(make_pdf(tmp_path / "t.pdf", [draw]))
        assert shape(document) == [BEFORE, ROWS, AFTER]
        assert (document.blocks[1].place.x0, document.blocks[1].place.top) == pytest.approx(
            (X + MARGIN * points, Y + MARGIN * points), abs=6
        )

    def test_the_evidence_is_the_page_or_the_table_as_it_was_read(self, tmp_path: Path) -> None:
        id = "disclosure/normative_documents/in_force"
        report = gk.parse(pdf(tmp_path / "t.pdf", pasted(), lines=REPORT))
        [exhibit] = report.evidence([id]).exhibits
        assert (report.printed()[id], exhibit.where, exhibit.png is not None) == (307, "第 1 页", True)
        report = gk.parse(word(tmp_path / "t.docx", encoded(pasted()), lines=REPORT))
        [exhibit] = report.evidence([id], "en").exhibits
        assert (report.printed()[id], exhibit.where) == (307, "picture 1, row 3, cell 4")

    def test_in_a_word_file(self, tmp_path: Path) -> None:
        document = readers.read(word(tmp_path / "t.docx", encoded(photograph(), "JPEG"), encoded(pasted())))
        assert shape(document) == [BEFORE, ROWS, AFTER]
        assert document.notes == ["picture 2: a picture in the text, recognised", "pictures, not read: 1"]
        assert document.blocks[1].cells[-1].place.path == "picture 2, row 4, cell 4"
        assert document.unread == 0

    def test_a_word_file_of_scanned_pages_is_read_whole(self, tmp_path: Path) -> None:
        pages = [encoded(draw_page([], ["一、总体情况"])), encoded(draw_page(lines=["二、主动公开政府信息情况"]))]
        document = readers.read(word(tmp_path / "t.docx", *pages, lines=()))
        assert shape(document) == ["一、总体情况", "二、主动公开政府信息情况", ROWS, AFTER]

    def test_in_a_page_as_data(self, tmp_path: Path) -> None:
        document = readers.read(web(tmp_path / "t.html", as_data(encoded(pasted()))))
        assert shape(document) == [BEFORE, ROWS, AFTER]
        assert document.notes == ["img[1]: a picture in the text, recognised"]

    @pytest.mark.parametrize("source", ["cid:table@page", "images/table.png", "https://gov.example/a/images/table.png"])
    def test_in_an_archive_of_a_page(self, tmp_path: Path, source: str) -> None:
        archive = EmailMessage()
        archive["MIME-Version"] = "1.0"
        archive.set_content(web(tmp_path / "t.html", source).read_text(encoding="utf-8"), subtype="html")
        archive.add_related(encoded(pasted()), "image", "png", cid="<table@page>")
        page, picture = archive.iter_parts()
        page["Content-Location"] = "https://gov.example/a/index.html"
        picture["Content-Location"] = "https://gov.example/a/images/table.png"
        (tmp_path / "t.mhtml").write_bytes(archive.as_bytes())
        assert shape(readers.read(tmp_path / "t.mhtml")) == [BEFORE, ROWS, AFTER]


@pytest.mark.usefixtures("never_recognised")
class TestLeftAlone:
    def test_what_is_no_table(self, tmp_path: Path) -> None:
        for picture in (photograph(), emblem()):
            document = readers.read(pdf(tmp_path / "t.pdf", picture))
            assert (shape(document), document.notes, document.unread) == ([BEFORE * 3, AFTER], [], 0)

    def test_a_ground_on_which_text_is_printed(self, tmp_path: Path) -> None:
        document = readers.read(pdf(tmp_path / "t.pdf", pasted(), over=BEFORE))
        assert (shape(document), document.notes) == ([BEFORE * 3, BEFORE, AFTER], [])

    def test_a_picture_elsewhere_is_not_fetched(self, tmp_path: Path) -> None:
        (tmp_path / "table.png").write_bytes(encoded(pasted()))
        document = readers.read(web(tmp_path / "t.html", "table.png", "https://gov.example/table.png"))
        assert (shape(document), document.notes, document.unread) == ([BEFORE, AFTER], ["pictures, not read: 2"], 2)


class TestHostile:
    @pytest.mark.parametrize(
        "data", [bomb(), encoded(pasted())[:3000], b"no picture at all " * 200], ids=["bomb", "cut off", "nonsense"]
    )
    def test_the_rest_of_the_file_is_read(self, tmp_path: Path, data: bytes) -> None:
        for path in (with_part(tmp_path / "t.docx", data), web(tmp_path / "t.html", as_data(data))):
            document = readers.read(path)
            assert shape(document) == [BEFORE, AFTER]
            assert document.unread == 1
            assert "a picture in the text, not read (the picture is " in document.notes[0]

    def test_pictures_in_a_pdf(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_insets, "MOST_DOTS", 10_000)
        document = readers.read(pdf(tmp_path / "t.pdf", pasted()))
        assert shape(document) == [BEFORE * 3, AFTER]
        assert document.unread == 1
        assert document.notes[0].startswith("page 1: a picture in the text, not read (the picture is too large")

    def test_so_many_that_looking_at_them_would_take_hours(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(insets, "_MOST_MET", 2)
        document = readers.read(word(tmp_path / "t.docx", *[encoded(photograph(), "JPEG")] * 5))
        assert document.notes == ["more pictures in the text than are looked at", "pictures, not read: 5"]
        assert document.unread == 3

    def test_broken_data(self, tmp_path: Path) -> None:
        source = "data:image/png;base64," + "%41" * 1000 + "A"
        assert shape(readers.read(web(tmp_path / "t.html", source, "gongkai:7", "gongkai:²"))) == [BEFORE, AFTER]


def test_without_the_extra_the_report_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    for path in (
        pdf(tmp_path / "t.pdf", pasted(), lines=REPORT),
        word(tmp_path / "t.docx", encoded(pasted()), lines=REPORT),
    ):
        report = gk.parse(path)
        assert report.document is not None
        [note] = [note for note in report.document.notes if "in the text" in note]
        assert note.endswith("a picture in the text, not read (to read pictures: pip install 'gongkai[ocr]')")
        assert report.flags["pictures"] == "needs_ocr"
        findings = gk.check(report, language="en")
        found = findings.loc[(findings["rule"] == "table_missing") & (findings["table"] == "disclosure")].iloc[0]
        assert (found["outcome"], found["severity"]) == ("not_assessable", "warning")
        assert "install gongkai[ocr]" in found["message"]


def test_a_table_that_may_stand_in_an_unread_picture_is_not_called_missing() -> None:
    report = build_report(forms={"disclosure": "2021", "litigation": "2021"})
    report.flags["pictures"] = "not_read"
    findings = gk.check(report)
    found = findings.loc[(findings["rule"] == "table_missing") & (findings["table"] == "requests")].iloc[0]
    assert found["outcome"] == "not_assessable"
    assert "请对照原件" in found["message"]
