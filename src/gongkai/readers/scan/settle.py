"""Which reading of a line holds, and whether it can be trusted."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.recogniser import Recognised

_SURE = 0.9
_FIGURE = 0.5


class Settled(NamedTuple):
    """The text of a line and why it is doubtful."""

    text: str
    flag: str = ""


def settle(line: Line, found: Recognised) -> Settled:
    """The reading of a line: figures over their own alphabet, everything else over all characters."""
    if line.cell is None:
        return Settled(found.text)
    if found.figure and found.figure_least >= _FIGURE:
        return Settled(found.figure, "" if found.figure_least >= _SURE else "low_confidence")
    if not found.text:
        return Settled("", "unreadable")
    return Settled(found.text, "" if found.least >= _SURE else "low_confidence")
