"""The three tables: find each one's form, its rows and columns, and so what was printed in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongkai.document import Place
from gongkai.forms import Column, Form, Table, cell_id
from gongkai.parsing.behind import choose, doubt_if_irregular, swapped
from gongkai.parsing.columns import Columns, Placement, are_listed, place, run_together, survey
from gongkai.parsing.headers import Header, find_headers
from gongkai.parsing.headings import Heading
from gongkai.parsing.labels import SURE, best, label_key
from gongkai.parsing.lines import Line, Token, is_value, split_runs
from gongkai.parsing.rows import WHOLE, Alignment, Labels, Match, align
from gongkai.parsing.single_row import find_figures

# A table is there when this many of its rows are named beyond doubt (or all of them, where it has fewer).
_ENOUGH_ROWS = 3
_HEADER_WEIGHT = 3.0
# No shorter text is a label beyond doubt.
_LABEL = 4
_SENTENCE_ENDS = ("。", "；", ";", "！")


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in a cell of the form: its text, where, why it is doubtful; `text` is empty in an empty cell.

    `offered` are the readings between which a recogniser cannot tell.
    """

    text: str
    place: Place
    flags: tuple[str, ...] = ()
    note: str = ""
    offered: tuple[str, ...] = ()


@dataclass(slots=True)
class TableReading:
    """A table as found: how well the form fits, the printed cells by id, and the lines that belong to the table."""

    table: Table
    form: str
    score: float = 0.0
    found: bool = False
    cells: dict[str, Printed] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)


def read_tables(
    lines: Sequence[Line], headings: Sequence[Heading], forms: Sequence[Form]
) -> dict[str, list[TableReading]]:
    """Every table of the newest form, read after each form that has it, the best fitting first; forms that fit alike
    stay in the order given."""
    labels = Labels.of(lines)
    return {id: _read_table(lines, labels, headings, id, forms) for id in forms[-1].tables}


def _read_table(
    lines: Sequence[Line], labels: Labels, headings: Sequence[Heading], id: str, forms: Sequence[Form]
) -> list[TableReading]:
    readings: list[TableReading] = []
    for form in forms:
        table = form.tables.get(id)
        if table is None:
            continue
        same = next((reading for reading in readings if reading.table == table), None)
        if same:
            readings.append(replace(same, form=form.id))
        elif table.layout == "single_row":
            readings.append(_read_single_row(lines, headings, table, form.id))
        else:
            readings.append(_read_rows(lines, labels, headings, table, form.id))
    return sorted(readings, key=lambda reading: -reading.score)


def _read_rows(
    lines: Sequence[Line], labels: Labels, headings: Sequence[Heading], table: Table, form: str
) -> TableReading:
    if table.layout == "matrix" and (cut := split_runs(lines, len(table.rows[0].columns))) is not lines:
        lines, labels = cut, Labels.of(cut)
    alignment, doubts = _align(lines, labels, table, [heading.index for heading in headings])
    reading = TableReading(table, form, alignment.score)
    if not _is_there(alignment, table):
        return reading
    reading.found = True
    headers = _headers(lines, table, alignment)
    reading.score += _HEADER_WEIGHT * _header_likeness(headers)
    reading.lines = _extent(lines, headings, alignment, headers, table)
    rows = {match.line.index for match in alignment.matches}
    taken = rows | {header.line.index for found in headers.values() for header in found}
    inside = {i for i in reading.lines - taken if i > alignment.matches[0].line.index}
    between = [line for line in lines if line.index in inside]
    whole = [match.line for match in alignment.matches if len(match.line.filled) == len(match.row.columns)]
    labels_of_rows = [label for row in table.rows for label in (*row.labels, row.group)]
    for columns, matches in _by_columns(alignment).items():
        near = [header for header in headers[columns] if header.line.index in reading.lines]
        known = survey([match.line for match in matches], near, len(columns), whole)
        for match in matches:
            line, placement = match.line, place(match.line, known, match.row.labels)
            if _overflows(line, known, between) or run_together(placement.tokens) or _ends_in_figure(line):
                placement.flags += ("stray_figure",)
            placement.flags += ("placement",) * are_listed(line)
            placement.flags += ("label_guess",) * _holds_label(placement, labels_of_rows)
            placement.flags += doubts
            _fill(reading, match, placement)
    return reading


def _align(
    lines: Sequence[Line], labels: Labels, table: Table, breaks: Sequence[int]
) -> tuple[Alignment, tuple[str, ...]]:
    """The lines with the table's rows, labels before their figures or behind them, and what is doubtful about all."""
    alignment = align(labels, table, breaks)
    if other := swapped(lines, set(breaks)):
        alignment = choose(alignment, align(Labels.of(other), table, breaks))
    alignment = doubt_if_irregular(alignment, lines, table, breaks)
    if len(alignment.again) < _ENOUGH_ROWS:
        return alignment, ()
    start = alignment.matches[0].line.index
    if alignment.again[0].index < start:
        # Of a table that is printed twice, of another year or organ the second time, the first one counts.
        first = align(Labels.of([line for line in lines if line.index < start]), table, breaks)
        alignment = first if _is_there(first, table) else alignment
    return alignment, ("another_table",)


def _is_there(alignment: Alignment, table: Table) -> bool:
    return alignment.sure >= min(_ENOUGH_ROWS, len(table.rows))


def _ends_in_figure(line: Line) -> bool:
    """Whether the figures of an empty row may have run into its label."""
    words = [word for token in line.label for word in token.words]
    return not line.filled and len(words) > 1 and is_value(words[-1])


def _fill(reading: TableReading, match: Match, placement: Placement) -> None:
    flags = (*placement.flags, *match.flags)
    for column, token in zip(match.row.columns, placement.tokens, strict=True):
        reading.cells[cell_id(reading.table.id, match.row.id, column.id)] = printed(
            token, match.line, flags, placement.note
        )


def _holds_label(placement: Placement, labels: Sequence[str]) -> bool:
    """Whether the label of a row, or a piece of one, stands where a figure should."""
    texts = [token.text for token in placement.tokens if token and token.text and not is_value(token.text)]
    words = {text: label_key(text) for text in texts if label_key(text)}
    keys = [label_key(label) for label in labels] if words else []
    return any(
        any(word in key for key in keys) or (len(text) >= _LABEL and best(text, labels) >= WHOLE)
        for text, word in words.items()
    )


def _overflows(line: Line, known: Columns, others: Sequence[Line]) -> bool:
    """Whether a line next to this one, neither row nor header, has words below the columns of figures: the rest of a
    figure that its cell was too narrow for."""
    if line.kind != "spaced" or known.middles is None:
        return False
    left = known.middles[0] - (known.middles[1] - known.middles[0]) / 2
    near = (other for other in others if abs(other.index - line.index) == 1)
    return any(token.text and token.start > left for other in near for token in other.tokens)


def printed(token: Token | None, line: Line, flags: tuple[str, ...] = (), note: str = "") -> Printed:
    """A token as a printed cell; no token is an empty cell somewhere on its line, doubtful if any cell there is."""
    if token is None:
        where = line.tokens[0].place
        doubts = (flag for other in line.tokens for flag in other.flags)
        return Printed("", Place(where.page, None, where.top, None, where.bottom, where.path), (*flags, *doubts), note)
    return Printed(token.text, token.place, (*flags, *token.flags), note, token.offered)


def _by_columns(alignment: Alignment) -> dict[tuple[Column, ...], list[Match]]:
    groups: dict[tuple[Column, ...], list[Match]] = {}
    for match in alignment.matches:
        groups.setdefault(match.row.columns, []).append(match)
    return groups


def _headers(lines: Sequence[Line], table: Table, alignment: Alignment) -> dict[tuple[Column, ...], list[Header]]:
    """The header lines of every set of columns, from a little above the first matched row to the last."""
    if not alignment.matches:
        return {}
    first, last = alignment.matches[0].line.index, alignment.matches[-1].line.index
    near = [line for line in lines[max(first - 12, 0) : last + 1] if line.kind != "prose"]
    return {columns: find_headers(near, columns) for columns in {row.columns: None for row in table.rows}}


def _header_likeness(headers: dict[tuple[Column, ...], list[Header]]) -> float:
    """How well the headers found name the form's columns: the mean over its sets of columns."""
    best = [max((header.likeness for header in found), default=0.0) for found in headers.values()]
    return sum(best) / len(best)


def _extent(
    lines: Sequence[Line],
    headings: Sequence[Heading],
    alignment: Alignment,
    headers: dict[tuple[Column, ...], list[Header]],
    table: Table,
) -> set[int]:
    """The lines from the table's first header or row, and the captions above it, to its last row."""
    first, last = alignment.matches[0].line.index, alignment.matches[-1].line.index
    for found in headers.values():
        first = min([first, *(header.line.index for header in found)])
    limits = {heading.index for heading in headings}
    labels = (*table.header, *dict.fromkeys(row.group for row in table.rows if row.group))
    while first > 0 and first - 1 not in limits and _belongs(lines[first - 1], labels):
        first -= 1
    return set(range(first, last + 1))


def _belongs(line: Line, labels: Sequence[str]) -> bool:
    """Whether a line above a table is a caption or a header of it; a sentence that names one of its labels is not."""
    sentence = line.text.endswith(_SENTENCE_ENDS)
    return line.kind != "prose" or (line.short and not sentence and best(line.text, labels) >= SURE)


def _read_single_row(lines: Sequence[Line], headings: Sequence[Heading], table: Table, form: str) -> TableReading:
    reading = TableReading(table, form)
    figures = find_figures(lines, headings, table)
    if figures is None:
        return reading
    reading.found = True
    reading.score = figures.score
    reading.lines = figures.lines
    for (row, column), token in zip(table.cells(), figures.tokens, strict=True):
        reading.cells[cell_id(table.id, row.id, column.id)] = printed(token, figures.line, figures.flags, figures.note)
    return reading
