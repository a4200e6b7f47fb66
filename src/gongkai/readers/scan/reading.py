"""Lines become readings at the least cost: long ones are read narrow, of characters that look alike one is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.readers.scan.alike import twins_of
from gongkai.readers.scan.lines import Line, crop
from gongkai.readers.scan.picture import Picture
from gongkai.readers.scan.recogniser import Recognised, recognise, share_of
from gongkai.readers.scan.settle import holds_figures, is_sure_digit


def read_lines(bare: Picture, lines: Sequence[Line]) -> list[Recognised]:
    """What the recogniser makes of each line of a page without its rules.

    A sure figure of one digit is the reading of all that look like it; figures in cells are always read at full width.
    """
    crops = [crop(bare, line) for line in lines]
    shares = [share_of(crops[i], in_cell=line.cell is not None) for i, line in enumerate(lines)]
    twins = twins_of(lines, crops)
    found: dict[int, Recognised] = {}

    def read(wanted: Iterable[int]) -> None:
        chosen = list(wanted)
        readings = recognise([crops[i] for i in chosen], [shares[i] for i in chosen])
        found.update(zip(chosen, readings, strict=True))

    read(sorted(set(twins)))
    read(i for i, twin in enumerate(twins) if i not in found and not is_sure_digit(found[twin]))
    narrowed = [i for i in found if lines[i].cell is not None and shares[i] < 1 and holds_figures(found[i])]
    for i in narrowed:
        shares[i] = 1.0
    read(narrowed)
    return [found[i] if i in found else found[twin] for i, twin in enumerate(twins)]
