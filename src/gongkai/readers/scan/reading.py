"""Lines become readings at the least cost: long ones are read narrow, of characters that look alike one is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.readers.scan.alike import is_single, twins_of
from gongkai.readers.scan.lines import Line, crop
from gongkai.readers.scan.picture import Picture
from gongkai.readers.scan.recogniser import FULL, LOW, Look, Recognised, look_at, recognise
from gongkai.readers.scan.settle import holds_figures, is_sure_digit, is_sure_word

# A single character of a figure that is read low must be so sure. Of 6,840 digits, many of them hardly legible, 94 in
# 100 were, and none of these was wrong; at full size one of those with the usual certainty was.
_SURE_LOW = 0.98


def read_lines(bare: Picture, lines: Sequence[Line]) -> list[Recognised]:
    """What the recogniser makes of each line of a page without its rules.

    A sure figure of one digit is the reading of all that look like it; other figures in cells are always read at full
    size.
    """
    crops = [crop(bare, line) for line in lines]
    looks = [look_at(crops[i], in_cell=line.cell is not None) for i, line in enumerate(lines)]
    looks = [LOW if is_single(line) else look for line, look in zip(lines, looks, strict=True)]
    twins = twins_of(lines, crops)
    found: dict[int, Recognised] = {}

    def see(chosen: Sequence[int], how: Sequence[Look]) -> None:
        found.update(zip(chosen, recognise([crops[i] for i in chosen], how), strict=True))

    def read(wanted: Iterable[int]) -> None:
        chosen = list(wanted)
        see(chosen, [looks[i] for i in chosen])
        again = [i for i in chosen if _needs_full(lines[i], looks[i], found[i])]
        see(again, [FULL] * len(again))

    read(sorted(set(twins)))
    read(i for i, twin in enumerate(twins) if i not in found and not is_sure_digit(found[twin]))
    return [found[i] if i in found else found[twin] for i, twin in enumerate(twins)]


def _needs_full(line: Line, look: Look, reading: Recognised) -> bool:
    """Whether what a look has made of a line must be read at full size."""
    if line.cell is None or look == FULL:
        return False
    if look != LOW:
        return holds_figures(reading)
    is_sure = len(reading.figure) == 1 and reading.figure_least >= _SURE_LOW
    return not is_sure and not is_sure_word(reading)
