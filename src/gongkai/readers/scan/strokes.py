"""The straight strokes on a page that may be rules, and their dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.pdf.page import Rule
from gongkai.readers.scan.picture import LOOSE, Dots, Picture, parts_of

# In inches.
_PIECE = 0.75  # of the shortest: a piece of a worn rule may be shorter than the whole
_GAP = 0.06
_AROUND = 0.08
_THICKEST = 0.05
_BENT = 0.12
# Of the contrast of the page's usual rules; fainter ones are those of the other side, which show through.
_CONTRAST = 0.25


class Stroke(NamedTuple):
    """A rule, in points, the number of its dots, and where it has none."""

    rule: Rule
    number: int
    holes: tuple[float, ...]


def strokes_of(grey: Picture, dpi: float, shortest: float) -> tuple[list[Stroke], list[Dots]]:
    """The straight level strokes of a picture, and the dots of them all by number."""
    around = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((round(_AROUND * dpi), 1), np.uint8))
    thin = cv2.subtract(around, grey)  # by how much darker than what is above and below; shades are not
    ink = cv2.threshold(cv2.blur(thin, (5, 1)), 255 - LOOSE, 255, cv2.THRESH_BINARY)[1]
    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_PIECE * shortest * dpi)), np.uint8))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, round(_GAP * dpi)), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(shortest * dpi)), np.uint8))
    found = parts_of(opened)
    greys = np.array([part_of(grey, dots)[dots.box > 0].mean() for dots in found])
    lightest = 255 - _CONTRAST * (255 - _usual(greys, np.array([dots.box.shape[1] for dots in found])))
    points = 72 / dpi
    strokes = []
    for i, dots in enumerate(found):
        h, w = dots.box.shape
        rows = (dots.box > 0).sum(axis=1)
        if greys[i] > lightest or rows.sum() > _THICKEST * dpi * w or h > max(_BENT * dpi, 0.02 * w):
            continue
        middle = dots.y + float(np.average(np.arange(h), weights=rows)) + 0.5
        inked = ((dots.box > 0) & (part_of(ink, dots) > 0)).any(axis=0)
        # Strokes of neighbouring characters have holes between them: a number for every dot.
        holes = tuple(((np.flatnonzero(~inked) + dots.x) * points).tolist())
        strokes.append(Stroke(Rule(middle * points, dots.x * points, (dots.x + w) * points), i, holes))
    return strokes, found


def part_of(picture: Picture, dots: Dots) -> Picture:
    """What of a picture lies in the box of these dots."""
    h, w = dots.box.shape
    return picture[dots.y : dots.y + h, dots.x : dots.x + w]


def _usual(greys: NDArray[np.float64], lengths: NDArray[np.intp]) -> float:
    """The grey of the usual rule; every dot of length counts."""
    if not len(greys):
        return 0.0
    order = np.argsort(greys)
    middle = np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)
    return float(greys[order][middle])


def mask_of(page: Picture, found: Sequence[Dots], strokes: Sequence[Stroke], dpi: float) -> Picture:
    """255 where the strokes have their dots, from their start to their end, on a page as large as the given one."""
    mask = np.zeros(page.shape, np.uint8)
    for rule, number, _ in strokes:
        dots = found[number]
        first, last = (max(0, round(end * dpi / 72) - dots.x) for end in (rule.start, rule.end))
        under = part_of(mask, dots)[:, first:last]
        np.maximum(under, dots.box[:, first:last], out=under)
    return mask
