"""A minus sign before a figure may be so thin that a poor scan leaves next to nothing of it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture

_TRACE = 16  # by how much darker than paper, which is 255
# Shares of the figure's height: how far before it a sign may stand, how long it is at least, where its stroke lies.
_REACH, _LENGTH = 1.6, 0.35
_FROM, _TO = 0.3, 0.7


def has_trace_of_sign(bare: Picture, line: Line) -> bool:
    """Whether there is a flat trace before the line, at half its height, too faint to be taken for ink."""
    top, bottom = round(line.band[0]), round(line.band[1])
    height, end = bottom - top, round(line.box[0]) - 1
    before = bare[max(top, 0) : bottom, max(end - round(_REACH * height), 0) : max(end, 0)]
    if not before.size:
        return False
    dark = cv2.blur(before, (3, 3)) <= 255 - _TRACE
    stroke = slice(int(_FROM * len(dark)), max(int(_TO * len(dark)), 1))
    around = np.concatenate([dark[: stroke.start], dark[stroke.stop :]])
    flat: NDArray[np.bool_] = np.any(dark[stroke], axis=0) & ~np.any(around, axis=0)
    return _longest_run(flat) >= _LENGTH * height


def _longest_run(marks: NDArray[np.bool_]) -> int:
    ends = np.flatnonzero(np.diff(np.concatenate([[0], marks.view(np.int8), [0]])))
    return int((ends[1::2] - ends[::2]).max(initial=0))
