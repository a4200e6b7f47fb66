"""PDF files made for tests: with reportlab, from words and rules in points from the top left, or byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # a font that every reader of PDF knows, so that no font file is needed
WIDTH, HEIGHT = A4

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Sheet:
    """A page under construction; y counts from the top."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, baseline: float, text: str, size: float = 10, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - baseline, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def rectangle(self, x0: float, top: float, x1: float, bottom: float, fill: str | None = None) -> None:
        """A stroked rectangle, or a filled one without stroke."""
        if fill:
            self.canvas.setFillColor(fill)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=not fill, fill=bool(fill))
        self.canvas.setFillColor("black")

    def table(
        self,
        rows: Sequence[Sequence[str | None]],
        xs: Sequence[float],
        top: float,
        row_height: float = 20,
        rules: str = "lines",
    ) -> float:
        """Draw a table and return its bottom.

        None continues the cell on its left. `rules` are `lines`, `rectangles` (a box a cell), `thin` (filled thin
        rectangles), `open` (no outer frame), `level` (no upright rules) or `none`.
        """
        for r, row in enumerate(rows):
            y = top + r * row_height
            starts = [i for i, cell in enumerate(row) if cell is not None]
            for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
                box = (xs[start], y, xs[end], y + row_height)
                self.cell_rules(box, rules, (xs[0], top, xs[-1], top + len(rows) * row_height))
                self.text(xs[start] + 3, y + row_height - 6, row[start] or "")
        return top + len(rows) * row_height

    def cell_rules(self, box: tuple[float, ...], rules: str, frame: tuple[float, ...]) -> None:
        x0, top, x1, bottom = box
        if rules == "rectangles":
            self.rectangle(*box)
        sides = [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
        if rules == "open":
            sides = [side for side in sides if not (side[1] == side[3] and side[1] in (frame[1], frame[3]))]
            sides = [side for side in sides if not (side[0] == side[2] and side[0] in (frame[0], frame[2]))]
        if rules == "level":
            sides = sides[:2]
        for side in sides if rules in ("lines", "open", "level") else ():
            self.line(*side)
        for ax, ay, bx, by in sides if rules == "thin" else ():
            self.rectangle(ax - 0.25, ay - 0.25, bx + 0.25, by + 0.25, fill="black")


Draw = Callable[[Sheet], object]


def make_pdf(
    path: Path, pages: Iterable[Draw], size: tuple[float, float] = A4, rotate: int = 0, **options: object
) -> Path:
    """Write a PDF with a page for each drawing function."""
    canvas = Canvas(str(path), pagesize=size, **options)
    for draw in pages:
        canvas.setPageRotation(rotate)
        draw(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return path


def raw_pdf(path: Path, objects: Sequence[bytes | tuple[bytes, bytes]]) -> Path:
    """Write a PDF of these objects, numbered from 1, the catalog first; a pair is a stream's dictionary and data."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        if isinstance(content, tuple):
            entries, data = content
            content = b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def raw_page(
    path: Path,
    content: bytes,
    page: bytes = b"/MediaBox [0 0 400 300]",
    more: Sequence[bytes | tuple[bytes, bytes]] = (),
    fonts: bytes = b"/F 5 0 R",
) -> Path:
    """Write a PDF of one page with this content, entries in its dictionary, more objects from number 6 on, and the
    fonts that the content may name."""
    return raw_pdf(
        path,
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <<%s>>>> %s>>" % (fonts, page),
            (b"", content),
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
            *more,
        ],
    )
