"""Single characters of a page that look alike: one reading does for all, and most cells of a report hold a 0.

Two crops are laid on one another where they correlate best; what counts is the place where they differ most. (A whole
that correlates well is no proof: the middle stroke that tells an 8 from a 0 is a small part of it.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture

# The greatest difference anywhere, as a share of the contrast. Different figures differ by 0.20 at least on 119 pages
# of scans (12,281 pairs), by 0.17 in 40 fonts, blurred and noisy; the same figure usually by less than 0.1.
_DIFFERENT = 0.12
_CORRELATED = 0.85  # what does not correlate so well is not looked at
_HEIGHT = 32  # dots at which crops are compared
_SPOT = 5  # dots: the size of a difference that counts; noise is finer
_ACROSS, _DOWN = 3, 2  # dots by which a crop may be shifted
_SIZE = 1.0  # dots of the page by which the size of the ink may differ


class Sight(NamedTuple):
    """A character as it is compared: the crop at one height, the size of its ink in dots of the page."""

    picture: Picture
    width: float
    height: float


def twins_of(lines: Sequence[Line], crops: Sequence[Picture]) -> list[int]:
    """For every line the position of the first that looks the same, which may be itself."""
    seen: dict[int, Sight] = {}
    twins = list(range(len(lines)))
    for i, (line, crop) in enumerate(zip(lines, crops, strict=True)):
        if not _is_single(line):
            continue
        sight = sight_of(line, crop)
        twins[i] = next((j for j, other in seen.items() if difference_of(sight, other) <= _DIFFERENT), i)
        if twins[i] == i:
            seen[i] = sight
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
    return Sight(shown, x1 - x0, bottom - top)


def difference_of(one: Sight, other: Sight) -> float:
    """By how much two characters differ where they differ most, as a share of their contrast: 0 to 1."""
    if abs(one.width - other.width) > _SIZE or abs(one.height - other.height) > _SIZE:
        return 1.0
    around = cv2.copyMakeBorder(one.picture, _DOWN, _DOWN, _ACROSS, _ACROSS, cv2.BORDER_REPLICATE)
    height, width = other.picture.shape
    if around.shape[1] < width:
        return 1.0
    _, correlation, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(around, other.picture, cv2.TM_CCOEFF_NORMED))
    if correlation < _CORRELATED:
        return 1.0
    laid = around[y : y + height, x : x + width]
    off = cv2.blur(laid.astype(np.float32) - other.picture, (_SPOT, _SPOT))
    darkest = min(int(laid.min()), int(other.picture.min()))
    return float(np.abs(off).max()) / max(255 - darkest, 1)
