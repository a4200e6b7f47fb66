"""A slanted stroke alone in a cell is a slash, not a 1, which recognisers take it for, or too faint for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import LOOSE, Picture
from gongkai.readers.scan.settle import Settled

# On scans a 1 leans by less than 0.05, a slash by 0.28 or more; an italic 1 by up to 0.22.
_UPRIGHT, _SLASH = 0.12, 0.25
SLASHES = ("/", "\\")
_SLENDER = 0.35  # times as wide as a line is high
_END = 4  # the first and the last of so many parts of the height tell where a stroke leads


def is_stroke(bare: Picture, line: Line) -> bool:
    """Whether a line's ink is nowhere wider than a stroke: no figure but a plain 1 is so."""
    ink = _ink(bare, line) > 0
    rows = ink[ink.any(axis=1)]
    spans = rows.shape[1] - rows.argmax(axis=1) - rows[:, ::-1].argmax(axis=1)
    return bool(spans.max(initial=0) <= _SLENDER * len(ink))


def lean_of(bare: Picture, line: Line) -> float:
    """By how much the top of a line's ink stands to the right of its bottom, as a share of its height."""
    ink = _ink(bare, line)
    part = max(1, len(ink) // _END)
    upper, lower = ink[:part].sum(axis=0), ink[-part:].sum(axis=0)
    if not upper.any() or not lower.any():
        return 0.0
    columns = np.arange(ink.shape[1])
    apart = np.average(columns, weights=upper) - np.average(columns, weights=lower)
    return float(apart / max(len(ink) - part, 1))


def _ink(bare: Picture, line: Line) -> NDArray[np.float64]:
    """How dark the dots of a line are."""
    x0, top, x1, bottom = (round(side) for side in line.box)
    ink: NDArray[np.float64] = np.clip(LOOSE - bare[top:bottom, x0:x1].astype(np.float64), 0, None)
    return ink


def may_be_stroke(bare: Picture, line: Line, settled: Settled) -> bool:
    """Whether a line, so read, may be a stroke alone."""
    return settled.text == "1" or (len(settled.text) <= 1 and is_stroke(bare, line))


def is_slash(bare: Picture, line: Line, settled: Settled) -> bool:
    """Whether a line was read as something else and is a slash by its slant, which no second look can change."""
    read_so = settled.text in SLASHES
    return not read_so and may_be_stroke(bare, line, settled) and abs(lean_of(bare, line)) >= _SLASH


def told_by_slant(settled: Settled, lean: float) -> Settled:
    """What a stroke is by its lean: a 1 if it is upright and was read so, a slash if it slants, in doubt otherwise."""
    slash = SLASHES[lean < 0] if abs(lean) >= _SLASH else ""
    if slash and settled.text != slash:
        return Settled(slash, "low_confidence")
    sure = slash or (settled.text == "1" and abs(lean) < _UPRIGHT)
    return settled if sure else settled.doubted
