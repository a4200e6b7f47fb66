"""PDF drawn box by box with reportlab: fonts that are named but not embedded, rules as lines or as thin rectangles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.web import PASTED, cut_rows
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Sheet

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

_FONT = "STSong-Light"
_MARGIN = 60


@cache
def _font() -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def _style(size: float, **options: Any) -> ParagraphStyle:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle("", fontName=_font(), fontSize=size, leading=size * 1.4, wordWrap="CJK", **options)


@cache
def _thin_rectangles() -> type[Canvas]:
    from reportlab.pdfgen.canvas import Canvas

    class ThinRectangles(Canvas):
        """Draws every line as a filled rectangle half a point wide, as some word processors do."""

        def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
            left, bottom = min(x1, x2) - 0.25, min(y1, y2) - 0.25
            self.rect(left, bottom, abs(x2 - x1) + 0.5, abs(y2 - y1) + 0.5, stroke=0, fill=1)

    return ThinRectangles


def _number(canvas: Canvas, document: Any) -> None:
    canvas.setFont(_font(), 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 30, f"— {canvas.getPageNumber()} —")


def _draw(draft: Draft, canvas: type[Canvas] | None = None, *, rules: str = "GRID") -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    styles = {
        "title": _style(18, alignment=1, spaceAfter=12),
        "heading": _style(14, firstLineIndent=28),
        "paragraph": _style(12, firstLineIndent=24),
        "signature": _style(12, alignment=2),
    }
    story: list[Any] = []
    for item in draft.truth.flow:
        if item.kind != "table":
            story.append(Paragraph(escape(item.text).replace("\n", "<br/>"), styles[item.kind]))
            continue
        for at, piece in enumerate(_pieces(draft, draft.sheets[item.section])):
            story += [PageBreak()] if at else [Spacer(1, 6)]
            story.append(_table(piece, A4[0] - 2 * _MARGIN, rules))
        story.append(Spacer(1, 6))
    buffer = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    document = SimpleDocTemplate(buffer, pagesize=A4, invariant=1, **margins)
    document.build(story, onFirstPage=_number, onLaterPages=_number, canvasmaker=canvas or Canvas)
    return buffer.getvalue()


def _pieces(draft: Draft, sheet: Sheet) -> Iterator[Sheet]:
    """Long tables run over two pages; the cut may fall in mid-group."""
    if len(sheet.rows) < 20:
        yield sheet
        return
    cut = draft.rng.randrange(5, len(sheet.rows) - 3)
    yield Sheet(sheet.table, sheet.width, sheet.rows[:cut])
    yield Sheet(sheet.table, sheet.width, cut_rows(sheet, cut))


def _table(sheet: Sheet, width: float, rules: str) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import Paragraph, Table

    text = _style(8, alignment=1)
    content: list[list[Any]] = [[""] * sheet.width for _ in sheet.rows]
    commands: list[tuple[Any, ...]] = [(rules, (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for at, column, box in sheet.placed():
        content[at][column] = Paragraph(escape(box.text), text)
        right, bottom = column + box.colspan - 1, min(at + box.rowspan, len(sheet.rows)) - 1
        if (right, bottom) != (column, at):
            commands.append(("SPAN", (column, at), (right, bottom)))
    columns = sheet.width
    labels = {"requests": [0.09, 0.13, 0.28]}.get(sheet.table, [])
    widths = [width * share for share in labels] + [
        width * (1 - sum(labels)) / (columns - len(labels)) for _ in range(columns - len(labels))
    ]
    return Table(content, colWidths=widths, style=commands)


@layout(".pdf", PASTED)
def pdf_drawn(draft: Draft) -> bytes:
    """Rules as lines."""
    return _draw(draft)


@layout(".pdf", PASTED)
def pdf_thin_rectangles(draft: Draft) -> bytes:
    """Rules as thin filled rectangles."""
    return _draw(draft, _thin_rectangles())


@layout(".pdf", PASTED)
def pdf_open_sides(draft: Draft) -> bytes:
    """Rules inside the table only: its outer border is missing."""
    return _draw(draft, rules="INNERGRID")
