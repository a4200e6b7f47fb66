"""Signs before a figure: a minus sign of which a poor scan leaves next to nothing, an arrow that looks like a 1. And
figures in cells that look empty, of which it leaves as little."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.pdf.page import Box
from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture, darker

_TRACE = 16  # by how much darker than paper, which is 255
# Shares of the figure's height: how far before it a sign may stand, how long it is at least, where its stroke lies.
_REACH, _LENGTH = 1.6, 0.35
_FROM, _TO = 0.3, 0.8
# A first stroke stands apart at this share of the figure's height, and by so many times what parts the other digits.
_APART, _WIDER = 0.4, 1.6
_FAINTER = 10  # by how much darker than paper a whole figure is at least
_INSET, _HIGH = 0.025, 0.06  # inches: from a cell's sides; the least height of a figure


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


def cells_with_traces(bare: Picture, dpi: float, cells: Sequence[Box], filled: Collection[int | None]) -> set[int]:
    """The cells, of those not filled, in which something as high as a figure stands that is too faint to be ink."""
    traces = darker(cv2.blur(bare, (3, 3)), 255 - _FAINTER)
    inset, high = round(_INSET * dpi), _HIGH * dpi
    found = set()
    for i in {*range(len(cells))} - {*filled}:
        x0, top, x1, bottom = (round(side) for side in cells[i])
        inside = np.ascontiguousarray(traces[max(top + inset, 0) : bottom - inset, max(x0 + inset, 0) : x1 - inset])
        if np.count_nonzero(inside) < high:
            continue
        _, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
        x, y, w, h, _ = stats[1:].T
        free = (x > 0) & (y > 0) & (x + w < inside.shape[1]) & (y + h < inside.shape[0])
        if (free & (h >= high)).any():
            found.add(i)
    return found


def may_begin_with_arrow(line: Line) -> bool:
    """Whether the first of several pieces of ink stands apart as an arrow (↓40) does, which has the width of a
    character of its own; recognisers take it for a 1."""
    pieces = sorted(line.pieces)
    ends = accumulate((piece.x1 for piece in pieces), max)
    gaps = [after.x0 - end for end, after in zip(ends, pieces[1:], strict=False) if after.x0 > end]
    if not gaps:
        return False
    height = line.band[1] - line.band[0]
    return gaps[0] >= _APART * height and all(gaps[0] >= _WIDER * gap for gap in gaps[1:])


def _longest_run(marks: NDArray[np.bool_]) -> int:
    ends = np.flatnonzero(np.diff(np.concatenate([[0], marks.view(np.int8), [0]])))
    return int((ends[1::2] - ends[::2]).max(initial=0))
