"""Ruled tables become grids: characters fall into cells, cells into rows and columns.

What the rules leave out is put right where the figures tell how: text in a gap of the ruling gets a cell, figures that
stand in one cell under several columns, or in several lines of one row, get a cell each.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from gongkai.document import Cell, Grid
from gongkai.readers.pdf.page import Box, Char, Page, union
from gongkai.readers.pdf.words import Line, lines_of, text_and_box

FIGURE = re.compile(r"[\d０-９,，.．%％+\-—－/\\]+")
_PROSE = re.compile("。|.{80}", re.S)
_SAME_LINE = 3.0
_FIGURES = 3  # so many in a row behind a label are a row of figures
_IN_ORDER = attrgetter("row", "column")


class Filled(NamedTuple):
    """A cell of a ruled table with the characters that stand in it."""

    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int
    chars: Sequence[Char] = ()


def grids_of(
    table: Sequence[Box], chars: Sequence[Char], page: Page, flags: tuple[str, ...] = ()
) -> tuple[list[tuple[float, Grid]], list[Char]]:
    """The grids of a table, each with its top in the page's frame, and the characters that are in none of them.

    A table of one column is ruling around prose and gives no grid; a row of prose across all columns parts a table.
    """
    cells, rest = fill(table, chars)
    width = max(cell.column + cell.colspan for cell in cells)
    if width == 1:
        return [], list(chars)
    prose = [
        cell for cell in cells if cell.colspan == width and cell.chars and _PROSE.search(text_and_box(cell.chars)[0])
    ]
    for cell in prose:
        rest += cell.chars
    cuts = sorted(cell.row for cell in prose)
    pieces: dict[int, list[Filled]] = {}
    for cell in cells:
        if cell not in prose:
            pieces.setdefault(bisect_left(cuts, cell.row), []).append(cell)
    grids = [
        (min(cell.box[1] for cell in piece), _grid(part_rows(part_columns(part_headers(piece))), page, flags))
        for piece in pieces.values()
    ]
    return grids, rest


def fill(table: Sequence[Box], chars: Iterable[Char]) -> tuple[list[Filled], list[Char]]:
    """The cells with their rows, columns, spans and characters; and the characters outside the table.

    A character belongs to the cell in which its middle lies.
    """
    left, top, right, bottom = union(table)
    xs, tops = (sorted(set(starts)) for starts in list(zip(*table, strict=True))[:2])
    spans = [_span(box, xs, tops) for box in table]
    owner: dict[tuple[int, int], int] = {}
    for i, (row, column, rowspan, colspan) in enumerate(spans):
        for r in range(row, row + rowspan):
            for c in range(column, column + colspan):
                owner.setdefault((r, c), i)
    contents: list[list[Char]] = [[] for _ in table]
    gaps: dict[tuple[int, int], list[Char]] = {}
    outside: list[Char] = []
    x0, y0, x1, y1 = table[0]
    content = contents[0]  # of the cell in which the last character stood: the next one mostly stands there too
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        if x0 <= x < x1 and y0 <= y < y1:
            content.append(char)
        elif not (left <= x < right and top <= y < bottom):
            outside.append(char)
        else:
            slot = bisect_right(tops, y) - 1, bisect_right(xs, x) - 1
            found = owner.get(slot)
            if found is None:
                gaps.setdefault(slot, []).append(char)
                continue
            (x0, y0, x1, y1), content = table[found], contents[found]
            content.append(char)
    cells = [Filled(box, *span, content) for box, span, content in zip(table, spans, contents, strict=True)]
    return cells + _gap_cells(gaps, set(owner), [*xs, right], [*tops, bottom]), outside


def _span(box: Box, xs: Sequence[float], tops: Sequence[float]) -> tuple[int, int, int, int]:
    row, column = bisect_left(tops, box[1]), bisect_left(xs, box[0])
    return row, column, bisect_left(tops, box[3]) - row, bisect_left(xs, box[2]) - column


def _gap_cells(
    gaps: dict[tuple[int, int], list[Char]], taken: set[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]
) -> list[Filled]:
    """Cells for text that stands in a gap of the ruling: each takes the whole gap."""
    found: dict[tuple[int, int, int, int], list[Char]] = {}
    for slot, chars in sorted(gaps.items()):
        found.setdefault(_gap_around(slot, taken, len(ys) - 1, len(xs) - 1), []).extend(chars)
    return [
        Filled((xs[left], ys[top], xs[right], ys[bottom]), top, left, bottom - top, right - left, chars)
        for (top, bottom, left, right), chars in found.items()
    ]


def _gap_around(
    slot: tuple[int, int], taken: set[tuple[int, int]], rows: int, columns: int
) -> tuple[int, int, int, int]:
    """The free slots around a slot, first along its row, then in the rows above and below: top, bottom, left, right."""
    top, left = slot
    bottom, right = top + 1, left + 1
    while left > 0 and (top, left - 1) not in taken:
        left -= 1
    while right < columns and (top, right) not in taken:
        right += 1

    def free(row: int) -> bool:
        return not any((row, column) in taken for column in range(left, right))

    while top > 0 and free(top - 1):
        top -= 1
    while bottom < rows and free(bottom):
        bottom += 1
    return top, bottom, left, right


def part_headers(cells: Sequence[Filled]) -> list[Filled]:
    """Cells over two rows that hold words in the upper and a figure in the lower one, parted: the rule between the
    column's name and its figure is missing."""
    tops = {cell.row: cell.box[1] for cell in cells}
    parted: list[Filled] = []
    for cell in cells:
        side = tops.get(cell.row + 1) if cell.rowspan == 2 and len(cell.chars) > 1 else None
        if side is None:
            parted.append(cell)
            continue
        upper, lower = (
            [char for char in cell.chars if ((char.top + char.bottom) / 2 < side) == up] for up in (True, False)
        )
        if _is_figure(lower) and upper and not _is_figure(upper):
            x0, top, x1, bottom = cell.box
            parted.append(cell._replace(box=(x0, top, x1, side), rowspan=1, chars=upper))
            parted.append(cell._replace(box=(x0, side, x1, bottom), row=cell.row + 1, rowspan=1, chars=lower))
        else:
            parted.append(cell)
    return parted


def _is_figure(chars: Sequence[Char]) -> bool:
    return bool(chars) and FIGURE.fullmatch(text_and_box(chars)[0]) is not None


def part_columns(cells: Sequence[Filled]) -> list[Filled]:
    """Cells across several columns parted that hold one figure under each of them, or a label and one figure under each
    of the columns behind it: rules between them are missing."""
    edges = {cell.column: cell.box[0] for cell in cells}
    parted: list[Filled] = []
    for cell in cells:
        columns = range(cell.column, cell.column + cell.colspan)
        sides = [*(edges[column] for column in columns if column in edges), cell.box[2]]
        first = _first_figure(cell, sides) if len(columns) > 1 and len(sides) == cell.colspan + 1 else None
        if first is None:
            parted.append(cell)
            continue
        spans = [(0, first)] * bool(first) + [(at, at + 1) for at in range(first, cell.colspan)]
        for start, end in spans:
            x0, x1 = sides[start], sides[end]
            inside = [char for char in cell.chars if x0 <= (char.x0 + char.x1) / 2 < x1]
            box = (x0, cell.box[1], x1, cell.box[3])
            parted.append(Filled(box, cell.row, cell.column + start, cell.rowspan, end - start, inside))
    return parted


def _first_figure(cell: Filled, sides: Sequence[float]) -> int | None:
    """The column from which on a cell holds exactly one figure between each two neighbouring sides, words only before
    it; None where there is no such column, or where words stand before fewer than three figures."""
    bare = all(FIGURE.match(char.text) for char in cell.chars)
    if not bare and cell.colspan <= _FIGURES:
        return None
    words = [word for line in lines_of(cell.chars) for word in line.words]
    figures = sorted((word for word in words if FIGURE.fullmatch(word.text)), key=lambda word: word.box[0])
    under = [bisect_right(sides, (word.box[0] + word.box[2]) / 2) - 1 for word in figures]
    first = cell.colspan - len(figures)
    if not figures or under != list(range(first, cell.colspan)):
        return None
    if bare:
        return 0 if first == 0 else None
    label = [word for word in words if word not in figures]
    enough = len(figures) >= _FIGURES and first > 0
    return first if enough and label and max(word.box[2] for word in label) <= sides[first] + _SAME_LINE else None


def part_rows(cells: Sequence[Filled]) -> list[Filled]:
    """Rows in which every figure cell holds as many lines, side by side, parted: the rules between them are missing."""
    parted = list(cells)
    for row in sorted({cell.row for cell in cells}, reverse=True):
        members = [cell for cell in parted if cell.row == row and cell.rowspan == 1 and cell.chars]
        if sum(map(_has_lines, members)) > 1 and (middles := _figure_lines([lines_of(cell.chars) for cell in members])):
            parted = _part_row(parted, row, middles)
    return parted


def _has_lines(cell: Filled) -> bool:
    """Whether the characters of a cell stand on more than one line."""
    first = cell.chars[0].base
    return any(abs(char.base - first) > _SAME_LINE for char in cell.chars)


def _figure_lines(cells: Sequence[Sequence[Line]]) -> list[float]:
    """The middles of the lines in which the figure cells of a row agree; empty where one line is all there is."""
    figures = [lines for lines in cells if all(FIGURE.fullmatch(line.text) for line in lines)]
    middles = [[line.middle for line in lines] for lines in figures]
    labels = [lines for lines in cells if lines not in figures]
    if len(figures) < 2 or len(middles[0]) < 2 or not any(len(lines) >= len(middles[0]) for lines in labels):
        return []  # figures broken in two beside a label of one line are one row
    for other in middles[1:]:
        if len(other) != len(middles[0]):
            return []
        if any(abs(a - b) > _SAME_LINE for a, b in zip(middles[0], other, strict=True)):
            return []
    return middles[0]


def _part_row(cells: Sequence[Filled], row: int, middles: Sequence[float]) -> list[Filled]:
    more = len(middles) - 1
    cuts = [(a + b) / 2 for a, b in pairwise(middles)]
    parted: list[Filled] = []
    for cell in cells:
        if cell.row > row:
            parted.append(cell._replace(row=cell.row + more))
        elif cell.row + cell.rowspan <= row:
            parted.append(cell)
        elif cell.row < row or cell.rowspan > 1:
            parted.append(cell._replace(rowspan=cell.rowspan + more))
        else:
            sides = [cell.box[1], *cuts, cell.box[3]]
            for i in range(len(middles)):
                box = (cell.box[0], sides[i], cell.box[2], sides[i + 1])
                inside = [char for char in cell.chars if box[1] <= (char.top + char.bottom) / 2 < box[3]]
                parted.append(Filled(box, row + i, cell.column, 1, cell.colspan, inside))
    return parted


def _grid(cells: Sequence[Filled], page: Page, flags: tuple[str, ...]) -> Grid:
    """The cells as a grid from row 0 on. A cell's place is that of its text, or its own where it has none."""
    first = min(cell.row for cell in cells)
    made = []
    for cell in sorted(cells, key=_IN_ORDER):
        text, box = text_and_box(cell.chars) if cell.chars else ("", cell.box)
        place = page.place(box)
        made.append(Cell(text, cell.row - first, cell.column, cell.rowspan, cell.colspan, place, flags))
    return Grid(tuple(made), "ruled", page.place(union([cell.box for cell in cells])))
