"""Text of a PDF that nobody sees is not read; raised notes are no digits of the figures before them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_makers import Sheet, make_pdf, raw_page

from gongkai.document import Document, Grid
from gongkai.readers.pdf import read

PROSE = "2023年，本机关主动公开政府信息1136条。"


def texts(document: Document) -> list[str]:
    return [
        text
        for block in document.blocks
        for text in ([cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text])
    ]


def ruled(draw):
    """A page with some prose, a table of one row, and what `draw` adds to its second cell."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 60, PROSE)
        sheet.table([["总计", ""]], [60, 160, 260], 100)
        draw(sheet)

    return page


def white(sheet: Sheet) -> None:
    sheet.text(170, 114, "12")
    sheet.canvas.setFillColor("white")
    sheet.text(182, 114, "8")
    sheet.canvas.setFillColor("black")


def on_blue(sheet: Sheet) -> None:
    sheet.rectangle(161, 101, 259, 119, fill="blue")
    sheet.canvas.setFillColor("white")
    sheet.text(170, 114, "12")
    sheet.canvas.setFillColor("black")


def without_ink(sheet: Sheet) -> None:
    sheet.text(170, 114, "12")
    text = sheet.canvas.beginText(182, sheet.height - 114)
    text.setTextRenderMode(3)
    text.textOut("8")
    sheet.canvas.drawText(text)


def transparent(sheet: Sheet) -> None:
    sheet.text(170, 114, "12")
    sheet.canvas.setFillColorRGB(0, 0, 0, alpha=0)
    sheet.text(182, 114, "8")
    sheet.canvas.setFillColorRGB(0, 0, 0, alpha=1)


def tiny(sheet: Sheet) -> None:
    sheet.text(170, 114, "12")
    sheet.text(182, 114, "8", size=0.5)


def struck_out(sheet: Sheet) -> None:
    sheet.text(170, 114, "12")
    sheet.text(182, 114, "8")
    sheet.line(182, 110.5, 187, 110.5)


@pytest.mark.parametrize("draw", [struck_out, white, on_blue, without_ink, transparent, tiny])
def test_a_figure_is_what_is_seen_of_it(tmp_path: Path, draw) -> None:
    document = read(make_pdf(tmp_path / "report.pdf", [ruled(draw)]))
    assert texts(document) == [PROSE, "总计", "12"]
    said = any("1 characters that cannot be seen" in note for note in document.notes)
    assert said == (draw is not on_blue)


def test_what_lies_outside_the_part_of_the_page_that_is_shown_is_not_read(tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 20 200 Td (left 12) Tj 200 0 Td (right 34) Tj ET"
    for crop, text in (
        (b"0 0 200 300", "left 12"),
        (b"200 0 400 300", "right 34"),
        (b"0 0 400 300", "left 12 right 34"),
    ):
        path = raw_page(tmp_path / "page.pdf", content, b"/MediaBox [0 0 400 300] /CropBox [%s]" % crop)
        assert " ".join(texts(read(path))) == text


def raised(size: float, rise: float, note: str):
    def draw(sheet: Sheet) -> None:
        sheet.text(170, 114, "35")
        sheet.text(180, 114 - rise, note, size=size)

    return draw


@pytest.mark.parametrize(
    ("size", "rise", "note", "read_as"),
    [
        (5, 2, "1", "35[1]"),
        (6, 4.5, "12", "35[12]"),
        (5, -2, "1", "35[1]"),
        (5, 3, "*", "35[*]"),
        (5, 3, "[1]", "35[1]"),
    ],
)
def test_a_raised_note_is_set_in_brackets(tmp_path: Path, size, rise, note, read_as) -> None:
    document = read(make_pdf(tmp_path / "report.pdf", [ruled(raised(size, rise, note))]))
    assert texts(document)[-1] == read_as


def test_figures_of_another_size_on_the_same_line_stay_digits(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "report.pdf", [ruled(raised(7, 0, "1"))]))
    assert texts(document)[-1] == "351"


def test_underlined_figures_are_in_one_row(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["总计", "12", "8"], ["其他", "3", "4"]], [60, 160, 175, 186], 100)
        for x0, x1, y in ((163, 172, 115.5), (178, 183, 115.5), (163, 168, 135.5), (178, 183, 135.5)):
            sheet.line(x0, y, x1, y)

    (grid,) = read(make_pdf(tmp_path / "report.pdf", [page])).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows()] == [["总计", "12", "8"], ["其他", "3", "4"]]


def test_a_shadow_behind_a_figure_is_none_of_its_digits(tmp_path: Path) -> None:
    def shadowed(sheet: Sheet) -> None:
        sheet.canvas.setFillColor("grey")
        sheet.text(171.5, 115.5, "220")
        sheet.canvas.setFillColor("black")
        sheet.text(170, 114, "220")

    assert texts(read(make_pdf(tmp_path / "report.pdf", [ruled(shadowed)])))[-1] == "220"
