"""The plain objects that a form file becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["count", "amount", "change"]
Layout = Literal["blocks", "matrix", "single_row"]


def cell_id(table: str, row: str, column: str) -> str:
    """The id of a cell, the same in every table that gongkai makes."""
    return f"{table}/{row}/{column}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures; `group` is the heading it stands under.

    `kind`: a `count` is whole and not negative, an `amount` not negative, a `change` signed.
    """

    id: str
    label: str
    en: str
    kind: Kind
    unit: str = ""
    group: str = ""
    variants: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.variants)

    def admits(self, value: float) -> bool:
        """Whether a figure can stand in this column."""
        return (value >= 0 or self.kind == "change") and (value.is_integer() or self.kind == "amount")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures with the columns it has; `group` is the label it stands under (a clause, a kind of outcome).

    `short` is what a sentence calls the row where its label is too long for one.
    """

    id: str
    label: str
    en: str
    columns: tuple[Column, ...]
    group: str = ""
    variants: tuple[str, ...] = ()
    short: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.variants)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form.

    `layout`: `blocks` (every block has a header row and columns of its own), `matrix` (all rows share the columns),
    `single_row` (the rows stand side by side and all figures are printed in one row). `english` translates the labels
    of groups and of the header.
    """

    id: str
    label: str
    layout: Layout
    rows: tuple[Row, ...]
    header: tuple[str, ...] = ()
    english: dict[str, str] = field(default_factory=dict, compare=False)

    def row(self, id: str) -> Row:
        return next(row for row in self.rows if row.id == id)

    def cells(self) -> Iterator[tuple[Row, Column]]:
        """Every cell of the table in printed order."""
        return ((row, column) for row in self.rows for column in row.columns)

    def ids(self) -> Iterator[str]:
        """The ids of the table's cells in printed order."""
        return (cell_id(self.id, row.id, column.id) for row, column in self.cells())

    def blocks(self) -> list[tuple[str, list[Row]]]:
        """Rows that stand under one group label and share their columns, in printed order."""
        blocks: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            if blocks and blocks[-1][0] == row.group and blocks[-1][1][-1].columns == row.columns:
                blocks[-1][1].append(row)
            else:
                blocks.append((row.group, [row]))
        return blocks


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report and the headings it goes by."""

    id: str
    label: str
    en: str
    variants: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.variants)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a section must say, from the report of the year `since` on.

    `words` say it plainly, `loose_words` may.
    """

    id: str
    section: str
    label: str
    en: str
    words: tuple[str, ...]
    loose_words: tuple[str, ...]
    issued: str
    since: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day (`month`, `day` of the next year) by which organs of a kind, at one of `levels`, must have published."""

    id: str
    kind: str
    levels: tuple[str, ...]
    month: int
    day: int
    label: str
    en: str
    source: str

    def of_year(self, year: int) -> date:
        """The last day on which the report for `year` is in time."""
        return date(year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in an equation: its sign, and whether it is the cell of the report of the year before."""

    id: str
    sign: int = 1
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """`sum(left) = sum(right)`: the neutral record that checks, repair and localisation share.

    `each` says whether the equation stands for one `column` or one `row` of `table`; `key` is that column's or row's
    id.
    """

    rule: str
    table: str
    each: Literal["column", "row"]
    key: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def across_years(self) -> bool:
        return any(term.previous for term in self.terms)


@dataclass(frozen=True)
class Form:
    """An official form: its sections, its tables, the equations that must hold on them, and when it is due."""

    id: str
    first_year: int
    issued: str
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    tables: dict[str, Table]
    equations: tuple[Equation, ...]
    deadlines: tuple[Deadline, ...] = ()
    issued_on: date | None = field(default=None)
