"""Which printed line is which row of the form: one alignment over the whole table by likeness, order and number."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gongkai.forms import Row, Table
from gongkai.parsing.labels import SURE, Matrix, label_key, likeness_to, similarity
from gongkai.parsing.lines import NUMBERED, Line
from gongkai.parsing.path import MATCH_COST, best_path
from gongkai.parsing.repeated import printed_again

Numbers = NDArray[np.intp]
# A likeness from which a line without figures may be a row left blank.
BLANK_ROW = 0.75
# A likeness from which a text is a row's label whole.
WHOLE = 0.75
# Another row resembling the label this much more than the row given to it makes the row doubtful.
_CONTRADICTION = 0.15
# A piece of a label, however damaged, has this share of its characters from it.
_OWN = 0.5
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

    def likeness(self, rows: Sequence[Row], titles: Sequence[str] = ()) -> Matrix:
        """The likeness of every line to every row, over all ways to read the line's label and all variants of the
        row's. `titles` are labels that stand between rows."""
        likeness = np.zeros((len(self.lines), len(rows)))
        if not self.texts:
            return likeness
        by_row = likeness_to(rows, self.texts)
        # Two labels that are each a row's own do not make one label together.
        own = by_row.max(axis=1) >= WHOLE
        if titles:
            own |= similarity(self.texts, [label_key(title) for title in titles]).max(axis=1) >= WHOLE
        owned = np.add.reduceat(own[self.parts].astype(int), self.parts_from)
        found = np.where((owned < 2)[:, None], by_row[self.whole], 0.0)
        likeness[self.with_label] = np.maximum.reduceat(found, self.readings_from, axis=0)
        return likeness


def align(labels: Labels, table: Table, breaks: Sequence[int] = ()) -> Alignment:
    """Align lines (a whole document's, or a part) with the rows of `table`.

    Needleman and Wunsch's alignment with free ends: lines with figures between matched rows cost most, since a figure
    left out is a figure lost; lines before the first and after the last row cost nothing unless they look like rows of
    the table and no heading (`breaks`: the indices of headings) parts them from it.
    """
    titles = [title for title, _ in table.blocks()] if table.layout == "blocks" else []
    likeness = labels.likeness(table.rows, titles)
    most = likeness.max(axis=1, initial=0.0)
    chosen = [i for i, line in enumerate(labels.lines) if line.filled or most[i] >= BLANK_ROW]
    items = [labels.lines[i] for i in chosen]
    likeness = likeness[chosen]
    pairs, score = best_path(items, table.rows, likeness, [bisect(breaks, item.index) for item in items])
    return Alignment(
        _matches(items, table.rows, likeness, pairs), score, printed_again(items, table.rows, likeness, pairs)
    )


def _readings(lines: Sequence[Line], i: int) -> set[tuple[str, ...]]:
    """The ways to read a line's label, each as its parts: its last word or all of it, or its first where words are all
    that its cells hold, with lines around that lack figures. A line without a label takes the label below it only where
    there is none above."""
    line = lines[i]
    own: set[tuple[str, ...]] = {()}
    if line.label:
        last = line.label[-1]
        first = line.label[:1] if not line.filled else []
        texts = (last.text, line.label_text, *last.words[-1:], *(token.text for token in first))
        own = {(label_key(text),) for text in texts}
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
        other = _may_be_page_number(items[i]) or _has_other_label(items[i], rows[j])
        guess = strange or lent or bare or i in torn or other
        stray = _stray_beside(items, i, matched)
        flags = ("label_guess",) * bool(guess) + ("stray_figure",) * bool(stray)
        matches.append(Match(items[i], rows[j], like, flags))
    return _doubted_beside_guesses(matches)


def _doubted_beside_guesses(matches: Sequence[Match]) -> list[Match]:
    """The matches, where a guess and the line next to it may be one row broken in two: either lacks figures, or there
    are more lines than rows."""
    doubted = list(matches)
    pairs = list(pairwise(range(len(matches))))
    for pair in (*pairs, *reversed(pairs)):
        upper, lower = (doubted[k] for k in pair)
        together = lower.line.index - upper.line.index <= 1 and "ruled" not in (upper.line.kind, lower.line.kind)
        pieces = [match for match in (upper, lower) if _may_be_piece(match)]
        if together and pieces and (upper.flags or lower.flags or not all(match.line.label for match in pieces)):
            for k in pair:
                doubted[k] = replace(doubted[k], flags=doubted[k].flags or ("stray_figure",))
    return doubted


def _may_be_piece(match: Match) -> bool:
    """Whether a line lacks figures of its row, or has no label and stands beside another that has none of the rows."""
    spare = not match.line.label and "stray_figure" in match.flags
    return spare or 0 < len(match.line.filled) < len(match.row.columns)


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


def _has_other_label(line: Line, row: Row) -> bool:
    """Whether a line has words of its own that share no character with the row's label, or few in a row of cells: the
    label then stands beside it, and the figures may be a subtotal's, below a row that was left blank."""
    texts = {label_key(text) for text in (line.label_text, *(token.text for token in line.label))} - {""}
    labels = [label_key(label) for label in row.labels]
    shares = (sum(char in label for char in text) / len(text) for text in texts for label in labels)
    own = max(shares, default=1.0)
    return bool(line.filled) and (own == 0 or (own < _OWN and line.kind in NUMBERED))


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
