"""A page of characters and rules as blocks in reading order: grids where rules are drawn or words stand in columns,
and a paragraph for every other line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from gongkai.document import Block, Cell, Grid, Paragraph
from gongkai.readers.pdf.finder import find_tables
from gongkai.readers.pdf.grids import FIGURE, grids_of
from gongkai.readers.pdf.page import Box, Page, union
from gongkai.readers.pdf.words import Line, Word, lines_of

_COLUMN_GAP = 1.0  # of the font size: words this far apart may stand in columns
_WIDE_GAP = 2.0  # of the font size: two words this far apart stand in columns if the second is a figure
_SEVERAL = 3
_PAGE_NUMBER = re.compile(r"[-—–－]? ?\d{1,4} ?[-—–－]?")
_ALIGNED = 2.0


class Group(NamedTuple):
    """Words of a line that belong together."""

    text: str
    box: Box
    size: float


class Row(NamedTuple):
    """A line whose word groups stand in columns."""

    groups: list[Group]


def blocks_of(page: Page, flags: tuple[str, ...] = ()) -> list[Block]:
    """The blocks of a page from top to bottom; every cell carries `flags`."""
    free = page.chars
    placed: list[tuple[float, Grid | Row | Line]] = []
    for table in find_tables(page):
        grids, free = grids_of(table, free, page, flags)
        placed += grids
    lines = lines_of(free)
    middles = [(line.box[1] + line.box[3]) / 2 for line in lines]
    placed += zip(middles, rows_and_lines(lines), strict=True)
    placed.sort(key=lambda item: item[0])
    blocks: list[Block] = []
    for kind, run in groupby((item for _, item in placed), key=type):
        if kind is Row:
            blocks.append(_spaced([item.groups for item in run if isinstance(item, Row)], page, flags))
        else:
            blocks += [item if isinstance(item, Grid) else _paragraph(item, page) for item in run]
    return blocks


def rows_and_lines(lines: Sequence[Line]) -> Iterable[Row | Line]:
    """Lines whose words stand in columns as rows, the others as they are."""
    rows = [Row(groups) if in_columns(groups) else None for groups in map(groups_of, lines)]
    starts = column_starts(row for row in rows if row)
    for line, row in zip(lines, rows, strict=True):
        yield Row(groups_of(line, starts)) if row else line


def column_starts(rows: Iterable[Row]) -> list[float]:
    """Where groups begin in several rows: there a column begins."""
    starts = sorted(group.box[0] for row in rows for group in row.groups)
    return [start for start, later in zip(starts, starts[_SEVERAL - 1 :], strict=False) if later - start <= _ALIGNED]


def groups_of(line: Line, starts: Sequence[float] = ()) -> list[Group]:
    """The words of a line in groups.

    Words are parted by a gap as wide as a character, where a column starts, and before each of several last figures.
    """
    words = line.words
    first_figure = len(words)
    while first_figure > 0 and FIGURE.fullmatch(words[first_figure - 1].text):
        first_figure -= 1
    if len(words) - first_figure == 1:
        first_figure += 1
    runs: list[list[Word]] = []
    for i, word in enumerate(words):
        apart = i == 0 or word.box[0] - words[i - 1].box[2] >= _COLUMN_GAP * max(word.size, words[i - 1].size)
        if apart or i >= first_figure or any(abs(word.box[0] - start) <= _ALIGNED for start in starts):
            runs.append([])
        runs[-1].append(word)
    return [Group(" ".join(word.text for word in run), union([word.box for word in run]), run[0].size) for run in runs]


def in_columns(groups: Sequence[Group]) -> bool:
    """Whether the word groups of a line stand in columns.

    Three groups do, unless they are a page number, or single characters set wide apart (a title); two do if the second
    is a figure.
    """
    if _PAGE_NUMBER.fullmatch(" ".join(group.text for group in groups)):
        return False
    if len(groups) > 2:
        return any(len(group.text) > 1 or FIGURE.fullmatch(group.text) for group in groups)
    if len(groups) < 2:
        return False
    left, right = groups
    wide = right.box[0] - left.box[2] >= _WIDE_GAP * max(left.size, right.size)
    return wide and FIGURE.fullmatch(right.text) is not None


def _paragraph(line: Row | Line, page: Page) -> Paragraph:
    assert isinstance(line, Line)
    return Paragraph(line.text, page.place(line.box))


def _spaced(rows: Sequence[Sequence[Group]], page: Page, flags: tuple[str, ...]) -> Grid:
    cells = [
        Cell(group.text, r, c, place=page.place(group.box), flags=flags)
        for r, groups in enumerate(rows)
        for c, group in enumerate(groups)
    ]
    return Grid(tuple(cells), "spaced", page.place(union([group.box for groups in rows for group in groups])))
