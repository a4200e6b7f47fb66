"""A second look at a line: from the picture as it was scanned, finer, under its own light, with other margins."""

from __future__ import annotations

import cv2
import numpy as np

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture, bleached, even_light
from gongkai.readers.scan.upright import Upright

_MARGIN, _BLEACHED_MARGIN = 0.15, 0.5  # of the line's height
_FINER = 2.0
_AROUND = 24  # dots around a line that tell how bright the paper is


def closer_looks(upright: Upright, rules: Picture, line: Line) -> list[Picture]:
    """The line's crops with other margins, twice as fine as the page was looked at, without its rules."""
    height, width = upright.grey.shape
    x0, _, x1, _ = line.box
    top, bottom = line.band
    left, upper = max(0, int(x0) - _AROUND), max(0, int(top) - _AROUND)
    right, lower = min(width, int(x1) + _AROUND), min(height, int(bottom) + _AROUND)
    matrix = np.diag([_FINER, _FINER, 1.0]) @ np.array([[1, 0, -left], [0, 1, -upper], [0, 0, 1]]) @ upright.matrix
    size = round((right - left) * _FINER), round((lower - upper) * _FINER)
    seen = cv2.warpPerspective(
        upright.shot.picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    ruled = cv2.dilate(rules[upper:lower, left:right], np.ones((5, 5), np.uint8))
    ruled = cv2.resize(ruled, size, interpolation=cv2.INTER_NEAREST)
    lit = even_light(seen)
    looks = []
    for share, grey in ((_MARGIN, lit), (_BLEACHED_MARGIN, bleached(lit, seen))):
        margin = max(1.0, share * (bottom - top))
        rows = slice(_dot(top - margin - upper), _dot(bottom + margin - upper))
        bare = np.where(ruled > 0, np.uint8(255), grey)
        looks.append(bare[rows, _dot(x0 - margin - left) : _dot(x1 + margin - left)])
    return looks


def _dot(position: float) -> int:
    return max(0, round(position * _FINER))
