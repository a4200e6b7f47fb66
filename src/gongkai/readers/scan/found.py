"""A page of a scan on its way through the steps of its reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from gongkai.readers.pdf.page import Box
from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.picture import Picture
from gongkai.readers.scan.recogniser import Recognised
from gongkai.readers.scan.scanned import ScannedPage
from gongkai.readers.scan.settle import Settled
from gongkai.readers.scan.upright import Upright

_STAMPED, _RED_FIGURE = 0.03, 0.07  # what red must cover to matter: a share of a box, or a square of so many inches


@dataclass(slots=True)
class Found:
    """A page on its way: made upright, without its rules (masked), its cells as boxes in dots, its lines.

    `faint` are the cells with nothing but traces, which may be all that is left of something printed; of what is
    `dashed`, pieces of rules may lack.
    """

    upright: Upright
    page: ScannedPage
    bare: Picture
    rules: Picture
    cells: list[Box]
    dashed: bool = False
    lines: list[Line] = field(default_factory=list)
    faint: set[int] = field(default_factory=set)
    readings: dict[int, Recognised] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)


def is_stamped(found: Found, box: Box) -> bool:
    """Whether a stamp covers a part of the box worth mentioning, or as much as a figure printed in red does."""
    x0, top, x1, bottom = (round(side) for side in box)
    under = found.upright.stamps[max(top, 0) : bottom, max(x0, 0) : x1]
    return bool(np.count_nonzero(under) > min(_STAMPED * under.size, (_RED_FIGURE * found.upright.dpi) ** 2))


def rows_of(found: Found) -> Counter[tuple[float, float]]:
    """How many lines outside cells stand side by side, by their bands: one alone is prose, or a stamp's."""
    return Counter(line.band for line in found.lines if line.cell is None)
