"""Lines become readings at the least cost: long ones are read narrow, of characters that look alike one is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.readers.scan.alike import twins_of
from gongkai.readers.scan.lines import Line, crop
from gongkai.readers.scan.picture import Picture
from gongkai.readers.scan.recogniser import FULL, LOW, Look, Recognised, look_at, recognise
from gongkai.readers.scan.settle import holds_figures, is_sure_digit, is_sure_words

# Digits that are read low must be so sure. Of 6,840 alone, many of them hardly legible, 94 in 100 were, none of them
# wrong; at full size one of those with the usual certainty was. Of 5,358 figures, mostly of several digits, 96 in 100
# were; one lost a doubled digit, which its width tells (`sizes`).
_SURE_LOW = 0.98


def read_lines(bare: Picture, lines: Sequence[Line]) -> list[Recognised]:
    """What the recogniser makes of each line of a page without its rules.

    A sure figure of one digit is the reading of all that look like it. What may be figures in cells is read at full
    size, unless it is read low and sure.
    """
    crops = [crop(bare, line) for line in lines]
    looks = [_first_look(line, crops[i]) for i, line in enumerate(lines)]
    twins = twins_of(lines, crops)
    found: dict[int, Recognised] = {}

    def see(chosen: Sequence[int], how: Sequence[Look]) -> None:
        found.update(zip(chosen, recognise([crops[i] for i in chosen], how), strict=True))

    def read(wanted: Iterable[int]) -> None:
        chosen = list(wanted)
        see(chosen, [looks[i] for i in chosen])
        again = [i for i in chosen if _needs_full(lines[i], looks[i], found[i])]
        low = {i: found[i].figure for i in again if looks[i] == LOW}
        see(again, [FULL] * len(again))
        found.update((i, found[i]._replace(low=figure)) for i, figure in low.items())

    read(sorted(set(twins)))
    read(i for i, twin in enumerate(twins) if i not in found and not is_sure_digit(found[twin]))
    return [found[i] if i in found else found[twin] for i, twin in enumerate(twins)]


def _first_look(line: Line, crop: Picture) -> Look:
    look = look_at(crop, in_cell=line.cell is not None)
    return LOW if look == FULL and line.cell is not None and not line.vertical else look


def _needs_full(line: Line, look: Look, reading: Recognised) -> bool:
    """Whether what a look has made of a line must be read at full size."""
    if line.cell is None or look == FULL:
        return False
    if look != LOW:
        return holds_figures(reading)
    digits = len(reading.figure) == 1 or reading.figure.isdecimal()
    return not (digits and reading.figure_least >= _SURE_LOW) and not is_sure_words(reading)
