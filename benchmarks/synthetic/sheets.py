"""Tables as they stand on paper: boxes with spans, the same for every file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.synthetic.truth import CellTruth, Truth
from gongkai.forms import Column, Row, Table, cell_id

_VARIANT_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table; `role` is header, title, group, label, figure (then `id` is set) or gap."""

    text: str
    role: str
    rowspan: int = 1
    colspan: int = 1
    id: str = ""


GAP = Box("", "gap")


def is_header(row: Iterable[Box]) -> bool:
    """Whether a row belongs to its table's header."""
    return any(box.role == "header" for box in row)


@dataclass(slots=True)
class Sheet:
    """Rows of boxes from left to right; a box that a span covers is left out of its row. `width` counts columns."""

    table: str
    width: int
    rows: list[list[Box]] = field(default_factory=list)

    def placed(self) -> Iterator[tuple[int, int, Box]]:
        """Every box with the row and column of its top left corner."""
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(self.rows):
            column = 0
            for box in row:
                while (at, column) in taken:
                    column += 1
                taken |= {(at + down, column + right) for down in range(box.rowspan) for right in range(box.colspan)}
                yield at, column, box

    def cover(self) -> list[list[tuple[Box, bool]]]:
        """The full grid: for every row and column its box, and whether this is the box's top left corner."""
        grid = [[(GAP, True)] * self.width for _ in self.rows]
        for at, column, box in self.placed():
            for down in range(box.rowspan):
                for right in range(box.colspan):
                    grid[at + down][column + right] = (box, not down and not right)
        return grid

    def spread(self, *, repeat: bool = False) -> list[list[Box]]:
        """The full grid, row by row; covered places are empty, or repeat their box's text."""
        return [[box if first or repeat else GAP for box, first in row] for row in self.cover()]

    def change(self, alter: Callable[[Box], Box]) -> None:
        """Replace every box by what `alter` makes of it."""
        self.rows = [[alter(box) for box in row] for row in self.rows]


def make_sheet(rng: Random, truth: Truth, table_id: str) -> Sheet:
    """The table as the organ lays it out, with the official labels and now and then a known variant."""
    table = truth.table(table_id)
    sheet = _BUILDERS[table.layout](rng, table, truth.cells)
    if rng.random() < 0.2:
        sheet.change(lambda box: box if box.id else replace(box, text=box.text.translate(_HALF_WIDTH)))
    return sheet


_HALF_WIDTH = str.maketrans("（）：，", "():,")


def _said(rng: Random, thing: Row | Column) -> str:
    return rng.choice(thing.variants) if thing.variants and rng.random() < _VARIANT_SHARE else thing.label


def _figures(cells: dict[str, CellTruth], table: Table, row: Row, spans: list[int]) -> list[Box]:
    ids = (cell_id(table.id, row.id, column.id) for column in row.columns)
    return [Box(cells[id].raw, "figure", 1, span, id) for id, span in zip(ids, spans, strict=True)]


def _blocks(rng: Random, table: Table, cells: dict[str, CellTruth]) -> Sheet:
    """Blocks one under the other: the clause, the header, the rows; narrow blocks are stretched to the widest."""
    widest = max(len(row.columns) for row in table.rows)
    sheet = Sheet(table.id, widest + 1)
    stretched = rng.random() < 0.75
    for group, rows in table.blocks():
        columns = rows[0].columns
        spans = [1] * len(columns)
        spans[-1] += (widest - len(columns)) * stretched
        pad = [] if stretched else [GAP] * (widest - len(columns))
        sheet.rows.append([Box(group, "title", 1, widest + 1)])
        header = [Box(_said(rng, column), "header", 1, span) for column, span in zip(columns, spans, strict=True)]
        sheet.rows.append([Box(table.header[0], "header"), *header, *pad])
        for row in rows:
            sheet.rows.append([Box(_said(rng, row), "label"), *_figures(cells, table, row, spans), *pad])
    return sheet


def _outer_group(table: Table) -> tuple[str, int, int]:
    """The group that encloses others, and the first and last row it covers."""
    groups = [row.group for row in table.rows]
    spans = {group: (groups.index(group), len(groups) - 1 - groups[::-1].index(group)) for group in groups if group}
    return next(
        (group, first, last)
        for group, (first, last) in spans.items()
        if any(first < start <= end < last for other, (start, end) in spans.items() if other != group)
    )


def _matrix(rng: Random, table: Table, cells: dict[str, CellTruth]) -> Sheet:
    """Three label columns (outer group, group, label) and the figures, under a header of three rows."""
    columns = table.rows[0].columns
    people, organs, total = columns[0], columns[1:-1], columns[-1]
    applicants, legal_persons, hint = table.header
    sheet = Sheet(table.id, 3 + len(columns))
    sheet.rows = [
        [Box(f"（{hint}）", "header", 3, 3), Box(applicants, "header", 1, len(columns))],
        [
            Box(_said(rng, people), "header", 2),
            Box(legal_persons, "header", 1, len(organs)),
            Box(_said(rng, total), "header", 2),
        ],
        [Box(_said(rng, column), "header") for column in organs],
    ]
    outer, first, last = _outer_group(table)
    for at, row in enumerate(table.rows):
        boxes = [Box(outer, "group", last - first + 1)] if at == first else []
        label = Box(_said(rng, row), "label", 1, 1 if row.group not in ("", outer) else 3 - (first <= at <= last))
        if row.group not in ("", outer) and row.group != table.rows[at - 1].group:
            boxes.append(Box(row.group, "group", sum(other.group == row.group for other in table.rows)))
        sheet.rows.append([*boxes, label, *_figures(cells, table, row, [1] * len(columns))])
    return sheet


def _single_row(rng: Random, table: Table, cells: dict[str, CellTruth]) -> Sheet:
    """All figures in one row under three header rows; some organs give each row a line of its own instead."""
    if rng.random() < 0.12:
        return _labelled_rows(rng, table, cells)
    width = len(table.rows[0].columns)
    sheet = Sheet(table.id, width * len(table.rows))
    alone = [row for row in table.rows if not row.group]
    grouped = [row for row in table.rows if row.group]
    sheet.rows = [
        [Box(_said(rng, row), "header", 2, width) for row in alone]
        + [Box(grouped[0].group, "header", 1, width * len(grouped))],
        [Box(_said(rng, row), "header", 1, width) for row in grouped],
        [Box(_said(rng, column), "header") for _, column in table.cells()],
        [box for row in table.rows for box in _figures(cells, table, row, [1] * width)],
    ]
    return sheet


def _labelled_rows(rng: Random, table: Table, cells: dict[str, CellTruth]) -> Sheet:
    columns = table.rows[0].columns
    sheet = Sheet(table.id, 1 + len(columns))
    sheet.rows = [[Box("", "header"), *(Box(_said(rng, column), "header") for column in columns)]]
    for row in table.rows:
        label = f"{row.group}（{row.label}）" if row.group else row.label
        sheet.rows.append([Box(label, "label"), *_figures(cells, table, row, [1] * len(columns))])
    return sheet


_BUILDERS = {"blocks": _blocks, "matrix": _matrix, "single_row": _single_row}
