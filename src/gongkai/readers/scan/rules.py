"""The rules of a page by image processing, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.pdf.page import Rule
from gongkai.readers.scan.picture import LOOSE, Picture

# In inches. Shorter strokes are parts of characters; a piece of a worn rule may be shorter than the whole.
_ACROSS, _DOWN = 0.28, 0.17
_PIECE = 0.75
_GAP = 0.06
_AROUND = 0.08
_THICKEST = 0.05
_BENT = 0.12
# Of the contrast of the page's usual rules; fainter ones are those of the other side, which show through.
_CONTRAST = 0.25
_MOST_HOLES = 0.03  # of a short rule, beside a dot at either end
# A rule this long stands for itself, a shorter one must run from rule to rule.
_LONG = 1.2
_TOUCH, _SWAY = 5.0, 15.0  # points


class Stroke(NamedTuple):
    """A rule, in points, the label of its dots, and where it has none."""

    rule: Rule
    label: int
    holes: tuple[float, ...]


def find_rules(grey: Picture, dpi: float) -> tuple[list[Rule], list[Rule], Picture]:
    """The vertical and the horizontal rules, in points, and a mask of their dots."""
    horizontal, level = _strokes(grey, dpi, _ACROSS)
    vertical, upright = _strokes(np.ascontiguousarray(grey.T), dpi, _DOWN)
    kept_vertical, kept_horizontal = _held(vertical, horizontal, 72 / dpi)
    mask = cv2.bitwise_or(
        _mask(level, kept_horizontal, dpi), np.ascontiguousarray(_mask(upright, kept_vertical, dpi).T)
    )
    return [stroke.rule for stroke in kept_vertical], [stroke.rule for stroke in kept_horizontal], mask


def erase(grey: Picture, rules: Picture) -> Picture:
    """The page without its rules and their soft edges; of a character that touches a rule, the rest stays."""
    erased = grey.copy()
    erased[cv2.dilate(rules, np.ones((5, 5), np.uint8)) > 0] = 255
    return erased


def _strokes(grey: Picture, dpi: float, shortest: float) -> tuple[list[Stroke], Picture]:
    """The straight level strokes of a picture, and their dots labelled."""
    around = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((round(_AROUND * dpi), 1), np.uint8))
    thin = cv2.subtract(around, grey)  # by how much darker than what is above and below; shades are not
    ink = np.where(cv2.blur(thin, (5, 1)) > 255 - LOOSE, np.uint8(255), np.uint8(0))
    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_PIECE * shortest * dpi)), np.uint8))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, round(_GAP * dpi)), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(shortest * dpi)), np.uint8))
    count, labels, stats, centroids = cv2.connectedComponentsWithStats(opened)
    points = 72 / dpi
    strokes = []
    inked = opened > 0
    greys = np.bincount(labels[inked], grey[inked], count) / np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    lightest = 255 - _CONTRAST * (255 - _usual(greys[1:], stats[1:, cv2.CC_STAT_WIDTH]))
    for i in range(1, count):
        x, _, w, h, area = (int(value) for value in stats[i])
        if greys[i] > lightest or area > _THICKEST * dpi * w or h > max(_BENT * dpi, 0.02 * w):
            continue
        rule = Rule(float(centroids[i][1] + 0.5) * points, x * points, (x + w) * points)
        strokes.append(Stroke(rule, i, _holes(ink, labels, stats[i], i, points)))
    return strokes, labels


def _holes(ink: Picture, labels: Picture, box: Picture, label: int, points: float) -> tuple[float, ...]:
    """Where along a stroke there is no ink, in points, a number for every dot: strokes of neighbouring characters."""
    x, y, w, h, _ = (int(value) for value in box)
    around = slice(y, y + h), slice(x, x + w)
    inked = ((labels[around] == label) & (ink[around] > 0)).any(axis=0)
    return tuple(((np.flatnonzero(~inked) + x) * points).tolist())


def _usual(greys: NDArray[np.float64], lengths: Picture) -> float:
    """The grey of the usual rule; every dot of length counts."""
    if not len(greys):
        return 0.0
    order = np.argsort(greys)
    middle = np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)
    return float(greys[order][middle])


def _mask(labels: Picture, strokes: Sequence[Stroke], dpi: float) -> Picture:
    """255 where the strokes have their dots, from their start to their end."""
    mask = np.zeros(labels.shape, np.uint8)
    dots = dpi / 72
    for rule, label, _ in strokes:
        rows = slice(max(0, round((rule.at - _SWAY) * dots)), round((rule.at + _SWAY) * dots))
        columns = slice(max(0, round(rule.start * dots)), round(rule.end * dots))
        mask[rows, columns][labels[rows, columns] == label] = 255
    return mask


def _held(vertical: list[Stroke], horizontal: list[Stroke], dot: float) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that are rules: the long ones that meet another, and the short ones from one rule to another.

    Of a short one, what goes beyond the rules that it meets is a part of a character and is cut off.
    """
    while True:
        held_vertical = [cut for stroke in vertical if (cut := _cut(stroke, horizontal, dot))]
        held_horizontal = [cut for stroke in horizontal if (cut := _cut(stroke, held_vertical, dot))]
        if (held_vertical, held_horizontal) == (vertical, horizontal):
            return held_vertical, held_horizontal
        vertical, horizontal = held_vertical, held_horizontal


def _cut(stroke: Stroke, across: Sequence[Stroke], dot: float) -> Stroke | None:
    """The stroke from the first to the last of the rules between which it has no holes; None where there are not two.

    `dot` is the size of a dot in points.
    """
    at, start, end = stroke.rule
    met = sorted(
        other.rule.at
        for other in across
        if other.rule.start - _TOUCH <= at <= other.rule.end + _TOUCH
        and start - _TOUCH <= other.rule.at <= end + _TOUCH
    )
    if end - start >= 72 * _LONG:
        return stroke if met else None
    best: tuple[float, float] | None = None
    run: tuple[float, float] | None = None
    for low, high in pairwise(met):
        if high - low > _TOUCH and not _is_whole(stroke, low, high, dot):
            run = None
            continue
        run = (run[0], high) if run else (low, high)
        if best is None or run[1] - run[0] > best[1] - best[0]:
            best = run
    if best is None or best[1] - best[0] <= _TOUCH:
        return None
    first, last = (start if start >= best[0] - _TOUCH else best[0]), (end if end <= best[1] + _TOUCH else best[1])
    first, last = max(first, best[0] - _TOUCH), min(last, best[1] + _TOUCH)
    return Stroke(Rule(at, first, last), stroke.label, tuple(hole for hole in stroke.holes if first <= hole <= last))


def _is_whole(stroke: Stroke, low: float, high: float, dot: float) -> bool:
    """Whether a stroke has ink all along between two rules; strokes of characters one beside the other have gaps."""
    first, last = max(stroke.rule.start, low), min(stroke.rule.end, high)
    holes = sum(first <= hole <= last for hole in stroke.holes)
    return last - first >= high - low - 2 * _TOUCH and holes <= 2 + _MOST_HOLES * (last - first) / dot
