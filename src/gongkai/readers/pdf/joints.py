"""Tables ruled along their rows only: where the rules are drawn cell by cell, their joints tell the columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from operator import itemgetter
from typing import NamedTuple

from gongkai.readers.pdf.columns import is_figure
from gongkai.readers.pdf.finder import TOUCH, snap
from gongkai.readers.pdf.page import Page, Rule
from gongkai.readers.pdf.words import Line, Word, lines_of

_FEWEST = 6  # so many joints make a table
_FIGURES = 2  # in a row, at least
_NARROWEST = 9.0  # a column; shorter pieces are dashes
_NEXT_LINE = 2.0  # of the smaller font size: lines of one row are no further apart
_HALF = 0.7  # of the font size, from the middle of a line to the rule above it

Placed = tuple[float, Line]  # a line with its middle
_MIDDLE = itemgetter(0)


class Level(NamedTuple):
    """A level rule in the pieces that it is drawn in, from left to right."""

    at: float
    pieces: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.pieces[0][0]

    @property
    def end(self) -> float:
        return self.pieces[-1][1]

    @property
    def joints(self) -> list[float]:
        """Where pieces begin and end, once where one begins at the end of another."""
        ends = [end for (_, end), (start, _) in pairwise(self.pieces) if start - end > TOUCH]
        return sorted([start for start, _ in self.pieces] + ends + [self.end])

    def covers(self, x: float) -> bool:
        """Whether a piece reaches this position."""
        last = bisect_right(self.pieces, (x + TOUCH, inf)) - 1  # that begins before it; others end before this one
        return last >= 0 and x <= self.pieces[last][1] + TOUCH


def with_joints(page: Page) -> Page:
    """The page with the upright rules that tables lack which are ruled along their rows only, and with a rule above
    the first row of each."""
    levels = list(levels_of(_beside_upright(page)))
    if sum(len(level.pieces) - 1 for level in levels) < _FEWEST:
        return page
    lines = sorted(((line.middle, line) for line in lines_of(page.chars)), key=_MIDDLE)
    if _spares_rows(levels, lines):
        return page
    levels, tops = _with_tops(levels, lines)
    upright = [rule for i in range(len(levels)) for rule in _uprights(levels, i, _words_over(levels, i, lines))]
    return replace(page, vertical=page.vertical + upright, horizontal=page.horizontal + tops)


def _spares_rows(levels: Sequence[Level], lines: Sequence[Placed]) -> bool:
    """Whether several rows of figures stand on one another above a joined rule, as in tables ruled above and below
    and under their header only."""
    for above, level in pairwise(levels):
        if len(level.pieces) > 1:
            over = _between(lines, above.at, level.at)
            rows = [line for line in over if sum(map(is_figure, line.words)) >= _FIGURES]
            if len(rows) > 1:
                return True
    return False


def _beside_upright(page: Page) -> list[Rule]:
    """The level rules at whose height no upright rule is."""
    level = sorted(page.horizontal)
    for _, top, bottom in page.vertical:
        if not level:
            break
        first, last = bisect_left(level, (top - TOUCH,)), bisect_right(level, (bottom + TOUCH, inf))
        del level[first:last]
    return level


def levels_of(horizontal: Sequence[Rule]) -> Iterator[Level]:
    """Level rules from top to bottom, those close together as one, dashed ones in one piece."""
    for at, members in snap(horizontal):
        pieces: list[tuple[float, float]] = []
        for _, start, end in sorted(members, key=lambda rule: rule.start):
            if pieces and start < pieces[-1][1] - TOUCH:
                pieces[-1] = pieces[-1][0], max(pieces[-1][1], end)
            else:
                pieces.append((start, end))
        dashed = len(pieces) > 1 and min(end - start for start, end in pieces) < _NARROWEST
        yield Level(at, [(pieces[0][0], pieces[-1][1])] if dashed else pieces)


def _with_tops(levels: Sequence[Level], lines: Sequence[Placed]) -> tuple[list[Level], list[Rule]]:
    """The levels and those added, and these as rules: one above each row over which there is none, before other text.

    The lines of a row stand close together; what stands farther above belongs to no row.
    """
    start, end = min(level.start for level in levels), max(level.end for level in levels)
    found: list[Level] = []
    tops: list[Rule] = []
    for level in levels:
        above = max((other.at for other in found if other.covers((level.start + level.end) / 2)), default=None)
        over = [line for line in _between(lines, above or 0.0, level.at) if _within(line, start, end)]
        row = _row_over(over)
        if row and (above is None or len(row) < len(over)):
            top = min(line.middle - _HALF * max(word.size for word in line.words) for line in row)
            found.append(Level(top, [(start, end)]))
            tops.append(Rule(top, start, end))
        found.append(level)
    return found, tops


def _between(lines: Sequence[Placed], top: float, bottom: float) -> list[Line]:
    first, last = bisect_right(lines, top, key=_MIDDLE), bisect_left(lines, bottom, key=_MIDDLE)
    return [line for _, line in lines[first:last]]


def _within(line: Line, start: float, end: float) -> bool:
    return any(start <= (word.box[0] + word.box[2]) / 2 <= end for word in line.words)


def _row_over(lines: Sequence[Line]) -> Sequence[Line]:
    """Of the lines over a rule those that stand close together above it."""
    for i in range(len(lines) - 1, 0, -1):
        size = min(word.size for word in (*lines[i - 1].words, *lines[i].words))
        if lines[i].middle - lines[i - 1].middle > _NEXT_LINE * size:
            return lines[i:]
    return lines


def _uprights(levels: Sequence[Level], i: int, words: Sequence[Word]) -> Iterator[Rule]:
    """Upright rules from the joints of a level up to the level above, except where a word stands across."""
    level, joints = levels[i], levels[i].joints
    across: list[list[float]] = [[] for _ in joints]  # the middles of words
    for left, high, right, low in (word.box for word in words):
        for k in range(bisect_right(joints, left + TOUCH / 2), bisect_left(joints, right - TOUCH / 2)):
            across[k].append((high + low) / 2)
    for x, middles in zip(joints, across, strict=True):
        above = next((other.at for other in reversed(levels[:i]) if other.covers(x)), None)
        if above is not None and not any(above < middle < level.at for middle in middles):
            yield Rule(x, above, level.at)


def _words_over(levels: Sequence[Level], i: int, lines: Sequence[Placed]) -> list[Word]:
    """The words between a level and the lowest above it that is as long."""
    level = levels[i]
    longer = (other.at for other in reversed(levels[:i]) if other.start <= level.start and other.end >= level.end)
    top = next(longer, 0.0)
    return [word for line in _between(lines, top, level.at) for word in line.words]
