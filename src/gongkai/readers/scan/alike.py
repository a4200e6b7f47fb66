"""Single characters of a page that look alike: one reading does for all, and most cells of a report hold a 0.

Two crops are laid on one another where they correlate best; what counts is the place where they differ most. (A whole
that correlates well is no proof: the middle stroke that tells an 8 from a 0 is a small part of it.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture

# The greatest difference anywhere, as a share of the detail that there is: blur takes away as much of both. Different
# figures differ by 0.56 at least in 43 fonts, sharp to hardly legible, with noise and without (24,000 pairs); the same
# figure usually by less than 0.4.
_DIFFERENT = 0.5
_CORRELATED = 0.85  # what does not correlate so well is not looked at
_HEIGHT = 32  # dots at which crops are compared
_SPOT = 5  # dots: the size of a difference that counts; noise is finer
_PLAIN = 9  # dots: of what is as small, detail is what stands out
_ACROSS, _DOWN = 3, 2  # dots by which a crop may be shifted
_SIZE = 1.0  # dots of the page by which the size of the ink may differ


class Sight(NamedTuple):
    """A character as it is compared: the crop at one height, the size of its ink in dots of the page, its detail.

    That is by how much a spot of it differs most from what is around, in grey.
    """

    picture: Picture
    width: float
    height: float
    detail: float


def twins_of(lines: Sequence[Line], crops: Sequence[Picture]) -> list[int]:
    """For every line the position of the first that looks the same, which may be itself."""
    seen: list[tuple[int, Sight]] = []  # the one that was met last comes first: most cells hold the same figure
    twins = list(range(len(lines)))
    for i, (line, crop) in enumerate(zip(lines, crops, strict=True)):
        if not _is_single(line):
            continue
        sight = sight_of(line, crop)
        known = (place for place, (_, other) in enumerate(seen) if difference_of(sight, other) <= _DIFFERENT)
        met = next(known, None)
        seen.insert(0, (i, sight) if met is None else seen.pop(met))
        twins[i] = seen[0][0]
    return twins


def _is_single(line: Line) -> bool:
    """Whether a line is one narrow piece of ink in a cell: a figure, mostly."""
    x0, top, x1, bottom = line.box
    return line.cell is not None and len(line.pieces) == 1 and x1 - x0 <= bottom - top


def sight_of(line: Line, crop: Picture) -> Sight:
    """The line, seen in its crop, as it is compared."""
    x0, top, x1, bottom = line.box
    size = max(1, round(crop.shape[1] * _HEIGHT / crop.shape[0])), _HEIGHT
    finer = crop.shape[0] < _HEIGHT
    shown = cv2.resize(crop, size, interpolation=cv2.INTER_LINEAR if finer else cv2.INTER_AREA)
    stands_out = cv2.absdiff(cv2.blur(shown, (_SPOT, _SPOT)), cv2.blur(shown, (_PLAIN, _PLAIN)))
    return Sight(shown, x1 - x0, bottom - top, max(1.0, float(stands_out.max())))


def difference_of(one: Sight, other: Sight) -> float:
    """By how much two characters differ where they differ most, as a share of the detail of the plainer one."""
    if abs(one.width - other.width) > _SIZE or abs(one.height - other.height) > _SIZE:
        return math.inf
    around = cv2.copyMakeBorder(one.picture, _DOWN, _DOWN, _ACROSS, _ACROSS, cv2.BORDER_REPLICATE)
    height, width = other.picture.shape
    if around.shape[1] < width:
        return math.inf
    _, correlation, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(around, other.picture, cv2.TM_CCOEFF_NORMED))
    if correlation < _CORRELATED:
        return math.inf
    laid = around[y : y + height, x : x + width]
    off = cv2.blur(laid.astype(np.float32) - other.picture, (_SPOT, _SPOT))
    return float(np.abs(off).max()) / min(one.detail, other.detail)
