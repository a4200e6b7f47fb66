"""Pictures become Documents: what is printed, where, and how sure; files that cannot be read say why."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("rapidocr")

from pdf_makers import make_pdf
from reportlab.lib.utils import ImageReader
from scan_pages import DPI, LEFT, ROW, ROWS, WIDTHS, draw_page, font, on_a_desk, sent_to_recogniser, stamped

from gongkai import readers
from gongkai.document import ILLEGIBLE, Cell, Document, Grid, Paragraph
from gongkai.errors import UnreadableFile
from gongkai.readers import scan
from gongkai.readers.scan import page as scan_page
from gongkai.readers.scan.settle import Settled


def save(page: Image.Image, path: Path, **options: object) -> Path:
    page.save(path, **{"dpi": (DPI, DPI), **options})
    return path


def table(document: Document) -> list[list[str]]:
    """The text of the only table, row by row."""
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for row in grid.rows()]


def cell(document: Document, text: str) -> Cell:
    return next(
        cell for block in document.blocks if isinstance(block, Grid) for cell in block.cells if cell.text == text
    )


def flags(document: Document) -> set[str]:
    return {flag for block in document.blocks if isinstance(block, Grid) for cell in block.cells for flag in cell.flags}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return readers.read(save(draw_page(lines=["二、主动公开政府信息情况"]), tmp_path_factory.mktemp("s") / "t.png"))


def test_every_cell_of_a_ruled_table_is_read(plain: Document) -> None:
    assert table(plain) == ROWS
    assert flags(plain) == set()


def test_text_outside_tables_is_a_paragraph_before_them(plain: Document) -> None:
    first = plain.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == "二、主动公开政府信息情况"


def test_a_place_is_the_text_in_points(plain: Document) -> None:
    place = cell(plain, "307").place
    left, top = LEFT + sum(WIDTHS[:3]), 300 + 2 * ROW
    assert place.page == 1
    assert left * 72 / DPI < place.x0 < place.x1 < (left + WIDTHS[3]) * 72 / DPI
    assert top * 72 / DPI < place.top < place.bottom < (top + ROW) * 72 / DPI


@pytest.mark.parametrize(("options", "dpi"), [({"dpi": (300, 300)}, 300), ({"dpi": (1, 1)}, 150)])
def test_places_follow_the_picture_s_own_dots_an_inch_or_150(tmp_path: Path, options: dict, dpi: int) -> None:
    document = readers.read(save(draw_page(), tmp_path / "t.png", **options))
    assert cell(document, "307").place.top == pytest.approx((300 + 2.5 * ROW) * 72 / dpi, abs=16 * 72 / dpi)


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_turned_page_is_read_upright_and_its_places_are_where_they_are_seen(tmp_path: Path, degrees: int) -> None:
    page = draw_page(lines=["二、主动公开政府信息情况", "行政机关制发的规章和行政规范性文件"])
    turned = page.rotate(degrees, expand=True)
    document = readers.read(save(turned, tmp_path / "t.png"))
    assert table(document) == ROWS
    x, y = LEFT + sum(WIDTHS[:3]) + WIDTHS[3] / 2, 300 + 2.5 * ROW
    seen = {90: (y, page.width - x), 180: (page.width - x, page.height - y)}[degrees]
    place = cell(document, "307").place
    assert ((place.x0 + place.x1) / 2, (place.top + place.bottom) / 2) == pytest.approx(
        [side * 72 / DPI for side in seen], abs=3
    )


def test_a_skewed_and_recompressed_page(tmp_path: Path) -> None:
    page = draw_page().rotate(2.3, Image.Resampling.BICUBIC, fillcolor="white")
    assert table(readers.read(save(page, tmp_path / "t.jpg", quality=40))) == ROWS


def test_a_photograph_on_a_desk(tmp_path: Path) -> None:
    assert table(readers.read(save(on_a_desk(draw_page()), tmp_path / "t.jpg", quality=80))) == ROWS


def test_figures_under_a_stamp_are_right_or_doubted(tmp_path: Path) -> None:
    page = stamped(draw_page(), LEFT + sum(WIDTHS[:2]), 300 + 2 * ROW)
    document = readers.read(save(page, tmp_path / "t.jpg", quality=85))
    printed = {(r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    for found in grid.cells:
        assert found.text == printed[found.row, found.column] or found.flags


def middle(row: int, column: int) -> tuple[int, int]:
    """The middle of a cell of the drawn table, in dots."""
    return LEFT + sum(WIDTHS[:column]) + WIDTHS[column] // 2, 300 + ROW * row + ROW // 2


@pytest.mark.parametrize("ink", [(192, 0, 0), (200, 200, 200)], ids=["red", "faint"])
def test_a_cell_is_not_blank_without_doubt_where_a_figure_is_red_or_faint(
    tmp_path: Path, ink: tuple[int, int, int]
) -> None:
    page = draw_page()
    ImageDraw.Draw(page).text(middle(1, 2), "508", ink, font(20), anchor="mm")
    document = readers.read(save(page, tmp_path / "t.png"))
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    found = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 2))
    assert found.text == "508" or found.flags
    assert not next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 3)).flags


def test_print_that_is_faint_all_over_is_read(tmp_path: Path) -> None:
    page = draw_page(lines=["二、主动公开政府信息情况"]).point(lambda grey: 200 + grey * 55 // 255)
    assert table(readers.read(save(page, tmp_path / "t.png"))) == ROWS


def test_blank_cells_and_dashes_are_not_sent_to_the_recogniser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = sent_to_recogniser(monkeypatch)
    readers.read(save(draw_page(), tmp_path / "t.png"))
    assert len(sent) == sum(text not in ("", "—") for row in ROWS for text in row)


def test_the_pages_of_a_tiff_are_read_in_order(tmp_path: Path) -> None:
    pages = [draw_page([], [text]) for text in ("一、总体情况", "五、存在的主要问题")]
    document = readers.read(save(pages[0], tmp_path / "t.tiff", save_all=True, append_images=pages[1:]))
    assert [(block.place.page, block.text) for block in document.blocks] == [
        (1, "一、总体情况"),
        (2, "五、存在的主要问题"),
    ]


def test_an_open_table_is_closed(tmp_path: Path) -> None:
    document = readers.read(save(draw_page(sides=False), tmp_path / "t.png"))
    assert table(document) == ROWS


def test_a_table_without_rules_is_read_in_columns(tmp_path: Path) -> None:
    page = draw_page(lines=["二、主动公开政府信息情况", "行政机关制发的规章和行政规范性文件"], ruled=False)
    document = readers.read(save(page, tmp_path / "t.png"))
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert grid.kind == "spaced"
    assert [cell.text for cell in list(grid.rows())[-1]] == ROWS[-1]
    assert document.notes == ["page 1: some figures stand in no ruled table and were placed by their columns"]


def test_a_figure_that_cannot_be_read_keeps_its_place_in_a_table_without_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(reading):
        return lambda *found: Settled("", "unreadable") if found[0].figure == "6" else reading(*found)

    monkeypatch.setattr(scan_page, "settle", blind(scan_page.settle))
    monkeypatch.setattr(scan_page, "settle_again", blind(scan_page.settle_again))
    drawn = draw_page(lines=["二、主动公开政府信息情况"], ruled=False)
    document = readers.read(save(drawn, tmp_path / "t.png"))
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    row = next([(cell.text, cell.flags) for cell in row] for row in grid.rows() if row[0].text == "行政规范性文件")
    assert row == [("行政规范性文件", ()), (ILLEGIBLE, ("unreadable",)), ("—", ()), ("307", ())]


def test_a_pdf_page_that_is_a_picture_stands_among_pages_of_text(tmp_path: Path) -> None:
    def picture(sheet):
        sheet.canvas.drawImage(ImageReader(draw_page(lines=["二、主动公开政府信息情况"])), 0, 0, 595, 842)

    path = make_pdf(
        tmp_path / "t.pdf",
        [lambda sheet: sheet.text(60, 60, "一、总体情况：本机关全年主动公开信息十二条。" * 2), picture],
    )
    document = readers.read(path)
    assert table(document) == ROWS
    assert [block.place.page for block in document.blocks] == [1, 2, 2]
    assert document.notes == ["page 2: a picture without text, recognised"]


def test_without_the_extra_a_picture_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(UnreadableFile, match=r"pip install 'gongkai\[ocr\]'"):
        readers.read(save(draw_page(), tmp_path / "t.png"))


def reason(path: Path) -> str:
    """The one line with which a file is refused, soon."""
    start = time.monotonic()
    with pytest.raises(UnreadableFile) as refusal:
        readers.read(path)
    assert time.monotonic() - start < 20  # 10 s on a machine that does nothing else
    assert "\n" not in str(refusal.value)
    return refusal.value.reason


def test_an_empty_page(tmp_path: Path) -> None:
    assert reason(save(draw_page([]), tmp_path / "t.png")) == "nothing can be read in the picture"


@pytest.mark.parametrize("side", [9000, 60_000])
def test_a_picture_of_too_many_dots_is_refused_before_it_is_unfolded(tmp_path: Path, side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path = tmp_path / "t.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    assert "too large" in reason(path)


def test_a_tiff_of_thousands_of_pages_is_refused(tmp_path: Path) -> None:
    fields = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1)]  # a page of one dot
    size = 2 + 12 * len(fields) + 4
    path = tmp_path / "t.tiff"
    with path.open("wb") as file:
        file.write(b"II*\0" + struct.pack("<I", 16) + bytes(8))
        for number in range(5000):
            following = 16 + size * (number + 1) if number < 4999 else 0
            entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
            file.write(struct.pack("<H", len(fields)) + entries + struct.pack("<I", following))
    assert reason(path) == "the picture has more than 100 pages; a report has fewer"


def test_a_picture_that_is_cut_off(tmp_path: Path) -> None:
    path = save(draw_page(), tmp_path / "t.jpg")
    path.write_bytes(path.read_bytes()[:20_000])
    assert "damaged" in reason(path)
