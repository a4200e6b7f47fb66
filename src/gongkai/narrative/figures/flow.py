"""The flow of requests: what came in, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.narrative.facts import SMALLEST_BASE, Fact
from gongkai.narrative.figures.canvas import ALARM, BOTTOM, COLOURS, GREY, MARGIN, TOP, Chart, text_width
from gongkai.narrative.figures.drawing import Subject
from gongkai.narrative.sections.requests import outcome_name
from gongkai.narrative.topics import Requests, requests

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gongkai.report import Report

_GAP = 0.34
_NODE = 0.16
_RIGHT = 6.3
_LONGEST_UNIT = 0.4


@dataclass(frozen=True, slots=True)
class _Node:
    """One end of the flow."""

    id: str
    label: str
    fact: Fact


def requests_figure(report: Report, language: str = "zh") -> Figure:
    """From new and carried-in requests through all that were to be handled to outcomes and the carry-over."""
    subject = Subject(report, language)
    data = requests(subject.facts)
    if data.new is not None and data.carried_in is not None and not data.new.value + data.carried_in.value:
        return subject.nothing("requests_any", "requests_none")
    left, right = _sources(data, subject), _ends(data, subject)
    if not left or not right:
        return subject.nothing("requests_any", "requests_unusable")
    arrived, left_over = (sum(node.fact.value for node in nodes) for nodes in (left, right))
    total = max(arrived, left_over)
    body = min(2.4, total * _LONGEST_UNIT)
    height = body + _GAP * (max(len(left), len(right)) - 1)
    due = subject.facts.sum(cell for node in left for cell in node.fact.cells)
    chart = subject.chart(TOP + 0.25 + height + BOTTOM + 0.3, subject.say("requests", n=due))
    top = TOP + 0.35
    _draw(chart, subject, left, right, (top, height, body / total))
    if arrived != left_over:
        ended = subject.facts.sum(cell for node in right for cell in node.fact.cells)
        chart.write(MARGIN, chart.height - 0.5, subject.say("unequal", left=due, right=ended), colour=ALARM, size=9)
    elif data.handled is not None and data.handled.value >= SMALLEST_BASE:
        chart.write(MARGIN, chart.height - 0.5, subject.say("share_base", n=data.handled), colour=GREY, size=8)
    return chart


def _sources(data: Requests, subject: Subject) -> list[_Node]:
    if data.new is None:
        return []
    nodes = [("new", data.new), ("carried_in", data.carried_in)]
    return [_Node(id, subject.say(id), fact) for id, fact in nodes if fact is not None and fact.value]


def _ends(data: Requests, subject: Subject) -> list[_Node]:
    nodes = [
        _Node(outcome.id, outcome_name(outcome, subject.voice), outcome.fact)
        for outcome in data.outcomes or ()
        if outcome.fact.value
    ]
    if data.carried_out is not None and data.carried_out.value:
        nodes.append(_Node("carried_out", subject.say("carried_out"), data.carried_out))
    return nodes if data.outcomes is not None else []


def _draw(
    chart: Chart, subject: Subject, left: list[_Node], right: list[_Node], frame: tuple[float, float, float]
) -> None:
    """Both ends, the pool between them, and the bands; `frame`: top, height and inches per request."""
    top, height, scale = frame
    x_left = MARGIN + max(text_width(_labelled(node, subject)) for node in left) + 0.15
    x_middle = (x_left + _RIGHT) / 2
    pool = scale * max(sum(node.fact.value for node in nodes) for nodes in (left, right))
    start = top + (height - pool) / 2
    chart.bar(x_middle, start, _NODE, pool, COLOURS["carried_in"])
    for nodes, x, inner, outer in ((left, x_left, x_middle, x_left + _NODE), (right, _RIGHT, x_middle + _NODE, _RIGHT)):
        y, at = top + (height - _extent(nodes, scale)) / 2, start
        for node in nodes:
            size = max(scale * node.fact.value, 0.02)
            chart.bar(x, y, _NODE, size, COLOURS.get(node.id, GREY))
            chart.ribbon((outer, y), (inner, at), size, COLOURS.get(node.id, GREY))
            if nodes is left:
                chart.write(x - 0.1, y + size / 2, _labelled(node, subject), align="right")
            else:
                chart.write(x + _NODE + 0.1, y + size / 2, _labelled(node, subject, share=True))
            y, at = y + size + _GAP, at + size
    due = subject.facts.sum(cell for node in left for cell in node.fact.cells)
    chart.write(x_middle + _NODE / 2, start - 0.16, subject.say("to_handle", n=due), align="center", size=9)


def _extent(nodes: list[_Node], scale: float) -> float:
    return sum(scale * node.fact.value for node in nodes) + _GAP * (len(nodes) - 1)


def _labelled(node: _Node, subject: Subject, share: bool = False) -> str:
    voice = subject.voice
    text = f"{node.label} {voice.figure(node.fact.value, 'd')}"
    part = None
    if share and node.id != "carried_out":
        part = subject.facts.share(node.fact, requests(subject.facts).handled)
    return text if part is None else f"{text} · {part.value:.1%}"
