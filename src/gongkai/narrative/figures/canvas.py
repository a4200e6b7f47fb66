"""A sheet to draw figures on: inches from the top left corner, few colours, Chinese that is always visible.

Figures are drawn on one bare sheet rather than on axes with ticks: every bar carries its own label, and what is placed
in inches is never cut off.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from gongkai.narrative.fonts import drawable, style

WIDTH = 9.0
MARGIN = 0.35
TOP = 1.05
BOTTOM = 0.5
DPI = 150
SHOWN_WIDTH = 900

INK, GREY, FAINT, PAPER, ALARM = "#22303c", "#7b8794", "#e6e9ed", "#ffffff", "#b5483a"
COLOURS = {
    "new": "#33658a",
    "carried_in": "#9db4c8",
    "granted": "#2f7f6f",
    "partial": "#86bda9",
    "denied": "#b5483a",
    "unavailable": "#d9965b",
    "unprocessed": "#cdb68a",
    "other": "#a9a3b5",
    "carried_out": "#9db4c8",
    "upheld": "#33658a",
    "corrected": "#b5483a",
    "pending": "#c8d1da",
    "pass": "#86bda9",
    "fail": "#b5483a",
    "not_assessable": "#e3c98f",
    "number": "#9db4c8",
    "annotated": "#33658a",
    "blank": "#e3c98f",
    "dash": "#c8c3b4",
    "text": "#a58bb5",
    "unreadable": "#d9965b",
    "absent": "#d3d8de",
    "doubtful": "#b5483a",
    "error": "#b5483a",
    "warning": "#d08a1d",
    "note": "#6a7fa0",
}


class Chart(Figure):
    """A figure with a title, a subtitle and a note; Jupyter shows it without pyplot, as the same bytes every time."""

    def __init__(self, height: float, title: str, subtitle: str, note: str = "") -> None:
        with style():
            super().__init__(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
            self.height = height
            self.title = drawable(title)
            room = WIDTH - 2 * MARGIN
            self.sheet = self.add_axes((0, 0, 1, 1))
            self.sheet.set_xlim(0, WIDTH)
            self.sheet.set_ylim(height, 0)
            self.sheet.set_axis_off()
            self.write(MARGIN, 0.42, fitted(title, room, 14), size=14, weight="bold")
            self.write(MARGIN, 0.72, fitted(subtitle, room), colour=GREY)
            self.write(MARGIN, height - 0.24, fitted(note, room, 8), size=8, colour=GREY)

    def write(self, x: float, y: float, text: str, **look: Any) -> None:
        """Text at a point, vertically centred; `look`: size, colour, align (left, center, right), weight."""
        with style():
            self.sheet.text(
                x,
                y,
                drawable(text),
                fontsize=look.get("size", 9.5),
                color=look.get("colour", INK),
                ha=look.get("align", "left"),
                va="center",
                weight=look.get("weight", "normal"),
                parse_math=False,
            )

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle whose top left corner is the point; one with a value is never too thin to see."""
        self.sheet.add_patch(Rectangle((x, y), max(width, 0.02), height, facecolor=colour, linewidth=0))

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """The outline of a rectangle whose top left corner is the point."""
        self.sheet.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=1.3))

    def dots(self, points: list[tuple[float, float]], colour: str, size: float, shape: str, alpha: float = 1.0) -> None:
        """Marks at points; `size` in points, `shape` as matplotlib names markers."""
        xs, ys = zip(*points, strict=True)
        dots = Line2D(xs, ys, linestyle="", marker=shape, markersize=size, markeredgewidth=0, color=colour, alpha=alpha)
        self.sheet.add_line(dots)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1.0) -> None:
        """A straight line between two points; `width` in points."""
        (x0, y0), (x1, y1) = start, end
        self.sheet.add_line(Line2D([x0, x1], [y0, y1], color=colour, linewidth=width, solid_capstyle="butt"))

    def ribbon(self, start: tuple[float, float], end: tuple[float, float], thickness: float, colour: str) -> None:
        """A curved band between two points, which are the upper ends of its edges."""
        (x0, y0), (x1, y1), middle = start, end, (start[0] + end[0]) / 2
        points = [
            (x0, y0),
            (middle, y0),
            (middle, y1),
            (x1, y1),
            (x1, y1 + thickness),
            (middle, y1 + thickness),
            (middle, y0 + thickness),
            (x0, y0 + thickness),
            (x0, y0),
        ]
        curve = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
        self.sheet.add_patch(PathPatch(Outline(points, curve), facecolor=colour, alpha=0.45, linewidth=0))

    def key(self, y: float, items: list[tuple[str, str]], x: float = MARGIN, framed: bool = False) -> float:
        """Colours with their meaning in one line, as filled or framed squares; returns where the next can stand."""
        for colour, text in items:
            (self.frame if framed else self.bar)(x, y - 0.07, 0.14, 0.14, colour)
            self.write(x + 0.21, y, text, size=9, colour=INK)
            x += 0.21 + text_width(text, 9) + 0.28
        return x

    def png(self) -> bytes:
        """The figure as a PNG file without date or version, so that equal figures are equal files."""
        buffer = BytesIO()
        with style():
            self.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
        return buffer.getvalue()

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        return self.png(), {"width": SHOWN_WIDTH, "alt": self.title}


class Message(Chart):
    """A figure that says in words why there is nothing to draw."""

    def __init__(self, title: str, subtitle: str, text: str) -> None:
        super().__init__(2.0, title, subtitle)
        self.write(MARGIN, 1.25, text, size=11)


def lightened(colour: str, by: float = 0.6) -> str:
    """A colour (#rrggbb) mixed with white; `by` is the share of white."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * by):02x}" for part in parts)


def text_width(text: str, size: float = 9.5) -> float:
    """About how wide a text is, in inches: a Chinese character is as wide as it is high, others about 0.56 of that."""
    ems = sum(1.0 if east_asian_width(char) in "WFA" else 0.56 for char in drawable(text))
    return ems * size / 72


def fitted(text: str, width: float, size: float = 9.5) -> str:
    """`text`, shortened with an ellipsis to fit into `width` inches."""
    while len(text) > 1 and text_width(text, size) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text
