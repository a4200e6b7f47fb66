"""Ruled tables: rules, intersections, cells, tables, step by step as pdfplumber's TableFinder, and with its tolerances.

Two steps are added: a frame that a page break or a designer left open is closed where text stands in the open row or
column, and shaded areas count only where no rules are drawn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from gongkai.readers.pdf.page import Box, Page, Rule, union

SNAP = 3.0  # rules this close are one rule
JOIN = 3.0  # a gap this small does not break a rule
TOUCH = 3.0  # rules meet when they miss each other by no more than this
_SHORTEST = 3.0
_ROW_BY_ROW = itemgetter(1, 0)
_OPEN_ROW = 6.0  # rules that stick out less than this leave no row open

Point = tuple[float, float]
Crossing = tuple[int, int]  # the upright and the level rules that meet in a point, as sets of bits


def find_tables(page: Page) -> list[list[Box]]:
    """The tables of a page from top to bottom, each as the boxes of its cells. One cell alone is no table."""
    tables = tables_of(page.vertical, page.horizontal, page)
    shades = [shade for shade in page.shades if not any(_overlap(shade, union(table)) for table in tables)]
    if shades:
        vertical = [Rule(x, top, bottom) for x0, top, x1, bottom in shades for x in (x0, x1)]
        horizontal = [Rule(y, x0, x1) for x0, top, x1, bottom in shades for y in (top, bottom)]
        tables = tables_of(page.vertical + vertical, page.horizontal + horizontal, page)
    return tables


def tables_of(vertical: Sequence[Rule], horizontal: Sequence[Rule], page: Page | None = None) -> list[list[Box]]:
    """The tables that these rules make; with a page, open frames are closed where its text stands in them."""
    upright, level = merge(vertical), merge(horizontal)
    if page is not None:
        upright, level = close_frames(upright, level, page)
    return group(cells_between(intersections(upright, level)))


def merge(rules: Iterable[Rule]) -> list[Rule]:
    """Rules within SNAP of each other moved onto their mean, then joined where no more than JOIN parts them."""
    merged: list[Rule] = []
    for at, members in snap(rules):
        members.sort(key=lambda rule: rule.start)
        start, end = members[0].start, members[0].end
        for rule in members:
            if rule.start > end + JOIN:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            elif rule.end > end:
                end = rule.end
        merged.append(Rule(at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def snap(rules: Iterable[Rule]) -> Iterable[tuple[float, list[Rule]]]:
    """Rules in groups that lie close together, each with its mean position."""
    members: list[Rule] = []
    total = last = 0.0
    for rule in sorted(rules):
        if members and rule.at > last + SNAP:
            yield total / len(members), members
            members, total = [], 0.0
        members.append(rule)
        last = rule.at
        total += last
    if members:
        yield total / len(members), members


def close_frames(vertical: list[Rule], horizontal: list[Rule], page: Page) -> tuple[list[Rule], list[Rule]]:
    """The rules, and those that a frame lacks.

    Where neighbouring rules end side by side, nothing runs from end to end, and a character stands somewhere between
    them and the next rule across, the row or column is open and the missing sides are added.
    """
    level = missing_sides(vertical, horizontal)
    if level:
        middles = [((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in page.chars]
        horizontal = horizontal + _filled(level, middles)
    upright = missing_sides(horizontal, vertical)
    if upright:
        middles = [((char.top + char.bottom) / 2, (char.x0 + char.x1) / 2) for char in page.chars]
        vertical = vertical + _filled(upright, middles)
    return vertical, horizontal


def _filled(frames: Iterable[Sequence[Side]], middles: list[Point]) -> list[Rule]:
    return [side.rule for sides in frames if any(side.holds(middles) for side in sides) for side in sides]


class Side(NamedTuple):
    """A rule that may be missing, and how far the row or column behind it reaches: to the next rule across."""

    rule: Rule
    inner: float

    def holds(self, middles: Iterable[Point]) -> bool:
        """Whether a character stands there; `middles` has the position along the rule first."""
        low, high = sorted((self.rule.at, self.inner))
        return any(self.rule.start <= along < self.rule.end and low <= across < high for along, across in middles)


def missing_sides(along: list[Rule], across: list[Rule]) -> list[list[Side]]:
    """The rules that lack across the ends of the rules `along`, where neighbours end side by side, frame by frame.

    The outermost reach as far as the next rule across does.
    """
    frames: list[list[Side]] = []
    across = sorted(across)
    for near in (True, False):
        ends = sorted((rule.start if near else rule.end, rule.at) for rule in along)
        for members in _clustered(ends):
            members.sort(key=itemgetter(1))
            found: list[Side] = []
            for (end, start), (other_end, stop) in pairwise(members):
                side = Rule((end + other_end) / 2, start, stop)
                inner = None if _covered(side, across) else _next_across(side, across, near)
                if inner is not None:
                    start = min(start, inner.start) if start == members[0][1] else start
                    stop = max(stop, inner.end) if stop == members[-1][1] else stop
                    found.append(Side(Rule(_on_a_rule(side, across), start, stop), inner.at))
            if found:
                frames.append(found)
    return frames


def _clustered(ends: list[Point]) -> Iterable[list[Point]]:
    members: list[Point] = []
    for end in ends:
        if members and end[0] > members[-1][0] + TOUCH:
            yield members
            members = []
        members.append(end)
    if members:
        yield members


def _covered(side: Rule, across: list[Rule]) -> bool:
    """Whether some rule already runs along this side, or on part of it."""
    for i in range(bisect_left(across, (side.at - TOUCH,)), len(across)):
        at, start, end = across[i]
        if at > side.at + TOUCH:
            return False
        if start < side.end - TOUCH and end > side.start + TOUCH:
            return True
    return False


def _next_across(side: Rule, across: list[Rule], near: bool) -> Rule | None:
    """The next rule behind this side that runs all along it; None where there is none, or hardly room before it."""
    sign = 1 if near else -1
    behind = [
        rule
        for rule in across
        if sign * (rule.at - side.at) > TOUCH and rule.start <= side.start + TOUCH and rule.end >= side.end - TOUCH
    ]
    inner = min(behind, key=lambda rule: sign * rule.at, default=None)
    return inner if inner is not None and abs(inner.at - side.at) >= _OPEN_ROW else None


def _on_a_rule(side: Rule, across: list[Rule]) -> float:
    """The position of a rule close by that goes on where this side ends, else that of the side itself."""
    goes_on = [
        rule.at
        for rule in across
        if abs(rule.at - side.at) < _OPEN_ROW
        and (abs(rule.start - side.end) <= TOUCH or abs(rule.end - side.start) <= TOUCH)
    ]
    return min(goes_on, key=lambda position: abs(position - side.at), default=side.at)


def intersections(vertical: Sequence[Rule], horizontal: Sequence[Rule]) -> dict[Point, Crossing]:
    """The points where rules meet, and which rules meet there."""
    level = sorted(horizontal)
    positions = [rule.at for rule in level]
    points: dict[Point, Crossing] = {}
    for v, (x, top, bottom) in enumerate(sorted(vertical)):
        first, last = bisect_left(positions, top - TOUCH), bisect_right(positions, bottom + TOUCH)
        for h in range(first, last):
            y, start, end = level[h]
            if start - TOUCH <= x <= end + TOUCH:
                upright, across = points.get((x, y), (0, 0))
                points[x, y] = upright | 1 << v, across | 1 << h
    return points


def cells_between(points: dict[Point, Crossing]) -> list[Box]:
    """The smallest cell to the right of and below every point: rules run along all four of its sides."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(points):
        columns[x].append(y)
        rows[y].append(x)
    cells = (_smallest_cell(point, points, columns[point[0]], rows[point[1]]) for point in sorted(points))
    return [cell for cell in cells if cell is not None]


def _smallest_cell(point: Point, points: dict[Point, Crossing], column: list[float], row: list[float]) -> Box | None:
    x, y = point
    upright, level = points[point]
    to_the_right, below = row[bisect_right(row, x) :], column[bisect_right(column, y) :]
    if not to_the_right:
        return None
    for bottom in below:
        corner_upright, corner_level = points[x, bottom]
        if not corner_upright & upright:
            continue
        for x1 in to_the_right:
            side, top = points[x1, y]
            corner = points.get((x1, bottom))
            if corner and top & level and corner[0] & side and corner[1] & corner_level:
                return x, y, x1, bottom
    return None


def group(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share corners, directly or through others, as tables, from top to bottom; one alone is left out."""
    at_corner: dict[Point, list[int]] = defaultdict(list)
    corners = [_corners(cell) for cell in cells]
    for i, points in enumerate(corners):
        for point in points:
            at_corner[point].append(i)
    tables: list[list[Box]] = []
    seen = [False] * len(cells)
    for i in range(len(cells)):
        table, waiting = [], [i]
        while waiting:
            found = waiting.pop()
            if not seen[found]:
                seen[found] = True
                table.append(cells[found])
                for point in corners[found]:
                    waiting += at_corner.pop(point, ())
        if len(table) > 1:
            tables.append(sorted(table, key=_ROW_BY_ROW))
    return sorted(tables, key=lambda table: _ROW_BY_ROW(table[0]))


def _corners(cell: Box) -> tuple[Point, Point, Point, Point]:
    x0, top, x1, bottom = cell
    return (x0, top), (x0, bottom), (x1, top), (x1, bottom)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
