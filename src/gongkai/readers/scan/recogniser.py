"""The recogniser: crops of lines become text, each character with its probability, and a second text of figures only.

The network is run here and not through rapidocr because crops of one width belong in one batch, short ones must not be
padded to the width of a line, long ones can do with fewer dots, and figures are decoded over their own alphabet: alone,
a 0 is an O.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.readers.scan.network import HEIGHT, session, takes_any_height
from gongkai.readers.scan.picture import Picture

_STEP = 8  # dots by which widths differ
_NARROWEST = 32
_WIDEST = 3200
_BATCH = 16
# Crops wider than so many times their height are made narrower, to this share of their width, and lower: that saves as
# much time. Of 103 lines of prose with a doubled digit, most of them in heavy scans, two lost one so; one did at full
# size, five at half the width and full height.
_LABELS = [(4.0, 0.48), (2.2, 0.58)]
_PROSE = [(7.0, 0.58), (2.2, 0.7)]
_LOW = 32  # dots: the height of crops that are made lower, without most of the margin around them
_TRIMMED = 0.1  # of their height
_ROUNDED = 128  # dots: what is wider, and made narrower, becomes a whole number of double steps wide
# What figures are made of, each with the characters that look the same when they stand alone.
_FIGURES = [
    *("0Oo〇○Ｏ０", "1lI|丨１", "2２", "3３", "4４", "5５", "6６", "7７", "8８", "9９"),
    *("—一－_–―", "-", "/／", "\\", ".．", ",，", "+＋", "%％"),
]
_POSSIBLE = 0.03  # the probability of a character that may stand there all the same
Floats = NDArray[np.float32]


class Look(NamedTuple):
    """How a crop is shown to the network: narrowed to a share of its width, and whether low."""

    share: float = 1.0
    low: bool = False


FULL, LOW = Look(), Look(low=True)


class Recognised(NamedTuple):
    """What the recogniser makes of a crop: a text of any characters, and one of figures only.

    `least` is the probability of the least certain character, `usual` of the usual one; `figure_least` is the
    probability of the least certain character of the figure, and that no other character is there; `second` is the
    figure with that character as the next likely one, where that is possible. `low` is the figure that was seen when
    the crop was shown low, where it was shown both ways.
    """

    text: str
    least: float
    usual: float
    figure: str
    figure_least: float
    second: str = ""
    low: str = ""


def recognise(crops: Sequence[Picture], looks: Sequence[Look] | None = None) -> list[Recognised]:
    """Each crop (grey, dark on light) recognised, in the order given, shown as `looks` say: by default as prose is."""
    resized = [_resized(*each) for each in zip(crops, looks or map(look_at, crops), strict=True)]
    found: dict[int, Recognised] = {}
    for batch in _batches([picture.shape for picture in resized]):
        height, width = resized[batch[0]].shape[0], max(resized[i].shape[1] for i in batch)
        inputs = np.zeros((len(batch), 3, height, -(-width // _STEP) * _STEP), np.float32)
        for row, i in enumerate(batch):
            inputs[row, :, :, : resized[i].shape[1]] = resized[i].astype(np.float32) / 127.5 - 1
        [outputs] = session().run(None, {"x": inputs})
        for row, i in enumerate(batch):
            found[i] = _decoded(outputs[row])
    return [found[i] for i in range(len(crops))]


def look_at(crop: Picture, *, in_cell: bool = False) -> Look:
    """How a crop is best shown: narrowed and low where it is long."""
    height, width = crop.shape
    shares = _LABELS if in_cell else _PROSE
    return next((Look(share, low=True) for longest, share in shares if width > longest * height), FULL)


def _resized(crop: Picture, look: Look) -> Picture:
    height, width = crop.shape
    wide = width * look.share * HEIGHT / height
    low = look.low and takes_any_height()
    if look.share < 1 and wide > _ROUNDED:  # a little more or less does not matter then, and leaves nothing to pad
        wide = round(wide / (2 * _STEP)) * 2 * _STEP
    margin = round(_TRIMMED * height) if low else 0
    beside = margin if look.share == 1 else 0  # the ends of long lines are lost without theirs
    wide -= 2 * beside * HEIGHT / height
    size = min(max(round(wide), 1), _WIDEST), _LOW if low else HEIGHT
    seen = crop[margin : height - margin, beside : width - beside]
    return cv2.resize(seen, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _batches(shapes: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
    """Crops of one height and like width, by their positions."""
    classes: dict[tuple[int, int], list[int]] = {}
    for i, (height, width) in enumerate(shapes):
        classes.setdefault((height, max(_NARROWEST, -(-width // _STEP) * _STEP)), []).append(i)
    for members in classes.values():
        for start in range(0, len(members), _BATCH):
            yield members[start : start + _BATCH]


def _decoded(probabilities: Floats) -> Recognised:
    text, certainties, _ = _decode(probabilities, _alphabet())
    columns, starts, alphabet = _figures()
    folded = np.add.reduceat(probabilities[:, columns], starts, axis=1)
    figure, figure_certainties, second = _decode(folded, alphabet)
    figure_least = min([*figure_certainties, float(folded.sum(axis=1).min())])
    return Recognised(text, min(certainties, default=1.0), _mean(certainties), figure, figure_least, second)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _decode(probabilities: Floats, alphabet: Sequence[str]) -> tuple[str, list[float], str]:
    """The text that the most probable character of every step spells, the probability of each character, and the text
    with the next likely character in place of the least certain one, empty where that is hardly possible.

    The first of the alphabet is no character.
    """
    best = probabilities.argmax(axis=1)
    sure = probabilities[np.arange(len(best)), best]
    chars: list[str] = []
    certainties: list[float] = []
    steps: list[int] = []  # at which each character is surest
    last = 0
    for step, (i, p) in enumerate(zip(best.tolist(), sure.tolist(), strict=True)):
        if i and i != last:
            chars.append(alphabet[i])
            certainties.append(p)
            steps.append(step)
        elif i and p > certainties[-1]:
            certainties[-1], steps[-1] = p, step
        last = i
    return "".join(chars).strip(), certainties, _second(probabilities, alphabet, chars, certainties, steps)


def _second(
    probabilities: Floats,
    alphabet: Sequence[str],
    chars: Sequence[str],
    certainties: Sequence[float],
    steps: Sequence[int],
) -> str:
    if not chars or min(certainties) > 1 - _POSSIBLE:
        return ""
    weakest = certainties.index(min(certainties))
    row = probabilities[steps[weakest]].copy()
    row[row.argmax()] = 0.0
    other = int(row.argmax())
    return "".join([*chars[:weakest], alphabet[other], *chars[weakest + 1 :]]) if row[other] >= _POSSIBLE else ""


@lru_cache(maxsize=1)
def _alphabet() -> list[str]:
    characters = session().get_modelmeta().custom_metadata_map["character"].splitlines()
    return ["", *characters, " "]


@lru_cache(maxsize=1)
def _figures() -> tuple[NDArray[np.intp], NDArray[np.intp], list[str]]:
    """The columns of the alphabet that figures are made of, where each figure's begin among them, and the figures."""
    alphabet = _alphabet()
    columns = {group[0]: [i for i, char in enumerate(alphabet) if char and char in group] for group in _FIGURES}
    known = {char: found for char, found in columns.items() if found}
    members = [[0, len(alphabet) - 1], *known.values()]
    starts = np.cumsum([0, *(len(group) for group in members[:-1])])
    return np.array([i for group in members for i in group]), starts, ["", *known]
