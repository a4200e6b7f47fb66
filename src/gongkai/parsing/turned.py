"""Tables printed on their side, a column for every row of the form, are turned back before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.document import Block, Cell, Grid
from gongkai.forms import Form, Table
from gongkai.parsing.labels import label_key, likeness_to
from gongkai.parsing.lines import is_value

# So many rows of the form named side by side are no row of figures under a header, but the table on its side.
_ENOUGH = 8
_NAMED = 0.75


def turned_back(blocks: Sequence[Block], forms: Sequence[Form]) -> list[Block]:
    """The blocks, in which no grid has the rows of a form's table side by side."""
    tables = [table for form in forms for table in form.tables.values() if len(table.rows) >= _ENOUGH]
    return [_turned(block) if isinstance(block, Grid) and _is_on_its_side(block, tables) else block for block in blocks]


def _is_on_its_side(grid: Grid, tables: Sequence[Table]) -> bool:
    for cells in grid.rows() if grid.kind == "ruled" else ():
        words = [label_key(cell.text) for cell in cells if len(cell.text) > 1 and not is_value(cell.text)]
        if len(words) >= _ENOUGH and any(_names_rows(words, table) for table in tables):
            return True
    return False


def _names_rows(words: Sequence[str], table: Table) -> bool:
    """Whether the words name many of a table's rows, each another one, and in order."""
    likeness = likeness_to(table.rows, words)
    named = [int(row.argmax()) for row in likeness if row.max() >= _NAMED]
    return len(set(named)) >= _ENOUGH and named == sorted(named)


def _turned(grid: Grid) -> Grid:
    cells = (
        replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(sorted(cells, key=_in_order)))


def _in_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
