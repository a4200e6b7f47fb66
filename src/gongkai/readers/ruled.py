"""Whether a picture may hold a ruled table, told cheaply: by its size, and by thin straight strokes both ways.

Logos, emblems, seals, codes and photographs have none, or few; the recogniser, which takes seconds, is not asked then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Grey = NDArray[np.uint8]

_LEAST_WIDTH, _LEAST_HEIGHT = 240, 48  # dots
_LEAST_DOTS = 40_000
_LONGEST = 20.0  # times its shorter side
_WIDTH, _ENOUGH_DOTS = 1000, 4_000_000  # larger pictures are looked at made smaller
_AWAY, _DARKER = 3, 25  # a stroke is darker by so much than what is so many dots away on either side
_RUN = 24  # dots of a straight stroke; those of characters are shorter
_LEVEL, _UPRIGHT = 1.5, 0.6  # times the width, or the height, that strokes of a table are long in all
_LEVEL_ALONE = 5.0  # times the width where there are no upright ones


def is_large_enough(width: float, height: float) -> bool:
    """Whether a table can be read in a picture of so many dots."""
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or width * height < _LEAST_DOTS:
        return False
    return max(width, height) <= _LONGEST * min(width, height)


def is_ruled(picture: Image) -> bool:
    """Whether straight strokes run through a picture as the rules of a table do."""
    grey = picture.convert("L")
    shrink = int(max(grey.width / _WIDTH, (grey.width * grey.height / _ENOUGH_DOTS) ** 0.5, 1.0))
    dots = np.asarray(grey.reduce(shrink))
    height, width = dots.shape
    level, upright = _strokes(dots) / width, _strokes(dots.T) / height
    return bool(level >= (_LEVEL if upright >= _UPRIGHT else _LEVEL_ALONE))


def _strokes(grey: Grey) -> int:
    """The length of all level strokes together, in dots."""
    shade = grey.astype(np.int16)
    around = np.minimum(shade[: -2 * _AWAY], shade[2 * _AWAY :])
    thin = around - shade[_AWAY:-_AWAY] > _DARKER
    if thin.shape[1] <= _RUN:
        return 0
    inked = np.cumsum(thin, axis=1, dtype=np.int32)
    runs = inked[:, _RUN:] - inked[:, :-_RUN] == _RUN
    return int(np.count_nonzero(runs))
