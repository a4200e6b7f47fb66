"""Columns of nodes and the bands between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.narrative.figures.canvas import GREY, Chart, text_width

GAP = 0.34
THICK = 0.16
_THINNEST = 0.02


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of a column: `label` beside it, `below` in small under the label."""

    id: str
    label: str
    value: float
    colour: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """So much of one node that goes to another."""

    start: str
    end: str
    value: float
    colour: str


def extent(nodes: Sequence[Node], scale: float) -> float:
    """How high a column is; `scale` is inches for each unit of value."""
    return sum(_size(node.value, scale) for node in nodes) + GAP * (len(nodes) - 1)


def draw_column(
    chart: Chart, x: float, y: float, nodes: Sequence[Node], scale: float, align: str
) -> dict[str, tuple[float, float]]:
    """Draw nodes below each other from `y` on, labels aligned `right` or `left`; returns their tops and bottoms."""
    ends = {}
    for node in nodes:
        size = _size(node.value, scale)
        chart.bar(x, y, THICK, size, node.colour)
        at, middle = (x - 0.1, y + size / 2) if align == "right" else (x + THICK + 0.1, y + size / 2)
        chart.write(at, middle - (0.08 if node.below else 0), node.label, align=align)
        chart.write(at, middle + 0.1, node.below, align=align, size=8, colour=GREY)
        ends[node.id] = (y, y + size)
        y += size + GAP
    return ends


def draw_bands(
    chart: Chart,
    x: tuple[float, float],
    starts: dict[str, tuple[float, float]],
    ends: dict[str, tuple[float, float]],
    bands: Iterable[Band],
    scale: float,
) -> None:
    """Draw bands between two columns whose inner edges are at `x`, each node's own in the order of the other column."""
    leave, arrive = ({id: top for id, (top, _) in column.items()} for column in (starts, ends))
    for band in bands:
        size = _size(band.value, scale)
        chart.ribbon((x[0], leave[band.start]), (x[1], arrive[band.end]), size, band.colour)
        leave[band.start] += size
        arrive[band.end] += size


def label_room(nodes: Iterable[Node]) -> float:
    """The width of the labels of a column, in inches."""
    return max(max(text_width(node.label), text_width(node.below, 8)) for node in nodes) + 0.15


def _size(value: float, scale: float) -> float:
    return max(value * scale, _THINNEST) if value else 0.0
