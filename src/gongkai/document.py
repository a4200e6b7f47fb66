"""What a reader makes of a file: paragraphs and grids in reading order, each with the place where it was printed.

Knows nothing of the form. Readers write it, parsing reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

# Stands where something is printed that cannot be read, as 缺字符 do in editions of Chinese texts.
ILLEGIBLE = "□"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was printed.

    Paged files: `page` (from 1) and the box `x0, top, x1, bottom` in PDF points from the page's top left corner.
    Text files: `page` is None, `top` and `bottom` are line numbers (from 1), `x0` and `x1` character offsets in them.
    Web pages and Word files: `page` is None and `path` names the element.
    """

    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    path: str | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return self.path
        if self.page is not None:
            return f"p. {self.page}"
        return f"line {self.top:.0f}" if self.top is not None else "?"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of prose, or one physical line of it where the file does not tell paragraphs from lines."""

    text: str
    place: Place = Place()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its text as printed, its row and column (from 0), its spans, and why it is doubtful.

    `offered` are the readings between which a recogniser cannot tell, mostly none; `text`, where it is not among them,
    is nothing that anybody prints.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    place: Place = Place()
    flags: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


GridKind = Literal["ruled", "delimited", "spaced", "stacked"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows and columns.

    `kind` says how far the column numbers can be trusted: `ruled` (drawn or marked up: the numbers are the structure),
    `delimited` (separators in text: rows may have lost or gained cells), `spaced` (columns of spaces or of bare words:
    where a word stands across the line is its `column` and `colspan` in text, its `place.x0` and `place.x1` on a page),
    `stacked` (figures that stood one a line: they have an order and no position).
    """

    cells: tuple[Cell, ...]
    kind: GridKind = "ruled"
    place: Place = Place()

    def rows(self) -> Iterator[list[Cell]]:
        """The cells row by row, each row in column order; a row without cells is skipped."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in sorted(by_row):
            yield sorted(by_row[row], key=lambda cell: cell.column)


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """A file as read: `blocks` in reading order.

    `wrapped` is true where a Paragraph is one physical line, so that sentences may run on into the next.
    `metadata` holds what the container says (title, published, organ, …); `notes` what the reader did on the way.
    `unread` counts the pictures that may hold a table and were not read.
    """

    source: str
    format: str
    blocks: list[Block] = field(default_factory=list)
    wrapped: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unread: int = 0
