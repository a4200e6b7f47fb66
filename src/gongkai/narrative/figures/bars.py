"""Applicants, grounds, disputes and proactive disclosure as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.forms import Column
from gongkai.narrative.facts import Fact, count
from gongkai.narrative.figures.canvas import BOTTOM, COLOURS, GREY, MARGIN, TOP, fitted, text_width
from gongkai.narrative.figures.drawing import PITCH, WIDEST_LABEL, Bar, Subject, draw_bars, label_width
from gongkai.narrative.sections.disclosure import money
from gongkai.narrative.sections.litigation import is_quiet, is_whole, total
from gongkai.narrative.sections.outcomes import outcome_name
from gongkai.narrative.topics import DISCLOSED, Entry, Track, disclosure, litigation, requests

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gongkai.report import Report

_BETWEEN = 0.2
_WIDE_PITCH = 0.48


def applicants_figure(report: Report, language: str = "zh") -> Figure:
    """New requests by kind of applicant, all kinds of the form."""
    subject = Subject(report, language)
    applicants = requests(subject.facts).applicants
    if applicants is None:
        return subject.nothing("applicants_any", "applicants_unusable")
    if not applicants.kinds:
        return subject.nothing("applicants_any", "applicants_none")
    known = {column.id: fact for column, fact in applicants.kinds}
    bars = []
    for column in report.table("requests").row("new").columns:
        fact = known.get(column.id)
        if column.id != "total":
            bars.append(_bar(subject.voice.heading(column), fact, applicants.total, COLOURS["new"], subject))
    chart = subject.chart(TOP + len(bars) * PITCH + BOTTOM, subject.say("applicants", n=applicants.total))
    draw_bars(chart, TOP, bars)
    return chart


def grounds_figure(report: Report, language: str = "zh") -> Figure:
    """The grounds on which requests were not granted, commonest first, in the colour of their outcome."""
    subject = Subject(report, language)
    outcomes = requests(subject.facts).outcomes
    if outcomes is None:
        return subject.nothing("grounds_any", "grounds_unusable")
    withheld = [outcome for outcome in outcomes if outcome.id not in DISCLOSED and outcome.fact.value]
    if not withheld:
        return subject.nothing("grounds_any", "grounds_none")
    reasons = [(outcome, reason) for outcome in withheld for reason in outcome.reasons]
    reasons.sort(key=lambda pair: -pair[1].fact.value)
    everything = subject.facts.sum(cell for outcome in withheld for cell in outcome.fact.cells)
    bars = [
        _bar(subject.voice.row(reason.row), reason.fact, everything, COLOURS.get(outcome.id, GREY), subject)
        for outcome, reason in reasons
    ]
    chart = subject.chart(TOP + 0.4 + len(bars) * PITCH + BOTTOM, subject.say("grounds", n=everything))
    chart.key(TOP, [(COLOURS.get(one.id, GREY), outcome_name(one, subject.voice)) for one in withheld])
    draw_bars(chart, TOP + 0.35, bars)
    return chart


def litigation_figure(report: Report, language: str = "zh") -> Figure:
    """Reviews and suits by result, one bar for each track."""
    subject = Subject(report, language)
    tracks = litigation(subject.facts)
    if not tracks:
        return subject.nothing("litigation_any", "litigation_unusable")
    everything = total(tracks, subject.facts)
    if everything is None or not everything.value:
        quiet = is_quiet(tracks, subject.facts)
        return subject.nothing("litigation_any", "litigation_none" if quiet else "litigation_unusable")
    columns = {column.id: column for track in tracks.values() for column in track.row.columns}
    results = [
        id for id in columns if any(id in track.results and track.results[id].value for track in tracks.values())
    ]
    bars = [_track_bar(track, subject) for track in tracks.values()]
    whole, notes = is_whole(tracks, subject.facts), []
    if not whole:
        notes.append(subject.say("litigation_partial"))
    if any(one.printed_total and one.printed_total.value != one.total.value for one in tracks.values()):
        notes.append(subject.say("litigation_disputed"))
    height = 0.4 + len(bars) * _WIDE_PITCH + 0.3 * len(notes)
    title = subject.say("litigation", n=everything) if whole else subject.say("litigation_any")
    chart = subject.chart(TOP + height + BOTTOM, title)
    names = {id: subject.voice.word(f"results.{id}", subject.voice.column(columns[id])) for id in results}
    chart.key(TOP, [(COLOURS[id], text) for id, text in names.items()])
    y = draw_bars(chart, TOP + 0.4, bars, _WIDE_PITCH)
    for place, note in enumerate(notes):
        chart.write(MARGIN, y + 0.05 + 0.3 * place, note, size=9, colour=GREY)
    return chart


def disclosure_figure(report: Report, language: str = "zh") -> Figure:
    """What is not zero in the disclosure table; quantities of different kinds on scales of their own."""
    subject = Subject(report, language)
    entries = [entry for entry in disclosure(subject.facts) if entry.values]
    if not entries:
        return subject.nothing("disclosure", "disclosure_unusable")
    panels: dict[tuple[Column, ...], list[Bar]] = {}
    for entry in entries:
        panels.setdefault(entry.row.columns, []).extend(_entry_bars(entry, subject))
    drawn = [bars if len(bars) > 1 else [replace(bars[0], parts=())] for bars in panels.values() if bars]
    if not drawn:
        return subject.nothing("disclosure", "disclosure_none")
    height = sum(len(bars) for bars in drawn) * PITCH + len(drawn) * _BETWEEN + 0.3
    chart = subject.chart(TOP + height + BOTTOM, subject.say("disclosure"))
    gutter, y = label_width(bar for bars in drawn for bar in bars), TOP
    for bars in drawn:
        y = draw_bars(chart, y, bars, gutter=gutter) + _BETWEEN
    chart.write(MARGIN, y + 0.05, _rest(entries, subject), size=9, colour=GREY)
    return chart


def _entry_bars(entry: Entry, subject: Subject) -> list[Bar]:
    """The values of a row that are not zero."""
    bars = []
    for column, fact in entry.values:
        if not fact.value:
            continue
        name = f" · {subject.voice.column(column)}" if len(entry.row.columns) > 1 else ""
        label = fitted(subject.voice.row(entry.row), WIDEST_LABEL - text_width(name)) + name
        if column.kind == "amount":
            amount, unit = money(column, fact, subject.facts, subject.voice)
            bars.append(Bar(label, (), f"{subject.voice.figure(amount.value, 'd')} {unit}".rstrip()))
        else:
            parts = ((COLOURS["new"], fact.value),) if fact.value > 0 else ()
            bars.append(Bar(label, parts, subject.voice.figure(fact.value, "d").replace("-", "−")))
    return bars


def _rest(entries: list[Entry], subject: Subject) -> str:
    """How many cells were left out, and why."""
    facts = [fact for entry in entries for _, fact in entry.values]
    cells = len(list(subject.report.table("disclosure").cells()))
    zeros = count((fact for fact in facts if not fact.value), "cells")
    lacking = count(range(cells - len(facts)), "cells")
    if lacking.value:
        return subject.say("rest", zeros=zeros, lacking=lacking)
    return subject.say("rest_zero", zeros=zeros) if zeros.value else ""


def _track_bar(track: Track, subject: Subject) -> Bar:
    parts = tuple((COLOURS[id], fact.value) for id, fact in track.results.items() if fact.value)
    label = subject.voice.word(f"tracks.{track.row.id}", subject.voice.row(track.row))
    return Bar(label, parts, subject.voice.figure(track.total.value, "d"), nothing=not parts)


def _bar(label: str, fact: Fact | None, whole: Fact | None, colour: str, subject: Subject) -> Bar:
    """A bar of one colour with its number, and its share where the base allows one."""
    if fact is None:
        return Bar(label, (), "0", nothing=True)
    return Bar(label, ((colour, fact.value),), subject.counted(fact, subject.facts.share(fact, whole)))
