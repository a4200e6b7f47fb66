"""Word files: merged cells, empty cells instead, nested tables, tables in two; and what LibreOffice makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.web import PASTED, cut_rows
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_EAST_ASIA = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
WriteTable = Callable[["Document", Sheet], None]


def _document(draft: Draft, write_table: WriteTable) -> bytes:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Noto Serif CJK SC"
    normal.element.rPr.rFonts.set(_EAST_ASIA, normal.font.name)
    styled = draft.rng.random() < 0.5
    for item in draft.truth.flow:
        if item.kind == "table":
            write_table(document, draft.sheets[item.section])
        elif item.kind == "heading" and styled:
            document.add_heading(item.text, level=2)
        else:
            paragraph = document.add_paragraph(("　　" if item.kind == "paragraph" else "") + item.text)
            if item.kind in ("title", "signature"):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if item.kind == "title" else WD_ALIGN_PARAGRAPH.RIGHT
    if draft.truth.flow[-1].kind == "table":
        document.add_paragraph("")  # Word ends no document with a table
    buffer = BytesIO()
    document.save(buffer)
    return _without_dates(buffer)


def _without_dates(archive: BytesIO) -> bytes:
    """The same archive with one fixed date in every entry, so that one seed is one file."""
    fixed = BytesIO()
    with ZipFile(archive) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return fixed.getvalue()


def _write(cell: _Cell, box: Box) -> None:
    cell.paragraphs[0].add_run(box.text)


def _fill(
    container: Document | _Cell, sheet: Sheet, *, merge: bool = True, write: Callable[[_Cell, Box], None] = _write
) -> None:
    """The sheet as a table, its spans merged or left as empty cells."""
    table = container.add_table(len(sheet.rows), sheet.width)
    table.style = "Table Grid"
    rows = [row.cells for row in table.rows]
    for at, column, box in sheet.placed():
        cell = rows[at][column]
        if merge and (box.rowspan > 1 or box.colspan > 1):
            cell = cell.merge(rows[at + box.rowspan - 1][column + box.colspan - 1])
        if box.text:
            write(cell, box)


def _in_two(draft: Draft) -> WriteTable:
    def write(document: Document, sheet: Sheet) -> None:
        if len(sheet.rows) < 12:
            return _fill(document, sheet)
        cut = draft.rng.randrange(8, len(sheet.rows) - 3)
        first = Sheet(sheet.table, sheet.width, [_clipped(row, cut - at) for at, row in enumerate(sheet.rows[:cut])])
        _fill(document, first)
        document.add_paragraph("")
        return _fill(document, Sheet(sheet.table, sheet.width, cut_rows(sheet, cut)))

    return write


def _clipped(row: list[Box], room: int) -> list[Box]:
    return [replace(box, rowspan=min(box.rowspan, room)) for box in row]


@layout(".docx", PASTED)
def docx_merged(draft: Draft) -> bytes:
    """Cells merged over rows and columns."""
    return _document(draft, _fill)


@layout(".docx", PASTED)
def docx_flat(draft: Draft) -> bytes:
    """No merged cells: what a span would cover are empty cells."""
    return _document(draft, lambda document, sheet: _fill(document, sheet, merge=False))


@layout(".docx", PASTED)
def docx_nested(draft: Draft) -> bytes:
    """Each table inside the only cell of another."""

    def write(document: Document, sheet: Sheet) -> None:
        _fill(document.add_table(1, 1).cell(0, 0), sheet)

    return _document(draft, write)


@layout(".docx", PASTED)
def docx_in_two(draft: Draft) -> bytes:
    """Table 三 as two tables, cut in mid-group."""
    return _document(draft, _in_two(draft))


@layout(".docx", PASTED)
def docx_tabs(draft: Draft) -> bytes:
    """No tables: cells parted by tabs, a row a paragraph."""

    def write(document: Document, sheet: Sheet) -> None:
        for row in sheet.spread():
            document.add_paragraph("\t".join(box.text for box in row))

    return _document(draft, write)


@layout(".docx", PASTED)
def docx_traces(draft: Draft) -> bytes:
    """Digits in front of figures that a style hides or strikes out, or that are white on white."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    look = draft.rng.choice(("hidden", "strike", "white"))

    def write(cell: _Cell, box: Box) -> None:
        paragraph = cell.paragraphs[0]
        if box.role == "figure" and draft.rng.random() < 0.3:
            paragraph.add_run(str(draft.rng.randrange(10)), style="Trace")
        paragraph.add_run(box.text)

    def table(document: Document, sheet: Sheet) -> None:
        if "Trace" not in document.styles:
            font = document.styles.add_style("Trace", WD_STYLE_TYPE.CHARACTER).font
            if look == "white":
                font.color.rgb = RGBColor(255, 255, 255)
            else:
                setattr(font, look, True)
        _fill(document, sheet, write=write)

    return _document(draft, table)


@layout(".doc", PASTED, ("writer_doc",))
def doc_merged(draft: Draft) -> bytes:
    """The old binary format."""
    return _document(draft, _fill)


@layout(".pdf", PASTED, ("writer_pdf",))
def pdf_writer(draft: Draft) -> bytes:
    """A Word file printed by LibreOffice."""
    return _document(draft, _fill)


@layout(".html", PASTED, ("writer_html",))
def html_writer(draft: Draft) -> bytes:
    """A Word file saved as a page by LibreOffice."""
    return _document(draft, _fill)


@layout(".txt", PASTED, ("writer_text",))
def text_writer(draft: Draft) -> bytes:
    """A Word file saved as text by LibreOffice."""
    return _document(draft, _fill)
