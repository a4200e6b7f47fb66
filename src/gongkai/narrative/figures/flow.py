"""The flow of requests: from the applicants to how they ended.

Where the kinds of applicant do not agree with the totals, the flow is drawn from the totals alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.narrative.facts import SMALLEST_BASE, Fact
from gongkai.narrative.figures.canvas import ALARM, BOTTOM, COLOURS, GREY, MARGIN, TOP, WIDTH, Chart, text_width
from gongkai.narrative.figures.drawing import Subject
from gongkai.narrative.figures.sankey import GAP, THICK, Band, Node, draw_bands, draw_column, extent, label_room
from gongkai.narrative.sections.outcomes import outcome_name
from gongkai.narrative.topics import DISCLOSED, Requests, Stream, requests, streams

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gongkai.report import Report

_HIGHEST = 2.6
_LONGEST_UNIT = 0.4
_POOL = "pool"


def requests_figure(report: Report, language: str = "zh") -> Figure:
    """From who made the requests, new and carried in, to their outcomes and the carry-over."""
    subject = Subject(report, language)
    data = requests(subject.facts)
    if data.new is not None and data.carried_in is not None and not data.new.value + data.carried_in.value:
        return subject.nothing("requests_any", "requests_none")
    flows = streams(subject.facts, data)
    left, right = _applicants(flows, subject) if flows else _arrivals(data, subject), _ends(data, subject)
    if not left or not right:
        return subject.nothing("requests_any", "requests_unusable")
    arrived, ended = (sum(node.value for node in nodes) for nodes in (left, right))
    body = min(_HIGHEST, max(arrived, ended) * _LONGEST_UNIT)
    scale = body / max(arrived, ended)
    height = body + GAP * (max(len(left), len(right)) - 1)
    due = subject.facts.sum(cell for fact in (data.new, data.carried_in) if fact for cell in fact.cells)
    chart = subject.chart(TOP + 0.25 + height + BOTTOM + 0.35, subject.say("requests", n=due))
    middle = TOP + 0.3 + height / 2
    beside = max(text_width(subject.say(key), 8.5) for key in ("given", "withheld")) + 0.1
    x = WIDTH - MARGIN - beside - label_room(right) - THICK - 0.1
    _draw(chart, left, right, _bands(flows, right) if flows else None, (x, middle, scale))
    _brackets(chart, right, (x, middle, scale), subject, data)
    if arrived != ended:
        out = subject.facts.sum(cell for fact in _facts(data) for cell in fact.cells)
        chart.write(MARGIN, chart.height - 0.5, subject.say("unequal", left=due, right=out), colour=ALARM, size=9)
    elif data.handled is not None and data.handled.value >= SMALLEST_BASE:
        chart.write(MARGIN, chart.height - 0.5, subject.say("share_base", n=data.handled), colour=GREY, size=8)
    return chart


def _draw(
    chart: Chart, left: list[Node], right: list[Node], bands: list[Band] | None, frame: tuple[float, float, float]
) -> None:
    """Both columns with what goes from one to the other; without bands, through a pool.

    `frame` is where the right column stands, the height around which both do, and inches per request.
    """
    right_x, middle, scale = frame
    x = MARGIN + label_room(left)
    starts = draw_column(chart, x, middle - extent(left, scale) / 2, left, scale, "right")
    ends = draw_column(chart, right_x, middle - extent(right, scale) / 2, right, scale, "left")
    if bands is not None:
        draw_bands(chart, (x + THICK, right_x), starts, ends, bands, scale)
        return
    half = scale * max(sum(node.value for node in nodes) for nodes in (left, right)) / 2
    centre, pool = (x + right_x) / 2, {_POOL: (middle - half, middle + half)}
    chart.bar(centre, middle - half, THICK, 2 * half, COLOURS["carried_in"])
    into = [Band(node.id, _POOL, node.value, node.colour) for node in left]
    out = [Band(_POOL, node.id, node.value, node.colour) for node in right]
    draw_bands(chart, (x + THICK, centre), starts, pool, into, scale)
    draw_bands(chart, (centre + THICK, right_x), pool, ends, out, scale)


def _brackets(
    chart: Chart, right: list[Node], frame: tuple[float, float, float], subject: Subject, data: Requests
) -> None:
    """How many requests brought information and how many did not, beside the outcomes of each."""
    right_x, middle, scale = frame
    x, y = right_x + THICK + 0.1 + label_room(right), middle - extent(right, scale) / 2
    for key, wanted in (("given", True), ("withheld", False)):
        nodes = [node for node in right if node.id != "carried_out" and (node.id in DISCLOSED) == wanted]
        if not nodes:
            continue
        end = y + extent(nodes, scale)
        cells = [cell for one in data.outcomes or () if (one.id in DISCLOSED) == wanted for cell in one.fact.cells]
        fact = subject.facts.sum(cells)
        chart.line((x, y), (x, max(end, y + 0.12)), GREY)
        if fact is not None:
            chart.write(x + 0.1, (y + end) / 2 - 0.09, _counted(fact, data, subject), weight="bold")
            chart.write(x + 0.1, (y + end) / 2 + 0.11, subject.say(key), size=8.5, colour=GREY)
        y = end + GAP


def _applicants(flows: tuple[Stream, ...], subject: Subject) -> list[Node]:
    nodes = []
    for stream in sorted(flows, key=lambda stream: -stream.due.value):
        name = subject.voice.word(f"applicants.{stream.column.id}", subject.voice.column(stream.column))
        label = f"{name} {subject.voice.figure(stream.due.value, 'd')}"
        below = subject.say("of_which_carried_in", n=stream.carried_in) if stream.carried_in.value else ""
        nodes.append(Node(stream.column.id, label, stream.due.value, COLOURS["new"], below))
    return nodes


def _bands(flows: tuple[Stream, ...], right: list[Node]) -> list[Band]:
    return [
        Band(stream.column.id, node.id, fact.value, node.colour)
        for stream in sorted(flows, key=lambda stream: -stream.due.value)
        for node in right
        if (fact := stream.ends[node.id]).value
    ]


def _arrivals(data: Requests, subject: Subject) -> list[Node]:
    if data.new is None:
        return []
    arrived = [("new", data.new), ("carried_in", data.carried_in)]
    return [
        Node(id, f"{subject.say(id)} {subject.voice.figure(fact.value, 'd')}", fact.value, COLOURS[id])
        for id, fact in arrived
        if fact is not None and fact.value
    ]


def _ends(data: Requests, subject: Subject) -> list[Node]:
    """The outcomes, those that brought information first, and what was carried over."""
    if data.outcomes is None:
        return []
    ordered = sorted(data.outcomes, key=lambda one: (one.id not in DISCLOSED, -one.fact.value))
    nodes = [
        Node(
            one.id,
            f"{outcome_name(one, subject.voice)} {_counted(one.fact, data, subject)}",
            one.fact.value,
            COLOURS.get(one.id, GREY),
        )
        for one in ordered
        if one.fact.value
    ]
    over = data.carried_out
    if over is not None and over.value:
        label = f"{subject.say('carried_out')} {subject.voice.figure(over.value, 'd')}"
        nodes.append(Node("carried_out", label, over.value, COLOURS["carried_out"]))
    return nodes


def _facts(data: Requests) -> list[Fact]:
    ends = [one.fact for one in data.outcomes or ()]
    return ends if data.carried_out is None else [*ends, data.carried_out]


def _counted(fact: Fact, data: Requests, subject: Subject) -> str:
    """A number with its share of the requests concluded, where there are enough of them."""
    return subject.counted(fact, subject.facts.share(fact, data.handled))
