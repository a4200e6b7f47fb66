"""A table whose rows stand side by side: fifteen figures in one line, or in the shapes that converters make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongkai.forms import Column, Row, Table
from gongkai.parsing.columns import are_listed, place, run_together, survey
from gongkai.parsing.headers import find_headers
from gongkai.parsing.headings import Heading
from gongkai.parsing.labels import Matrix, label_key, likeness_to, similarity
from gongkai.parsing.lines import NUMBERED, Line, Token, is_value, numbers_columns

_NAMED = 0.6
# What speaks for a line that has figures.
_FILLED = 0.3
# So many lines away from the table's figures others may still belong to them.
_NEAR = 2
# Lines over which the label of a row runs.
_LABEL_LINES = 4
# A header with a column a line names this share of them.
_MOST = 0.8
# A header names at least this many of the table's columns.
_HEADER_WORDS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """The tokens of all cells in the form's order, and the lines that they and their header take."""

    tokens: list[Token | None]
    line: Line
    lines: set[int]
    flags: tuple[str, ...] = ()
    note: str = ""
    score: float = 1.0


def find_figures(lines: Sequence[Line], headings: Sequence[Heading], table: Table) -> Figures | None:
    """The table's figures, or None when the report has no such table."""
    for whole in _parts(lines, headings, table):
        part = [line for line in whole if not numbers_columns(line)]
        rows = [line for line in part if line.filled]
        for shape in (_one_line, _row_by_row, _column_by_column, _in_sequence, _by_header, _empty):
            found = shape(part, rows, table)
            if found is not None:
                return found
    return None


def _empty(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    """A table that was left blank: its header is there, and below it only empty cells, or nothing that can be seen."""
    if rows:
        return None
    headers = _headers(part, table) or _stacked_header(part, table)
    if not headers:
        return None
    cells = [token for line in part if not line.label and line.kind != "prose" for token in line.values[: _size(table)]]
    size = _size(table)
    tokens: list[Token | None] = [*cells[:size], *[None] * (size - len(cells))]
    # Figures in one cell with the names of their columns belong to these, though not to a cell of theirs.
    inside = any(is_value(word) for line in headers for token in line.tokens for word in token.words)
    return _figures(part, headers, tokens, flags=() if len(cells) >= size and not inside else ("placement",))


def _parts(lines: Sequence[Line], headings: Sequence[Heading], table: Table) -> list[list[Line]]:
    """Where to look: under the section's headings, then below any line that names the table's columns."""
    starts = sorted(heading.index for heading in headings)

    def end_after(index: int) -> int:
        return next((start for start in starts if start > index), len(lines))

    own = [heading for heading in headings if heading.section == table.id]
    parts = [list(lines[heading.index + heading.length : end_after(heading.index)]) for heading in own]
    parts += [list(lines[line.index : end_after(line.index)]) for line in _headers(lines, table)]
    if not parts and (stacked := _stacked_header(lines, table)):
        parts.append(list(lines[stacked[0].index : end_after(stacked[-1].index)]))
    return parts


def _headers(lines: Sequence[Line], table: Table) -> list[Line]:
    """The lines that are the table's header: they name several columns, among them one that only this table has."""
    found: list[tuple[Line, list[str]]] = []
    for line in lines:
        words = [word for token in line.tokens for word in {token.text, *token.words} if word]
        if len(words) >= _HEADER_WORDS and not line.filled:
            found.append((line, [label_key(word) for word in words]))
    if not found:
        return []
    columns = table.rows[0].columns
    texts = [word for _, words in found for word in words]
    starts = np.cumsum([0, *(len(words) for _, words in found[:-1])])
    named = (likeness_to(columns, texts).max(axis=1) >= _NAMED).astype(int)
    own = similarity(texts, [label_key(column.label) for column in columns[:2]]).max(axis=1) >= _NAMED
    enough = (np.add.reduceat(named, starts) >= _HEADER_WORDS) & np.logical_or.reduceat(own, starts)
    return [line for (line, _), is_header in zip(found, enough, strict=True) if is_header]


def _stacked_header(lines: Sequence[Line], table: Table) -> list[Line]:
    """As many lines on end as the table has cells, most of them the names of their columns, one a line."""
    cells = [column for _, column in table.cells()]
    words = [label_key(line.text) if line.short else "" for line in lines]
    named = likeness_to(cells, words) >= _NAMED
    for start in range(len(words) - len(cells) + 1):
        if np.trace(named[start : start + len(cells)]) >= _MOST * len(cells):
            return list(lines[start : start + len(cells)])
    return []


def _size(table: Table) -> int:
    return sum(len(row.columns) for row in table.rows)


def _figures(
    part: Sequence[Line],
    used: Sequence[Line],
    tokens: list[Token | None],
    flags: tuple[str, ...] = (),
    note: str = "",
) -> Figures:
    """Figures with the lines from the part's first grid line to the last line used."""
    grid = [line.index for line in part if line.kind != "prose" and line.index <= used[-1].index]
    lines = set(range(min(grid, default=used[0].index), used[-1].index + 1))
    flags += ("placement",) * any(are_listed(line) for line in used)
    flags += ("stray_figure",) * (run_together(tokens) or _has_strays(part, used))
    return Figures(tokens, used[0], lines, flags, note)


def _has_strays(part: Sequence[Line], used: Sequence[Line]) -> bool:
    """Whether figures set by spaces, or in a row of the table's own grid without a label, stand beside those of the
    table: the rest of some that were too long for a line."""
    rows, grids = {line.index for line in used}, {line.grid for line in used}
    near = {index + away for index in rows for away in range(-_NEAR, _NEAR + 1)} - rows
    return any(
        line.index in near and line.filled and (line.kind == "spaced" or (line.grid in grids and not line.label))
        for line in part
    )


def _one_line(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    size = _size(table)
    whole = next((line for line in rows if len(line.filled) == size), None)
    if whole is None:
        return _worded(part, rows, size)
    # A row above with as many cells, some or all of them blank, may be the table's own, and the whole row one of
    # another year, printed for comparison.
    before = [line for line in part if line.index < whole.index and len(line.values) == size]
    before = [line for line in before if line.filled or not line.label]
    own = next((line for line in before if line.filled), None)
    line, tokens = (whole, whole.filled) if own is None else (own, own.values)
    # Figures one a line are in the order of the names above them, where there is one for each.
    doubtful = line.kind == "stacked" and _names_above(part, line, table) < _MOST * size
    flags = ("placement",) * doubtful + ("another_table",) * bool(before)
    return _figures(part, [line], list(tokens), flags)


def _worded(part: Sequence[Line], rows: Sequence[Line], size: int) -> Figures | None:
    """A drawn row with a cell for every figure, the first of which hold words (`0件。`), so that they pass for a label;
    doubtful, as one may be."""
    row = next((line for line in rows if line.kind == "ruled" and len(line.tokens) == size), None)
    if row is None or not row.label or len(row.filled) < _MOST * size:
        return None
    return _figures(part, [row], list(row.tokens), ("placement",))


def _names_above(part: Sequence[Line], line: Line, table: Table) -> int:
    """How many words above a line name a column of the table, each as often as it stands there."""
    above = [other for other in part if other.index < line.index and not other.filled and other.short]
    words = [label_key(word) for other in above for token in other.tokens for word in token.words or (token.text,)]
    return int((likeness_to(table.rows[0].columns, words).max(axis=1, initial=0.0) >= _NAMED).sum())


def _named_lines(rows: Sequence[Line], labels: Sequence[Row | Column]) -> list[Line] | None:
    """One of the lines for each label, in the order of `labels`; None unless all are there.

    A row cut by a page break has figures on one side only: its label goes on in the next line, which counts less.
    """
    lines = [line for line in rows if line.label]
    if len(lines) < len(labels):
        return None
    longer = [
        label_key(line.label[-1].text + ("" if below is None or below.filled else below.label[-1].text))
        for line, below in zip(lines, [*lines[1:], None], strict=True)
    ]
    own = [label_key(line.label[-1].text) for line in lines]
    filled = np.array([_FILLED * bool(line.filled) for line in lines])
    fits = np.maximum(likeness_to(labels, own), likeness_to(labels, longer)).T
    chosen = _in_order(fits, filled)
    if chosen is None or any(fits[i, k] < fits[:, k].max() for i, k in enumerate(chosen)):
        return None
    return [lines[k] for k in chosen]


def _in_order(fits: Matrix, filled: Matrix) -> tuple[int, ...] | None:
    """For each label (a row of `fits`) a line that it fits, the lines in order, so that they fit best together."""
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ()), *[None] * len(fits)]
    for k in range(fits.shape[1]):
        for i in range(len(fits) - 1, -1, -1):
            before, after = best[i], best[i + 1]
            if before is not None and fits[i, k] >= _NAMED:
                total = before[0] + float(fits[i, k] + filled[k])
                if after is None or total > after[0]:
                    best[i + 1] = total, (*before[1], k)
    found = best[-1]
    return found[1] if found else None


def _row_by_row(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    """A labelled line for each of the table's rows."""
    columns = table.rows[0].columns
    headers = find_headers(part, columns)
    chosen = _named_lines([line for line in part if len(line.values) >= len(columns)], table.rows)
    if chosen is None and any(len(header.spans) == len(columns) for header in headers):
        # Set by spaces, empty cells are not there at all.
        chosen = _named_lines([line for line in part if line.kind in ("spaced", "prose") and line.short], table.rows)
    if chosen is None:
        return None
    known = survey(chosen, headers, len(columns))
    placements = [place(line, known) for line in chosen]
    flags = tuple(dict.fromkeys(flag for placement in placements for flag in placement.flags))
    used = sorted(chosen, key=lambda line: line.index)
    return _figures(part, used, [token for placement in placements for token in placement.tokens], flags=flags)


def _column_by_column(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    """The table turned on its side: a labelled line for each result."""
    chosen = _named_lines([line for line in rows if len(line.values) >= len(table.rows)], table.rows[0].columns)
    if chosen is None or any(len(line.filled) != len(table.rows) for line in chosen):
        return None
    tokens: list[Token | None] = [line.filled[i] for i in range(len(table.rows)) for line in chosen]
    return _figures(part, sorted(chosen, key=lambda line: line.index), tokens)


def _in_sequence(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    """The line broken into several: together they have the right number of figures."""
    widths = {len(row.columns) for row in table.rows}
    pieces = [line for line in rows if len(line.filled) >= min(widths)] or list(rows)
    tokens: list[Token | None] = [token for line in pieces for token in line.filled]
    if len(tokens) != _size(table):
        return None
    # Of figures one a line some runs of which are no row of the form, nothing tells in which order they were read.
    broken = len(pieces) > 1 and any(line.kind == "stacked" and len(line.filled) != max(widths) for line in pieces)
    return _figures(part, pieces, tokens, ("placement",) * (broken or _named_otherwise(part, pieces, table)))


def _named_otherwise(part: Sequence[Line], pieces: Sequence[Line], table: Table) -> bool:
    """Whether the words just above one of as many pieces as the table has rows, or cells, name another one."""
    meant: Sequence[Row | Column] = table.rows
    if len(pieces) != len(meant):
        meant = [column for _, column in table.cells()]
    if len(pieces) != len(meant):
        return False
    named = [likeness_to(meant, _words_above(part, piece)).max(axis=0) for piece in pieces]
    return any(fits[i] < fits.max() >= _NAMED for i, fits in enumerate(named))


def _words_above(part: Sequence[Line], piece: Line) -> list[str]:
    """The label of a line, and what the lines without figures just above it say, read from each of the last few on; a
    header is none of them."""
    above = [line for line in part if line.index < piece.index]
    words = [label_key(piece.label_text)]
    for line in reversed(above[-_LABEL_LINES:]):
        header = sum(len(token.words) for token in line.tokens) >= _HEADER_WORDS
        if header or line.filled or not line.short:
            break
        words.append(label_key(line.label_text) + words[-1])
    return words


def _by_header(part: Sequence[Line], rows: Sequence[Line], table: Table) -> Figures | None:
    """One line with figures missing, or some that are none of the form's: the header says where they are, if it can."""
    line = max(rows, key=lambda line: len(line.filled), default=None)
    if line is None or len(line.filled) < 2 or (len(line.filled) > _size(table) and line.kind not in NUMBERED):
        return None
    columns = tuple(column for _, column in table.cells())
    known = survey([line], find_headers(part, columns), len(columns))
    placement = place(line, known)
    if placement.flags and line.kind == "spaced" and len(line.filled) < len(table.rows[0].columns):
        return None  # too few to be the table's if nothing shows where they belong
    return _figures(part, [line], placement.tokens, placement.flags, placement.note)
