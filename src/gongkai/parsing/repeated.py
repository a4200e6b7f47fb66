"""Tables that are printed more than once: of last year as well, of another organ, or for another screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.forms import Row
from gongkai.parsing.labels import Matrix
from gongkai.parsing.lines import Line

# A likeness from which a text names a row beyond doubt.
_NAMED = 0.9


def printed_again(
    lines: Sequence[Line], rows: Sequence[Row], likeness: Matrix, pairs: Iterable[tuple[int, int]]
) -> list[Line]:
    """Of `lines` those that name a row which another line was taken for (`pairs`: line, row), with as many cells as it
    has columns, and that say something else."""
    taken = {j: lines[i] for i, j in pairs}
    used = {line.index for line in taken.values()}
    found = []
    for line, fits in zip(lines, likeness, strict=True):
        j = int(fits.argmax())
        if line.index in used or j not in taken or fits[j] < _NAMED:
            continue
        size = len(rows[j].columns)
        if size in (len(line.values), len(line.filled)) and _figures(line) != _figures(taken[j]):
            found.append(line)
    return found


def _figures(line: Line) -> list[str]:
    return [token.text for token in line.filled]
