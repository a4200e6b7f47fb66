"""A picture of a page becomes grey on white, upright and level, and remembers the way back to where it was printed."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from gongkai.readers.scan.level import level_of
from gongkai.readers.scan.picture import Matrix, Picture, Shot, even_light, pens_of, stamps_of
from gongkai.readers.scan.sheet import find_sheet, flattened, sides_of

_SKIPS, _ENLARGED = 0.75, 1.2  # scales below which dots would be skipped, and above which edges are to be smooth
_LEAST_DPI, _MOST_DPI = 150.0, 200.0  # finer pictures are made coarser, coarser ones finer


class Upright(NamedTuple):
    """A page made level: `grey` (paper is 255), where stamps are, dots an inch, the way there from the shot's dots.

    In `ruling` rules are whole; what a stamp leaves of them in `grey` is not. `pens` is where blue ink is, if anywhere.
    """

    grey: Picture
    ruling: Picture
    stamps: Picture
    dpi: float
    matrix: Matrix
    shot: Shot
    pens: Picture | None


def make_upright(shot: Shot, turn: int = 0) -> Upright:
    """The shot turned `turn` quarters clockwise, its sheet cut out of the desk, its lines level, its light even."""
    matrix = _turned(shot.picture, turn) @ np.eye(3)
    height, width = shot.picture.shape[:2] if turn % 2 == 0 else shot.picture.shape[1::-1]
    dpi = min(max(shot.density, _LEAST_DPI), _MOST_DPI)
    scale = dpi / shot.density
    matrix = np.diag([scale, scale, 1.0]) @ matrix
    size = round(width * scale), round(height * scale)
    source, finer = _coarser(shot.picture, scale)
    if (sheet := find_sheet(source, matrix @ finer)) is not None:
        matrix, size = flattened(sheet) @ matrix, sides_of(sheet)
    picture = _warped(source, matrix @ finer, size)
    grey = even_light(picture)
    level = level_of(grey, dpi)
    if level is not None:
        matrix = level @ matrix
        picture = _warped(source, matrix @ finer, size)
        grey = even_light(picture)
    stamps = stamps_of(picture)
    ruling = even_light(picture, unstamp=0) if stamps.any() else grey
    return Upright(grey, ruling, stamps, dpi, matrix, shot, pens_of(picture))


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


def _coarser(picture: Picture, scale: float) -> tuple[Picture, Matrix]:
    """The picture at a scale that would skip dots if it were sampled, and the way back; as it is at any other."""
    if scale >= _SKIPS:
        return picture, np.eye(3)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small, np.diag([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0], 1.0])


def _warped(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    """The picture seen through the matrix; what comes from outside is as its edge."""
    if np.allclose(matrix, np.eye(3), atol=1e-6) and picture.shape[1::-1] == size:
        return picture
    enlarged = abs(np.linalg.det(matrix[:2, :2])) > _ENLARGED**2
    flags = cv2.INTER_CUBIC if enlarged else cv2.INTER_LINEAR
    return cv2.warpPerspective(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
