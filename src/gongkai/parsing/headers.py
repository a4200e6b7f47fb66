"""The header of a table: the lines that name its columns, and so where each column stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gongkai.forms import Column
from gongkai.parsing.labels import Matrix, label_key, likeness_to
from gongkai.parsing.lines import Line, Token

# A header line must name this share of the columns, at least this well.
_HEADER_SHARE = 0.5
_HEADER_LIKENESS = 0.6
_HEADER_LINES = 3
# Of a header with a word for every column, this share must name theirs.
_MOST = 0.8
# A name that is broken over cells: in how many pieces, and how like the column's their whole must be.
_MOST_PIECES = 5
_WHOLE = 0.75


@dataclass(frozen=True, slots=True)
class Header:
    """A header line: where each column that it names stands (`start`, `end`); `broken` where names run on over cells,
    as they do where a table's columns were guessed too narrow: figures may then, too; `moved` where the columns do not
    stand in the form's order."""

    line: Line
    spans: dict[int, tuple[float, float]]
    likeness: float
    broken: bool = False
    moved: bool = False

    @property
    def first(self) -> float:
        """The column number of the first column, after the majority of those named."""
        if self.moved:
            return min(start for start, _ in self.spans.values())
        return Counter(span[0] - i for i, span in self.spans.items()).most_common(1)[0][0]

    def named_over(self, token: Token) -> list[int]:
        """The columns whose names a token stands under, if only in part."""
        return [i for i, (start, end) in self.spans.items() if token.start < end and start < token.end]

    @property
    def to_scale(self) -> bool:
        """Whether wide characters take more room than one position: only then words stand above what they name."""
        return any(token.end - token.start > len(token.text) for token in self.line.tokens if token.text)


def find_headers(lines: Sequence[Line], columns: Sequence[Column]) -> list[Header]:
    """Lines that name the columns in their order, damaged labels too; a header of several lines is one Header."""
    words = [[] if line.filled else [token for token in line.tokens if token.text] for line in lines]
    likeness = likeness_to(columns, [label_key(token.text) for tokens in words for token in tokens])
    ends = np.cumsum([len(tokens) for tokens in words])
    headers: list[Header] = []
    partial: list[Header] = []
    around: list[tuple[Line, list[Token], Matrix]] = []
    for line, tokens, end in zip(lines, words, ends, strict=True):
        if not tokens:
            partial, around = [], []
            continue
        like = likeness[end - len(tokens) : end]
        spans, total = _name_columns(tokens, like)
        header = Header(line, spans, total / len(columns))
        around = [*(part for part in around if _like_columns(part[0], line)), (line, tokens, like)][-_HEADER_LINES:]
        if moved := _in_other_order(around):
            headers.append(Header(line, moved, header.likeness, moved=True))
            continue
        broken = _broken(line, tokens, columns) if line.kind == "delimited" else None
        if broken is not None and broken.likeness > header.likeness:
            headers.append(broken)
            partial = []
            continue
        partial = [*(part for part in partial if part.line.kind == line.kind), header]
        whole = _joined(partial[-_HEADER_LINES:])
        if len(spans) >= max(1, _HEADER_SHARE * len(columns)) or len(whole.spans) == len(columns) > len(spans) > 0:
            headers.append(whole)
    return headers


def _joined(parts: Sequence[Header]) -> Header:
    """Lines of one header as one: each column where the lowest line that names it puts it, if all keep their order."""
    spans: dict[int, tuple[float, float]] = {}
    for part in parts:
        spans |= part.spans
    ordered = [spans[i] for i in sorted(spans)]
    last = parts[-1]
    if any(right[0] < left[1] for left, right in pairwise(ordered)):
        return last
    return Header(last.line, {i: spans[i] for i in sorted(spans)}, max(part.likeness for part in parts))


def _in_other_order(parts: Sequence[tuple[Line, Sequence[Token], Matrix]]) -> dict[int, tuple[float, float]]:
    """Where the columns stand that a header's lines name, each by the word most like it; empty unless these are many,
    apart from each other, and in another order than the form's."""
    tokens = [token for _, words, _ in parts for token in words]
    lines = [n for n, (_, words, _) in enumerate(parts) for _ in words]
    likeness = np.vstack([like for *_, like in parts])
    spans, line_of = {}, {}
    for column in range(likeness.shape[1]):
        names = np.flatnonzero((likeness[:, column] >= _WHOLE) & (likeness.argmax(axis=1) == column))
        if len({tokens[k].start for k in names}) == 1:
            spans[column] = tokens[names[0]].start, tokens[names[0]].end
            line_of[column] = lines[names[0]]
    across = sorted(spans, key=lambda column: spans[column])
    overlap = any(spans[left][1] > spans[right][0] for left, right in pairwise(across))
    many = len(spans) > max(1, _HEADER_SHARE * likeness.shape[1])
    # A line that begins with a column's name is rather the rest of the one above.
    cut = parts[-1][0].kind != "ruled" and bool(across) and spans[across[0]][0] == 0
    return spans if many and across != sorted(spans) and not (overlap or cut or _is_torn(across, line_of)) else {}


def _is_torn(across: Sequence[int], line_of: Mapping[int, int]) -> bool:
    """Whether a column that one line names stands between two neighbours of another line, where the form has it not:
    then spans are wrong, and no column has moved. `across` are the columns from left to right."""
    for line in set(line_of.values()):
        places = [i for i, column in enumerate(across) if line_of[column] == line]
        for i, j in pairwise(places):
            low, high = sorted((across[i], across[j]))
            if any(not low < column < high for column in across[i + 1 : j]):
                return True
    return False


def _like_columns(upper: Line, lower: Line) -> bool:
    """Whether the columns of two lines of a header are the same: of one grid, or set alike and as many."""
    return upper.grid == lower.grid or (comparable(upper, lower) and upper.tokens[-1].end == lower.tokens[-1].end)


def _name_columns(tokens: Sequence[Token], likeness: Matrix) -> tuple[dict[int, tuple[float, float]], float]:
    """Where each column stands that a token names, and the sum of their likenesses. Of as many words as there are
    columns, most of them named in their places, the others name the columns that are left."""
    size = likeness.shape[1]
    spans: dict[int, tuple[float, float]] = {}
    total, last = 0.0, -1
    for token, before, row in zip(tokens, [None, *tokens], likeness, strict=False):
        if last >= 0 and before is not None and before.text == token.text and before.end == spans[last][1]:
            spans[last] = (spans[last][0], token.end)  # a merged cell written out again
            continue
        later = row[last + 1 :]
        if later.size and later.max() >= _HEADER_LIKENESS:
            last += 1 + int(later.argmax())
            spans[last] = (token.start, token.end)
            total += float(row[last])
    if len(tokens) == size > len(spans) >= _MOST * size and all(tokens[i].start == spans[i][0] for i in spans):
        spans = {i: (token.start, token.end) for i, token in enumerate(tokens)}
    return spans, total


def _broken(line: Line, tokens: Sequence[Token], columns: Sequence[Column]) -> Header | None:
    """The line as a header whose names are broken over cells, if all columns can be named so, in their order."""
    words = [(word, token) for token in tokens for word in token.words or (token.text,)]
    if len(words) <= len(columns) or len(words) > _MOST_PIECES * len(columns):
        return None
    runs = [(i, j) for i in range(len(words)) for j in range(i + 1, min(i + _MOST_PIECES, len(words)) + 1)]
    likeness = likeness_to(columns, [label_key("".join(word for word, _ in words[i:j])) for i, j in runs])
    spans: dict[int, tuple[float, float]] = {}
    total, at, broken = 0.0, 0, False
    for column in range(len(columns)):
        named = [(float(likeness[k, column]), -i, k) for k, (i, _) in enumerate(runs) if i >= at]
        like, _, k = max(named, default=(0.0, 0, 0))
        if like < _WHOLE:
            return None
        i, at = runs[k]
        spans[column] = words[i][1].start, words[at - 1][1].end
        total += like
        broken = broken or words[i][1] is not words[at - 1][1]
    return Header(line, spans, total / len(columns), broken=True) if broken else None


def comparable(header: Line, line: Line) -> bool:
    """Whether columns mean the same in both: cells of one grid, of text that was cut in several, or set by spaces."""
    return header.grid == line.grid or (header.kind == line.kind and line.kind in ("delimited", "spaced"))


def nearest(headers: Sequence[Header], line: Line) -> Header | None:
    """The last header above the line, else the first one."""
    above = [header for header in headers if header.line.index < line.index]
    return above[-1] if above else (headers[0] if headers else None)
