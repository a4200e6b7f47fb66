"""Lines become readings at the least cost: long ones are read narrow, of characters that look alike one is read."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.readers.scan.alike import twins_of
from gongkai.readers.scan.lines import Line, crop
from gongkai.readers.scan.picture import Picture
from gongkai.readers.scan.recogniser import Recognised, is_narrowed, recognise
from gongkai.readers.scan.settle import holds_figures, is_sure_digit


def read_lines(bare: Picture, lines: Sequence[Line]) -> list[Recognised]:
    """What the recogniser makes of each line of a page without its rules.

    A sure figure of one digit is the reading of all that look like it; figures in cells are always read at full width.
    """
    crops = [crop(bare, line) for line in lines]
    twins = twins_of(lines, crops)
    found: dict[int, Recognised] = {}
    _read(crops, sorted(set(twins)), found)
    _read(crops, [i for i, twin in enumerate(twins) if not is_sure_digit(found[twin])], found)
    narrowed = [i for i in found if lines[i].cell is not None and is_narrowed(crops[i]) and holds_figures(found[i])]
    found |= dict(zip(narrowed, recognise([crops[i] for i in narrowed], narrow=False), strict=True))
    return [found[i] if i in found else found[twin] for i, twin in enumerate(twins)]


def _read(crops: Sequence[Picture], wanted: Sequence[int], found: dict[int, Recognised]) -> None:
    new = [i for i in wanted if i not in found]
    found |= dict(zip(new, recognise([crops[i] for i in new]), strict=True))
