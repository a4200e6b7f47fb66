"""Lines whose words stand in columns without rules: rows of word groups, and the header above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.readers.pdf.grids import FIGURE
from gongkai.readers.pdf.page import Box, union
from gongkai.readers.pdf.words import Line, Word

_COLUMN_GAP = 1.0  # of the font size: words this far apart may stand in columns
_WIDE_GAP = 2.0  # of the font size: two words this far apart stand in columns if the second is a figure
_SEVERAL = 3
_ALIGNED = 2.0
_PAGE_NUMBER = re.compile(r"[-—–－]? ?\d{1,4} ?[-—–－]?")
_NAME = re.compile(r"[^\W\d_]{1,8}")  # of a column, or a line of it
_HEADER_LINES = 6
_LINE_STEP = 2.5  # of the font size: lines of a header are no further apart


class Group(NamedTuple):
    """Words that belong together."""

    text: str
    box: Box
    size: float


class Row(NamedTuple):
    """Word groups that stand in columns."""

    groups: list[Group]

    @property
    def middle(self) -> float:
        box = union([group.box for group in self.groups])
        return (box[1] + box[3]) / 2


def rows_and_lines(lines: Sequence[Line]) -> list[Row | Line]:
    """Lines whose words stand in columns as rows, those of a header above them as one row, the others as they are."""
    rows = [Row(groups) if in_columns(groups) else None for groups in map(groups_of, lines)]
    starts = column_starts(row for row in rows if row)
    found: list[Row | Line] = []
    for i, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if row is None:
            found.append(line)
            continue
        height, header = header_above(lines, i)
        if height > 1:
            found[-height:] = [Row(header)]
        found.append(Row(groups_of(line, starts)))
    return found


def column_starts(rows: Iterable[Row]) -> list[float]:
    """Where groups begin in several rows: there a column begins."""
    starts = sorted(group.box[0] for row in rows for group in row.groups)
    return [start for start, later in zip(starts, starts[_SEVERAL - 1 :], strict=False) if later - start <= _ALIGNED]


def groups_of(line: Line, starts: Sequence[float] = ()) -> list[Group]:
    """The words of a line in groups.

    Words are parted by a gap as wide as a character, where a column starts, and before each of several last figures.
    """
    words = line.words
    first_figure = len(words)
    while first_figure > 0 and FIGURE.fullmatch(words[first_figure - 1].text):
        first_figure -= 1
    if len(words) - first_figure == 1:
        first_figure += 1
    runs: list[list[Word]] = []
    for i, word in enumerate(words):
        apart = i == 0 or word.box[0] - words[i - 1].box[2] >= _COLUMN_GAP * max(word.size, words[i - 1].size)
        if apart or i >= first_figure or any(abs(word.box[0] - start) <= _ALIGNED for start in starts):
            runs.append([])
        runs[-1].append(word)
    return [_group(run, " ") for run in runs]


def in_columns(groups: Sequence[Group]) -> bool:
    """Whether the word groups of a line stand in columns.

    Three groups do, unless they are a page number, or single characters set wide apart (a title); two do if the second
    is a figure.
    """
    if _PAGE_NUMBER.fullmatch(" ".join(group.text for group in groups)):
        return False
    if len(groups) > 2:
        return any(len(group.text) > 1 or FIGURE.fullmatch(group.text) for group in groups)
    if len(groups) < 2:
        return False
    left, right = groups
    wide = right.box[0] - left.box[2] >= _WIDE_GAP * max(left.size, right.size)
    return wide and FIGURE.fullmatch(right.text) is not None


def header_above(lines: Sequence[Line], index: int) -> tuple[int, list[Group]]:
    """How many lines above a line of figures are its header, and their words by column.

    It is made of lines of short words without figures and punctuation, several of them above figures. A word belongs to
    the column that it stands above; a word over several columns names a group of them and ends the header.
    """
    figures = [word.box[0] for word in lines[index].words if FIGURE.fullmatch(word.text)]
    columns: list[list[Word]] = []
    height = 0
    for above in range(index - 1, max(index - 1 - _HEADER_LINES, -1), -1) if figures else ():
        words = lines[above].words
        close = lines[above + 1].box[1] - lines[above].box[1] <= _LINE_STEP * words[0].size
        names = all(_NAME.fullmatch(word.text) for word in words)
        if not close or not names or sum(word.box[2] > figures[0] for word in words) < _SEVERAL:
            break
        under = [[column for column in columns if _overlap(word, column)] for word in words]
        if any(len(found) > 1 for found in under):
            break
        for word, found in zip(words, under, strict=True):
            if found:
                found[0].insert(0, word)
            else:
                columns.append([word])
        height += 1
    groups = [_group(column, "\n") for column in columns]
    return height, sorted(groups, key=lambda group: group.box[0])


def _overlap(word: Word, column: Sequence[Word]) -> bool:
    return any(word.box[0] < other.box[2] and word.box[2] > other.box[0] for other in column)


def _group(words: Sequence[Word], between: str) -> Group:
    return Group(between.join(word.text for word in words), union([word.box for word in words]), words[0].size)
