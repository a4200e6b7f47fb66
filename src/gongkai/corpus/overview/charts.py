"""Figures about many reports at once: shares, spreads, lines over years, counts in a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.patches import Circle, Rectangle

from gongkai.narrative.figures.canvas import FAINT, GREY, INK, MARGIN, PAPER, WIDTH, Chart, fitted, text_width
from gongkai.narrative.figures.drawing import BAR, PITCH
from gongkai.wording import number, percent

_WIDEST_LABEL = 3.5
_GRID_PITCH = 0.27
# Letters are white on a colour of less than this brightness.
_BRIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Shares:
    """A labelled bar of full length: its parts by colour and size, and a remark behind it."""

    label: str
    parts: tuple[tuple[str, float], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a rate lies: its 5th, 25th, 50th, 75th and 95th percentile, and a remark behind them."""

    label: str
    percentiles: tuple[float, float, float, float, float]
    remark: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series over the years; a year without a value is a gap."""

    label: str
    colour: str
    values: Mapping[int, float]


def draw_shares(chart: Chart, y: float, bars: Sequence[Shares]) -> float:
    """Bars of full length below each other, their parts in proportion; returns where the next thing can stand."""
    left, right = _gutter([bar.label for bar in bars]), WIDTH - MARGIN - _room([bar.remark for bar in bars])
    for bar in bars:
        chart.write(left - 0.15, y + BAR / 2, fitted(bar.label, _WIDEST_LABEL), align="right")
        whole, x = sum(size for _, size in bar.parts), left
        for colour, size in bar.parts:
            width = (right - left) * size / whole if whole else 0
            if size:
                chart.bar(x, y, width, BAR, colour)
                text = f"{percent(size / whole, 0)}%"
                if text_width(text, 8.5) + 0.06 < width:
                    chart.write(x + width / 2, y + BAR / 2, text, size=8.5, align="center", colour=_on(colour))
            x += width
        chart.write(right + 0.1, y + BAR / 2, bar.remark, size=8.5, colour=GREY)
        y += PITCH
    return y


def draw_spreads(chart: Chart, y: float, spreads: Sequence[Spread], colour: str) -> float:
    """Spreads below each other on one scale from 0 to 100 %."""
    left, right = _gutter([one.label for one in spreads]), WIDTH - MARGIN - _room([one.remark for one in spreads])
    bottom = y + len(spreads) * PITCH
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = left + tick * (right - left)
        chart.sheet.plot([x, x], [y - 0.05, bottom - 0.05], color=FAINT, linewidth=0.8, zorder=0)
        chart.write(x, bottom + 0.06, f"{tick:.0%}", size=8, align="center", colour=GREY)
    for one in spreads:
        middle = y + BAR / 2
        low, lower, median, upper, high = (left + share * (right - left) for share in one.percentiles)
        chart.write(left - 0.15, middle, fitted(one.label, _WIDEST_LABEL), align="right")
        chart.sheet.plot([low, high], [middle, middle], color=colour, linewidth=1)
        chart.sheet.plot([lower, upper], [middle, middle], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.5)
        chart.sheet.add_patch(Circle((median, middle), 0.055, facecolor=colour, linewidth=0, zorder=3))
        chart.write(right + 0.1, middle, one.remark, size=8.5, colour=GREY)
        y += PITCH
    return bottom + 0.25


def draw_lines(chart: Chart, y: float, height: float, years: Sequence[int], lines: Sequence[Line]) -> float:
    """Lines over years, each with its name and last value behind it; names keep out of each other's way."""
    left, right = MARGIN + 0.55, WIDTH - MARGIN - _room([f"{line.label} 99.9%" for line in lines]) - 0.1
    top = max((value for line in lines for value in line.values.values()), default=0) or 1
    scale = _round_up(top)
    bottom = y + height

    def at(year: int, value: float) -> tuple[float, float]:
        step = (right - left) / max(len(years) - 1, 1)
        return left + (
            years.index(year) * step if len(years) > 1 else (right - left) / 2
        ), bottom - value / scale * height

    for tick in range(5):
        level = bottom - tick / 4 * height
        chart.sheet.plot([left, right], [level, level], color=FAINT, linewidth=0.8, zorder=0)
        chart.write(left - 0.1, level, f"{number(round(25 * scale * tick, 1))}%", size=8, align="right", colour=GREY)
    for year in years:
        chart.write(at(year, 0)[0], bottom + 0.18, str(year), size=8.5, align="center", colour=GREY)
    ends = []
    for line in lines:
        points = [at(year, line.values[year]) if year in line.values else (float("nan"),) * 2 for year in years]
        chart.sheet.plot(*zip(*points, strict=True), color=line.colour, linewidth=1.8, marker="o", markersize=3.5)
        if line.values:
            last = max(line.values)
            ends.append((at(last, line.values[last])[1], f"{line.label} {percent(line.values[last], 0)}%", line.colour))
    for level, text, colour in _apart(sorted(ends), 0.2, bottom):
        chart.write(right + 0.15, level, text, size=8.5, colour=colour)
    return bottom + 0.4


def draw_grid(
    chart: Chart,
    y: float,
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    colour: str,
) -> float:
    """How many of everything: a shaded field for each row and column with its number; empty where there is none."""
    left = _gutter(rows)
    width = min((WIDTH - MARGIN - left) / max(len(columns), 1), 0.95)
    most = max(counts.values(), default=1)
    for at, column in enumerate(columns):
        chart.write(left + (at + 0.5) * width, y + 0.1, column, size=8.5, align="center", colour=GREY)
    y += 0.28
    for row in rows:
        chart.write(left - 0.15, y + _GRID_PITCH / 2, fitted(row, _WIDEST_LABEL), align="right")
        for at, column in enumerate(columns):
            count = counts.get((row, column), 0)
            shade = 0.15 + 0.85 * count / most if count else 0
            field = Rectangle(
                (left + at * width, y), width - 0.03, _GRID_PITCH - 0.03, facecolor=colour, alpha=shade, linewidth=0
            )
            chart.sheet.add_patch(field)
            if count:
                ink = PAPER if shade > _BRIGHT else INK
                place = left + (at + 0.5) * width - 0.015, y + _GRID_PITCH / 2 - 0.015
                chart.write(*place, f"{count:,}", size=8.5, align="center", colour=ink)
        y += _GRID_PITCH
    return y


def grid_height(rows: int) -> float:
    """The height of a grid with so many rows."""
    return 0.28 + rows * _GRID_PITCH


def key_height(items: Sequence[tuple[str, str]]) -> float:
    """The height of a key that may need several lines."""
    return 0.24 * len(_key_lines(items))


def draw_key(chart: Chart, y: float, items: Sequence[tuple[str, str]]) -> float:
    """Colours with their meaning, on as many lines as they need."""
    for line in _key_lines(items):
        chart.key(y, line)
        y += 0.24
    return y


def _key_lines(items: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for item in items:
        width = 0.21 + text_width(item[1], 9) + 0.28
        if lines[-1] and used + width > WIDTH - 2 * MARGIN:
            lines.append([])
            used = 0.0
        lines[-1].append(item)
        used += width
    return lines


def _on(colour: str) -> str:
    """The colour of letters on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return PAPER if 0.3 * red + 0.59 * green + 0.11 * blue < _BRIGHT else INK


def _gutter(texts: Sequence[str]) -> float:
    """Where bars begin, right of their labels."""
    return MARGIN + min(max((text_width(text) for text in texts), default=0), _WIDEST_LABEL) + 0.15


def _room(texts: Sequence[str]) -> float:
    """The room for what stands behind bars."""
    return max((text_width(text, 8.5) for text in texts), default=0) + 0.12


def _round_up(share: float) -> float:
    return next(step for step in (0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1) if share <= step) if share <= 1 else share


def _apart(ends: list[tuple[float, str, str]], least: float, bottom: float) -> list[tuple[float, str, str]]:
    """The ends of lines moved so far that their names do not touch."""
    moved: list[tuple[float, str, str]] = []
    for level, text, colour in ends:
        moved.append((max(level, moved[-1][0] + least) if moved else level, text, colour))
    over = moved[-1][0] - bottom if moved else 0
    for at in range(len(moved) - 1, -1, -1):
        limit = moved[at + 1][0] - least if at + 1 < len(moved) else moved[at][0] - max(over, 0)
        moved[at] = (min(moved[at][0], limit), *moved[at][1:])
    return moved
