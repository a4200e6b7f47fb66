"""A table too wide or too long for its page says in two halves what it says in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from html_pages import requests_document

from gongkai.document import Block, Document, Grid, Paragraph
from gongkai.forms import all_forms
from gongkai.parsing import from_document
from gongkai.parsing.halves import made_whole


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return requests_document(tmp_path)


def part(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """These rows and columns of a grid, as a grid of its own."""
    cells = []
    for cell in grid.cells:
        down = [row for row in range(cell.row, cell.row + cell.rowspan) if row in rows]
        across = [i for i, column in enumerate(columns) if cell.column <= column < cell.column + cell.colspan]
        if down and across:
            row, column = rows.index(down[0]), across[0]
            cells.append(replace(cell, row=row, column=column, rowspan=len(down), colspan=len(across)))
    return Grid(tuple(cells))


def assert_same(document: Document, *parts: tuple[Sequence[int], Sequence[int]], flags: str = "") -> None:
    """The document says the same with its only table as these parts, a caption above each; some cells with `flags`."""
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    text: list[Block] = [block for block in document.blocks if isinstance(block, Paragraph)]
    whole = from_document(document, "").cells
    halves = [block for rows, columns in parts for block in (Paragraph("续表"), part(grid, rows, columns))]
    found = from_document(replace(document, blocks=[*text, *halves]), "").cells
    assert whole["status"].eq("number").sum() > 150
    for column in ("value", "status", "raw"):
        assert found[column].equals(whole[column])
    assert set(found["flags"]) == {"", flags}


HEADER, LAST = range(3), 27
FIRST = range(LAST + 1)


def test_the_last_columns_below_the_first(document: Document) -> None:
    assert_same(document, (FIRST, range(7)), (FIRST, (0, 1, 2, 7, 8, 9)))


def test_the_columns_below_one_another_in_three_parts(document: Document) -> None:
    assert_same(document, (FIRST, range(4)), (FIRST, (0, 1, 2, *range(4, 9))), (FIRST, (0, 1, 2, 9)))


def test_halves_on_two_pages_each(document: Document) -> None:
    rest = (0, 1, 2, 7, 8, 9)
    above, below = range(14), range(14, LAST + 1)
    assert_same(document, (above, range(7)), (below, range(7)), (range(11), rest), (range(11, LAST + 1), rest))


def test_columns_below_the_others_without_labels_are_doubtful(document: Document) -> None:
    assert_same(document, (FIRST, range(7)), (FIRST, (7, 8, 9)), flags="placement")


def test_the_last_rows_beside_the_first(document: Document) -> None:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    whole = from_document(document, "").cells
    left, right = part(grid, range(15), range(10)), part(grid, (*HEADER, *range(15, LAST + 1)), range(10))
    beside = (replace(cell, column=cell.column + 10) for cell in right.cells)
    document.blocks[document.blocks.index(grid)] = Grid((*left.cells, *beside))
    found = from_document(document, "").cells
    assert found["value"].equals(whole["value"])


def test_the_table_of_another_year_is_no_half(document: Document) -> None:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    document.blocks.append(grid)
    assert made_whole(document.blocks, list(all_forms().values())) == document.blocks
