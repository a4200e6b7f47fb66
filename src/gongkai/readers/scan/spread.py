"""Two facing pages on one picture, as an open book or a folded sheet is scanned: where they part."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from gongkai.readers.scan.picture import Matrix, Shot

_WIDE = 1.2  # times as wide as high: two sheets side by side are 1.41 times, one that stands is 0.71 times
_FROM, _TO = 0.42, 0.58  # of the width: there two pages part
_GUTTER = 0.03  # of the width: what is free between them, from top to bottom


def facing_pages(
    shot: Shot, matrix: Matrix, size: tuple[int, int], printed: Iterable[tuple[float, float]]
) -> list[Shot]:
    """The left and the right page of a shot that has two; none where it has one.

    `matrix` makes the shot upright, of this width and height; `printed` are the spans, from left to right in dots, that
    anything printed takes there. Prose or a table as wide as the picture is of one page.
    """
    width, height = size
    gutter = _free_between(printed, _FROM * width, _TO * width) if width >= _WIDE * height else None
    if gutter is None or gutter[1] - gutter[0] < _GUTTER * width:
        return []
    x = sum(gutter) / 2
    fold = np.array([[[x, 0], [x, height]]], np.float64)
    (x0, y0), (x1, y1) = cv2.perspectiveTransform(fold, np.linalg.inv(matrix))[0]
    across = abs(x1 - x0) < abs(y1 - y0)  # the fold runs down the shot
    at = round((x0 + x1) / 2 if across else (y0 + y1) / 2)
    first, second = shot.parted(at, across=across)
    is_before = (y1 > y0) if across else (x1 < x0)
    return [first, second] if is_before else [second, first]


def _free_between(printed: Iterable[tuple[float, float]], low: float, high: float) -> tuple[float, float] | None:
    """The widest part between two positions, both of which have print beside them, where nothing is printed."""
    best: tuple[float, float] | None = None
    reached: float | None = None
    for start, end in sorted(printed):
        if reached is not None and start > reached:
            free = max(reached, low), min(start, high)
            if best is None or free[1] - free[0] > best[1] - best[0]:
                best = free
        reached = end if reached is None else max(reached, end)
    return best
