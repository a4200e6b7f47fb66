"""A picture of a page becomes grey on white, upright and level, and remembers the way back to where it was printed."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Picture = MatLike
Matrix = NDArray[np.float64]

_SHORTEST_SHEET, _A4, _LONGEST_SHEET = 7.5, 11.7, 17.0  # inches: the longer side of A5, A4 and A3, roughly
_LEAST_DPI, _MOST_DPI = 150.0, 200.0  # finer pictures are made coarser, coarser ones finer
_PAPER = 235  # after the light is evened out, this and above is paper
LOOSE, INK = 205, 180  # grey below which a dot may belong to a rule, or to a character
_FAINTEST_BLACK = 140  # black is stretched to 0 up to here
_FOUR_SIDED = 0.97  # the share of the sheet's outline that four straight sides must explain
_UNSTAMP = 0.6  # of its redness is added to the brightness of what is red
_RED = 10  # how much redder than the page a stamp is, of 255
_STAMPED_PAPER = 180  # under a stamp, this and above is paper
_LEAST_PAPER, _MOST_PAPER = 0.3, 0.96  # the share of a photograph that the sheet takes
_DARK_FRAME = 0.75  # a desk around the sheet is darker than this share of the sheet's brightness
_MOST_SKEW = 5.0
_LEAST_SKEW = 0.03
_SLANTED = 0.17  # inches: rules that slant are found in pieces of this length
_THIN = 0.045  # inches, a dot on either side included; rows of characters are thicker
_KEYSTONE = 0.0015  # radians between the first rule and the last: less is not worth a warp


class Shot(NamedTuple):
    """A page as it was scanned: its number from 1, its picture (blue, green, red), dots an inch."""

    number: int
    picture: Picture
    dpi: float

    @property
    def density(self) -> float:
        """Dots an inch of paper: what the file says, if that makes a sheet of paper, else those of an A4 sheet.

        Cameras write what they like, and some programs make PDF pages a metre high.
        """
        dots = max(self.picture.shape)
        return self.dpi if _SHORTEST_SHEET <= dots / self.dpi <= _LONGEST_SHEET else dots / _A4


class Upright(NamedTuple):
    """A page made level: `grey` (paper is 255), where stamps are, dots an inch, the way there from the shot's dots.

    In `ruling` rules are whole; what a stamp leaves of them in `grey` is not.
    """

    grey: Picture
    ruling: Picture
    stamps: Picture
    dpi: float
    matrix: Matrix
    shot: Shot


def make_upright(shot: Shot, turn: int = 0) -> Upright:
    """The shot turned `turn` quarters clockwise, its sheet cut out of the desk, its lines level, its light even."""
    matrix = _turned(shot.picture, turn) @ np.eye(3)
    height, width = shot.picture.shape[:2] if turn % 2 == 0 else shot.picture.shape[1::-1]
    dpi = min(max(shot.density, _LEAST_DPI), _MOST_DPI)
    scale = dpi / shot.density
    matrix = np.diag([scale, scale, 1.0]) @ matrix
    size = round(width * scale), round(height * scale)
    picture = _warped(shot.picture, matrix, size)
    if (sheet := find_sheet(picture)) is not None:
        matrix, size = _flattened(sheet) @ matrix, _sides(sheet)
        picture = _warped(shot.picture, matrix, size)
    grey = even_light(picture)
    level = level_of(grey, dpi)
    if level is not None:
        matrix = level @ matrix
        picture = _warped(shot.picture, matrix, size)
        grey = even_light(picture)
    stamps = stamps_of(picture)
    ruling = even_light(picture, unstamp=0) if stamps.any() else grey
    return Upright(grey, ruling, stamps, dpi, matrix, shot)


def _turned(picture: Picture, turn: int) -> Matrix:
    height, width = picture.shape[:2]
    return np.array(
        [
            [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            [[0, -1, height], [1, 0, 0], [0, 0, 1]],
            [[-1, 0, width], [0, -1, height], [0, 0, 1]],
            [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
        ][turn % 4],
        dtype=np.float64,
    )


def _warped(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    """The picture seen through the matrix; what comes from outside is as its edge."""
    shrink = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if shrink < 0.75:  # sampling would skip dots
        small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0], 1.0])
        picture = small
    if np.allclose(matrix, np.eye(3), atol=1e-6) and picture.shape[1::-1] == size:
        return picture
    flags = cv2.INTER_CUBIC if shrink > 1.2 else cv2.INTER_LINEAR
    return cv2.warpPerspective(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def even_light(picture: Picture, *, unstamp: float = _UNSTAMP, bleach: bool = False) -> Picture:
    """The picture in grey under even light, without what is red: stamps.

    In the red part of the light a red stamp is nearly as bright as the paper, and ink of other colours is dark. Of its
    redness `unstamp` is added to that; what a stamp leaves is bleached on request, though faint edges go with it.
    """
    red, redness = cv2.extractChannel(picture, 2), redness_of(picture)
    small = cv2.resize(red, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8), borderType=cv2.BORDER_REPLICATE)
    paper = np.maximum(cv2.resize(cv2.GaussianBlur(paper, (0, 0), 1.5), red.shape[::-1]), 30)
    grey = cv2.divide(cv2.addWeighted(red, 1, redness, unstamp, 0), paper, scale=255)
    dark = grey[grey < INK]
    black = min(float(np.percentile(dark, 10)), _FAINTEST_BLACK) if dark.size else 0.0
    grey = cv2.LUT(grey, _stretched(black, _PAPER))
    if bleach:
        grey = np.where(stamps_of(picture) > 0, cv2.LUT(grey, _stretched(0, _STAMPED_PAPER)), grey)
    return grey


def redness_of(picture: Picture) -> Picture:
    """How much brighter the red part of the light is than the others, beyond what it usually is on the page."""
    blue, green, red = cv2.split(picture)
    redness = cv2.subtract(red, cv2.max(blue, green))
    return cv2.subtract(redness, np.full_like(redness, np.median(redness[::8, ::8])))


def stamps_of(picture: Picture) -> Picture:
    """255 where a stamp is, and close by: JPEG keeps colours half as fine as light."""
    red = cv2.blur(redness_of(picture), (3, 3))
    mask = cv2.threshold(red, _RED, 255, cv2.THRESH_BINARY)[1]
    return cv2.dilate(mask, np.ones((5, 5), np.uint8))


def _stretched(black: float, white: float) -> NDArray[np.uint8]:
    """A table of greys from `black`, which becomes 0, to `white`, which becomes 255."""
    table: NDArray[np.uint8] = np.clip((np.arange(256) - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return table


def find_sheet(picture: Picture) -> Matrix | None:
    """The corners of a sheet that lies on something darker, clockwise from the top left; None for a plain scan."""
    scale = 500 / max(picture.shape[:2])
    small = cv2.GaussianBlur(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (0, 0), 2)
    bright = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32) + 1
    ratio = np.clip(bright / _light_on_frame(bright) * 50, 0, 255).astype(np.uint8)
    _, mask = cv2.threshold(ratio, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if np.median(ratio[mask > 0]) < 50 / _DARK_FRAME:
        return None
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)[:, 0].astype(np.float64)
    share = cv2.contourArea(hull) / bright.size
    if len(corners) != 4 or not _LEAST_PAPER < share < _MOST_PAPER:
        return None
    if cv2.contourArea(corners.astype(np.float32)) < _FOUR_SIDED * cv2.contourArea(hull):
        return None
    across, down = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    ordered = corners[[across.argmin(), down.argmin(), across.argmax(), down.argmax()]]
    return ordered / scale if len({tuple(corner) for corner in ordered}) == 4 else None


def _light_on_frame(bright: NDArray[np.float32]) -> NDArray[np.float32]:
    """How bright the desk is everywhere, as its visible edge tells: light that falls off evenly."""
    height, width = bright.shape
    edge = np.zeros(bright.shape, bool)
    edge[:3] = edge[-3:] = edge[:, :3] = edge[:, -3:] = True
    y, x = np.nonzero(edge)
    terms = np.column_stack([np.ones_like(x), x / width, y / height])
    seen = np.log(bright[edge])
    kept = np.ones(len(seen), bool)
    for _ in range(3):
        factors = np.linalg.lstsq(terms[kept], seen[kept], rcond=None)[0]
        off = np.abs(seen - terms @ factors)
        kept = off <= max(2 * float(np.median(off)), 0.05)
    ys, xs = np.mgrid[0:height, 0:width]
    light: NDArray[np.float32] = np.exp(factors[0] + factors[1] * xs / width + factors[2] * ys / height).astype(
        np.float32
    )
    return light


def _sides(sheet: Matrix) -> tuple[int, int]:
    """The width and height of the sheet: those of its longer sides."""
    a, b, c, d = sheet
    width = max(np.linalg.norm(b - a), np.linalg.norm(c - d))
    height = max(np.linalg.norm(d - a), np.linalg.norm(c - b))
    return round(float(width)), round(float(height))


def _flattened(sheet: Matrix) -> Matrix:
    width, height = _sides(sheet)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    return cv2.getPerspectiveTransform(sheet.astype(np.float32), target).astype(np.float64)


def level_of(grey: Picture, dpi: float) -> Matrix | None:
    """What makes the page's lines level and its rules square; None where they are."""
    height, width = grey.shape
    ink = np.where(grey < LOOSE, np.uint8(255), np.uint8(0))
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
    height, width = small.shape

    def sharpness(degrees: float) -> float:
        slope = np.tan(np.radians(degrees))
        sheared = cv2.warpAffine(small, np.array([[1, 0, 0], [-slope, 1, slope * width / 2]]), (width, height))
        rows = sheared.sum(axis=1, dtype=np.float64)
        return float((np.diff(rows) ** 2).sum())

    best = 0.0
    for step in (0.5, 0.1, 0.02):
        reach = _MOST_SKEW if step == 0.5 else 5 * step
        best = max(np.arange(best - reach, best + reach + step / 2, step), key=sharpness)
    return float(best) if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def square_of(ink: Picture, dpi: float) -> Matrix | None:
    """What makes rules parallel that a camera has made to meet; None where they are, or where there are too few."""
    height, width = ink.shape
    level = _slopes(ink, dpi)
    upright = _slopes(np.ascontiguousarray(ink.T), dpi)
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
    length = round(_SLANTED * dpi)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 9), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    joined = cv2.dilate(opened, np.ones((3, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for i in range(1, count):
        x, y, w, h, area = stats[i]
        if w < 1.5 * dpi or area > _THIN * dpi * w or h > 0.1 * w:
            continue
        rows, columns = np.nonzero((labels[y : y + h, x : x + w] == i) & (opened[y : y + h, x : x + w] > 0))
        slope, start = np.polyfit(columns, rows, 1)
        middle = ink.shape[1] / 2 - x
        found.append((y + start + slope * middle, slope, w))
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
