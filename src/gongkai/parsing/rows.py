"""Which printed line is which row of the form: one alignment over the whole table by likeness, order and number."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gongkai.forms import Row, Table
from gongkai.parsing.labels import SURE, Matrix, label_key, likeness_to
from gongkai.parsing.lines import Line
from gongkai.parsing.repeated import printed_again

Numbers = NDArray[np.intp]
# Scores of the alignment: a match gains its likeness less MATCH_COST; leaving something out costs.
MATCH_COST = 0.3
SKIP_ROW = 0.3
SKIP_LINE = 0.6
SKIP_STRAY = 0.1
# A likeness from which a line without figures may be a row left blank, and what speaks against it without any cells.
BLANK_ROW = 0.75
# A likeness from which a text is a row's label whole.
WHOLE = 0.75
_BARE_LABEL = 0.3
# Another row resembling the label this much more than the row given to it makes the row doubtful.
_CONTRADICTION = 0.15
_PAGE = re.compile(r"[1-9]\d{0,2}")
# Lines over which a label may run: around figures, and where the row was left blank.
_NEIGHBOURS = 2
_BARE_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A line taken for a row of the form, and the flags that say why it may be another."""

    line: Line
    row: Row
    likeness: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """All matches of a table, in order, and the score that compares one form with another.

    `again` are the lines left out that name rows of the table and hold other figures than those taken for these rows.
    """

    matches: list[Match]
    score: float
    again: list[Line]

    @property
    def sure(self) -> int:
        return sum(match.likeness >= SURE for match in self.matches)


@dataclass(frozen=True, slots=True)
class Labels:
    """The lines that can be rows of a table, and all the ways to read their labels, whatever the table.

    `texts` are all keys that occur. Of every reading `whole` has the number of its text; the numbers of the labels that
    make it up stand in `parts`, from `parts_from` on. The readings of each line in `with_label` begin at
    `readings_from`.
    """

    lines: list[Line]
    texts: list[str]
    whole: Numbers
    parts: Numbers
    parts_from: Numbers
    with_label: Numbers
    readings_from: Numbers

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Labels:
        """The labels of a whole document's lines, or of a part."""
        candidates = [line for line in lines if line.short]
        texts: dict[str, int] = {}
        whole: list[int] = []
        parts: list[int] = []
        parts_from, with_label, readings_from = [], [], []
        for i in range(len(candidates)):
            readings = _readings(candidates, i)
            if readings:
                with_label.append(i)
                readings_from.append(len(whole))
            for reading in readings:
                parts_from.append(len(parts))
                parts += [texts.setdefault(part, len(texts)) for part in reading]
                whole.append(texts.setdefault("".join(reading), len(texts)))
        numbers = (np.array(found, dtype=np.intp) for found in (whole, parts, parts_from, with_label, readings_from))
        return cls(candidates, list(texts), *numbers)

    def likeness(self, rows: Sequence[Row]) -> Matrix:
        """The likeness of every line to every row, over all ways to read the line's label and all variants of the
        row's."""
        likeness = np.zeros((len(self.lines), len(rows)))
        if not self.texts:
            return likeness
        by_row = likeness_to(rows, self.texts)
        # Two labels that are each a row's own do not make one label together.
        owned = np.add.reduceat((by_row.max(axis=1) >= WHOLE)[self.parts].astype(int), self.parts_from)
        found = np.where((owned < 2)[:, None], by_row[self.whole], 0.0)
        likeness[self.with_label] = np.maximum.reduceat(found, self.readings_from, axis=0)
        return likeness


def align(labels: Labels, table: Table, breaks: Sequence[int] = ()) -> Alignment:
    """Align lines (a whole document's, or a part) with the rows of `table`.

    Needleman and Wunsch's alignment with free ends: lines with figures between matched rows cost most, since a figure
    left out is a figure lost; lines before the first and after the last row cost nothing unless they look like rows of
    the table and no heading (`breaks`: the indices of headings) parts them from it.
    """
    likeness = labels.likeness(table.rows)
    most = likeness.max(axis=1, initial=0.0)
    chosen = [i for i, line in enumerate(labels.lines) if line.filled or most[i] >= BLANK_ROW]
    items = [labels.lines[i] for i in chosen]
    likeness = likeness[chosen]
    pairs, score = _best_path(items, table.rows, likeness, [bisect(breaks, item.index) for item in items])
    return Alignment(
        _matches(items, table.rows, likeness, pairs), score, printed_again(items, table.rows, likeness, pairs)
    )


def _readings(lines: Sequence[Line], i: int) -> set[tuple[str, ...]]:
    """The ways to read a line's label, each as its parts: its last word or all of it, with lines around that lack
    figures. A line without a label takes the label below it only where there is none above."""
    line = lines[i]
    own: set[tuple[str, ...]] = {()}
    if line.label:
        last = line.label[-1]
        own = {(label_key(text),) for text in (last.text, line.label_text, *last.words[-1:])}
    if not line.filled:
        below = _around(lines, i, 1, _BARE_NEIGHBOURS) if not line.values else [()]
        return {parts + rest for parts in own for rest in below if any(parts)}
    above, below = _around(lines, i, -1), _around(lines, i, 1)
    if not line.label and len(above) > 1:
        above = above[1:]
    found = {a + parts + b for parts in own for a in above for b in below}
    if i and not line.label and (lender := _lender(lines, i)) is not None:
        found.add((label_key(lender.label_text),))
    return {parts for parts in found if any(parts)}


def _around(lines: Sequence[Line], i: int, step: int, most: int = _NEIGHBOURS) -> list[tuple[str, ...]]:
    """Nothing, and the labels of the next lines in this direction (up to `most`), as long as they have no figures."""
    joined: list[tuple[str, ...]] = [()]
    for k in range(1, most + 1):
        other = lines[i + step * k] if 0 <= i + step * k < len(lines) else None
        if other is None or other.filled or not other.label or (other.values and other.kind != lines[i].kind):
            break
        part = (label_key(other.label[-1].text),)
        joined.append(part + joined[-1] if step < 0 else joined[-1] + part)
    return joined


def _lender(lines: Sequence[Line], i: int) -> Line | None:
    """The line above whose label may hold this row's, too: two rows' labels that were run together on the first one."""
    k = i - 1
    while k > 0 and not lines[k].label and lines[k].index == lines[i].index:
        k -= 1  # rows cut from one run of figures
    return lines[k] if lines[k].label and (lines[k].filled or k < i - 1) else None


def _best_path(
    items: Sequence[Line], rows: Sequence[Row], likeness: Matrix, parts: Sequence[int]
) -> tuple[list[tuple[int, int]], float]:
    """Pairs (item, row) of the best alignment, and its score. `parts` numbers the stretches between headings."""
    n, m = len(items), len(rows)
    gains = likeness - MATCH_COST + _count_bonus(items, rows) if n else np.zeros((0, m))
    costs = [_skip_cost(item) for item in items]
    like_rows = _like_rows(items, rows)
    score = np.zeros((n + 1, m + 1))
    score[0, :] = -SKIP_ROW * np.arange(m + 1)
    move = np.zeros((n + 1, m + 1), dtype=np.int8)
    move[0, 1:] = 1
    move[1:, 0] = 2
    for i in range(1, n):
        score[i, 0] = -_stray(like_rows[:i], parts[:i], parts[i])
    table, moves, gain = score.tolist(), move.tolist(), gains.tolist()
    for i in range(1, n + 1):
        above, here, cost = table[i - 1], table[i], costs[i - 1]
        for j in range(1, m + 1):
            options = (above[j - 1] + gain[i - 1][j - 1], here[j - 1] - SKIP_ROW, above[j] - cost)
            here[j] = max(options)
            moves[i][j] = options.index(here[j])
    ends = [table[i][m] - (_stray(like_rows[i:], parts[i:], parts[i - 1]) if i else 0.0) for i in range(n + 1)]
    i = max(range(n + 1), key=lambda i: ends[i])
    total, j = ends[i], m
    pairs = []
    while i > 0 and j > 0:
        if moves[i][j] == 0:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif moves[i][j] == 1:
            j -= 1
        else:
            i -= 1
    return pairs[::-1], total


def _count_bonus(items: Sequence[Line], rows: Sequence[Row]) -> Matrix:
    """A row with as many figures as the form has columns is likelier that row."""
    filled = np.array([len(item.filled) for item in items])[:, None]
    columns = np.array([len(row.columns) for row in rows])[None, :]
    bare = np.array([not item.values for item in items])[:, None]
    return np.where(filled == columns, 0.1, -0.05 * np.minimum(np.abs(filled - columns), 4)) - _BARE_LABEL * bare


def _like_rows(items: Sequence[Line], rows: Sequence[Row]) -> list[bool]:
    """Whether each line has as many figures as a row."""
    sizes = {len(row.columns) for row in rows if len(row.columns) > 2}
    return [len(item.filled) in sizes for item in items]


def _stray(like_rows: Sequence[bool], parts: Sequence[int], part: int) -> float:
    """The cost of leaving out, at an end of the table, lines of the same part with the figures of a row."""
    return SKIP_LINE / 2 * sum(alike for alike, other in zip(like_rows, parts, strict=True) if other == part)


def _skip_cost(line: Line) -> float:
    if not line.filled:
        return 0.0
    return SKIP_LINE if line.label or len(line.filled) > 1 else SKIP_STRAY


def _matches(
    items: Sequence[Line], rows: Sequence[Row], likeness: Matrix, pairs: Sequence[tuple[int, int]]
) -> list[Match]:
    sure = {pair for pair in pairs if likeness[pair] >= SURE}
    matched = {i for i, _ in pairs}
    torn = _torn(items, rows, likeness, pairs)
    matches = []
    for i, j in pairs:
        like = float(likeness[i, j])
        contradicted = likeness[i].max() > like + _CONTRADICTION
        # Between two sure neighbours there is one place left; a label damaged but recognisable is then no guess.
        forced = (i - 1, j - 1) in sure and (i + 1, j + 1) in sure and like >= MATCH_COST
        lent = not items[i].label and _lender(items, i) is not None
        # A label that could not be read may be any row's, though one above or below it fits.
        unread = any(token.flags for token in items[i].label) and not _keeps(items[i], rows[j])
        strange = contradicted or not (forced or (like >= SURE and not unread))
        bare = not items[i].label and items[i].kind == "ruled"  # its label stands in no cell of the row
        guess = strange or lent or bare or i in torn or _may_be_page_number(items[i])
        stray = _stray_beside(items, i, matched)
        flags = ("label_guess",) * bool(guess) + ("stray_figure",) * bool(stray)
        matches.append(Match(items[i], rows[j], like, flags))
    return matches


def _torn(items: Sequence[Line], rows: Sequence[Row], likeness: Matrix, pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The neighbouring lines where the figures of one may as well be of the other's row: a label in several lines
    around its figures, or the ends of two. A line whose own label names its row keeps its figures."""
    torn: set[int] = set()
    for upper, lower in pairwise(pairs):
        for (i, row), (_, other) in ((upper, lower), (lower, upper)):
            if likeness[i, other] >= likeness[i, row] - _CONTRADICTION and not _keeps(items[i], rows[row]):
                torn |= {k for k, j in (upper, lower) if not _keeps(items[k], rows[j])}
    return torn


def _keeps(line: Line, row: Row) -> bool:
    """Whether a line has figures and a label of its own that is the row's."""
    own = {label_key(text) for text in (line.label_text, *(token.text for token in line.label[-1:]))} - {""}
    return bool(line.filled and own) and bool(likeness_to([row], list(own)).max() >= SURE)


def _may_be_page_number(line: Line) -> bool:
    """Whether a line of text is nothing but a small number, which its neighbours' label need not belong to."""
    return not line.label and len(line.values) == 1 and _PAGE.fullmatch(line.values[0].text) is not None


def _stray_beside(items: Sequence[Line], i: int, matched: set[int]) -> bool:
    """Whether figures next to the line found no row: they may be this row's, or the end of its figures."""
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(items) and k not in matched and items[k].filled]
    return any(
        abs(items[k].index - items[i].index) <= 1 or (len(items[k].filled) > 1 and min(matched) < k < max(matched))
        for k in beside
    )
