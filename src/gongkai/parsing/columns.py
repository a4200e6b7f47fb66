"""Which figure of a line stands in which column of the form: by number, by the header, by the rows around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.forms import Column
from gongkai.parsing.labels import label_key, similarity
from gongkai.parsing.lines import Line, Token

# A header line must name this share of the columns, at least this well.
_HEADER_SHARE = 0.5
_HEADER_LIKENESS = 0.6
# Figures in columns of spaces may stand this share of a column's width away from its middle.
_TOLERANCE = 0.35


@dataclass(frozen=True, slots=True)
class Header:
    """A header line: where each column that it names stands (`start`, `end`)."""

    line: Line
    spans: dict[int, tuple[float, float]]
    likeness: float


@dataclass(slots=True)
class Placement:
    """The token of each column (None: nothing there), and why that is doubtful."""

    tokens: list[Token | None]
    flags: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Columns:
    """What the lines of a table tell of its columns: headers, first columns seen, middles of columns of spaces."""

    size: int
    headers: list[Header] = field(default_factory=list)
    offsets: Counter[int] = field(default_factory=Counter)
    middles: list[float] | None = None
    measure: Callable[[Token], float] | None = None


def find_headers(lines: Sequence[Line], columns: Sequence[Column]) -> list[Header]:
    """Lines that name the columns in their order, best effort on damaged labels."""
    labels = [(i, label_key(label)) for i, column in enumerate(columns) for label in column.labels]
    headers = []
    for line in lines:
        tokens = [token for token in line.tokens if token.text]
        if line.filled or len(tokens) < max(1, _HEADER_SHARE * len(columns)):
            continue
        spans, total = _name_columns(tokens, labels)
        if len(spans) >= max(1, _HEADER_SHARE * len(columns)):
            headers.append(Header(line, spans, total / len(columns)))
    return headers


def _name_columns(
    tokens: Sequence[Token], labels: Sequence[tuple[int, str]]
) -> tuple[dict[int, tuple[float, float]], float]:
    likeness = similarity([label_key(token.text) for token in tokens], [text for _, text in labels])
    spans: dict[int, tuple[float, float]] = {}
    total, last = 0.0, -1
    for token, row in zip(tokens, likeness, strict=True):
        options = [(row[k], -i) for k, (i, _) in enumerate(labels) if i > last and row[k] >= _HEADER_LIKENESS]
        if options:
            score, negative = max(options)
            last = -negative
            spans[last] = (token.start, token.end)
            total += float(score)
    return spans, total


def survey(lines: Sequence[Line], headers: Sequence[Header], size: int) -> Columns:
    """Learn from a table's lines where its columns stand."""
    columns = Columns(size, list(headers))
    full = [line for line in lines if len(line.filled) == size]
    for line in full:
        if line.kind != "spaced" and line.filled[-1].start - line.filled[0].start == size - 1:
            columns.offsets[int(line.filled[0].start)] += 1
    for header in headers:
        firsts = Counter(int(span[0]) - i for i, span in header.spans.items())
        if header.line.kind != "spaced" and firsts:
            columns.offsets[firsts.most_common(1)[0][0]] += 1
    spaced = [line for line in full if line.kind == "spaced"]
    if len(spaced) >= 2:
        columns.middles, columns.measure = _middles(spaced)
    return columns


def _middles(lines: Sequence[Line]) -> tuple[list[float] | None, Callable[[Token], float] | None]:
    """The columns' middles in the measure (the middle of a figure, or its right edge) that fits best."""
    best: tuple[float, list[float], Callable[[Token], float]] | None = None
    for measure in (_middle, _from_end):
        table = [[measure(token) for token in line.filled] for line in lines]
        middles = [sum(column) / len(column) for column in zip(*table, strict=True)]
        gap = min((b - a for a, b in pairwise(middles)), default=1.0)
        spread = max(abs(x - middle) for row in table for x, middle in zip(row, middles, strict=True))
        if gap > 0 and (best is None or spread / gap < best[0]):
            best = (spread / gap, middles, measure)
    if best is None or best[0] > _TOLERANCE:
        return None, None
    return best[1], best[2]


def _middle(token: Token) -> float:
    return (token.start + token.end) / 2


def _from_end(token: Token) -> float:
    """The right edge: figures set flush right."""
    return token.end


def place(line: Line, columns: Columns) -> Placement:
    """Give every figure of the line its column; what cannot be told is placed as printed and flagged `placement`."""
    filled = line.filled
    if len(filled) == columns.size:
        return Placement(list(filled))
    if not filled:
        blanks: list[Token | None] = list(line.values[: columns.size])
        return Placement(blanks + [None] * (columns.size - len(blanks)))
    if line.kind == "ruled" and (placed := _under_header(line, columns)):
        return placed
    if len(filled) > columns.size:
        return _too_many(line, columns)
    if line.kind == "spaced":
        return _by_position(line, columns)
    return _by_offset(line, columns)


def _under_header(line: Line, columns: Columns) -> Placement | None:
    """In a ruled grid the header stands above its figures."""
    header = nearest(columns.headers, line)
    if header is None or len(header.spans) != columns.size:
        return None
    tokens: list[Token | None] = [None] * columns.size
    for token in line.values:
        hits = [i for i, (start, end) in header.spans.items() if token.start < end and start < token.end]
        if len(hits) != 1:
            if token.text:
                return None
            continue
        held = tokens[hits[0]]
        if held is not None and held.text and token.text:
            return None
        if held is None or token.text:
            tokens[hits[0]] = token
    return Placement(tokens)


def nearest(headers: Sequence[Header], line: Line) -> Header | None:
    """The last header above the line, else the first one."""
    above = [header for header in headers if header.line.index < line.index]
    return above[-1] if above else (headers[0] if headers else None)


def _too_many(line: Line, columns: Columns) -> Placement:
    filled = line.filled
    texts = {token.text for token in filled}
    if len(texts) == 1:
        # A merged cell written out again for each column it spans, or a column too many: the figure is the same.
        return Placement(list(filled[: columns.size]), note=f"printed {len(filled)} times")
    return Placement(list(filled[: columns.size]), ("placement",), " ".join(token.text for token in filled))


def _by_offset(line: Line, columns: Columns) -> Placement:
    """Separated cells: the first column is one that other rows of the table have, too, and no figure falls outside."""
    filled, size = line.filled, columns.size
    first, last = int(filled[0].start), int(filled[-1].start)
    leftmost = int(line.label[-1].start) + 1 if line.label else 0
    feasible = range(max(last - size + 1, leftmost), first + 1)
    known = [offset for offset in feasible if offset in columns.offsets]
    options = known or list(feasible)
    if not options:
        return Placement(_padded(filled, size), ("placement",))
    header = nearest(columns.headers, line)
    preferred = max(options, key=lambda offset: columns.offsets[offset])
    if header is not None and header.spans:
        named = Counter(int(span[0]) - i for i, span in header.spans.items()).most_common(1)[0][0]
        preferred = named if named in options else preferred
    by_column = {int(token.start): token for token in line.values}
    tokens = [by_column.get(preferred + i) for i in range(size)]
    sure = len(options) == 1 and preferred + size - 1 <= max(by_column)
    return Placement(tokens, () if sure else ("placement",))


def _by_position(line: Line, columns: Columns) -> Placement:
    """Columns of spaces: each figure stands near the middle of its column."""
    filled, size = line.filled, columns.size
    tokens: list[Token | None] = [None] * size
    if columns.middles is not None and columns.measure is not None:
        gap = min((b - a for a, b in pairwise(columns.middles)), default=1.0)
        for token in filled:
            at = columns.measure(token)
            nearest_column = min(range(size), key=lambda i: abs(columns.middles[i] - at))  # type: ignore[index]
            if abs(columns.middles[nearest_column] - at) > _TOLERANCE * gap or tokens[nearest_column] is not None:
                return Placement(_padded(filled, size), ("placement",))
            tokens[nearest_column] = token
        return Placement(tokens)
    return Placement(_padded(filled, size), ("placement",))


def _padded(filled: Sequence[Token], size: int) -> list[Token | None]:
    return [*filled[:size], *[None] * (size - len(filled))]
