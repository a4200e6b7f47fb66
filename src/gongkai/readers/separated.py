"""Tables with commas or semicolons between the cells (RFC 4180): a cell in quotation marks may hold both, and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.document import Cell, Grid, Place
from gongkai.readers.figures import FIGURE
from gongkai.readers.text_table import NumberedLine, TextTable, place_of

_FIELDS = {
    mark: re.compile(rf'(?:^|(?<={mark}))[ ]*("(?:[^"]|"")*"[ ]*(?={mark}|$)|[^{mark}]*)') for mark in (",", ";", "；")
}
_OTHER = re.compile(r"[\t|｜│]")  # what parts cells where commas part thousands
_MOST_LINES = 8  # over which a cell in quotation marks runs
# A table has rows of as many cells, and figures or empty cells in some of them; sentences have commas, too.
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_LEAST_FIGURES = 2
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of the table: the lines that it takes, and where its cells stand in their text."""

    begin: int
    end: int
    text: str
    fields: tuple[tuple[int, int], ...]

    @property
    def cells(self) -> list[str]:
        return [_unquoted(self.text[start:end]) for start, end in self.fields]


def find_separated(lines: Sequence[NumberedLine]) -> Iterator[TextTable]:
    """The tables with such marks among numbered lines that are not empty."""
    for mark, pattern in _FIELDS.items():
        records = list(_records(lines, mark, pattern))
        for count, group in groupby(records, key=lambda record: len(record.fields)):
            run = list(group)
            if count >= _LEAST_CELLS and len(run) >= _LEAST_ROWS and _is_table(run):
                yield TextTable(run[0].begin, run[-1].end, (_grid(run, lines),))


def _records(lines: Sequence[NumberedLine], mark: str, pattern: re.Pattern[str]) -> Iterator[_Record]:
    i = 0
    while i < len(lines):
        end, text = i + 1, lines[i][1]
        while text.count('"') % 2 and end < min(i + _MOST_LINES, len(lines)):
            text += "\n" + lines[end][1]
            end += 1
        if text.count('"') % 2:
            end, text = i + 1, lines[i][1]
        parted = mark in text and not _OTHER.search(text)
        fields = tuple(match.span(1) for match in pattern.finditer(text)) if parted else ((0, len(text)),)
        yield _Record(i, end, text, fields)
        i = end


def _is_table(run: Sequence[_Record]) -> bool:
    rows = [record.cells for record in run]
    figures = [sum(not cell or bool(FIGURE.fullmatch(cell)) for cell in row) for row in rows]
    longest = max(len(cell) for row in rows for cell in row)
    return longest <= _LONGEST and sum(count >= _LEAST_FIGURES for count in figures) >= _LEAST_ROWS - 1


def _grid(run: Sequence[_Record], lines: Sequence[NumberedLine]) -> Grid:
    cells = [
        Cell(text, r, c, place=_place(record, span, lines))
        for r, record in enumerate(run)
        for c, (text, span) in enumerate(zip(record.cells, record.fields, strict=True))
    ]
    return Grid(tuple(cells), "delimited", Place(top=float(lines[run[0].begin][0])))


def _place(record: _Record, span: tuple[int, int], lines: Sequence[NumberedLine]) -> Place:
    first, last = span
    if record.text[first : first + 1] == '"':
        first, last = first + 1, last - 1
    before = record.text[:first]
    start = len(before) - (before.rfind("\n") + 1)
    return place_of(lines[record.begin + before.count("\n")][0], start, start + last - first)


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text.replace("\n", " ").strip()
