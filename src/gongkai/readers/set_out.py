"""Tables that are set out in paragraphs, by tabs or blanks, as typists do, become grids, as in a text file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from gongkai.document import Block, Grid, Paragraph, Place
from gongkai.readers.figures import BARE
from gongkai.readers.spacing import shown
from gongkai.readers.text import from_text

_FEWEST = 3  # paragraphs that are rows
_WIDE = re.compile(rf"(?:(?:^|[ \t\u3000]){BARE}(?=[ \t\u3000]|$)[ \u3000]*\t?){{3}}|(?:\t{BARE}(?=\t|$)){{3}}")
_GAP = re.compile(r"\t|\S[ \u3000]{2,}\S")


def with_grids(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, in which paragraphs that are rows of a table stand as such; elsewhere runs of blanks are one."""
    found: list[Block] = []
    for is_prose, members in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(members)
        found += _told_apart([block for block in run if isinstance(block, Paragraph)]) if is_prose else run
    return found


def _told_apart(run: Sequence[Paragraph]) -> list[Block]:
    rows = [i for i, paragraph in enumerate(run) if _GAP.search(paragraph.text.strip())]
    if len(rows) < _FEWEST or not any(_WIDE.search(run[i].text) for i in rows):
        return [_plain(paragraph) for paragraph in run]
    first, last = rows[0], rows[-1] + 1
    read = from_text("\n".join(paragraph.text for paragraph in run[first:last]), "").blocks
    inside = [_placed(block, run[first:last]) for block in read]
    return [*map(_plain, run[:first]), *inside, *map(_plain, run[last:])]


def _plain(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, text=shown(paragraph.text))


def _placed(block: Block, run: Sequence[Paragraph]) -> Block:
    """A block of the text with the places of the paragraphs that its lines are."""
    if isinstance(block, Paragraph):
        return _plain(run[_line(block.place)])
    cells = tuple(replace(cell, place=run[_line(cell.place)].place) for cell in block.cells)
    return Grid(cells, block.kind, run[_line(block.place)].place)


def _line(place: Place) -> int:
    assert place.top is not None
    return int(place.top) - 1
