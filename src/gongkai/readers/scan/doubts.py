"""Cells of a scanned page carry the flags of what is doubtful where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gongkai.document import Block, Cell, Grid, Place
from gongkai.readers.pdf.page import Box


class Doubt(NamedTuple):
    """An area of the page, in its points, why what stands there is doubtful, its text and what is offered for it."""

    area: Box
    flag: str
    text: str = ""
    offered: tuple[str, ...] = ()


def flagged(blocks: Sequence[Block], boxes: Mapping[Place, Box], doubts: Sequence[Doubt]) -> list[Block]:
    """The blocks, in which cells (`boxes` has theirs, by their places) carry the flags of the doubts about them."""
    return [
        replace(block, cells=tuple(_with_flags(cell, boxes[cell.place], doubts) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]


def _with_flags(cell: Cell, box: Box, doubts: Sequence[Doubt]) -> Cell:
    """The cell with the flags of the areas in which its middle lies, or whose middle lies in it; what is offered for
    one of them is offered for the cell where it has nothing else."""
    here = [doubt for doubt in doubts if _holds(doubt.area, box) or _holds(box, doubt.area)]
    if not here:
        return cell
    offered = next((doubt.offered for doubt in here if doubt.text == cell.text), ())
    return replace(cell, flags=(*cell.flags, *sorted({doubt.flag for doubt in here})), offered=offered)


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of a box lies in another."""
    (left, top, right, bottom), (x0, y0, x1, y1) = outer, inner
    return left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom
