"""Which figure of a line stands in which column of the form: by number, by the header, by the rows around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongkai.parsing.headers import Header, comparable, nearest
from gongkai.parsing.labels import SURE, best
from gongkai.parsing.lines import NUMBERED, Line, Token, is_value
from gongkai.parsing.middles import Measure, find_middles, middle
from gongkai.parsing.moved import under_moved

# So many rows of one kind show what is usual: separated ones whose last figure is in the last column's cell, that no
# cells are lost or added; ruled ones with the same cells, where the columns are.
_STEADY = 3
# Rows of more columns lose figures without trace.
_FEW = 3
# Counts do not begin with a zero: figures of two rows stand on one another.
_RUN_TOGETHER = re.compile(r"[0０][\d]+")
_LISTED = re.compile(r"[^\s/／]+(?: [/／] [^\s/／]+)+")
# Figures in columns of spaces may stand this share of a column's width away from its middle; less from the middle of
# the header's word, where no other row confirms it.
_TOLERANCE = 0.35
_HEADER_TOLERANCE = 0.25


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
    offsets: dict[int, Counter[int]] = field(default_factory=dict)
    middles: list[float] | None = None
    measure: Measure | None = None
    full: list[Line] = field(default_factory=list)
    steady: bool = False
    shapes: Counter[tuple[int, tuple[float, ...]]] = field(default_factory=Counter)
    figures: set[tuple[int, float]] = field(default_factory=set)

    def known_offsets(self, line: Line) -> Counter[int]:
        """The first columns seen in the line's own grid; separated text that has none there may go by other grids."""
        if line.grid in self.offsets or line.kind == "ruled":
            return self.offsets.get(line.grid, Counter())
        return sum(self.offsets.values(), Counter())

    def usual(self, line: Line) -> bool:
        """Whether several lines of the line's grid have cells at just these columns."""
        return self.shapes[_shape(line)] >= _STEADY

    def has_figures(self, empty: Token, line: Line) -> bool:
        """Whether other lines of a ruled line's grid have figures at the column of one of its empty cells."""
        return not empty.text and (line.grid, empty.start) in self.figures

    def padded(self, header: Header | None) -> bool:
        """Whether rows that lack no figure, or the header, have empty cells behind the last column."""
        lines = [*self.full, *([header.line] if header else [])]
        return any(not line.tokens[-1].text for line in lines if line.kind == "delimited")

    def like_neighbours(self, line: Line) -> bool:
        """Whether the line has as many cells as the nearest full row above or below, one with the same columns if there
        are any: none is lost without trace."""
        rows = [other for other in self.full if len(other.filled) == self.size] or self.full
        above = [other for other in rows if other.index < line.index][-1:]
        below = [other for other in rows if other.index > line.index][:1]
        return not (above or below) or len(line.tokens) in {len(other.tokens) for other in above + below}


def survey(lines: Sequence[Line], headers: Sequence[Header], size: int, whole: Sequence[Line] = ()) -> Columns:
    """Learn from lines with the same columns where these stand. `whole`: rows of the table that lack no figure."""
    columns = Columns(size, list(headers), full=list(whole))
    full = [line for line in lines if len(line.filled) == size]
    for line in full:
        if line.kind in NUMBERED and line.filled[-1].start - line.filled[0].start == size - 1:
            columns.offsets.setdefault(line.grid, Counter())[int(line.filled[0].start)] += 1
    for header in headers:
        if header.line.kind in NUMBERED:
            columns.offsets.setdefault(header.line.grid, Counter())[int(header.first)] += 1
    columns.steady = _is_steady(lines, size)
    columns.shapes = Counter(_shape(line) for line in lines if line.kind == "ruled")
    columns.figures = {(line.grid, token.start) for line in lines if line.kind == "ruled" for token in line.filled}
    columns.middles, columns.measure = find_middles(
        [line.filled for line in lines if line.kind == "spaced"], size, columns.headers
    )
    return columns


def _is_steady(lines: Sequence[Line], size: int) -> bool:
    """Whether separated rows have a cell for every column, the label's not counted, and none before or between."""
    lengths = [_length(line.values) for line in lines if line.kind == "delimited" and line.label and line.filled]
    return max(lengths, default=0) == size and lengths.count(size) >= max(_STEADY, len(lengths) / 2)


def _length(cells: Sequence[Token]) -> int:
    """How many cells there are up to the last that is not empty."""
    return max((i for i, token in enumerate(cells, start=1) if token.text), default=0)


def _shape(line: Line) -> tuple[int, tuple[float, ...]]:
    return line.grid, tuple(token.start for token in line.values)


def run_together(tokens: Iterable[Token | None]) -> bool:
    """Whether the figures of a row show that another row's were printed over them (`00`)."""
    return any(token is not None and _RUN_TOGETHER.fullmatch(token.text) for token in tokens)


def are_listed(line: Line) -> bool:
    """Whether slashes stand just between the figures of a line, so that they may part these rather than be dashes."""
    texts = [token.text for token in line.filled]
    close = line.kind == "spaced" and all(right.start - left.end <= 1 for left, right in pairwise(line.filled))
    return close and _LISTED.fullmatch(" ".join(texts)) is not None


def place(line: Line, columns: Columns, labels: Sequence[str] = ()) -> Placement:
    """Give every figure of the line its column; what cannot be told is placed as printed and flagged `placement`.

    `labels` are the names of the form's row: a word like them is the line's label wherever it stands.
    """
    header = nearest(
        [header for header in columns.headers if comparable(header.line, line) and _is_of(header, line)], line
    )
    if moved := next((header for header in columns.headers if header.moved), None):
        tokens, sure = under_moved(line, header if header and header.moved else moved, columns.size)
        return Placement(tokens, ("placement",) * (not sure))
    cells = _cells(line, header, labels)
    filled = [token for token in cells if token.text]
    if not filled:
        # Without cells of its own the line is a bare label: its figures may have gone elsewhere, or stand before it.
        room = sum(token.end - token.start for token in cells)
        bare = room < (columns.size if line.kind == "ruled" else 1)
        before = any(is_value(token.text) for token in line.label)
        return Placement(_padded(cells, columns.size), ("placement",) * (bare or before))
    if header and header.broken:
        return _by_broken_header(filled, header, columns.size)
    whole = len(filled) == columns.size
    numbered = line.kind == "ruled" or (whole and line.kind in NUMBERED)
    exact = line.kind == "ruled" and len(cells) == columns.size and (whole or _are_single(cells) or columns.usual(line))
    if header and numbered and (placed := _under_header(cells, header, columns.size, line.kind == "ruled")):
        lost = any(is_value(token.text) and header.named_over(token) for token in line.label)
        placed.flags += ("placement",) * (lost or _are_parted(cells, header))
        return _of_two(placed, Placement(list(cells), placed.flags)) if exact else placed
    if exact:
        return Placement(list(cells))
    if whole:
        # An empty cell where others have figures, or two cells below one name: columns that the form does not have.
        doubtful = any(columns.has_figures(token, line) for token in cells) or _are_parted(cells, header)
        return Placement(list(filled), ("placement",) * doubtful)
    if len(filled) > columns.size:
        return _too_many(filled, columns.size, line.kind)
    if line.kind == "spaced":
        return _by_position(line, filled, columns, header)
    if line.kind == "stacked":
        return Placement(_padded(filled, columns.size), ("placement",))
    return _by_offset(line, cells, columns, header)


def _of_two(by_header: Placement, by_order: Placement) -> Placement:
    """The figures by order where a row has as many cells as the form has columns, whatever wrong spans moved; without a
    gap nothing is doubtful then."""
    apart = by_header.tokens != by_order.tokens and not all(token and token.text for token in by_order.tokens)
    return Placement(by_order.tokens, (*by_order.flags, *("placement",) * apart))


def _are_parted(cells: Sequence[Token], header: Header | None) -> bool:
    """Whether cells share a name of the header, as two years share each column."""
    hits = [tuple(header.named_over(token)) for token in cells] if header else []
    return any(count > 1 for hit, count in Counter(hits).items() if len(hit) == 1)


def _is_of(header: Header, line: Line) -> bool:
    """Whether a header's columns are the line's: those of names broken over cells are of their own grid alone."""
    return not header.broken or header.line.grid == line.grid


def _by_broken_header(filled: Sequence[Token], header: Header, size: int) -> Placement:
    """Figures that stand under the pieces of one name are pieces of one figure."""
    tokens: list[Token | None] = [None] * size
    for token in filled:
        hits = header.named_over(token)
        if len(hits) != 1:
            return Placement(_padded(filled, size), ("placement",))
        held = tokens[hits[0]]
        flags = (*token.flags, *(("number_guess",) if held else ()))
        tokens[hits[0]] = replace(token, text=(held.text if held else "") + token.text, flags=flags)
    return Placement(tokens)


def _are_single(cells: Sequence[Token]) -> bool:
    return all(token.end - token.start == 1 for token in cells)


def _cells(line: Line, header: Header | None, labels: Sequence[str]) -> list[Token]:
    """The cells after the label; words that stand under the header's columns are text in a cell, no label."""
    if header is None or line.kind not in NUMBERED:
        return line.values
    own = [token for token in line.label if token.start < header.first or best(token.text, labels) >= SURE]
    if all(token in own for token in line.label[1:]):
        return line.values
    return [token for token in line.tokens if token.start >= header.first and token not in own]


def _under_header(cells: Sequence[Token], header: Header, size: int, ruled: bool) -> Placement | None:
    """Each figure in the column whose header it stands under; the same figure twice is a merged cell written out."""
    if len(header.spans) != size:
        return None
    tokens: list[Token | None] = [None] * size
    strays = 0
    for token in cells:
        hits = header.named_over(token)
        if len(hits) > 1 and token.text:
            return None
        if len(hits) != 1:
            strays += bool(token.text)
            continue
        held = tokens[hits[0]]
        if held is not None and held.text and token.text and (held.text != token.text or held.start == token.start):
            return None  # two figures, or two that stand in one cell
        if held is None or token.text:
            tokens[hits[0]] = token
    if strays and not (ruled and all(tokens)):
        return None  # rather figures that were moved than columns that the form does not have
    return Placement(tokens, ("stray_figure",) * bool(strays))


def _too_many(filled: Sequence[Token], size: int, kind: str) -> Placement:
    note = f"printed {len(filled)} times"
    if len({token.text for token in filled}) == 1 and kind != "stacked":
        # A merged cell written out for each column it spans, or a column too many. Lines may be those of several rows.
        return Placement(list(filled[:size]), note=note)
    return Placement(list(filled[:size]), ("placement",), " ".join(token.text for token in filled))


def _by_offset(line: Line, cells: Sequence[Token], columns: Columns, header: Header | None) -> Placement:
    """Separated cells: the first column is one that other rows of the table have, too, and no figure falls outside."""
    size = columns.size
    if columns.steady and line.label and _length(cells) == size:
        return Placement(list(cells[:size]))
    filled = [token for token in cells if token.text]
    first, last = int(filled[0].start), int(filled[-1].start)
    before = [token for token in line.label if token.start < first and token not in cells]
    leftmost = int(before[-1].start) + 1 if before else 0
    feasible = range(max(last - size + 1, leftmost), first + 1)
    seen = columns.known_offsets(line)
    known = [offset for offset in feasible if offset in seen]
    options = known or list(feasible)
    if not options:
        return Placement(_padded(filled, size), ("placement",))
    named = int(header.first) if header is not None else None
    preferred = named if named in options else max(options, key=lambda offset: seen[offset])
    by_column = {int(token.start): token for token in cells}
    tokens = [by_column.get(preferred + i) for i in range(size)]
    inside = preferred in seen and preferred + size - 1 <= max(by_column)
    # Of many figures one may be lost and made up for by an empty cell at the end: it need not be the last.
    missing = preferred + size - 1 - last
    ends_short = size > _FEW and (missing == size - len(filled) == 1 or (missing > 0 and columns.padded(header)))
    # Columns that are not side by side in the header are not so in the row either.
    apart = header is not None and len({start - i for i, (start, _) in header.spans.items()}) > 1
    sure = len(options) == 1 and inside and columns.like_neighbours(line) and not (ends_short or apart)
    return Placement(tokens, () if sure else ("placement",))


def _by_position(line: Line, filled: Sequence[Token], columns: Columns, header: Header | None) -> Placement:
    """Columns of spaces: each figure stands near the middle of its column, or of the word that names it.

    A label that reaches into the first column may have a figure in it.
    """
    size, middles, measure, tolerance = columns.size, columns.middles, columns.measure, _TOLERANCE
    if middles is None and header is not None and header.to_scale and len(header.spans) == size > 1:
        middles = [(start + end) / 2 for start, end in header.spans.values()]
        measure, tolerance = middle, _HEADER_TOLERANCE
    together = any(left.start == right.start for left, right in pairwise(filled))  # parted out of one word
    if middles is None or measure is None or together or (line.label and line.label[-1].end > middles[0]):
        return Placement(_padded(filled, size), ("placement",))
    tokens: list[Token | None] = [None] * size
    gap = min((b - a for a, b in pairwise(middles)), default=1.0)
    for token in filled:
        away = [abs(at - measure(token)) for at in middles]
        nearest_column = away.index(min(away))
        if away[nearest_column] > tolerance * gap or tokens[nearest_column] is not None:
            return Placement(_padded(filled, size), ("placement",))
        tokens[nearest_column] = token
    return Placement(tokens)


def _padded(tokens: Sequence[Token], size: int) -> list[Token | None]:
    return [*tokens[:size], *[None] * (size - len(tokens))]
