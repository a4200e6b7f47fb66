"""Where figures were printed, shown: the page with the cells outlined, or the table with the cells marked."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.document import Cell, Grid, Place
from gongkai.formview.html import Html, element, framed
from gongkai.ledger import Ledger
from gongkai.readers.sniff import sniff
from gongkai.wording import Language, Wording, in_language

if TYPE_CHECKING:
    import pandas as pd
    from PIL.Image import Image

    from gongkai.report import Report

_RESOLUTION = 110
# Points shown above and below the outlined cells, and rows shown around marked ones below the table's head.
_CONTEXT = 70.0
_HEAD_ROWS = 3
# Grids with more columns are words at positions across a line.
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence: the ids of the cells that it shows, where they are, and the piece as HTML."""

    ids: tuple[str, ...]
    where: str
    html: str
    png: bytes | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """The places of some cells, a piece of evidence for each page or table; shows itself in Jupyter."""

    exhibits: tuple[Exhibit, ...]
    captions: Mapping[str, Sequence[str]]
    language: Language = "zh"

    @property
    def html(self) -> str:
        """All pieces with their captions, escaped; without any, that there is nothing to show."""
        if not self.exhibits:
            nothing = "没有需要在原文中查看的单元格。", "There is no cell to look up."
            return framed(element("p", in_language(nothing, self.language)), language=self.language)
        return framed(*(self._figure(exhibit) for exhibit in self.exhibits), language=self.language)

    def __repr__(self) -> str:
        return f"Evidence({', '.join(exhibit.where for exhibit in self.exhibits) or 'nothing to show'})"

    def _repr_html_(self) -> str:
        return self.html

    def _figure(self, exhibit: Exhibit) -> Html:
        texts = dict.fromkeys(text for id in exhibit.ids for text in self.captions.get(id, ()))
        items = element("ul", *(element("li", text) for text in texts))
        caption = element("figcaption", element("strong", exhibit.where), items)
        return element("figure", Html(exhibit.html), caption, class_="gk-evidence")


def evidence(
    report: Report, ids: Iterable[str], language: Language = "zh", captions: Mapping[str, Sequence[str]] | None = None
) -> Evidence:
    """Show where the cells `ids` were printed.

    For paged files a picture of each page concerned, cut to the cells and what is around them; for other files the
    table rebuilt from what was read. `captions` are texts to put below a cell's piece (default: the cell's name).
    Raises KeyError for an id that is not on the form; cells that the report does not have show nothing.
    """
    wanted = {id: report.place(id) for id in dict.fromkeys(ids)}
    if captions is None:
        names = Wording(Ledger.of(report), language)
        captions = {id: [names.cell(id)] for id in wanted}
    paged = {id: place for id, place in wanted.items() if place.page is not None and place.x0 is not None}
    if paged and report.path is not None and report.path.exists() and sniff(report.path) in ("pdf", "image"):
        exhibits = list(_pages(report.path, paged, language))
    else:
        exhibits = list(_tables(report, wanted, language))
    return Evidence(tuple(exhibits), captions, language)


def evidence_of(report: Report, findings: pd.DataFrame, language: Language = "zh") -> Evidence:
    """The evidence for every failed check in `findings`, and for cells that may be misread (a check that could not be
    made for that is no mere note); the message stands below the cells that the check speaks of."""
    captions: dict[str, list[str]] = {}
    doubted = (findings["outcome"] == "not_assessable") & (findings["severity"] != "note")
    shown = findings.loc[(findings["outcome"] == "fail") | doubted]
    known = set(report.cells["id"])
    for message, cells in zip(shown["message"], shown["cells"], strict=True):
        for id in cells:
            if id in known:
                captions.setdefault(id, []).append(message)
    return evidence(report, captions, language, captions)


def _pages(path: Path, places: Mapping[str, Place], language: Language) -> Iterator[Exhibit]:
    from gongkai.readers.picture import page_picture

    for page in sorted({place.page for place in places.values() if place.page is not None}):
        here = {id: place for id, place in places.items() if place.page == page}
        boxes = [_box(place) for place in here.values()]
        png = _cut(page_picture(path, page, boxes, _RESOLUTION), boxes)
        source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        where = in_language((f"第 {page} 页", f"Page {page}"), language)
        yield Exhibit(tuple(here), where, element("img", src=source, alt=where), png)


def _box(place: Place) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (float(side or 0.0) for side in (place.x0, place.top, place.x1, place.bottom))
    return x0, top, x1, bottom


def _cut(picture: Image, boxes: Sequence[tuple[float, float, float, float]]) -> bytes:
    """The strip of the page that holds the boxes, as a PNG of few colours, those of the outlines among them."""
    from PIL.Image import Quantize

    scale = _RESOLUTION / 72
    top = max(0, int((min(box[1] for box in boxes) - _CONTEXT) * scale))
    bottom = min(picture.height, int((max(box[3] for box in boxes) + _CONTEXT) * scale))
    buffer = io.BytesIO()
    picture.crop((0, top, picture.width, bottom)).convert("RGB").quantize(64, Quantize.MAXCOVERAGE).save(
        buffer, "PNG", optimize=True
    )
    return buffer.getvalue()


def _tables(report: Report, places: Mapping[str, Place], language: Language) -> Iterator[Exhibit]:
    """The grids that hold the places, with these marked."""
    for block in report.document.blocks if report.document else ():
        if isinstance(block, Grid):
            rows = list(block.rows())
            marked = {
                id: (r, cell)
                for id, place in places.items()
                for r, row in enumerate(rows)
                if (cell := _at(row, place)) is not None
            }
            if marked:
                first = places[next(iter(marked))]
                where = f"第 {first.top:.0f} 行" if first.top is not None and first.page is None else str(first)
                where = where if language == "zh" or first.top is None else str(first)
                hits = {id(cell) if cell else -r for r, cell in marked.values()}
                shown = {r for r, _ in marked.values()} | set(range(min(_HEAD_ROWS, len(rows))))
                yield Exhibit(tuple(marked), where, _table(rows, shown, hits))


def _at(row: Sequence[Cell], place: Place) -> Cell | None:
    """The cell of the row at this place."""
    return next((cell for cell in row if cell.place == place and place != Place()), None)


def _table(rows: Sequence[Sequence[Cell]], shown: Collection[int], hits: Collection[int]) -> Html:
    width = max(cell.column + cell.colspan for row in rows for cell in row)
    body, gap = [], False
    for r, row in enumerate(rows):
        if r in shown or r - 1 in shown or r + 1 in shown:
            body.append(element("tr", *_row(rows, r, width, hits) if width <= _WIDEST else _words(row, hits)))
            gap = False
        elif not gap:
            body.append(element("tr", element("td", "…", colspan=width if width <= _WIDEST else None)))
            gap = True
    return element("div", element("table", *body, class_="gk-table"), class_="gk-scroll")


def _row(rows: Sequence[Sequence[Cell]], r: int, width: int, hits: Collection[int]) -> Iterator[Html]:
    """The cells of a row in their columns; one that began above is shown again, since its row may be left out."""
    number = rows[r][0].row
    covering = {
        cell.column: cell for row in rows[: r + 1] for cell in row if cell.row <= number < cell.row + cell.rowspan
    }
    column = 0
    while column < width:
        cell = covering.get(column)
        if cell is None:
            yield element("td")
        else:
            colspan = cell.colspan if cell.colspan > 1 else None
            yield element("td", cell.text, colspan=colspan, class_="gk-fail-error" if id(cell) in hits else None)
        column += cell.colspan if cell else 1


def _words(row: Sequence[Cell], hits: Collection[int]) -> Iterator[Html]:
    """The words of a row whose columns are positions, not numbers."""
    return (element("td", cell.text, class_="gk-fail-error" if id(cell) in hits else None) for cell in row)
