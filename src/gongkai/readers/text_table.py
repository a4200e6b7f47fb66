"""A table found among the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.document import Block, Place

NumberedLine = tuple[int, str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """The index of the table's first line, the one behind its last, and what stands there: its grid, mostly alone."""

    begin: int
    end: int
    blocks: tuple[Block, ...]


def place_of(line: int, start: int, end: int) -> Place:
    """Where the characters from `start` to `end` of the line with this number stand."""
    return Place(x0=float(start), top=float(line), x1=float(end), bottom=float(line))
