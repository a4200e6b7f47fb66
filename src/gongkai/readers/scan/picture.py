"""A picture of a page, and what is ink on it: grey under even light, and where stamps are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Picture = MatLike
Matrix = NDArray[np.float64]

LOOSE, INK = 205, 180  # grey below which a dot may belong to a rule, or to a character
_SHORTEST_SHEET, _A4, _LONGEST_SHEET = 7.5, 11.7, 17.0  # inches: the longer side of A5, A4 and A3, roughly
SHAPE = 1.415  # the sides of a sheet
_PAPER = 235  # after the light is evened out, this and above is paper
_FAINTEST_BLACK = 195  # black is stretched to 0 up to here
_UNSTAMP = 0.6  # of its redness is added to the brightness of what is red
_RED = 10  # how much redder than the page a stamp is, of 255
_BLUE, _PEN = 40, 170  # how much bluer than red a pen's ink is, and how dark at most in the red part of the light
_MOST_PEN = 0.2  # of the ink of a page: what has more of it is printed in blue
_STAMPED_PAPER = 180  # under a stamp, this and above is paper


class Shot(NamedTuple):
    """A page as it was scanned: its number from 1, its picture (blue, green, red), dots an inch; where its left upper
    corner is, in dots, on a picture that holds more than this page."""

    number: int
    picture: Picture
    dpi: float
    corner: tuple[int, int] = (0, 0)

    @property
    def density(self) -> float:
        """Dots an inch of paper: what the file says, if that makes a sheet of paper, else those of an A4 sheet.

        Cameras write what they like, and some programs make PDF pages a metre high. A picture that is longer than a
        sheet, as that of a whole web page is, is as wide as one.
        """
        height, width = self.picture.shape[:2]
        dots = min(max(height, width), SHAPE * min(height, width))
        plausible = _SHORTEST_SHEET <= max(height, width) / self.dpi <= _LONGEST_SHEET
        return self.dpi if plausible else dots / _A4

    @property
    def to_points(self) -> Matrix:
        """What leads from the dots of the shot to the points of the picture that it is, or is a part of."""
        x, y = self.corner
        to_points: Matrix = np.diag([72 / self.dpi, 72 / self.dpi, 1]) @ np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
        return to_points

    def parted(self, at: int, *, across: bool) -> tuple[Shot, Shot]:
        """The two sides of the shot: left and right of so many dots if `across`, else above and below."""
        x, y = self.corner
        if across:
            left, right = self.picture[:, :at], self.picture[:, at:]
            return self._replace(picture=left), self._replace(picture=right, corner=(x + at, y))
        upper, lower = self.picture[:at], self.picture[at:]
        return self._replace(picture=upper), self._replace(picture=lower, corner=(x, y + at))


def dots_of(image: Image) -> Picture:
    """The dots of a picture in three colours (red, green, blue) as they are used here: blue, green, red."""
    return cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR)


class Dots(NamedTuple):
    """The dots of a connected part of a page, 255 in a box, and where that begins on the page."""

    x: int
    y: int
    box: Picture


def parts_of(mask: Picture) -> list[Dots]:
    """The connected parts of a mask with few dots, where to go round each is much faster than to label all."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        box = np.zeros((h, w), np.uint8)
        cv2.drawContours(box, [contour], 0, 255, cv2.FILLED, offset=(-x, -y))
        found.append(Dots(x, y, box))
    return found


def darker(grey: Picture, limit: int) -> Picture:
    """255 where the grey is below the limit."""
    return cv2.threshold(grey, limit - 1, 255, cv2.THRESH_BINARY_INV)[1]


def even_light(picture: Picture, *, unstamp: float = _UNSTAMP) -> Picture:
    """The picture in grey under even light, without what is red: stamps.

    In the red part of the light a red stamp is nearly as bright as the paper, and ink of other colours is dark. Of its
    redness `unstamp` is added to that.
    """
    red, redness = cv2.extractChannel(picture, 2), redness_of(picture)
    small = cv2.resize(red, None, fx=1 / 4, fy=1 / 4, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8), borderType=cv2.BORDER_REPLICATE)
    paper = np.maximum(cv2.resize(cv2.GaussianBlur(paper, (0, 0), 1.5), red.shape[::-1]), 30)
    grey = cv2.divide(cv2.addWeighted(red, 1, redness, unstamp, 0), paper, scale=255)
    return cv2.LUT(grey, _stretched(min(_black_of(grey), _FAINTEST_BLACK), _PAPER))


def _black_of(grey: Picture) -> int:
    """The grey that a tenth of what may be ink is darker than; 0 where there is none."""
    darkest = cv2.calcHist([grey], [0], None, [LOOSE], [0, LOOSE]).ravel().cumsum()
    return int(np.searchsorted(darkest, darkest[-1] / 10, side="right")) if darkest[-1] else 0


def bleached(grey: Picture, picture: Picture) -> Picture:
    """The grey of a picture without what stamps have left in it; faint edges of the ink under them go with that."""
    return np.where(stamps_of(picture) > 0, cv2.LUT(grey, _stretched(0, _STAMPED_PAPER)), grey)


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


def pens_of(picture: Picture) -> Picture | None:
    """255 where blue ink is, and close by; None where there is none, or so much that it is what the page is printed in.

    Half as many dots tell enough: a pen's stroke is wide, and JPEG keeps colours half as fine as light.
    """
    blue, red = (np.ascontiguousarray(picture[::2, ::2, channel]) for channel in (0, 2))
    mask = cv2.threshold(cv2.subtract(blue, red), _BLUE, 255, cv2.THRESH_BINARY)[1]
    if not mask.any():
        return None
    dark = darker(red, _PEN)
    mask = cv2.bitwise_and(mask, dark)
    count = cv2.countNonZero(mask)
    if not count or count > _MOST_PEN * cv2.countNonZero(dark):
        return None
    mask = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    return cv2.resize(mask, picture.shape[1::-1], interpolation=cv2.INTER_NEAREST)


def _stretched(black: float, white: float) -> NDArray[np.uint8]:
    """A table of greys from `black`, which becomes 0, to `white`, which becomes 255."""
    table: NDArray[np.uint8] = np.clip((np.arange(256) - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return table
