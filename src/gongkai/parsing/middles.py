"""Columns of spaces: where their middles stand, which rows without gaps or the heaps of all figures tell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from gongkai.parsing.headers import Header
from gongkai.parsing.lines import Token

# Gaps of this many blanks part columns of spaces.
_GAP = 2
# Longer texts in a cell are figures with notes, which stand out of their column.
_PLAIN = 6
# Heaps of figures are columns when they are this many times farther from each other than they are wide.
_TIGHT = 1.2
# The narrowest column is at least this share of the middling one.
_EVEN = 0.4

Measure = Callable[[Token], float]


def find_middles(
    rows: Sequence[Sequence[Token]], size: int, headers: Sequence[Header]
) -> tuple[list[float] | None, Measure | None]:
    """The middles of `size` columns in these rows of figures, and which part of a figure stands there: its middle, its
    end or its start; None and None where the figures do not stand in so many columns."""
    apart = [row for row in rows if _apart(row)]
    for measure in (middle, _right, _left):
        if middles := _middles(apart, size, measure, headers):
            return middles, measure
    return None, None


def _apart(figures: Sequence[Token]) -> bool:
    """Whether gaps part the figures; single blanks keep no place for one that is missing."""
    return all(right.start - left.end >= _GAP for left, right in pairwise(figures))


def _middles(
    rows: Sequence[Sequence[Token]], size: int, measure: Measure, headers: Sequence[Header]
) -> list[float] | None:
    """The middles of `size` columns of figures, or None where these do not stand in so many columns.

    Rows that lack no figure tell them by order. Else the figures of all rows must fall into so many heaps, a row's
    figures into heaps of their own, and the header, where there is one, must stand above the same heaps.
    """
    figures = [[measure(token) for token in row if len(token.text) <= _PLAIN] for row in rows]
    full = [row for row in figures if len(row) == size]
    if size > 1 and len(full) >= 2:
        heaps = [sorted(column) for column in zip(*full, strict=True)]
    elif (cut := _heaps(sorted(at for row in figures for at in row), size)) and _each_apart(figures, cut):
        heaps = cut
    else:
        return None
    widest = max(heap[-1] - heap[0] for heap in heaps)
    middles = [sum(heap) / len(heap) for heap in heaps]
    gaps = sorted(right - left for left, right in pairwise(middles))
    if gaps[0] <= max(widest * _TIGHT, gaps[len(gaps) // 2] * _EVEN) or not _under_headers(middles, headers):
        return None
    return middles


def _heaps(at: Sequence[float], size: int) -> list[list[float]] | None:
    """Sorted positions cut at the widest gaps into `size` heaps of two or more."""
    if size == 1 or len(at) < 2 * size:
        return None
    gaps = sorted(((right - left, k) for k, (left, right) in enumerate(pairwise(at), start=1)), reverse=True)
    cuts = [0, *sorted(k for _, k in gaps[: size - 1]), len(at)]
    heaps = [list(at[start:end]) for start, end in pairwise(cuts)]
    return heaps if min(map(len, heaps)) >= 2 else None


def _each_apart(rows: Sequence[Sequence[float]], heaps: Sequence[Sequence[float]]) -> bool:
    bounds = [heap[-1] for heap in heaps]
    return all(len({bisect_left(bounds, at) for at in row}) == len(row) for row in rows)


def _under_headers(middles: Sequence[float], headers: Sequence[Header]) -> bool:
    """Whether every column that a header names stands nearest to the header's own word for it."""
    for header in headers:
        if header.line.kind == "spaced":
            for i, (start, end) in header.spans.items():
                at = (start + end) / 2
                if min(range(len(middles)), key=lambda k: abs(middles[k] - at)) != i:
                    return False
    return True


def middle(token: Token) -> float:
    return (token.start + token.end) / 2


def _right(token: Token) -> float:
    return token.end


def _left(token: Token) -> float:
    return token.start
