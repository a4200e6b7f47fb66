"""What makes the lines of a page level, and rules that a camera has made to meet parallel."""

from __future__ import annotations

import cv2
import numpy as np

from gongkai.readers.scan.picture import LOOSE, Matrix, Picture, darker, parts_of

_MOST_SKEW = 5.0
_LEAST_SKEW = 0.03
_STRIP = 20  # dots: the page is sheared in strips so wide
_SLANTED = 0.17  # inches: rules that slant are found in pieces of this length
_THIN = 0.045  # inches, a dot on either side included; rows of characters are thicker
_EVERY = 4  # of so many columns one is enough to see where a rule runs
_KEYSTONE = 0.0015  # radians between the first rule and the last: less is not worth a warp


def level_of(grey: Picture, dpi: float) -> Matrix | None:
    """What makes the page's lines level and its rules square; None where they are."""
    height, width = grey.shape
    ink = darker(grey, LOOSE)
    skew = skew_of(ink, dpi)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0), (0, 0, 1)])
    if abs(skew) > _LEAST_SKEW:
        ink = cv2.warpPerspective(ink, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=0)
    matrix = turn if abs(skew) > _LEAST_SKEW else None
    for _ in range(2):  # rules that are far from square are found in part at first
        square = square_of(ink, dpi)
        if square is None:
            break
        ink = cv2.warpPerspective(ink, square, (width, height), flags=cv2.INTER_LINEAR, borderValue=0)
        matrix = square @ (turn if matrix is None else matrix)
    return matrix


def skew_of(ink: Picture, dpi: float) -> float:
    """By how many degrees, counterclockwise, the page must be turned to make its lines level.

    Where lines are level, the ink of the page falls into the fewest rows.
    """
    scale = 75 / dpi
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, count = small.shape[0], small.shape[1] // _STRIP
    strips = small[:, : count * _STRIP].reshape(height, count, _STRIP).sum(axis=2, dtype=np.float32).T
    away = (np.arange(count) - (count - 1) / 2) * _STRIP
    reach = int(np.tan(np.radians(2 * _MOST_SKEW)) * np.abs(away).max(initial=0.0)) + 2
    moved = np.lib.stride_tricks.sliding_window_view(np.pad(strips, ((0, 0), (reach, reach))), height, axis=1)

    def sharpness(degrees: float) -> float:
        shifts = np.tan(np.radians(degrees)) * away
        whole = np.floor(shifts).astype(int)
        part = (shifts - whole).astype(np.float32)
        each = np.arange(count)
        sheared = (1 - part) @ moved[each, whole + reach] + part @ moved[each, whole + reach + 1]
        return float((np.diff(sheared) ** 2).sum())

    best = 0.0
    for step in (0.5, 0.1, 0.02):
        reached = _MOST_SKEW if step == 0.5 else 5 * step
        best = max(np.arange(best - reached, best + reached + step / 2, step), key=sharpness)
    return float(best) if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def square_of(ink: Picture, dpi: float) -> Matrix | None:
    """What makes rules parallel that a camera has made to meet; None where they are, or where there are too few."""
    height, width = ink.shape
    level = _slopes(ink, dpi)
    upright = _slopes(cv2.transpose(ink), dpi)
    if level is None and upright is None:
        return None
    (a0, a1), (b0, b1) = level or (0.0, 0.0), upright or (0.0, 0.0)
    if max(abs(a0), abs(a1 * height), abs(b0), abs(b1 * width)) < _KEYSTONE:
        return None
    found = [_meeting(x, y, a0 + a1 * y, b0 + b1 * x, width, height) for x in (0, width) for y in (0, height)]
    target = [(x, y) for x in (0, width) for y in (0, height)]
    return cv2.getPerspectiveTransform(np.array(found, np.float32), np.array(target, np.float32)).astype(np.float64)


def _meeting(x: float, y: float, slope: float, lean: float, width: int, height: int) -> tuple[float, float]:
    """Where the line through (middle, y) of this slope and the one through (x, middle) of that lean meet."""
    # v = y + slope (u - width / 2) and u = x + lean (v - height / 2)
    u = (x + lean * (y - slope * width / 2 - height / 2)) / (1 - lean * slope)
    return u, y + slope * (u - width / 2)


def _slopes(ink: Picture, dpi: float) -> tuple[float, float] | None:
    """The slope of nearly level rules at the top of the page, and its change with every row; None for too few rules."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 9), np.uint8))
    sampled = np.ascontiguousarray(closed[:, ::_EVERY])
    opened = cv2.morphologyEx(sampled, cv2.MORPH_OPEN, np.ones((1, round(_SLANTED * dpi / _EVERY)), np.uint8))
    joined = cv2.dilate(opened, np.ones((3, 3), np.uint8))
    found = []
    for x, y, box in parts_of(joined):
        h, w = box.shape
        length = w * _EVERY
        if length < 1.5 * dpi or np.count_nonzero(box) > _THIN * dpi * w or h > 0.1 * length:
            continue
        rows, columns = np.nonzero(cv2.bitwise_and(box, opened[y : y + h, x : x + w]))
        slope, start = np.polyfit(columns * _EVERY, rows, 1)
        middle = ink.shape[1] / 2 - x * _EVERY
        found.append((y + start + slope * middle, slope, length))
    if len(found) < 3:
        return None
    at, slopes, weights = np.array(found).T
    for _ in range(2):  # once more without those that do not fit
        if len(at) < 3:
            return None
        change, first = np.polyfit(at, slopes, 1, w=weights) if np.ptp(at) > 2 * dpi else (0.0, np.median(slopes))
        off = np.abs(slopes - first - change * at)
        kept = off <= max(3 * np.median(off), 0.001)
        at, slopes, weights = at[kept], slopes[kept], weights[kept]
    return float(first), float(change)
