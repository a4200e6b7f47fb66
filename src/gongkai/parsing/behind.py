"""Figures on lines of their own: before their labels, behind them, or where a page was read down its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.forms import Table
from gongkai.parsing.labels import SURE, label_key, likeness_to
from gongkai.parsing.lines import Line, is_value
from gongkai.parsing.rows import Alignment, Match

# So many lines show a habit.
_HABIT = 3
# Lines over which a label runs.
_LABEL_LINES = 4
# A header takes no more lines; so many columns with their figures below show that they were read one by one.
_HEADER_LINES = 40
_COLUMNS = 2
# What an alignment must score more than another for the lines to be read its way without doubt.
_CLEARLY = 0.3


def swapped(lines: Sequence[Line], breaks: Collection[int]) -> list[Line] | None:
    """The lines with every label before the figures that it stands behind; None where no label can stand so.

    `breaks` are the indices of headings, which are no labels.
    """
    found: list[Line] = []
    count = 0
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if (whole := _with_label_behind(line)) is not None:
            found.append(whole)
            count += 1
        elif line.filled and not line.label:
            below = i
            while below < len(lines) and below - i < _LABEL_LINES and _is_label(lines[below], breaks):
                below += 1
            found += [*lines[i:below], line]
            count += below > i
            i = below
        else:
            found.append(line)
    return found if count >= _HABIT else None


def _is_label(line: Line, breaks: Collection[int]) -> bool:
    return bool(line.label) and not line.filled and line.short and line.index not in breaks


def _with_label_behind(line: Line) -> Line | None:
    """The line with the words behind its last figure as its label; None where it has a label, or no such words."""
    last = max((i for i, token in enumerate(line.values) if token.text and is_value(token.text)), default=-1)
    words = [token for token in line.values[last + 1 :] if token.text]
    if line.label or not words or last < 0:
        return _alone(line)
    return replace(line, label=words, values=line.values[: last + 1])


def _alone(line: Line) -> Line | None:
    """The same for figures that are too few not to be taken for an enumerator of the label behind them."""
    figures = [token for token in line.label if is_value(token.text)]
    words = line.label[len(figures) :]
    if line.filled or not figures or not words or figures != line.label[: len(figures)]:
        return None
    return replace(line, label=words, values=figures)


def choose(usual: Alignment, other: Alignment) -> Alignment:
    """The alignment that fits better; where both fit alike, though differently, the usual one with doubts. Labels on
    lines below their figures are always doubted: where some stand so, others may stand above."""
    if other.score > usual.score + _CLEARLY:
        return replace(other, matches=[_doubted(match) for match in other.matches])
    if usual.score > other.score + _CLEARLY:
        return usual
    told = {(match.line.index, match.row.id) for match in other.matches}
    return replace(usual, matches=[_doubted(each, (each.line.index, each.row.id) in told) for each in usual.matches])


def _doubted(match: Match, sure: bool = False) -> Match:
    """The match with a doubt, if its line has no label of its own and it is not `sure` otherwise."""
    if match.line.label or sure:
        return match
    return replace(match, flags=tuple(dict.fromkeys((*match.flags, "label_guess"))))


def doubt_if_irregular(alignment: Alignment, lines: Sequence[Line], table: Table, breaks: Sequence[int]) -> Alignment:
    """The alignment with doubts about every line without a label of its own, where such lines do not just alternate
    with labels: some belong to no row, or stand below the names of columns."""
    alone = [match for match in alignment.matches if not match.line.label and match.line.filled]
    if not alone:
        return alignment
    first, last = alignment.matches[0].line.index, alignment.matches[-1].line.index
    begin = max([first - _HEADER_LINES, *(at + 1 for at in breaks if at < first)])
    end = min((at for at in breaks if at > last), default=last + _LABEL_LINES)
    matched = {match.line.index for match in alignment.matches}
    around = [line for line in lines if begin <= line.index < end and line.kind != "ruled"]
    loose = [line for line in around if not line.label and line.filled]
    sizes = {len(row.columns) for row in table.rows} - {1}
    left_over = any(line.index not in matched and len(line.filled) in sizes for line in loose)
    if not left_over and _columns_above(around, table) < _COLUMNS:
        return alignment
    return replace(alignment, matches=[_doubted(match) for match in alignment.matches])


def _columns_above(lines: Sequence[Line], table: Table) -> int:
    """How many columns' names stand just above figures without a label."""
    above = [
        label_key(line.label_text)
        for line, below in pairwise(lines)
        if line.label and not line.filled and below.filled and not below.label
    ]
    if not above:
        return 0
    columns = {column.id: column for row in table.rows for column in row.columns}
    named = likeness_to(list(columns.values()), above)
    named[likeness_to(table.rows, above).max(axis=1) >= SURE] = 0
    return int((named.max(axis=0) >= SURE).sum())
