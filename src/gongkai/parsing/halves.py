"""Tables too wide or too long for their page: the last columns below the first ones, or the last rows beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.document import Block, Cell, Document, Grid, Paragraph
from gongkai.forms import Column, Form
from gongkai.parsing.labels import label_key, likeness_to
from gongkai.parsing.lines import NUMBERED, is_value, lines_of

# So many rows alike are those of one table.
_ROWS = 8
# A table's header takes no more rows; what stands between its parts is no longer than a caption.
_HEADER_ROWS = 4
_CAPTION = 30
_NAMED = 0.75


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by the number of its grid among the blocks and its own in it, and its label."""

    grid: int
    number: int
    label: str


@dataclass(slots=True)
class _Part:
    """A table, or a half of one, which may go on over pages: its grids by their numbers among the blocks, the columns
    of the form that it names, where the first of these stands, and the rows of its header and below it."""

    grids: list[int]
    named: set[int]
    start: int
    header: list[_Row]
    rows: list[_Row]


def made_whole(blocks: Sequence[Block], forms: Sequence[Form]) -> list[Block]:
    """The blocks, in which no table of a form stands in two halves that complete each other."""
    tables = [table for form in forms for table in form.tables.values() if table.layout == "matrix"]
    for columns in dict.fromkeys(table.rows[0].columns for table in tables):
        blocks = _joined([half for block in blocks for half in _cut(block, columns)], columns)
    return list(blocks)


def _joined(blocks: Sequence[Block], columns: Sequence[Column]) -> list[Block]:
    """The blocks, with every half that holds the same rows' other columns put beside the half before it."""
    found = dict(enumerate(blocks))
    whole: _Part | None = None
    for part in _parts(blocks, columns):
        beside = _beside(part, whole) if part and whole else {}
        if part and whole and beside and not _left_over(found, part, beside):
            _put_beside(found, part, whole, beside)
        else:
            whole = part
    return [found[number] for number in sorted(found)]


def _parts(blocks: Sequence[Block], columns: Sequence[Column]) -> Iterator[_Part | None]:
    """The parts in order; None where text, or a table of another kind, parts them."""
    part: _Part | None = None
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph) and len(block.text) <= _CAPTION:
            continue
        read = _read(number, block, columns) if isinstance(block, Grid) and block.kind in NUMBERED else None
        if read and part and not read.named:
            part.grids += read.grids
            part.rows += read.rows
            continue
        if part:
            yield part
        if read is None:
            yield None
        part = read if read and read.named else None
    if part:
        yield part


def _read(number: int, grid: Grid, columns: Sequence[Column]) -> _Part:
    lines = lines_of(Document("", "", [grid]))
    at = dict(zip((line.index for line in lines), sorted({cell.row for cell in grid.cells}), strict=True))
    above = [line for line in lines[:_HEADER_ROWS] if not line.filled]
    names = [(line, token) for line in above for token in line.tokens if token.text]
    like = likeness_to(columns, [label_key(token.text) for _, token in names])
    hits = [
        (line, token, int(row.argmax())) for (line, token), row in zip(names, like, strict=True) if row.max() >= _NAMED
    ]
    last = max((line.index for line, _, _ in hits), default=-1)
    # A group's name is printed again where a page breaks the group, so that it tells nothing.
    placed = [_Row(number, at[line.index], label_key(line.label[-1].text) if line.label else "") for line in lines]
    start = min((int(token.start) for _, token, _ in hits), default=0)
    return _Part([number], {column for *_, column in hits}, start, placed[: last + 1], placed[last + 1 :])


def _beside(part: _Part, whole: _Part) -> dict[_Row, _Row]:
    """Which row of the part before it each row of a part belongs to: the one of the same label, or in the same place
    where it has none. Empty unless the part has other columns, and the other's first rows, many of them."""
    own, others = ([row for row in one.rows if row.label] for one in (part, whole))
    if not own and len(part.rows) == len(others):
        own = part.rows
    same = min(len(own), len(others))
    alike = all(row.label in ("", other.label) for row, other in zip(own, others, strict=False))
    if part.named & whole.named or same < _ROWS or not alike:
        return {}
    header = zip(reversed(part.header), reversed(whole.header), strict=False)
    return dict([*header, *zip(own[:same], others[:same], strict=True)])


def _left_over(found: Mapping[int, Block], part: _Part, beside: Mapping[_Row, _Row]) -> bool:
    """Whether a grid of the part holds more than what is put beside the other: a row that is none of these."""
    rows = {(row.grid, row.number) for row in (*beside, *part.header)}
    cells = [(number, cell) for number in {row.grid for row in beside} for cell in _cells(found[number])]
    return any(cell.text and cell.column >= part.start and (number, cell.row) not in rows for number, cell in cells)


def _put_beside(found: dict[int, Block], part: _Part, whole: _Part, beside: dict[_Row, _Row]) -> None:
    """Move the cells of a part behind the last column of the rows that they belong to, and name its columns there."""
    rows = {(row.grid, row.number): other for row, other in beside.items()}
    unnamed = not any(row.label for row in part.rows)
    width = max(cell.column + cell.colspan for number in whole.grids for cell in _cells(found[number]))
    moved: dict[int, list[Cell]] = {number: [] for number in whole.grids}
    for number in {row.grid for row in beside}:
        for cell in _cells(found.pop(number)):
            other = rows.get((number, cell.row))
            if other is not None and cell.column >= part.start:
                flags = (*cell.flags, *("placement",) * unnamed)
                column = cell.column - part.start + width
                moved[other.grid].append(replace(cell, row=other.number, column=column, flags=flags))
    for number, cells in moved.items():
        grid = found[number]
        if isinstance(grid, Grid):
            found[number] = replace(grid, cells=(*grid.cells, *cells))
    whole.named |= part.named


def _cells(block: Block) -> tuple[Cell, ...]:
    return block.cells if isinstance(block, Grid) else ()


def _cut(block: Block, columns: Sequence[Column]) -> list[Block]:
    """A grid whose last rows stand beside its first ones, under the header again, as two; any other block as it is."""
    if not isinstance(block, Grid) or block.kind != "ruled":
        return [block]
    first = label_key(columns[0].label)
    names = [cell.column for cell in block.cells if cell.row < _HEADER_ROWS and label_key(cell.text) == first]
    if len(set(names)) != 2:
        return [block]
    behind: Counter[int] = Counter()
    for cells in block.rows():
        filled = [cell for cell in cells if cell.text]
        behind.update(
            right.column for left, right in pairwise(filled) if is_value(left.text) and not is_value(right.text)
        )
    at = min((column for column, count in behind.items() if count > 1), default=0)
    if not min(names) < at <= max(names) or sum(behind.values()) < _ROWS:
        return [block]
    left = tuple(cell for cell in block.cells if cell.column < at)
    right = tuple(replace(cell, column=cell.column - at) for cell in block.cells if cell.column >= at)
    return [replace(block, cells=left), replace(block, cells=right)]
