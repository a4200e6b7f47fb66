"""Ruled tables: rules, intersections, cells, tables, step by step as pdfplumber's TableFinder, and with its tolerances.

Two steps are added: a frame that a page break or a designer left open is closed where text stands in the open row or
column, and shaded areas count only where no rules are drawn.
"""

from __future__ import annotations

import math
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
    for rule in sorted(rules):
        if members and rule.at > members[-1].at + SNAP:
            yield sum(member.at for member in members) / len(members), members
            members = []
        members.append(rule)
    if members:
        yield sum(member.at for member in members) / len(members), members


def close_frames(vertical: list[Rule], horizontal: list[Rule], page: Page) -> tuple[list[Rule], list[Rule]]:
    """The rules, and those that a frame lacks.

    Where two neighbouring rules end side by side, nothing runs from end to end, and a character stands between them and
    the next rule across, the row or column is open and the missing side is added.
    """
    level, upright = missing_sides(vertical, horizontal), missing_sides(horizontal, vertical)
    if not level and not upright:
        return vertical, horizontal
    middles = [((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in page.chars]
    return (
        vertical + [side.rule for side in upright if side.holds((y, x) for x, y in middles)],
        horizontal + [side.rule for side in level if side.holds(middles)],
    )


class Side(NamedTuple):
    """A rule that may be missing, and how far the row or column behind it reaches: to the next rule across."""

    rule: Rule
    inner: float

    def holds(self, middles: Iterable[Point]) -> bool:
        """Whether a character stands there; `middles` has the position along the rule first."""
        low, high = sorted((self.rule.at, self.inner))
        return any(self.rule.start <= along < self.rule.end and low <= across < high for along, across in middles)


def missing_sides(along: list[Rule], across: list[Rule]) -> list[Side]:
    """The rules that lack across the ends of the rules `along`, where neighbours end side by side."""
    found: list[Side] = []
    across = sorted(across)
    for near in (True, False):
        ends = sorted((rule.start if near else rule.end, rule.at) for rule in along)
        for members in _clustered(ends):
            for (end, at), (other_end, other_at) in pairwise(sorted(members, key=itemgetter(1))):
                side = Rule((end + other_end) / 2, at, other_at)
                inner = None if _covered(side, across) else _next_across(side, across, near)
                if inner is not None:
                    found.append(Side(Rule(_on_a_rule(side, across), at, other_at), inner))
    return found


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
    first, last = bisect_left(across, (side.at - TOUCH,)), bisect_right(across, (side.at + TOUCH, math.inf))
    return any(_beside(rule, side) for rule in across[first:last])


def _beside(rule: Rule, side: Rule) -> bool:
    return rule.start < side.end - TOUCH and rule.end > side.start + TOUCH


def _next_across(side: Rule, across: list[Rule], near: bool) -> float | None:
    """The position of the next rule behind this side; None where there is none, or hardly room before it."""
    sign = 1 if near else -1
    beside = [rule.at for rule in across if sign * (rule.at - side.at) > TOUCH and _beside(rule, side)]
    inner = min(beside, key=lambda at: sign * at, default=side.at)
    return inner if abs(inner - side.at) >= _OPEN_ROW else None


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
    right = [other for other in row[bisect_right(row, x) :] if points[other, y][1] & level]
    for bottom in column[bisect_right(column, y) :] if right else ():
        below, below_level = points[x, bottom]
        if not below & upright:
            continue
        for x1 in right:
            corner = points.get((x1, bottom))
            if corner and corner[0] & points[x1, y][0] and corner[1] & below_level:
                return x, y, x1, bottom
    return None


def group(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share corners, directly or through others, as tables from top to bottom; a cell alone is left out."""
    leader = list(range(len(cells)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    at_corner: dict[Point, int] = {}
    for i, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            leader[find(i)] = find(at_corner.setdefault(corner, i))
    tables: dict[int, list[Box]] = defaultdict(list)
    for i, cell in enumerate(cells):
        tables[find(i)].append(cell)
    found = [table for table in tables.values() if len(table) > 1]
    return sorted(found, key=lambda table: min((top, x0) for x0, top, _, _ in table))


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
