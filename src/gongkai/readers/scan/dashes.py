"""Rules that are dashed, or broken all over: flat pieces in line are joined to what they are pieces of."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.picture import LOOSE, Picture, darker

# In inches: how thick a dash is at most, and how long at least; how far apart two of a rule may be; how long that is at
# least, and all together on a page where rules are dashed.
_THICK, _LONG, _APART, _RULE, _ALL = 0.035, 0.02, 0.2, 0.4, 12.0
_FLAT = 1.3  # times as long as thick


def with_dashes_joined(grey: Picture, dpi: float) -> Picture | None:
    """The page with black rules where dashes stand in line, across or down; None where hardly any do."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(darker(grey, LOOSE), connectivity=8)
    boxes = stats[1:, :4].astype(np.int32)
    level = _joined(boxes, grey.shape, dpi)
    if _length(level, dpi) < _ALL:
        return None
    upright = cv2.transpose(_joined(boxes[:, [1, 0, 3, 2]], grey.shape[::-1], dpi))
    return np.where((level > 0) | (upright > 0), np.uint8(0), grey)


def _joined(boxes: NDArray[np.int32], shape: tuple[int, ...], dpi: float) -> Picture:
    """255 where level dashes of these boxes (left, top, width, height) stand in line, and between them."""
    _, _, long, thick = boxes.T
    dashes = boxes[(thick <= _THICK * dpi) & (long >= np.maximum(_LONG * dpi, _FLAT * thick))]
    canvas = np.zeros(shape, np.uint8)
    for x, y, w, h in dashes.tolist():
        canvas[max(y - 1, 0) : y + h + 1, x : x + w] = 255  # those of one rule may be a dot higher or lower
    closed = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, round(_APART * dpi)), np.uint8))
    return cv2.erode(
        cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, round(_RULE * dpi)), np.uint8)), np.ones((3, 1), np.uint8)
    )


def _length(level: Picture, dpi: float) -> float:
    """The length of level rules together, in inches: their upper edges."""
    edges = (level[1:] > 0) & (level[:-1] == 0)
    return float(np.count_nonzero(edges)) / dpi
