"""What stands in cells and is larger than it should be: there is ink that is not its own, or digits were not read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median

from gongkai.readers.scan.lines import Line
from gongkai.readers.scan.settle import Settled

_HIGHER = 1.35  # times as high as the usual figure
# By so many digits the ink of a figure may be wider than what was read: of 7,094 sure figures of scans none was, while
# one of which a doubled digit is read once is wider by about 1.
_WIDER = 0.65
_WHITE, _WHITE_AT_1 = 0.075, 0.28  # of a digit's width, on either side of a digit, and of a 1
_ENOUGH = 5  # figures that tell how wide a digit is, or words that tell how wide a character is
# Characters are as wide as high. Of the short words in 58 scans, letters spaced aside, none was wider by so much of a
# character, and so much for every one, but one after which a 1 was not read.
_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_WIDER_WORD, _WIDER_CHARACTER = 0.28, 0.04
_GAP = 0.35  # of a character, between those that are spaced


def oversized(lines: Sequence[Line], settled: Sequence[Settled]) -> set[int]:
    """The lines in cells, by their positions, that are larger than what was read: figures that are higher than most of
    their page or wider than their digits, short words that are wider than their characters."""
    in_cells = {i: found.text for i, found in enumerate(settled) if lines[i].cell is not None and not lines[i].vertical}
    figures = {i: text for i, text in in_cells.items() if text.isdecimal()}
    words = {i: text for i, text in in_cells.items() if _WORD.fullmatch(text)}
    return _large_figures(lines, figures) | _wide_words(lines, words)


def _large_figures(lines: Sequence[Line], figures: Mapping[int, str]) -> set[int]:
    if not figures:
        return set()
    highest = _HIGHER * median(_height(lines[i]) for i in figures)
    large = {i for i in figures if _height(lines[i]) > highest}
    if len(figures) >= _ENOUGH:
        digit = median(_width(lines[i]) / _digits_of(text) for i, text in figures.items())
        large |= {i for i, text in figures.items() if _width(lines[i]) / digit > _digits_of(text) + _WIDER}
    return large


def _wide_words(lines: Sequence[Line], words: Mapping[int, str]) -> set[int]:
    if len(words) < _ENOUGH:
        return set()
    size = median(_height(lines[i]) for i in words)
    return {
        i
        for i, text in words.items()
        if _width(lines[i]) / size > (1 + _WIDER_CHARACTER) * len(text) + _WIDER_WORD
        and _widest_gap(lines[i]) < _GAP * size
    }


def _height(line: Line) -> float:
    return line.box[3] - line.box[1]


def _width(line: Line) -> float:
    return line.box[2] - line.box[0]


def _widest_gap(line: Line) -> float:
    """The widest gap between pieces of ink from left to right: letters that are spaced have wide ones."""
    reach, widest = line.box[0], 0.0
    for piece in sorted(line.pieces):
        widest, reach = max(widest, piece.x0 - reach), max(reach, piece.x1)
    return widest


def _digits_of(text: str) -> float:
    """How wide the ink of a figure is, in digits, which are all as far from the next one."""
    return len(text) - sum(_WHITE_AT_1 if end == "1" else _WHITE for end in (text[0], text[-1]))
