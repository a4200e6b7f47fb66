"""Tables as programs that extract the text of web pages leave them where cells hold paragraphs: a line a cell.

Every cell has a pipe behind it or on the line below it, an empty cell is a pipe alone, and a run of pipes makes up for
what the row's cells span. Where a row ends shows only there; else a label begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.document import Cell, Grid
from gongkai.readers.figures import FIGURE
from gongkai.readers.text_table import NumberedLine, TextTable, place_of

_PIPES = re.compile(r"\s*[|｜]+\s*")
# A cell on its line, its pipe behind it, and the pipes of what the row spans, or those of empty cells, set apart.
_CLOSED = re.compile(r"(?P<text>[^|｜]*[^|｜\s])\s*[|｜](?:(?P<more>\s?[|｜]+)|(?P<empty>(?:\s{2,}[|｜])+))?\s*")
_EMPTY = re.compile("[|｜]")
# Tables with a line a row have no such run of lines that hold one cell or none.
_LEAST = 6


@dataclass(frozen=True, slots=True)
class _Item:
    """A cell with the line it stands on (`text` is empty in an empty one), or the end of a row."""

    text: str
    line: int
    start: int = 0
    ends_row: bool = False

    @property
    def is_label(self) -> bool:
        return bool(self.text) and not FIGURE.fullmatch(self.text)


def find_extracted(lines: Sequence[NumberedLine]) -> Iterator[TextTable]:
    """The tables with a line a cell among numbered lines that are not empty."""
    kinds = [_is_part(lines, i) for i in range(len(lines))]
    for is_part, group in groupby(range(len(lines)), key=kinds.__getitem__):
        run = list(group)
        if is_part and len(run) >= _LEAST and _has_bare_cells([lines[i][1] for i in run]):
            rows = list(_rows(list(_items([lines[i] for i in run]))))
            yield TextTable(run[0], run[-1] + 1, (_grid(rows),))


def _is_part(lines: Sequence[NumberedLine], i: int) -> bool:
    """Whether a line is a cell with its pipe, pipes alone, or a cell whose pipe stands on the next line."""
    text = lines[i][1]
    if _PIPES.fullmatch(text) or _CLOSED.fullmatch(text):
        return True
    below = lines[i + 1][1] if i + 1 < len(lines) else ""
    return not re.search(r"[|｜\t]", text) and bool(_PIPES.fullmatch(below))


def _has_bare_cells(texts: Sequence[str]) -> bool:
    """Whether figures or empty cells stand alone on lines of their own."""
    alone = [re.sub(r"[|｜]", "", text).strip() for text in texts if len(re.findall(r"[|｜]", text)) <= 1]
    return sum(not text or bool(FIGURE.fullmatch(text)) for text in alone) >= _LEAST / 2


def _items(lines: Sequence[NumberedLine]) -> Iterator[_Item]:
    open_cell = False
    for number, text in lines:
        if closed := _CLOSED.fullmatch(text):
            yield _Item(closed["text"].strip(), number, len(text) - len(text.lstrip()))
            if closed["more"]:
                yield _Item("", number, ends_row=True)
            yield from (_Item("", number, match.start()) for match in _EMPTY.finditer(text, *closed.span("empty")))
            open_cell = False
        elif _PIPES.fullmatch(text):
            count = len(text.strip())
            if count > 1:
                yield _Item("", number, ends_row=True)
            elif not open_cell:
                yield _Item("", number, text.index(text.strip()))
            open_cell = False
        else:
            yield _Item(text.strip(), number, len(text) - len(text.lstrip()))
            open_cell = True


def _rows(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Rows of cells. Of labels that follow each other the last one is the row's own, those before it are its header's;
    a last label that the header has once more names a column, and the row has no label."""
    labels: list[_Item] = []
    cells: list[_Item] = []
    for item in [*items, _Item("", 0, ends_row=True)]:
        if cells and (item.is_label or item.ends_row):
            yield from _split(labels, cells)
            labels, cells = [], []
        elif item.ends_row and labels:
            yield labels
            labels = []
        if item.is_label:
            labels.append(item)
        elif not item.ends_row:
            cells.append(item)


def _split(labels: Sequence[_Item], cells: Sequence[_Item]) -> Iterator[list[_Item]]:
    repeated = len(labels) > 1 and labels[-1].text in {label.text for label in labels[:-1]}
    own = 0 if repeated or not labels else 1
    header = list(labels[: len(labels) - own])
    if repeated and len(header) > len(cells):
        yield header[: -len(cells)]
        header = header[-len(cells) :]
    if header:
        yield header
    yield [*labels[len(labels) - own :], *cells]


def _grid(rows: Sequence[Sequence[_Item]]) -> Grid:
    cells = [
        Cell(item.text, r, c, place=place_of(item.line, item.start, item.start + len(item.text)))
        for r, row in enumerate(rows)
        for c, item in enumerate(row)
    ]
    return Grid(tuple(cells), "delimited", cells[0].place)
