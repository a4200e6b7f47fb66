"""A sheet of paper that lies on something darker: its corners, and the way to see it from straight above."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.picture import Matrix, Picture

_FOUR_SIDED = 0.97  # the share of the sheet's outline that four straight sides must explain
_LEAST_PAPER, _MOST_PAPER = 0.3, 0.96  # the share of a photograph that the sheet takes
_DARK_FRAME = 0.75  # a desk around the sheet is darker than this share of the sheet's brightness
_AS_BRIGHT, _MOST_BRIGHT = 0.9, 0.15  # of the sheet's brightness; of what lies around a sheet, so much may be as bright


def find_sheet(picture: Picture, matrix: Matrix | None = None) -> Matrix | None:
    """The corners of a sheet that lies on something darker, clockwise from the top left as seen through a matrix; None
    for a plain scan."""
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
    ordered = _clockwise(corners)
    if len({tuple(corner) for corner in ordered}) < 4 or _leaves_paper(bright, ordered):
        return None
    seen = cv2.perspectiveTransform(ordered[None] / scale, np.eye(3) if matrix is None else matrix)[0]
    return _clockwise(seen.astype(np.float64))


def _clockwise(corners: Matrix) -> Matrix:
    """Four corners from the one at the top left on."""
    across, down = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    return corners[[across.argmin(), down.argmin(), across.argmax(), down.argmax()]]


def _leaves_paper(bright: NDArray[np.float32], corners: Matrix) -> bool:
    """Whether a part of the paper lies outside these corners: a scanner's black edges are on some sides only, and the
    light on them is no light on a desk."""
    sheet = cv2.fillConvexPoly(np.zeros(bright.shape, np.uint8), corners.round().astype(np.int32), 1)
    around = bright[cv2.dilate(sheet, np.ones((9, 9), np.uint8)) == 0]
    paper = _AS_BRIGHT * np.median(bright[sheet > 0])
    return around.size > 0 and float((around > paper).mean()) > _MOST_BRIGHT


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


def sides_of(sheet: Matrix) -> tuple[int, int]:
    """The width and height of the sheet: those of its longer sides."""
    a, b, c, d = sheet
    width = max(np.linalg.norm(b - a), np.linalg.norm(c - d))
    height = max(np.linalg.norm(d - a), np.linalg.norm(c - b))
    return round(float(width)), round(float(height))


def flattened(sheet: Matrix) -> Matrix:
    """What makes the corners of the sheet those of a picture of its size."""
    width, height = sides_of(sheet)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    return cv2.getPerspectiveTransform(sheet.astype(np.float32), target).astype(np.float64)
