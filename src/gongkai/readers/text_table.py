"""A table found among the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.document import Grid

NumberedLine = tuple[int, str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """The index of the table's first line, the one behind its last, and its grid."""

    begin: int
    end: int
    grid: Grid
