"""The paths of a page as rules and shades. A path is taken apart as pdfplumber does it: a rectangle has four edges."""

from __future__ import annotations

import ctypes
import struct
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from gongkai.readers.pdf import pdfium as c
from gongkai.readers.pdf.page import Box, PageError, Rule, make_rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_TWO_INTEGERS, _FOUR_INTEGERS = struct.Struct("2i"), struct.Struct("4I")
_TWO_FLOATS, _FOUR_FLOATS, _SIX_FLOATS = struct.Struct("2f"), struct.Struct("4f"), struct.Struct("6f")
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHORTEST = 1.0
_CROOKED = 1.0  # a line may rise this much from end to end and still be level
_THIN = 3.0  # a filled rectangle is a rule up to this thickness, beyond it is a shade
_DOT_GAP = 4.0
_CORNERS = 5  # of a closed rectangle
_WHITE = 250
_DEEPEST_FORM = 8
_FAINT = 8  # of 255: ink that covers no more of the paper is not seen
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_FILLED = frozenset({raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP})


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page of this height: rules, and the areas that are shaded, that pictures cover, and that are
    painted in graded colours, in points.

    `unseen` are the text objects, by address, whose colour is that of the paper or none; `invisible` those that are
    set without ink, as the text under a scan is.
    """

    height: float
    vertical: list[Rule] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    invisible: set[int] = field(default_factory=set)
    budget: int = 50_000
    memory: array[int] = field(init=False, repr=False)
    fields: list[Any] = field(init=False, repr=False)  # of the memory
    four: list[Any] = field(init=False, repr=False)  # of the fields

    def __post_init__(self) -> None:
        self.memory, self.fields = c.room(6)
        self.four = self.fields[:4]

    def spend(self, objects: int) -> None:
        """Count objects; raises PageError beyond the budget."""
        self.budget -= objects
        if self.budget < 0:
            raise PageError("it holds more lines and pictures than a page of a report")

    def add_side(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a straight line between two points if it is level or upright and not too short."""
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if high <= _CROOKED and wide > high:
            if wide >= _SHORTEST:
                self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif wide <= _CROOKED and high >= _SHORTEST:
            self.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_rectangle(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Add the four edges of a rectangle; a very small one is a dot."""
        wide, high = x1 - x0 >= _SHORTEST, bottom - top >= _SHORTEST
        if wide:
            self.horizontal += make_rule((top, x0, x1)), make_rule((bottom, x0, x1))
        if high:
            self.vertical += make_rule((x0, top, bottom)), make_rule((x1, top, bottom))
        if not wide and not high:
            self.dots.append(((x0 + x1) / 2, (top + bottom) / 2))

    def add_area(self, box: Box, stroked: bool, is_white: Callable[[], bool]) -> None:
        """Add a rectangle, stroked or filled. White shows on a dark ground only."""
        if stroked or min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            self.add_rectangle(*box)
        elif not is_white() or any(_inside(box, shade) for shade in self.shades):
            self.shades.append(box)


def read_drawing(page: object, height: float) -> Drawing:
    """Everything drawn on a page of PDFium; `height` is that of its MediaBox. Raises PageError."""
    drawing = Drawing(height)
    handle = c.handle(page)
    objects = (c.get_object(handle, i) for i in range(c.count_objects(handle)))
    _add_objects(drawing, objects, IDENTITY, 0)
    drawing.horizontal += dotted(drawing.dots)
    drawing.vertical += dotted([(y, x) for x, y in drawing.dots])
    return drawing


def dotted(dots: Sequence[Point]) -> list[Rule]:
    """The level rules that rows of dots make; dots are given as x and y."""
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in dots:
        rows[round(y, 1)].append(x)
    rules = []
    for y, xs in rows.items():
        xs.sort()
        breaks = [i for i in range(1, len(xs)) if xs[i] - xs[i - 1] > _DOT_GAP]
        for first, last in zip([0, *breaks], [*breaks, len(xs)], strict=True):
            if last - first > 2:
                rules.append(Rule(y, xs[first], xs[last - 1]))
    return rules


def _add_objects(drawing: Drawing, objects: Iterable[int], outer: Matrix, depth: int) -> None:
    get_type, get_render_mode, pointer = c.get_type, c.get_render_mode, c.pointer
    for address in objects:
        found = pointer(address)
        kind = get_type(found)
        if kind == _TEXT:
            mode = get_render_mode(found)
            if mode == _INVISIBLE:
                drawing.invisible.add(address)
            elif mode in _FILLED and _is_unseen(drawing, found, outer):
                drawing.unseen.add(address)
            continue
        drawing.spend(1)
        if kind == _PATH:
            _add_path(drawing, found, outer)
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            drawing.painted.append(_bounds(found, outer, drawing))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures.append(_bounds(found, outer, drawing))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = (c.get_form_object(found, ctypes.c_ulong(i)) for i in range(c.count_form_objects(found)))
            _add_objects(drawing, inner, times(_matrix(found, drawing), outer), depth + 1)


def _is_unseen(drawing: Drawing, text: Any, outer: Matrix) -> bool:
    """Whether the ink of a text object is not seen. White shows on what was drawn before."""
    if not c.get_fill_color(text, *drawing.four):
        return False
    red, green, blue, alpha = _FOUR_INTEGERS.unpack_from(drawing.memory)
    if alpha <= _FAINT:
        return True
    white = red >= _WHITE and green >= _WHITE and blue >= _WHITE
    return white and not _on_something(drawing, _bounds(text, outer, drawing))


def _on_something(drawing: Drawing, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    grounds = drawing.shades + drawing.pictures + drawing.painted
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in grounds)


def _add_path(drawing: Drawing, path: Any, outer: Matrix) -> None:
    c.get_draw_mode(path, *drawing.fields[:2])
    filled, stroked = _TWO_INTEGERS.unpack_from(drawing.memory)
    if not filled and not stroked:
        return
    count = c.count_segments(path)
    drawing.spend(count // 8)
    if count == _CORNERS and not stroked:
        x0, top, x1, bottom = _bounds(path, outer, drawing)
        if x1 - x0 <= _THIN or bottom - top <= _THIN:  # wherever its corners are, it is a rule
            drawing.add_rectangle(x0, top, x1, bottom)
            return
    get_segment, pointer = c.get_segment, c.pointer
    segments = [pointer(get_segment(path, i)) for i in range(count)]
    points = _points(segments, times(_matrix(path, drawing), outer), drawing)
    box = rectangle(points)
    if box is not None:
        drawing.add_area(box, bool(stroked), lambda: _is_white(path, drawing))
    elif len(points) == 2:
        drawing.add_side(*points[0], *points[1])
    else:
        _add_subpaths(drawing, path, segments, points, bool(stroked))


def _add_subpaths(drawing: Drawing, path: Any, segments: list[Any], points: list[Point], stroked: bool) -> None:
    """Add a path of several parts, or of curves, of which only the straight sides count."""
    kinds = [c.get_segment_type(segment) for segment in segments]
    starts = [i for i, kind in enumerate(kinds) if kind == raw.FPDF_SEGMENT_MOVETO]
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        part, curved = points[start:end], [kind == raw.FPDF_SEGMENT_BEZIERTO for kind in kinds[start:end]]
        if c.get_segment_close(segments[end - 1]) and part[-1] != part[0]:
            part.append(part[0])
            curved.append(False)
        box = rectangle(part)
        if box is not None:
            drawing.add_area(box, stroked, lambda: _is_white(path, drawing))
            continue
        for (x0, y0), (x1, y1), bent in zip(part, part[1:], curved[1:], strict=False):
            if not bent:
                drawing.add_side(x0, y0, x1, y1)


def _points(segments: list[Any], matrix: Matrix, drawing: Drawing) -> list[Point]:
    """The end point of every segment, from the top left corner."""
    a, b, c_, d, e, f = matrix
    x_at, y_at, *_ = drawing.fields
    memory, top, get_point, unpack = drawing.memory, drawing.height - f, c.get_segment_point, _TWO_FLOATS.unpack_from
    points = []
    for segment in segments:
        get_point(segment, x_at, y_at)
        x, y = unpack(memory)
        points.append((a * x + c_ * y + e, top - b * x - d * y))
    return points


def rectangle(points: Sequence[Point]) -> Box | None:
    """The box of a closed path of four level and upright sides, else None."""
    if len(points) != _CORNERS or points[0] != points[4]:
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    if not (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) and not (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0):
        return None
    return min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2)


def _is_white(path: Any, drawing: Drawing) -> bool:
    """Whether a path is filled with white, or with nothing that can be seen."""
    if not c.get_fill_color(path, *drawing.four):
        return False
    *rgb, alpha = _FOUR_INTEGERS.unpack_from(drawing.memory)
    return bool(alpha == 0 or min(rgb) >= _WHITE)


def _inside(box: Box, outer: Box) -> bool:
    slack = 0.5
    return (
        box[0] >= outer[0] - slack
        and box[1] >= outer[1] - slack
        and box[2] <= outer[2] + slack
        and box[3] <= outer[3] + slack
    )


def _bounds(found: Any, outer: Matrix, drawing: Drawing) -> Box:
    c.get_bounds(found, *drawing.four)
    x0, y0, x1, y1 = _FOUR_FLOATS.unpack_from(drawing.memory)
    if outer is IDENTITY:
        return x0, drawing.height - y1, x1, drawing.height - y0
    a, b, c_, d, e, f = outer
    xs = [a * x + c_ * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), drawing.height - max(ys), max(xs), drawing.height - min(ys)


def _matrix(found: Any, drawing: Drawing) -> Matrix:
    c.get_matrix(found, drawing.fields[0])
    matrix: Matrix = _SIX_FLOATS.unpack_from(drawing.memory)
    return matrix


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    if outer == IDENTITY:
        return inner
    a, b, c_, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c_ * oa + d * oc,
        c_ * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )
