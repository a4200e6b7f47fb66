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
_HALF_STEP = 0.85  # of the font size: lines this close do not stand one above the other


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
    lines = rejoined(lines)
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


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """The lines, with words that are broken in two above and below their row as one word each in it.

    Such words stand in pairs half a line above and half a line below the row, where nothing of the row itself does.
    """
    found: list[Line] = []
    i = 0
    while i < len(lines):
        if found and i + 1 < len(lines) and (pairs := _pairs_around(found[-1], lines[i], lines[i + 1])):
            words = [*lines[i].words, *(_word_of(pair) for pair in pairs)]
            found[-1] = Line(tuple(sorted(words, key=lambda word: word.box[0])))
            i += 1
        else:
            found.append(lines[i])
        i += 1
    return found


def _pairs_around(above: Line, row: Line, below: Line) -> list[tuple[Word, Word]]:
    """The words above and below a row, each with its other half; empty where they are no such pairs.

    Two whole rows stand so around the name of their group, which has no figures.
    """
    if len(above.words) != len(below.words):
        return []
    step = _HALF_STEP * min(word.size for word in row.words)
    if row.middle - above.middle > step or below.middle - row.middle > step:
        return []
    if not any(map(is_figure, row.words)) and any(map(is_figure, above.words)):
        return []
    pairs = list(zip(above.words, below.words, strict=True))
    apart = all(not _overlap(word, row.words) for word in (*above.words, *below.words))
    return pairs if apart and all(_overlap(upper, [lower]) for upper, lower in pairs) else []


def _word_of(pair: tuple[Word, Word]) -> Word:
    upper, lower = pair
    return Word(f"{upper.text}\n{lower.text}", union([upper.box, lower.box]), upper.size)


def is_figure(word: Word) -> bool:
    """Whether a word, broken or not, is a figure."""
    return FIGURE.fullmatch(word.text.replace("\n", "")) is not None


def column_starts(rows: Iterable[Row]) -> list[float]:
    """Where groups begin in several rows: there a column begins."""
    starts = sorted(group.box[0] for row in rows for group in row.groups)
    return [start for start, later in zip(starts, starts[_SEVERAL - 1 :], strict=False) if later - start <= _ALIGNED]


def groups_of(line: Line, starts: Sequence[float] = ()) -> list[Group]:
    """The words of a line in groups.

    Words are parted by a gap as wide as a character, where a column starts, before each of several last figures, and
    around each that is broken.
    """
    words = line.words
    first_figure = len(words)
    while first_figure > 0 and is_figure(words[first_figure - 1]):
        first_figure -= 1
    if len(words) - first_figure == 1:
        first_figure += 1
    runs: list[list[Word]] = []
    for i, word in enumerate(words):
        apart = i == 0 or word.box[0] - words[i - 1].box[2] >= _COLUMN_GAP * max(word.size, words[i - 1].size)
        broken = any("\n" in each.text for each in words[max(i - 1, 0) : i + 1])
        if apart or broken or i >= first_figure or any(abs(word.box[0] - start) <= _ALIGNED for start in starts):
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

    It is made of lines of short words without figures and punctuation, several of them above figures; what stands left
    of the figures may be anything. A word belongs to the column that it stands above; a word over several columns names
    a group of them and ends the header.
    """
    figures = [word.box[0] for word in lines[index].words if is_figure(word)]
    columns: list[list[Word]] = []
    aside: list[Word] = []
    height = 0
    for above in range(index - 1, max(index - 1 - _HEADER_LINES, -1), -1) if figures else ():
        words = list(lines[above].words)
        if not all(map(_is_name, words)):
            words = [word for word in words if word.box[2] > figures[0]]
        close = lines[above + 1].box[1] - lines[above].box[1] <= _LINE_STEP * lines[above].words[0].size
        several = sum(word.box[2] > figures[0] for word in words) >= _SEVERAL
        if not close or not several or not all(map(_is_name, words)):
            break
        under = [[column for column in columns if _overlap(word, column)] for word in words]
        if any(len(found) > 1 for found in under):
            break
        for word, found in zip(words, under, strict=True):
            if found:
                found[0].insert(0, word)
            else:
                columns.append([word])
        aside = [word for word in lines[above].words if word not in words] + aside
        height += 1
    groups = [_group(column, "\n") for column in ([aside] if aside else []) + columns]
    return height, sorted(groups, key=lambda group: group.box[0])


def _is_name(word: Word) -> bool:
    return _NAME.fullmatch(word.text.replace("\n", "")) is not None


def _overlap(word: Word, column: Sequence[Word]) -> bool:
    return any(word.box[0] < other.box[2] and word.box[2] > other.box[0] for other in column)


def _group(words: Sequence[Word], between: str) -> Group:
    return Group(between.join(word.text for word in words), union([word.box for word in words]), words[0].size)
