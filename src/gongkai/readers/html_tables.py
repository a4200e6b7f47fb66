"""A table of a page while it is being read: where each cell stands, as a browser places it."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lxml import etree

from gongkai.document import Block, Place
from gongkai.readers.grids import OpenCell, close_table

_WIDEST = 60  # columns that a cell may span
_TALLEST = 10_000  # rows that a cell may span
_MOST_COLUMNS = 200
_COUNT = re.compile(r"[^\d-]*(\d{1,9})")


class _Read(NamedTuple):
    """A cell as written: its spans (0 rows: all that follow), its element's path, and what stands in it."""

    rowspan: int
    colspan: int
    path: str
    blocks: list[Block]
    flags: list[str]


class OpenTable:
    """Collects the rows of one table. `blocks` is where text goes now: into the last cell, or beside the table."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.beside: list[Block] = []
        self.blocks = self.beside
        self._rows: list[list[_Read]] = []
        self._groups: list[int] = []  # for every row, the number of its row group
        self._group = 0
        self._feet: set[int] = set()  # the row groups that stand at the table's foot, wherever they were written
        self._ordinals: Counter[str] = Counter()

    def new_group(self, tag: str = "") -> None:
        """A row group begins or ends."""
        self._group += 1
        if tag == "tfoot":
            self._feet.add(self._group)
        self.blocks = self.beside

    def open_row(self) -> None:
        self._rows.append([])
        self._groups.append(self._group)
        self._ordinals.clear()
        self.blocks = self.beside

    def open_cell(self, element: etree._Element) -> str:
        """A cell begins (one that is still open ends, as in a browser). Gives the path that names it."""
        if not self._rows:
            self.open_row()
        self._ordinals[element.tag] += 1
        path = f"{self.path}/tr[{len(self._rows)}]/{element.tag}[{self._ordinals[element.tag]}]"
        rowspan = min(_count(element.get("rowspan"), 1), _TALLEST)
        colspan = min(max(_count(element.get("colspan"), 1), 1), _WIDEST)
        self._rows[-1].append(_Read(rowspan, colspan, path, [], []))
        self.blocks = self._rows[-1][-1].blocks
        return path

    def close_cell(self) -> None:
        self.blocks = self.beside

    def mark_picture(self) -> None:
        """A picture stands in the open cell: without text, the cell is not empty, but cannot be read."""
        if self.blocks is not self.beside:
            self._rows[-1][-1].flags.append("unreadable")

    def close(self) -> list[Block]:
        """What stood beside the cells, then the grid (or, for a table that only lays out the page, its content)."""
        cells = self._placed()
        if cells is None:
            return self.beside + [block for row in self._rows for cell in row for block in cell.blocks]
        return self.beside + (close_table(cells, Place(path=self.path)) if cells else [])

    def _placed(self) -> list[OpenCell] | None:
        """The cells at their columns; None for a table wider than any table of figures.

        A cell takes the first free place of its row. Wrong spans are cut: at a place that is taken, at the end of the
        row group.
        """
        order = sorted(range(len(self._rows)), key=lambda row: self._groups[row] in self._feet)
        groups = [self._groups[row] for row in order]
        ends = {group: row + 1 for row, group in enumerate(groups)}
        free_from: list[int] = []  # for every column, the first row in which it is free

        def taken(row: int, column: int) -> bool:
            return column < len(free_from) and free_from[column] > row

        cells = []
        for row, written in enumerate(order):
            column = 0
            for cell in self._rows[written]:
                while taken(row, column):
                    column += 1
                colspan = 1
                while colspan < cell.colspan and not taken(row, column + colspan):
                    colspan += 1
                end = min(row + (cell.rowspan or _TALLEST), ends[groups[row]])
                free_from += [0] * (column + colspan - len(free_from))
                if len(free_from) > _MOST_COLUMNS:
                    return None
                free_from[column : column + colspan] = [end] * colspan
                flags = ("span_overlap",) * (colspan != cell.colspan)
                if not cell.blocks:
                    flags += (*cell.flags,)
                cells.append(OpenCell(row, column, end - row, colspan, Place(path=cell.path), flags, cell.blocks))
                column += colspan
        return cells


def _count(value: str | None, default: int) -> int:
    match = _COUNT.match(value or "")
    return int(match[1]) if match else default
