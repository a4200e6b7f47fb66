"""A table found among the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.document import Block

NumberedLine = tuple[int, str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """The index of the table's first line, the one behind its last, and what stands there: its grid, mostly alone."""

    begin: int
    end: int
    blocks: tuple[Block, ...]
