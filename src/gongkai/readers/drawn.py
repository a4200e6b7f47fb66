"""Tables drawn in characters, as text browsers and converters draw them: +---+ and | | or the box-drawing characters.

Uprights part the cells of a line, lines of dashes part the rows; a cell's text may wrap over the lines of its row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from gongkai.document import Cell, Grid, Place
from gongkai.readers.figures import FIGURE
from gongkai.readers.lining import lined_up, width
from gongkai.readers.text_table import NumberedLine, TextTable

_UPRIGHT = "|｜│┃║╎╏┆┇┊┋"
_LEVEL = "-─━═—=╌╍┄┅┈┉"
_CROSSING = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┝┠┥┨┰┯┷┸┿╂╞╡╪╫╤╥╧╨"
# What is drawn takes one column each, whatever its width elsewhere.
_AS_BLANKS = dict.fromkeys(map(ord, _UPRIGHT + _LEVEL + _CROSSING), " ")
# Markdown's rule begins with an upright and stands below the header alone.
_RULE = re.compile(rf"\s*[{re.escape(_CROSSING)}][{re.escape(_CROSSING + _LEVEL + _UPRIGHT)}\s]*")
_ROW = re.compile(rf"\s*[{re.escape(_UPRIGHT + _CROSSING)}].*[{re.escape(_UPRIGHT + _CROSSING)}]\s*")
# A piece of a row that is part of a rule: cells to its left span rows.
_PART_OF_RULE = re.compile(rf"[{re.escape(_LEVEL + _CROSSING)}]{{2,}}")
_SPLIT = re.compile(rf"[{re.escape(_UPRIGHT + _CROSSING)}]")
_LEAST_ROWS = 2
# So much room a cell has left where its text does not wrap.
_ROOM = 2

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two uprights of a line: their positions across it, and the text with its characters."""

    left: int
    right: int
    text: str
    line: int
    start: int
    width: int

    @property
    def is_rule(self) -> bool:
        return self.width >= self.right - self.left - 1 and bool(_PART_OF_RULE.fullmatch(self.text))

    @property
    def is_full(self) -> bool:
        """Whether the text leaves no room for what follows it on the next line."""
        return self.right - self.left - self.width <= 2 * _ROOM + 1


def find_drawn(lines: Sequence[NumberedLine]) -> Iterator[TextTable]:
    """The drawn tables among numbered lines that are not empty."""
    kinds = [bool(_RULE.fullmatch(text) or _ROW.fullmatch(text)) for _, text in lines]
    for is_part, group in groupby(range(len(lines)), key=kinds.__getitem__):
        run = list(group)
        if is_part and _is_table([lines[i][1] for i in run]):
            yield TextTable(run[0], run[-1] + 1, (_grid([lines[i] for i in run]),))


def _is_table(texts: Sequence[str]) -> bool:
    rules = [bool(_RULE.fullmatch(text)) for text in texts]
    return sum(rules) >= _LEAST_ROWS and rules.count(False) >= _LEAST_ROWS


def _grid(lines: Sequence[NumberedLine]) -> Grid:
    measure = max((_narrow, _wide), key=lambda measure: _lines_up(lines, measure))
    rows = [row for band in _bands(lines, measure) for row in _rows(band)]
    uprights = _steady({side for row in rows for cell in row for piece in cell for side in (piece.left, piece.right)})
    cells = [
        cell
        for number, row in enumerate(rows)
        for pieces in row
        if (cell := _cell(pieces, number, uprights)) is not None
    ]
    return Grid(tuple(cells), "ruled", Place(top=float(lines[0][0]), bottom=float(lines[-1][0])))


def _bands(lines: Sequence[NumberedLine], measure: Measure) -> Iterator[list[list[_Piece]]]:
    """The lines between two rules, each as its pieces."""
    band: list[list[_Piece]] = []
    for number, text in lines:
        pieces = [] if _RULE.fullmatch(text) else list(_pieces(number, text, measure))
        if not pieces or any(piece.is_rule for piece in pieces):
            if band:
                yield band
            pieces = [replace(piece, text="", width=0) if piece.is_rule else piece for piece in pieces]
            band = [pieces] if any(piece.text for piece in pieces) else []
        else:
            band.append(pieces)
    if band:
        yield band


def _pieces(number: int, text: str, measure: Measure) -> Iterator[_Piece]:
    bounds = [match.start() for match in _SPLIT.finditer(text)]
    for left, right in pairwise(bounds):
        inner = text[left + 1 : right]
        start = left + 1 + len(inner) - len(inner.lstrip())
        yield _Piece(measure(text[:left]), measure(text[:right]), inner.strip(), number, start, measure(inner.strip()))


def _rows(band: Sequence[list[_Piece]]) -> list[list[list[_Piece]]]:
    """The rows of a band, each as the pieces of every cell: one row where its lines can be, else as many as lines begin
    anew, which go on only below text that fills its cell."""
    rows = _joined(band, _may_go_on)
    return rows if len(rows) == 1 else _joined(band, _must_go_on)


def _joined(
    band: Sequence[list[_Piece]], goes_on: Callable[[Sequence[_Piece], _Piece], bool]
) -> list[list[list[_Piece]]]:
    rows: list[list[list[_Piece]]] = []
    for pieces in band:
        if rows and len(pieces) == len(rows[-1]) and all(map(goes_on, rows[-1], pieces)):
            rows[-1] = [[*cell, piece] for cell, piece in zip(rows[-1], pieces, strict=True)]
        else:
            rows.append([[piece] for piece in pieces])
    return rows


def _may_go_on(cell: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece can go on with what stands above it in a cell: a figure only with one that fills its line."""
    above = [other for other in cell if other.text]
    if not piece.text or not above or not FIGURE.fullmatch(piece.text):
        return True
    return above[-1].is_full and bool(FIGURE.fullmatch(above[-1].text))


def _must_go_on(cell: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a piece that may stand in another row goes on with what is above it: no figure, and that is full."""
    return not piece.text or (not FIGURE.fullmatch(piece.text) and cell[-1].is_full)


def _cell(pieces: Sequence[_Piece], row: int, uprights: Sequence[int]) -> Cell | None:
    """A cell from its pieces, in the columns that its uprights stand at."""
    first, last = (_nearest(uprights, at) for at in (pieces[0].left, pieces[0].right))
    if last <= first:
        return None
    filled = [piece for piece in pieces if piece.text] or [pieces[0]]
    place = Place(
        x0=float(min(piece.start for piece in filled)),
        top=float(filled[0].line),
        x1=float(max(piece.start + len(piece.text) for piece in filled)),
        bottom=float(filled[-1].line),
    )
    return Cell("".join(piece.text for piece in filled), row, first, colspan=last - first, place=place)


def _nearest(uprights: Sequence[int], at: int) -> int:
    k = bisect_left(uprights, at)
    near = [i for i in (k - 1, k) if 0 <= i < len(uprights)]
    return min(near, key=lambda i: abs(uprights[i] - at))


def _steady(positions: set[int]) -> list[int]:
    """Positions without those beside another one: characters that are wider here than there move a line's uprights."""
    kept: list[int] = []
    for at in sorted(positions):
        if not kept or at - kept[-1] > _ROOM:
            kept.append(at)
    return kept


def _lines_up(lines: Sequence[NumberedLine], measure: Measure) -> int:
    """How many uprights stand under another one."""
    return lined_up(measure(text[: match.start()]) for _, text in lines for match in _SPLIT.finditer(text))


def _narrow(text: str) -> int:
    return width(text.translate(_AS_BLANKS))


def _wide(text: str) -> int:
    """The same where characters that may be wide are (“ and ” among them)."""
    return width(text.translate(_AS_BLANKS), "WFA")
