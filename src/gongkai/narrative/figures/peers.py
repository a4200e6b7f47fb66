"""The organ among its peers: a strip of dots for every measure."""

from __future__ import annotations

from collections.abc import Iterable
from math import log1p
from typing import TYPE_CHECKING

from gongkai.narrative.figures.canvas import (
    ALARM,
    BOTTOM,
    COLOURS,
    FAINT,
    GREY,
    INK,
    MARGIN,
    TOP,
    WIDTH,
    Chart,
    text_width,
)
from gongkai.narrative.figures.drawing import Subject
from gongkai.narrative.peers import RECEIVED, Group, Standing, comparable, group, standings
from gongkai.narrative.sections.peers import kind, percentile
from gongkai.wording import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gongkai.report import Report

_PITCH = 0.55
# Shares that are all below this are not drawn as if they lay far apart.
_WIDEST_SHARE = 0.05


def peers_figure(report: Report, peers: Iterable[Report] | Group, language: str = "zh") -> Figure:
    """Every measure of `gongkai.narrative.peers` with all peers as dots, their median, and the organ itself."""
    subject = Subject(report, language)
    others = group(report, peers)
    found = standings(subject.facts, others)
    if not found:
        return subject.nothing("peers_any", "peers_too_few" if comparable(report) else "peers_unknown")
    title = subject.say("peers", n=found[0].peers, kind=kind(subject.facts, subject.voice))
    chart = subject.chart(TOP + 0.4 + len(found) * _PITCH + BOTTOM + 0.25, title)
    chart.dots([(MARGIN + 0.07, TOP)], ALARM, 8, "D")
    chart.write(MARGIN + 0.21, TOP, subject.say("peers_own"), size=9)
    x = MARGIN + 0.21 + text_width(subject.say("peers_own"), 9) + 0.35
    chart.dots([(x, TOP)], COLOURS["new"], 5, "o")
    chart.write(x + 0.14, TOP, subject.say("peers_others"), size=9)
    x += 0.14 + text_width(subject.say("peers_others"), 9) + 0.3
    chart.line((x, TOP - 0.1), (x, TOP + 0.1), INK, 1.5)
    chart.write(x + 0.1, TOP, subject.say("peers_median"), size=9)
    _strips(chart, found, [others.values(one.measure) for one in found], subject)
    if any(one.measure == RECEIVED for one in found):
        chart.write(MARGIN, chart.height - 0.5, subject.say("peers_scale"), size=8, colour=GREY)
    return chart


def _strips(chart: Chart, found: list[Standing], values: list[list[float]], subject: Subject) -> None:
    labels = [subject.voice.word(f"measures.{one.measure}") for one in found]
    texts = [_position(one, subject) for one in found]
    left = MARGIN + max(map(text_width, labels)) + 0.25
    right = WIDTH - MARGIN - max(text_width(text, 9) for text in texts) - 0.25
    for place, (one, theirs, label, text) in enumerate(zip(found, values, labels, texts, strict=True)):
        y = TOP + 0.6 + place * _PITCH
        most = max(*theirs, one.own.value, 1 if one.measure == RECEIVED else _WIDEST_SHARE)
        at = [left + (right - left) * _along(number, most, one.measure) for number in theirs]
        chart.write(left - 0.2, y, label, align="right")
        chart.line((left, y), (right, y), FAINT, 4)
        chart.dots([(x, y) for x in at], COLOURS["new"], 5, "o", alpha=0.4)
        median = left + (right - left) * _along(one.median.value, most, one.measure)
        chart.line((median, y - 0.13), (median, y + 0.13), INK, 1.5)
        chart.dots([(left + (right - left) * _along(one.own.value, most, one.measure), y)], ALARM, 8, "D")
        chart.write(left, y + 0.2, "0", size=7.5, colour=GREY, align="center")
        chart.write(right, y + 0.2, _end(most, one.measure, subject), size=7.5, colour=GREY, align="center")
        chart.write(right + 0.2, y, text, size=9)


def _along(number: float, most: float, measure: str) -> float:
    """Where on a strip a number lies, from 0 to 1; numbers of requests differ by orders of magnitude."""
    return log1p(number) / log1p(most) if measure == RECEIVED else number / most


def _position(one: Standing, subject: Subject) -> str:
    number = one.own.value
    own = subject.voice.figure(number, "d") if one.measure == RECEIVED else f"{percent(number)}%"
    return f"{own} · {subject.say('peers_percentile', n=one.percentile)}" if percentile(one) else own


def _end(most: float, measure: str, subject: Subject) -> str:
    return subject.voice.figure(most, "d") if measure == RECEIVED else f"{percent(most, 0)}%"
