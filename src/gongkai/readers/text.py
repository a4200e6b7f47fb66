"""Plain text and Markdown, as OCR and PDF-to-text programs leave them, become a Document.

A line is a row of a grid when tabs, pipes or wide gaps part it, or when it ends in several bare figures; figures that
stand alone on consecutive lines are one row. Everything else is a paragraph a line: what belongs together parsing says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from gongkai.document import Block, Cell, Document, Grid, GridKind, Paragraph
from gongkai.readers.decode import decode
from gongkai.readers.drawn import find_drawn
from gongkai.readers.embedded import find_embedded
from gongkai.readers.extracted import find_extracted
from gongkai.readers.figures import BARE, FIGURE
from gongkai.readers.lining import lined_up, width
from gongkai.readers.markdown import plain
from gongkai.readers.separated import find_separated
from gongkai.readers.text_table import place_of
from gongkai.readers.unify import unify

_GAP = re.compile(r"[ \xa0]{2,}|[ \xa0]*\u3000[ \u3000\xa0]*")
_TRAILING = re.compile(rf"(?<=\s){BARE}(?:[ \xa0]+{BARE})+\s*$")
# Figures before their label: three or more, as a sentence does not begin.
_LEADING = re.compile(rf"\s*(?:{BARE}[ \xa0]+){{3,}}(?=[^\s\xa0])")
# A line without the punctuation of sentences that ends in one bare figure: a label and its figure.
_LABELLED = re.compile(rf"[^。；：;:]{{1,60}}(?<=\s)(?:{BARE})\s*")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页.*|\d{1,4}\s*/\s*\d{1,4}|Page \d+.*)\s*", re.I
)
_PIPE_RULE = re.compile(r"[\s|:+\-=_]+")
# A line of nothing but this many tabs is a row of empty cells.
_EMPTY_ROW = 3
_HEADING = re.compile(r"#{1,6}\s*")
# Wide characters count twice where this many times more words stand in columns then.
_CLEARLY = 1.5
# Lines that only mark code, or part what is above from what is below.
_MARKS_ONLY = re.compile(r"\s*(?:[`~]{3,}\w*|[-*_=]{4,})\s*")
_PIPE = re.compile(r"(?<!\\)\|")
# What makes out of several lines a table of its own; of two that begin on one line the last one wins.
_FINDERS = (find_separated, find_extracted, find_drawn, find_embedded)


_Measure = Callable[[str, int], int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line seen as a row: words with their character offsets, and how many form feeds came before."""

    kind: GridKind
    line: int
    page: int
    words: tuple[tuple[str, int, int], ...]
    text: str

    @property
    def lone_figure(self) -> bool:
        return len(self.words) == 1 and self.kind == "spaced"


def read(path: Path) -> Document:
    """Read a text file; raises UnreadableFile for what is no text."""
    return from_text(decode(path.read_bytes(), path), path.name)


def from_text(text: str, source: str) -> Document:
    """The Document of a text. A form feed ends a row of lone figures, as a page does.

    Positions are counted in characters, or with wide characters twice where that makes far more words stand in columns.
    """
    found = list(_rows(unify(text)))
    rows = [row for row in found if isinstance(row, _Row) and row.kind == "spaced"]
    wide = _lines_up(rows, _columns) > _CLEARLY * _lines_up(rows, _characters)
    measure = _columns if wide else _characters
    blocks: list[Block] = []
    for is_row, group in groupby(found, key=lambda item: isinstance(item, _Row)):
        if is_row:
            blocks += _grids([item for item in group if isinstance(item, _Row)], measure)
        else:
            blocks += [item for item in group if not isinstance(item, _Row)]
    return Document(source, "text", blocks, wrapped=True)


def _rows(text: str) -> Iterator[_Row | Block]:
    """Every line that is not empty as a row or a paragraph; lines that are a table cell by cell as its grid."""
    page = 0
    lines = list(enumerate(re.split(r"\r\n|[\n\r\v\x85\u2028]", text), start=1))
    filled = [numbered for numbered in lines if numbered[1].strip()]
    tables = {filled[table.begin][0]: table for find in _FINDERS for table in find(filled)}
    skip = 0
    for number, line in lines:
        page += line.count("\f")
        if number > skip and (table := tables.get(number)):
            yield from table.blocks
            skip = filled[table.end - 1][0]
        if number <= skip:
            continue
        stripped = line.replace("\f", " ")  # trailing tabs stay: they are empty cells
        if (not stripped.strip("\t \xa0\u3000") and stripped.count("\t") < _EMPTY_ROW) or _is_mark(stripped):
            continue
        heading = _HEADING.match(stripped)
        if heading and "|" not in stripped and "\t" not in stripped:
            yield Paragraph(plain(stripped[heading.end() :]).strip(), place_of(number, 0, len(line)), heading=True)
        elif row := _row(stripped, number, page):
            yield row
        elif shown := plain(stripped).strip():
            yield Paragraph(shown, place_of(number, 0, len(line)))


def _is_mark(line: str) -> bool:
    """Whether a line is nothing to be read: a rule between rows or parts, the beginning or end of code."""
    if _MARKS_ONLY.fullmatch(line):
        return True
    return "-" in line and ("|" in line or "+" in line) and bool(_PIPE_RULE.fullmatch(line)) and line.count("-") >= 3


def _row(line: str, number: int, page: int) -> _Row | None:
    if "\t" in line:
        return _Row("delimited", number, page, tuple(_cut(line, "\t")), line)
    if line.count("|") >= 2 or line.count("｜") >= 2:
        return _Row("delimited", number, page, tuple(_cut(line, "|" if "|" in line else "｜"))[_outer(line) :], line)
    if _PAGE_NUMBER.fullmatch(line):
        return None
    words = tuple(_spaced_words(line))
    if len(words) > 1 or (words and FIGURE.fullmatch(words[0][0])):
        return _Row("spaced", number, page, words, line)
    return None


def _cut(line: str, separator: str) -> Iterator[tuple[str, int, int]]:
    """The cells between separators with their offsets, empty ones included; the one after a closing pipe is not one."""
    offset = 0
    pieces = _PIPE.split(line) if separator == "|" else line.split(separator)
    if separator != "\t" and not pieces[-1].strip():
        pieces.pop()
    for piece in pieces:
        text = plain(piece, " ").strip() if separator != "\t" else piece.strip()
        shown = text if text and text in piece else piece.strip()  # the place is that of the figure, without its marks
        start = offset + piece.index(shown)
        yield text, start, start + len(shown)
        offset += len(piece) + 1


def _outer(line: str) -> int:
    """1 where the line opens with a pipe: what stands before it is no cell."""
    return int(line.lstrip()[0] in "|｜")


def _spaced_words(line: str) -> Iterator[tuple[str, int, int]]:
    """Words parted by wide gaps; bare figures at the end or the start of the line are parted at single blanks, too."""
    cut = len(line)
    figures: list[tuple[str, int, int]] = []
    match = _TRAILING.search(" " + line)
    if match or _LABELLED.fullmatch(line):
        cut = max(match.start() - 1, 0) if match else len(line.rstrip()) - len(line.split()[-1])
        figures = [(m[0], m.start(), m.end()) for m in re.finditer(r"[^\s\xa0]+", line) if m.start() >= cut]
    offset = 0
    if not figures and (leading := _LEADING.match(line)):
        offset = leading.end()
        yield from ((m[0], m.start(), m.end()) for m in re.finditer(r"[^\s\xa0]+", line[:offset]))
    for gap in [*_GAP.finditer(line[:cut], offset), None]:
        end = gap.start() if gap else cut
        word = line[offset:end]
        if word.strip():
            start = offset + len(word) - len(word.lstrip())
            yield word.strip(), start, start + len(word.strip())
        offset = gap.end() if gap else cut
    yield from figures


def _grids(rows: Sequence[_Row], measure: _Measure) -> Iterator[Grid]:
    """Runs of rows of one kind, each a grid."""
    for kind, group in groupby(rows, key=lambda row: row.kind):
        run = list(group)
        if kind == "delimited":
            yield _delimited(run)
            continue
        for stacked, joined in groupby(_join_lone_figures(run), key=lambda lines: len(lines) > 1):
            lines = list(joined)
            yield _stacked(lines) if stacked else _spaced([row for (row,) in lines], measure)


def _delimited(rows: Sequence[_Row]) -> Grid:
    cells = [
        Cell(text, r, c, place=place_of(row.line, start, end))
        for r, row in enumerate(rows)
        for c, (text, start, end) in enumerate(row.words)
    ]
    return Grid(tuple(cells), "delimited", place_of(rows[0].line, 0, 0))


def _join_lone_figures(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows of a grid as the lines they come from: lines that hold one figure each and follow each other are one row."""
    joined: list[list[_Row]] = []
    for row in rows:
        if joined and row.lone_figure and joined[-1][-1].lone_figure and row.page == joined[-1][-1].page:
            joined[-1].append(row)
        else:
            joined.append([row])
    return joined


def _stacked(runs: Sequence[Sequence[_Row]]) -> Grid:
    """Runs of lines with one figure each, a row a run."""
    cells = [
        Cell(text, r, c, place=place_of(row.line, start, end))
        for r, run in enumerate(runs)
        for c, row in enumerate(run)
        for text, start, end in row.words
    ]
    return Grid(tuple(cells), "stacked", cells[0].place)


def _spaced(rows: Sequence[_Row], measure: _Measure) -> Grid:
    """A grid of words at positions across the line."""
    cells = []
    for r, row in enumerate(rows):
        for text, start, end in row.words:
            left, right = measure(row.text, start), measure(row.text, end)
            cells.append(Cell(text, r, left, colspan=right - left, place=place_of(row.line, start, end)))
    return Grid(tuple(cells), "spaced", cells[0].place)


def _characters(text: str, offset: int) -> int:
    return offset


def _columns(text: str, offset: int) -> int:
    return width(text[:offset])


def _lines_up(rows: Sequence[_Row], measure: _Measure) -> int:
    """How many figures end, and how many words have their middle, under those of another line."""
    spans = [(word, measure(row.text, start), measure(row.text, end)) for row in rows for word, start, end in row.words]
    ends = (end for word, _, end in spans if FIGURE.fullmatch(word))
    return lined_up(ends) + lined_up(start + end for _, start, end in spans)
