"""What the figures share: the report seen in one language, and bars with their labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.figures.canvas import GREY, INK, MARGIN, PAPER, WIDTH, Chart, Message, fitted, text_width
from gongkai.narrative.sections.naming import name, year
from gongkai.narrative.sentence import words
from gongkai.narrative.voice import Slot, Voice, voice
from gongkai.wording import percent

if TYPE_CHECKING:
    from gongkai.report import Report

PITCH = 0.36
BAR = 0.22
WIDEST_LABEL = 3.3
# A single request should not look like a flood.
_LONGEST_UNIT = 0.5
_DARK = {"#33658a", "#2f7f6f", "#b5483a"}


@dataclass(frozen=True)
class Subject:
    """A report, what can be drawn of it, and the words to do it with; `previous` is that of the year before."""

    report: Report
    language: str
    previous: Report | None = None

    @cached_property
    def voice(self) -> Voice:
        return voice(self.language)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.report, self.previous)

    def say(self, key: str, **slots: Slot) -> str:
        """A text of the figures in this language."""
        return words(self.voice.phrase(f"figures.{key}", **slots) or ())

    def counted(self, fact: Fact, share: Fact | None) -> str:
        """A number with the share that it is, where there is one."""
        number = self.voice.figure(fact.value, "d")
        return number if share is None else f"{number} · {percent(share.value)}%"

    def chart(self, height: float, title: str) -> Chart:
        """An empty figure with its title, and whose report it is."""
        return Chart(height, title, self._named("subtitle"), self._named("source"))

    def nothing(self, title: str, why: str) -> Chart:
        """A figure that says in words why it is empty."""
        return Message(self.say(title), self._named("subtitle"), self.say(why))

    def _named(self, key: str) -> str:
        return self.say(key, organ=name(self.facts, self.voice), year=year(self.facts, self.voice))


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of coloured parts, each with its size; `value` is written behind it, faintly for `nothing`."""

    label: str
    parts: tuple[tuple[str, float], ...]
    value: str
    nothing: bool = False

    @property
    def size(self) -> float:
        return sum(size for _, size in self.parts)


def draw_bars(chart: Chart, y: float, bars: list[Bar], pitch: float = PITCH, gutter: float | None = None) -> float:
    """Bars on one scale below each other, from `y` on; returns where the next thing can stand.

    `gutter` is the width left for the labels, by default that of the widest.
    """
    gutter = label_width(bars) if gutter is None else gutter
    behind = max(text_width(bar.value) for bar in bars) + 0.2
    longest = max(bar.size for bar in bars)
    scale = min((WIDTH - 2 * MARGIN - gutter - behind) / longest, _LONGEST_UNIT) if longest else 0
    for bar in bars:
        middle, end = y + BAR / 2, MARGIN + gutter
        chart.write(end - 0.15, middle, fitted(bar.label, WIDEST_LABEL), align="right")
        end = _draw_parts(chart, end, y, bar, scale)
        chart.write(end + 0.08, middle, bar.value, colour=GREY if bar.nothing else INK)
        y += pitch
    return y


def label_width(bars: Iterable[Bar]) -> float:
    """The room that the labels of bars need."""
    return min(max(text_width(bar.label) for bar in bars), WIDEST_LABEL) + 0.15


def _draw_parts(chart: Chart, x: float, y: float, bar: Bar, scale: float) -> float:
    """The parts of a bar side by side; where there are several, each with its size in it, or beside it if narrow."""
    above = False
    for colour, size in bar.parts:
        width = max(size * scale, 0.02)
        chart.bar(x, y, width, BAR, colour)
        text = f"{size:,.0f}"
        if len(bar.parts) > 1 and text_width(text, 8.5) + 0.06 < width:
            chart.write(x + width / 2, y + BAR / 2, text, size=8.5, align="center", colour=_on(colour))
        elif len(bar.parts) > 1:
            place = y - 0.07 if above else y + BAR + 0.07
            chart.write(x + width / 2, place, text, size=7.5, align="center", colour=GREY)
            above = not above
        x += width
    return x


def _on(colour: str) -> str:
    """The colour of letters on a colour."""
    return PAPER if colour in _DARK else INK
