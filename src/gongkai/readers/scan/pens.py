"""Strokes of a pen that pass for rules: ink crosses them or comes up to them, or no rule is in line with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.picture import Dots, Picture
from gongkai.readers.scan.strokes import Stroke

# In inches: rules that part rows are longer, in pieces or whole; what is as short may be a pen's.
_SHORT, _SHORTEST_ROW = 1.2, 2.0
_IN_LINE, _BESIDE = 2.0, 4.0  # points
_ROW = 3  # so many strokes side by side are the sides of the cells of a row
_SOFT, _DEEP = 2, 2  # dots: the soft edge of a stroke; ink that reaches so far beyond it comes up to
# it. Where a figure crosses a stroke, a dot is enough on one side, since it may end there.
_RULED = 5.0  # points on either side of what is ruled across
_NEAR = 0.09  # inches: ink that comes up to both sides so close together crosses the stroke

Columns = NDArray[np.intp]


class Pens(NamedTuple):
    """Strokes that are a pen's, and rules that ink crosses, with the dots along the page where it does."""

    strokes: list[Stroke]
    crossed: list[tuple[Stroke, Columns]]


class Seen(NamedTuple):
    """Of a short stroke: whether it parts one cell alone; whether ink comes up to it, and crosses it."""

    parts_one: bool
    touched: bool
    crossed: bool


def find_pens(
    strokes: Sequence[Stroke], found: Sequence[Dots], ink: Picture, across: Sequence[Stroke], dpi: float, *, down: bool
) -> Pens:
    """Which of the level strokes on a page with this ink are a pen's, and where ink crosses others; `across` is what
    is ruled across them. Strokes that run `down` the page are seen with the page on its side."""
    is_pen = _is_pen_down if down else _is_pen_across
    pens = Pens([], [])
    for stroke in strokes:
        at, start, end = stroke.rule
        meets = [other.rule.at for other in across if other.rule.start - _RULED <= at <= other.rule.end + _RULED]
        (above, touching_above), (below, touching_below) = _coming_up(stroke, found[stroke.number], ink, meets, dpi)
        crossing = np.union1d(_both(above, touching_below, dpi), _both(below, touching_above, dpi))
        parts_one = not any(start + _RULED < met < end - _RULED for met in meets)
        if is_pen(stroke, strokes, Seen(parts_one, bool(above.size or below.size), bool(crossing.size))):
            pens.strokes.append(stroke)
        elif crossing.size:
            pens.crossed.append((stroke, crossing))
    return pens


def _is_pen_across(stroke: Stroke, strokes: Sequence[Stroke], seen: Seen) -> bool:
    alone = _length_in_line(stroke, strokes) < 72 * _SHORTEST_ROW
    if _length(stroke) < 72 * _SHORT:
        return seen.touched or (alone and seen.parts_one)
    return alone and seen.crossed


def _is_pen_down(stroke: Stroke, strokes: Sequence[Stroke], seen: Seen) -> bool:
    """Sides of cells may be as short, and stand alone."""
    _, start, end = stroke.rule
    rules = [other.rule for other in strokes]
    beside = sum(abs(rule.start - start) <= _BESIDE and abs(rule.end - end) <= _BESIDE for rule in rules)
    if beside >= _ROW or _length(stroke) >= 72 * _SHORT:
        return False
    alone = _length_in_line(stroke, strokes) <= _length(stroke)
    return seen.parts_one and (seen.crossed or (alone and seen.touched))


def _length(stroke: Stroke) -> float:
    return stroke.rule.end - stroke.rule.start


def _length_in_line(stroke: Stroke, strokes: Sequence[Stroke]) -> float:
    return sum(_length(other) for other in strokes if abs(other.rule.at - stroke.rule.at) <= _IN_LINE)


def _both(above: Columns, below: Columns, dpi: float) -> Columns:
    """Those of the columns that are close to one of the others."""
    if not above.size or not below.size:
        return above[:0]
    apart = np.abs(above[:, None] - below[None, :])
    near: Columns = above[apart.min(axis=1) <= _NEAR * dpi]
    return near


def _coming_up(
    stroke: Stroke, dots: Dots, ink: Picture, meets: Sequence[float], dpi: float
) -> list[tuple[Columns, Columns]]:
    """Where along the page ink comes up to the stroke, and where it may, from above, and from below; what the stroke
    meets does not count."""
    first, last = (max(0, round(end * dpi / 72) - dots.x) for end in (stroke.rule.start, stroke.rule.end))
    box: NDArray[np.bool_] = dots.box[:, first:last] > 0
    columns = np.arange(dots.x + first, dots.x + first + box.shape[1])
    counted: NDArray[np.bool_] = np.any(box, axis=0)
    for at in meets:
        low, high = (max(0, round((at + way) * dpi / 72) - dots.x - first) for way in (-_RULED, _RULED))
        counted[low : high + 1] = False
    sides = []
    for edge, way in ((box.argmax(axis=0), -1), (len(box) - 1 - box[::-1].argmax(axis=0), 1)):
        rows = [(dots.y + edge + way * (_SOFT + away)).clip(0, len(ink) - 1) for away in range(1, _DEEP + 1)]
        may = counted & (ink[rows[0], columns] > 0)  # hardly ever
        deep = may.any() and np.all([may, *(ink[row, columns] > 0 for row in rows[1:])], axis=0)
        sides.append((columns[deep] if may.any() else columns[:0], columns[may]))
    return sides
