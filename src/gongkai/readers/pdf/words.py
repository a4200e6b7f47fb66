"""Characters become lines of words, as pdfplumber makes them, but on baselines: characters of two fonts on one baseline
are one line however high their boxes are."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from gongkai.readers.pdf.page import PRINTED, Box, Char, turned_box, turned_char, union

_X0, _BASE, _TURN = itemgetter(1), itemgetter(5), itemgetter(7)
_SAME_LINE = 3.0
_WORD_GAP = 3.0
_SUPPOSED_GAP = 0.1  # of the font size: a blank that is only supposed parts words where at least this much is empty
_DOUBLE = 1.0  # the same character this close is ink laid on twice for boldness,
_SHADOW = 0.2  # or a shadow, which is this share of the font size away


class Word(NamedTuple):
    """Characters without a gap."""

    text: str
    box: Box
    size: float


class Line(NamedTuple):
    """Words on one baseline, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return union([word.box for word in self.words])

    @property
    def middle(self) -> float:
        box = self.box
        return (box[1] + box[3]) / 2


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The lines of upright characters from top to bottom; sideways ones follow, read in their own direction."""
    if not any(map(_TURN, chars)):
        return [_line(run) for run in _on_baselines(chars)]
    sideways = [char for char in chars if char.turn]
    lines = [_line(run) for run in _on_baselines([char for char in chars if not char.turn])]
    for turn in sorted({char.turn for char in sideways}):
        lines += _sideways([char for char in sideways if char.turn == turn], turn)
    return lines


def text_and_box(chars: Sequence[Char]) -> tuple[str, Box]:
    """What is printed in a cell, a line below the other, and the box around it."""
    if len(chars) == 1:
        return chars[0].text, chars[0].box
    lines = lines_of(chars)
    if len(lines) == len(lines[0].words) == 1:
        [word] = lines[0].words
        return word.text, word.box
    return "\n".join(line.text for line in lines), union([line.box for line in lines])


def _on_baselines(chars: Sequence[Char]) -> list[list[Char]]:
    bases = list(map(_BASE, chars))
    if not bases or max(bases) - min(bases) <= _SAME_LINE:
        return [list(chars)] if bases else []
    runs: list[list[Char]] = [[]]
    last = min(bases)
    for char in sorted(chars, key=_BASE):
        if char.base > last + _SAME_LINE:
            runs.append([])
        runs[-1].append(char)
        last = char.base
    return runs


def _line(run: list[Char]) -> Line:
    if len(run) > 1:
        run.sort(key=_X0)
    words: list[Word] = []
    last = run[0]
    word = [last]
    for char in run[1:]:
        if char.text == last.text and char.x0 - last.x0 <= max(_DOUBLE, _SHADOW * char.size):
            continue
        gap = char.x0 - last.x1
        if gap > _WORD_GAP or (last.blank and (last.blank == PRINTED or gap >= _SUPPOSED_GAP * last.size)):
            words.append(_word(word))
            word = []
        word.append(char)
        last = char
    words.append(_word(word))
    return Line(tuple(words))


def _sideways(chars: list[Char], turn: int) -> list[Line]:
    for _ in range(turn):
        chars = [turned_char(char, 0) for char in chars]
    return [
        Line(tuple(word._replace(box=_turned_back(word.box, turn)) for word in line.words)) for line in lines_of(chars)
    ]


def _turned_back(box: Box, turn: int) -> Box:
    for _ in range(4 - turn):
        box = turned_box(box, 0)
    return box


def _word(chars: list[Char]) -> Word:
    if len(chars) == 1:
        [char] = chars
        return Word(char.text, char.box, char.size)
    texts, x0s, tops, x1s, bottoms, _, sizes, *_ = zip(*chars, strict=True)
    return Word("".join(texts), (min(x0s), min(tops), max(x1s), max(bottoms)), max(sizes))
