"""A table in markup becomes a Grid, or, when it only lays out a page, the blocks that stand in its cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.document import Block, Cell, Grid, Paragraph, Place

_LONG = 300  # characters; no label or note in a cell of figures is as long
_A_TABLE = 8  # filled cells that make a table inside a cell more than a part of that cell


@dataclass(slots=True)
class OpenCell:
    """A cell at its place in the grid, with the blocks read in it so far."""

    row: int
    column: int
    rowspan: int
    colspan: int
    place: Place
    flags: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)


def close_table(cells: Sequence[OpenCell], place: Place) -> list[Block]:
    """The table as one Grid, or what is in its cells, in order.

    Columns in which no cell begins have no width on the page and are not counted.
    """
    texts = [_text(cell.blocks) for cell in cells]
    if _is_layout(cells, texts):
        return [block for cell in cells for block in cell.blocks]
    starts = sorted({cell.column for cell in cells})
    closed = []
    for cell, text in zip(cells, texts, strict=True):
        column = bisect_left(starts, cell.column)
        colspan = bisect_left(starts, cell.column + cell.colspan) - column
        closed.append(Cell(text, cell.row, column, cell.rowspan, colspan, cell.place, cell.flags))
    return [Grid(tuple(closed), "ruled", place)]


def _is_layout(cells: Sequence[OpenCell], texts: Sequence[str]) -> bool:
    """Whether a table only places things: one column, a whole table in a cell, or one long text beside little else."""
    if len({cell.column for cell in cells}) < 2:
        return True
    if any(_is_table(block) for cell in cells for block in cell.blocks):
        return True
    longest = max(map(len, texts))
    return longest > _LONG and longest > sum(map(len, texts)) / 2


def _is_table(block: Block) -> bool:
    return isinstance(block, Grid) and sum(bool(cell.text) for cell in block.cells) >= _A_TABLE


def _text(blocks: Sequence[Block]) -> str:
    """The text of a cell: a line a paragraph, and a line a row of a small table that stands in it."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [" ".join(cell.text for cell in row if cell.text) for row in block.rows()]
    return "\n".join(line for line in lines if line)
