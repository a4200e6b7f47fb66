"""The best alignment of a table's lines with the form's rows, after Needleman and Wunsch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongkai.forms import Row
from gongkai.parsing.labels import Matrix
from gongkai.parsing.lines import Line

# Scores of the alignment: a match gains its likeness less MATCH_COST; leaving something out costs.
MATCH_COST = 0.3
SKIP_ROW = 0.3
SKIP_LINE = 0.6
SKIP_STRAY = 0.1
# What speaks against a line without any cells.
_BARE_LABEL = 0.3
# How a score came about.
_MATCHED, _SKIPPED_ROW, _SKIPPED_LINE = range(3)


def best_path(
    items: Sequence[Line], rows: Sequence[Row], likeness: Matrix, parts: Sequence[int]
) -> tuple[list[tuple[int, int]], float]:
    """Pairs (item, row) of the best alignment, and its score. `parts` numbers the stretches between headings."""
    n, m = len(items), len(rows)
    gains = likeness - MATCH_COST + _count_bonus(items, rows) if n else np.zeros((0, m))
    costs = [_skip_cost(item) for item in items]
    like_rows = _like_rows(items, rows)
    table, moves = [[-SKIP_ROW * j for j in range(m + 1)]], [[_SKIPPED_ROW] * (m + 1)]
    for i, (gain, cost) in enumerate(zip(gains.tolist(), costs, strict=True), start=1):
        first = -_stray(like_rows[:i], parts[:i], parts[i]) if i < n else 0.0
        scores, moved = _next_scores(table[-1], first, gain, cost)
        table.append(scores)
        moves.append(moved)
    ends = [table[i][m] - (_stray(like_rows[i:], parts[i:], parts[i - 1]) if i else 0.0) for i in range(n + 1)]
    i = max(range(n + 1), key=lambda i: ends[i])
    total, j = ends[i], m
    pairs = []
    while i > 0 and j > 0:
        if moves[i][j] == _MATCHED:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif moves[i][j] == _SKIPPED_ROW:
            j -= 1
        else:
            i -= 1
    return pairs[::-1], total


def _next_scores(
    above: Sequence[float], first: float, gains: Sequence[float], cost: float
) -> tuple[list[float], list[int]]:
    """The scores of one more line with every row, of which `first` is that with none, and how each came about."""
    scores, moves, score = [first], [_SKIPPED_LINE], first
    for before, upper, gain in zip(above, above[1:], gains, strict=False):
        matched, no_row, no_line = before + gain, score - SKIP_ROW, upper - cost
        if matched >= no_row and matched >= no_line:
            score, move = matched, _MATCHED
        elif no_row >= no_line:
            score, move = no_row, _SKIPPED_ROW
        else:
            score, move = no_line, _SKIPPED_LINE
        scores.append(score)
        moves.append(move)
    return scores, moves


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
