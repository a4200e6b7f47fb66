"""How far across a line of text something stands, where some characters are as wide as two, and what is under what."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable


def width(text: str, wide: str = "WF") -> int:
    """The columns that a text takes; characters whose East Asian width (UAX 11) is among `wide` take two."""
    return sum(2 if unicodedata.east_asian_width(char) in wide else 1 for char in text)


def lined_up(positions: Iterable[Hashable]) -> int:
    """How many pairs of things stand at the same position, each pair counted from both sides."""
    return sum(count * (count - 1) for count in Counter(positions).values())
