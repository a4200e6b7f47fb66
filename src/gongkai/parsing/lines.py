"""A Document as one stream of lines: rows of grids and paragraphs alike, each split into label and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gongkai.document import ILLEGIBLE, Cell, Document, Grid, GridKind, Paragraph, Place
from gongkai.parsing import normalise
from gongkai.parsing.numbers import is_spaced_number, looks_like_value

# Kinds of grid whose cells have column numbers.
NUMBERED = {"ruled", "delimited"}
# A label may stand to the right of a number (a column of enumerators) only if this many figures still follow it.
_WIDE = 6
# So many figures do not stand before a label.
_FIGURES = 3
# So many numbers that count up from 1 are those of columns.
_COLUMNS = 7
# Paragraphs longer than the longest label of a form cannot be labels.
_LONGEST_LABEL = 70


@dataclass(frozen=True, slots=True)
class Token:
    """A printed cell or word group. `start` and `end` are column numbers, or positions across the line where spaced.

    `words` are what blanks part in it: several labels, where these ran together; `offered` as a Cell's.
    """

    text: str
    start: float
    end: float
    place: Place
    flags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """A row of a grid (`kind` as the grid's) or a paragraph (`prose`): label tokens, then the cells after them.

    `grid` numbers the grids of the document: column numbers of different grids do not compare.
    """

    index: int
    kind: GridKind | str
    tokens: list[Token]
    heading: bool = False
    label: list[Token] = field(default_factory=list)
    values: list[Token] = field(default_factory=list)
    grid: int = -1

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens if token.text)

    @property
    def filled(self) -> list[Token]:
        """The cells after the label that are not empty."""
        return [token for token in self.values if token.text]

    @property
    def label_text(self) -> str:
        return "".join(token.text for token in self.label)

    @property
    def short(self) -> bool:
        """Whether the line can be part of a table at all."""
        return self.kind != "prose" or len(self.tokens[0].text) <= _LONGEST_LABEL


def lines_of(document: Document) -> list[Line]:
    """Every row and paragraph of the document in reading order."""
    lines: list[Line] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            lines.append(_paragraph(block, len(lines)))
        else:
            for cells in block.rows():
                tokens = [token for cell in cells for token in _tokens(cell, block)]
                if block.kind == "delimited":
                    tokens = _parted(tokens)
                line = Line(len(lines), block.kind, tokens, grid=number)
                line.label, line.values = _split(tokens)
                lines.append(line)
    return lines


def _paragraph(block: Paragraph, index: int) -> Line:
    text, words = normalise.tidy(block.text), tuple(block.text.split())
    if block.place.page is None:
        token = Token(text, 0, 1, block.place, words=words)
        return Line(index, "prose", [token], block.heading, label=[token])
    token = Token(text, block.place.x0 or 0.0, block.place.x1 or 0.0, block.place, words=words)
    if is_value(text) and text != ILLEGIBLE:
        # A figure alone on its line: a page number, or a part of a figure that its cell was too narrow for.
        return Line(index, "spaced", [token], values=[token])
    return Line(index, "prose", [token], block.heading, label=[token])


def _tokens(cell: Cell, grid: Grid) -> Iterator[Token]:
    text = normalise.tidy(cell.text)
    start, end = float(cell.column), float(cell.column + cell.colspan)
    if grid.kind == "spaced" and cell.place.page is not None:
        start, end = cell.place.x0 or 0.0, cell.place.x1 or 0.0
    words = list(re.finditer(r"\S+", cell.text)) if grid.kind != "ruled" and "\n" not in cell.text else []
    together = grid.kind == "delimited" and is_spaced_number(cell.text)
    if len(words) > 1 and not together and all(is_value(word[0]) for word in words):
        # Neighbouring cells that lost their separator: `0 0`.
        for word in words:
            place = cell.place
            if place.page is None and place.x0 is not None:
                place = replace(place, x0=place.x0 + word.start(), x1=place.x0 + word.end())
            moved = start + word.start() if grid.kind == "spaced" else start
            yield Token(word[0], moved, moved + len(word[0]) if grid.kind == "spaced" else end, place, cell.flags)
    else:
        yield Token(text, start, end, cell.place, cell.flags, tuple(cell.text.split()), cell.offered)


def _parted(tokens: list[Token]) -> list[Token]:
    """The tokens of a row, its label without the figure that ran into its cell: `行政许可 550`."""
    i = next((i for i, token in enumerate(tokens) if token.text), None)
    if i is None:
        return tokens
    token = tokens[i]
    *label, last = token.words or ("",)
    if not label or not last.isdecimal() or is_value(token.text):
        return tokens
    place = token.place
    if place.x1 is not None and place.page is None:
        place = replace(place, x0=place.x1 - len(last))
    shorter = replace(token, text=token.text.removesuffix(last).rstrip(), words=tuple(label))
    return [*tokens[:i], shorter, Token(last, token.start, token.end, place, token.flags), *tokens[i + 1 :]]


def _split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Label tokens and the cells after the label. A row of figures alone has no label; a header row no cells."""
    words = [i for i, token in enumerate(tokens) if token.text and not is_value(token.text)]
    if not words or _is_row_without_label(tokens, words[0]):
        return [], tokens
    end = words[0]
    for i in range(words[0] + 1, len(tokens)):
        if tokens[i].text and is_value(tokens[i].text):
            break
        if tokens[i].text:
            end = i
    if sum(bool(token.text) for token in tokens[words[-1] + 1 :]) >= _WIDE:
        end = words[-1]
    return [token for token in tokens[: end + 1] if token.text], tokens[end + 1 :]


def _is_row_without_label(tokens: list[Token], word: int) -> bool:
    """Whether the first word is no label but text in a cell: several figures before it, or some and none after it."""
    before = sum(bool(token.text) for token in tokens[:word])
    if before >= _FIGURES:
        return True
    return before >= (2 if tokens[0].text else 1) and not any(is_value(token.text) for token in tokens[word:])


def split_runs(lines: Sequence[Line], size: int) -> Sequence[Line]:
    """`lines` with every run of stacked figures that fills several rows of `size` cut into these rows; `lines` itself
    where there is none."""
    if not any(_is_run(line, size) for line in lines):
        return lines
    cut: list[Line] = []
    for line in lines:
        if _is_run(line, size):
            rows = [line.values[i : i + size] for i in range(0, len(line.values), size)]
            cut += [Line(line.index, line.kind, row, values=row, grid=line.grid) for row in rows]
        else:
            cut.append(line)
    return cut


def _is_run(line: Line, size: int) -> bool:
    return line.kind == "stacked" and len(line.values) > size and len(line.values) % size == 0


def numbers_columns(line: Line) -> bool:
    """Whether a row counts a table's columns (1 2 3 4 5) rather than anything in them."""
    figures = [token.text for token in line.filled]
    return len(figures) >= _COLUMNS and figures == [str(i + 1) for i in range(len(figures))]


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether a printed word can be a figure; page numbers such as `- 3 -` are not."""
    return looks_like_value(text) and not re.fullmatch(r"[-—–－]\s*\d+\s*[-—–－]", text.strip())
