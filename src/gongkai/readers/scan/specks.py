"""Dots strewn all over a page, which pictures of black and white alone have where their paper was not quite white."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.picture import Picture, darker

_DARK = 128
_LARGEST = 0.014  # inches: what is no larger, both ways, and stands alone is a speck; the dot of a figure is larger
_TILES = 16  # by so many the page is divided, across and down
_MANY, _SPREAD = 4, 0.6  # specks in a tile, and the share of tiles that have them where specks are strewn
_EVERY, _ROWS = 4, 32  # one of so many bands, of so many rows of dots, tells enough


def without_specks(picture: Picture, density: float) -> Picture:
    """The picture without its specks if they are strewn all over it: print is not, and dirt is not so many."""
    side = max(1, int(_LARGEST * density))
    bands = np.arange(picture.shape[0]) // _ROWS % _EVERY == 0
    if not _are_strewn(_specks(picture[bands], side)[2]):
        return picture
    labels, small, _ = _specks(picture, side)
    cleaned = picture.copy()
    cleaned[small[labels]] = 255
    return cleaned


def _specks(picture: Picture, side: int) -> tuple[Picture, NDArray[np.bool_], Picture]:
    """The number of every dot's piece of ink, which of the pieces are specks, and 255 where a speck begins."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(darker(cv2.extractChannel(picture, 1), _DARK))
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= side
    begins = np.zeros(labels.shape, np.uint8)
    begins[stats[small, cv2.CC_STAT_TOP], stats[small, cv2.CC_STAT_LEFT]] = 255
    return labels, small, begins


def _are_strewn(begins: Picture) -> bool:
    """Whether there are specks in most parts of a picture."""
    height, width = (side // _TILES * _TILES for side in begins.shape)
    if not height or not width:
        return False
    tiles = begins[:height, :width].reshape(_TILES, height // _TILES, _TILES, width // _TILES) > 0
    return float((tiles.sum(axis=(1, 3)) >= _MANY).mean()) >= _SPREAD
