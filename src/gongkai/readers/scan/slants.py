"""A slanted stroke alone in a cell is a slash, not a 1, which recognisers take it for, or too faint for them."""

from __future__ import annotations

import numpy as np

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import LOOSE, Picture
from gongkai.readers.scan.settle import Settled

# On scans a 1 leans by less than 0.05, a slash by 0.28 or more; an italic 1 by up to 0.22.
_UPRIGHT, _SLASH = 0.12, 0.25
_SLENDER = 0.5  # times as wide as high
_END = 4  # the first and the last of so many parts of the height tell where a stroke leads


def is_stroke(line: Line) -> bool:
    """Whether a line is as slender as a stroke."""
    x0, top, x1, bottom = line.box
    return x1 - x0 <= _SLENDER * (bottom - top)


def lean_of(bare: Picture, line: Line) -> float:
    """By how much the top of a line's ink stands to the right of its bottom, as a share of its height."""
    x0, top, x1, bottom = (round(side) for side in line.box)
    ink = np.clip(LOOSE - bare[top:bottom, x0:x1].astype(np.float64), 0, None)
    part = max(1, len(ink) // _END)
    upper, lower = ink[:part].sum(axis=0), ink[-part:].sum(axis=0)
    if not upper.any() or not lower.any():
        return 0.0
    columns = np.arange(ink.shape[1])
    apart = np.average(columns, weights=upper) - np.average(columns, weights=lower)
    return float(apart / max(len(ink) - part, 1))


def told_by_slant(settled: Settled, lean: float) -> Settled:
    """What a stroke is by its lean: what was read where it is upright, a slash that slants, in doubt between them."""
    if abs(lean) < _UPRIGHT:
        return settled
    if abs(lean) < _SLASH:
        return settled._replace(flag=settled.flag or "low_confidence")
    return Settled("/" if lean > 0 else "\\", "low_confidence")
