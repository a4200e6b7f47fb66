"""A page of characters and rules as blocks in reading order: grids where rules are drawn or words stand in columns,
and a paragraph for every other line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gongkai.document import Block, Cell, Grid, Paragraph
from gongkai.readers.pdf.columns import Group, Row, rows_and_lines
from gongkai.readers.pdf.finder import find_tables
from gongkai.readers.pdf.grids import grids_of
from gongkai.readers.pdf.joints import with_joints
from gongkai.readers.pdf.notes import settled
from gongkai.readers.pdf.page import Page, union
from gongkai.readers.pdf.words import Line, lines_of


def blocks_of(page: Page, flags: tuple[str, ...] = (), others: Sequence[tuple[float, Block]] = ()) -> list[Block]:
    """The blocks of a page from top to bottom; every cell carries `flags`. `others` are blocks of the page that were
    made elsewhere, each with its position down the page."""
    free = settled(page.chars)
    placed: list[tuple[float, Block | Row | Line]] = [*others]
    for table in find_tables(with_joints(page)):
        grids, free = grids_of(table, free, page, flags)
        placed += grids
    placed += [(item.middle, item) for item in rows_and_lines(lines_of(free))]
    placed.sort(key=lambda item: item[0])
    blocks: list[Block] = []
    for kind, run in groupby((item for _, item in placed), key=type):
        if kind is Row:
            blocks.append(_spaced([item.groups for item in run if isinstance(item, Row)], page, flags))
        else:
            blocks += [item if isinstance(item, Block) else _paragraph(item, page) for item in run]
    return blocks


def _paragraph(line: Row | Line, page: Page) -> Paragraph:
    assert isinstance(line, Line)
    return Paragraph(line.text.replace("\n", ""), page.place(line.box))


def _spaced(rows: Sequence[Sequence[Group]], page: Page, flags: tuple[str, ...]) -> Grid:
    cells = [
        Cell(group.text, r, c, place=page.place(group.box), flags=flags)
        for r, groups in enumerate(rows)
        for c, group in enumerate(groups)
    ]
    return Grid(tuple(cells), "spaced", page.place(union([group.box for groups in rows for group in groups])))
