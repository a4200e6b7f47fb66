"""This year beside the year before: requests and disputes in numbers, outcomes in shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.narrative.facts import Facts
from gongkai.narrative.figures.canvas import (
    BOTTOM,
    COLOURS,
    GREY,
    INK,
    MARGIN,
    TOP,
    WIDTH,
    Chart,
    lightened,
    text_width,
)
from gongkai.narrative.figures.drawing import Subject
from gongkai.narrative.sections.litigation import disputes
from gongkai.narrative.sections.outcomes import outcome_name
from gongkai.narrative.topics import DISCLOSED, requests

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gongkai.report import Report

_PITCH, _BAR, _HEADING = 0.5, 0.16, 0.34


@dataclass(frozen=True, slots=True)
class _Pair:
    """One thing in both years, each with how long its bar is and what is written behind it."""

    label: str
    colour: str
    sizes: tuple[float, float]
    texts: tuple[str, str]


def before_figure(report: Report, previous: Report | None, language: str = "zh") -> Figure:
    """What came in and what was disputed, and the outcomes as shares of what was concluded, in both years."""
    subject = Subject(report, language, previous)
    earlier = subject.facts.year_before
    if earlier is None:
        return subject.nothing("before", "before_none")
    panels = [
        (key, pairs)
        for key, pairs in (("before_numbers", _numbers(subject, earlier)), ("before_shares", _shares(subject, earlier)))
        if any(size for pair in pairs for size in pair.sizes)
    ]
    if not panels:
        return subject.nothing("before", "before_unusable")
    height = sum(_HEADING + 0.15 + len(pairs) * _PITCH for _, pairs in panels)
    chart = subject.chart(TOP + 0.4 + height + BOTTOM, subject.say("before"))
    names = [subject.say("this_year"), subject.say("year_before")]
    chart.key(TOP, list(zip((COLOURS["new"], lightened(COLOURS["new"])), names, strict=True)))
    gutter = max(text_width(pair.label) for _, pairs in panels for pair in pairs) + 0.15
    y = TOP + 0.45
    for key, pairs in panels:
        chart.write(MARGIN, y, subject.say(key), weight="bold")
        y = _draw(chart, y + _HEADING, pairs, gutter) + 0.15
    return chart


def _numbers(subject: Subject, earlier: Facts) -> list[_Pair]:
    """New requests, the carry-over and all reviews and suits, where both years have them."""
    facts = subject.facts
    now, before = requests(facts), requests(earlier)
    found = [
        ("before_new", now.new, before.new, COLOURS["new"]),
        ("carried_out", now.carried_out, before.carried_out, COLOURS["carried_out"]),
        ("before_disputes", disputes(facts), disputes(earlier), COLOURS["corrected"]),
    ]
    return [
        _Pair(
            subject.say(key),
            colour,
            (one.value, other.value),
            (subject.voice.figure(one.value, "d"), subject.voice.figure(other.value, "d")),
        )
        for key, one, other, colour in found
        if one is not None and other is not None
    ]


def _shares(subject: Subject, earlier: Facts) -> list[_Pair]:
    """Every outcome that occurred in either year; none where a year has too few requests for shares."""
    now, before = requests(subject.facts), requests(earlier)
    outcomes = {one.id: one.fact for one in before.outcomes or ()}
    pairs = []
    for one in sorted(now.outcomes or (), key=lambda one: (one.id not in DISCLOSED, -one.fact.value)):
        other = outcomes.get(one.id)
        shares = (subject.facts.share(one.fact, now.handled), earlier.share(other, before.handled))
        if other is None or shares[0] is None or shares[1] is None or not one.fact.value + other.value:
            continue
        texts = (subject.counted(one.fact, shares[0]), subject.counted(other, shares[1]))
        name = outcome_name(one, subject.voice)
        pairs.append(_Pair(name, COLOURS.get(one.id, GREY), (shares[0].value, shares[1].value), texts))
    return pairs


def _draw(chart: Chart, y: float, pairs: list[_Pair], gutter: float) -> float:
    """Pairs of bars on one scale below each other, their labels in the gutter; returns where the next can stand."""
    left = MARGIN + gutter
    behind = max(text_width(text) for pair in pairs for text in pair.texts) + 0.2
    scale = (WIDTH - MARGIN - left - behind) / max(size for pair in pairs for size in pair.sizes)
    for pair in pairs:
        chart.write(left - 0.15, y + _BAR, pair.label, align="right")
        colours = (pair.colour, lightened(pair.colour))
        for place, (size, text, colour) in enumerate(zip(pair.sizes, pair.texts, colours, strict=True)):
            top, width = y + place * (_BAR + 0.02), size * scale
            if size:
                chart.bar(left, top, width, _BAR, colour)
            chart.write(left + width + 0.08, top + _BAR / 2, text, size=8.5, colour=GREY if place else INK)
        y += _PITCH
    return y
