"""A table of the form as rows of boxes, laid out as the official form prints it; only `forms` says what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from gongkai.forms import Column, Form, Row, Table, cell_id

T = TypeVar("T", Row, Column)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a drawn table: a heading when `id` is empty, else the cell of the form with that id."""

    label: str
    rowspan: int = 1
    colspan: int = 1
    id: str = ""
    side: bool = False


class Labels:
    """The labels of one table in one language."""

    def __init__(self, table: Table, language: str) -> None:
        self._english = table.english if language == "en" else {}
        self._use_english = language == "en"

    def frame(self, label: str) -> str:
        """A label of a group or of the header."""
        return self._english.get(label, label)

    def of(self, item: Row | Column) -> str:
        """The label of a row or a column of figures."""
        return item.en if self._use_english else item.label

    def short(self, row: Row) -> str:
        """The label of a row where there is little room."""
        return row.en if self._use_english else row.short or row.label


def section_titles(form: Form, language: str) -> dict[str, str]:
    """The titles of the form's sections by id, in `language` ("zh" or "en")."""
    return {section.id: section.en if language == "en" else section.label for section in form.sections}


def draw(table: Table, language: str) -> list[list[Box]]:
    """The boxes of `table`, row by row, with labels in `language` ("zh" or "en")."""
    return _LAYOUTS[table.layout](table, Labels(table, language))


def _blocks(table: Table, labels: Labels) -> list[list[Box]]:
    """Every block: its clause, a header row, its rows. The last column fills what the widest block leaves."""
    width = max(len(row.columns) for row in table.rows)
    corner = labels.frame(table.header[0]) if table.header else ""
    drawn = []
    for group, rows in table.blocks():
        columns = rows[0].columns
        spans = [1] * (len(columns) - 1) + [width - len(columns) + 1]
        drawn.append([Box(labels.frame(group), colspan=width + 1)])
        drawn.append(
            [Box(corner), *(Box(labels.of(column), colspan=n) for column, n in zip(columns, spans, strict=True))]
        )
        drawn += [
            [
                Box(labels.of(row), side=True),
                *(_value(table, row, column, n) for column, n in zip(columns, spans, strict=True)),
            ]
            for row in rows
        ]
    return drawn


def _matrix(table: Table, labels: Labels) -> list[list[Box]]:
    """Rows under nested groups at the left, columns under groups at the top."""
    spans = _group_spans(table.rows)
    paths = [_enclosing(spans, index) for index in range(len(table.rows))]
    depth = max(map(len, paths)) + 1
    drawn = _matrix_header(table, labels, depth)
    for index, (row, path) in enumerate(zip(table.rows, paths, strict=True)):
        groups = [
            Box(labels.frame(group), rowspan=spans[group][1] - index + 1, side=True)
            for group in path
            if spans[group][0] == index
        ]
        label = Box(labels.of(row), colspan=depth - len(path), side=True)
        drawn.append([*groups, label, *(_value(table, row, column) for column in row.columns)])
    return drawn


def _matrix_header(table: Table, labels: Labels, depth: int) -> list[list[Box]]:
    columns = table.rows[0].columns
    grouped = any(column.group for column in columns)
    levels = 2 if grouped else 1
    over, *others = table.header
    corner = next((labels.frame(label) for label in others if label not in {column.group for column in columns}), "")
    top = [Box(corner, rowspan=levels + 1, colspan=depth), Box(labels.frame(over), colspan=len(columns))]
    middle = []
    for group, members in _runs(columns):
        if group:
            middle.append(Box(labels.frame(group), colspan=len(members)))
        else:
            middle += [Box(labels.of(column), rowspan=levels) for column in members]
    bottom = [Box(labels.of(column)) for column in columns if column.group]
    return [top, middle, bottom] if grouped else [top, middle]


def _single_row(table: Table, labels: Labels) -> list[list[Box]]:
    """The rows side by side, under their groups; below them one row of all figures."""
    top, middle = [], []
    for group, rows in _runs(table.rows):
        if group:
            top.append(Box(labels.frame(group), colspan=sum(len(row.columns) for row in rows)))
            middle += [Box(labels.of(row), colspan=len(row.columns)) for row in rows]
        else:
            top += [Box(labels.of(row), rowspan=2, colspan=len(row.columns)) for row in rows]
    bottom = [Box(labels.of(column)) for _, column in table.cells()]
    return [top, middle, bottom, [_value(table, row, column) for row, column in table.cells()]]


def _value(table: Table, row: Row, column: Column, colspan: int = 1) -> Box:
    return Box("", colspan=colspan, id=cell_id(table.id, row.id, column.id))


def _runs(items: Iterable[T]) -> list[tuple[str, list[T]]]:
    return [(group, list(members)) for group, members in groupby(items, key=lambda item: item.group)]


def _group_spans(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """The first and the last row of each group. A group that lies between two rows of another stands under it."""
    spans: dict[str, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        if row.group:
            spans[row.group] = (spans.get(row.group, (index,))[0], index)
    return spans


def _enclosing(spans: dict[str, tuple[int, int]], index: int) -> list[str]:
    """The groups that the row with this index stands under, the widest first."""
    around = [group for group, (first, last) in spans.items() if first <= index <= last]
    return sorted(around, key=lambda group: spans[group][0] - spans[group][1])


_LAYOUTS: dict[str, Callable[[Table, Labels], list[list[Box]]]] = {
    "blocks": _blocks,
    "matrix": _matrix,
    "single_row": _single_row,
}
