"""The form as it was filled in, on one sheet: what was printed, what is blank, and what did not pass."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from gongkai.forms import Column, Row, Table, cell_id
from gongkai.ledger import PRINTED
from gongkai.narrative.figures.canvas import (
    BOTTOM,
    COLOURS,
    GREY,
    INK,
    MARGIN,
    TOP,
    WIDTH,
    Chart,
    fitted,
    lightened,
    text_width,
)
from gongkai.narrative.figures.drawing import Subject
from gongkai.narrative.fonts import style
from gongkai.narrative.groups import read
from gongkai.tables import SEVERITIES, STATUSES, records

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from gongkai.report import Report

_PITCH, _HEAD, _BETWEEN = 0.225, 0.36, 0.3
_GUTTER = 3.1
_COLUMNS = 7
_CELL = (WIDTH - 2 * MARGIN - _GUTTER) / _COLUMNS
_SMALL, _TINY, _TINIEST = 7.5, 6.6, 5.5
_NOT_PRINTED = tuple(status for status in STATUSES if status not in PRINTED)


@dataclass(frozen=True)
class _Form:
    """The cells by id, the gravest check that each failed, and the largest figure of each table."""

    cells: dict[str, dict[str, Any]]
    severity: dict[str, str]
    doubtful: set[str]
    most: dict[str, float]


@style()
def form_figure(report: Report, findings: pd.DataFrame, language: str = "zh") -> Figure:
    """Every table of the report: figures shaded by size, unprinted cells coloured, cells of failed checks outlined."""
    subject, form = Subject(report, language), _form(report, findings)
    marked = form.severity or any(form.cells[id]["status"] in _NOT_PRINTED for id in form.cells)
    if not marked and not any(form.most.values()):
        return subject.nothing("form", "form_nothing")
    blocks = [(table, rows) for table in report.tables() for rows in _blocks(table)]
    rows = sum(len(rows) for _, rows in blocks)
    height = len(blocks) * _HEAD + rows * _PITCH + len(report.forms) * (_BETWEEN + 0.15)
    chart = subject.chart(TOP + 0.25 + height + BOTTOM, subject.say("form"))
    _legend(chart, form, subject)
    y, before = TOP + 0.35, ""
    for table, block in blocks:
        if table.id != before:
            y += _BETWEEN if before else 0
            name = subject.voice.word(f"tables.{table.id}", table.id)
            chart.write(MARGIN, y, name[:1].upper() + name[1:], weight="bold")
            y, before = y + 0.15, table.id
        y = _block(chart, y, table, block, form, subject)
    return chart


def _form(report: Report, findings: pd.DataFrame) -> _Form:
    severity: dict[str, str] = {}
    for finding in read(findings):
        for id in finding.cells if finding.outcome == "fail" else ():
            severity[id] = min(severity.get(id, finding.severity), finding.severity, key=SEVERITIES.index)
    cells = {record["id"]: record for record in records(report.cells)}
    most = {
        table: max((one["value"] for one in cells.values() if one["table"] == table and one["value"]), default=0.0)
        for table in report.forms
    }
    return _Form(cells, severity, report.doubtful(), most)


def _blocks(table: Table) -> list[list[Row]]:
    """Rows in the form's order, those that follow each other with the same columns together."""
    blocks: list[list[Row]] = []
    for row in table.rows:
        if blocks and [one.id for one in blocks[-1][0].columns] == [one.id for one in row.columns]:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _block(chart: Chart, y: float, table: Table, rows: list[Row], form: _Form, subject: Subject) -> float:
    """Column names and rows; returns where the next thing can stand."""
    for place, column in enumerate(rows[0].columns):
        _name(chart, MARGIN + _GUTTER + (place + 0.5) * _CELL, y + _HEAD / 2, column, subject)
    y += _HEAD
    for row in rows:
        label = subject.voice.word(f"tracks.{row.id}", subject.voice.row(row))
        colour = COLOURS.get(row.id, COLOURS.get(row.id.split("_")[0]))
        if table.id == "requests" and colour is not None:
            chart.bar(MARGIN, y + 0.03, 0.06, _PITCH - 0.06, colour)
        chart.write(MARGIN + 0.13, y + _PITCH / 2, fitted(label, _GUTTER - 0.25, 8.5), size=8.5)
        for place, column in enumerate(row.columns):
            id = cell_id(table.id, row.id, column.id)
            if id in form.cells:
                _cell(chart, MARGIN + _GUTTER + place * _CELL, y, id, form, subject)
        y += _PITCH
    return y


def _name(chart: Chart, x: float, y: float, column: Column, subject: Subject) -> None:
    """The name of a column, in two lines where it is wider than its cells, and smaller where a line still is."""
    lines = _lines(subject.voice.column(column))
    size = max(_TINY * min(1, _CELL / max(text_width(line, _TINY) for line in lines)), _TINIEST)
    for place, line in enumerate(lines):
        shift = (place - 0.5) * 0.13 if len(lines) > 1 else 0
        chart.write(x, y + shift, fitted(line, _CELL, size), size=size, colour=GREY, align="center")


def _lines(name: str) -> list[str]:
    """A name whole, or broken at the space next to its middle, or there when it has none."""
    if text_width(name, _TINY) <= _CELL:
        return [name]
    spaces = [place for place, char in enumerate(name) if char == " "] or [(len(name) + 1) // 2]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return [name[:middle].strip(), name[middle:].strip()]


def _cell(chart: Chart, x: float, y: float, id: str, form: _Form, subject: Subject) -> None:
    """One cell: its shade, what was printed, and the outline of a failed check."""
    cell, most = form.cells[id], form.most[id.partition("/")[0]]
    value, status = cell["value"], cell["status"]
    if status in _NOT_PRINTED:
        chart.bar(x + 0.02, y + 0.02, _CELL - 0.04, _PITCH - 0.04, lightened(COLOURS[status], 0.4))
    elif value:
        strength = sqrt(abs(value) / most) if most else 0.0
        chart.bar(x + 0.02, y + 0.02, _CELL - 0.04, _PITCH - 0.04, lightened(COLOURS["new"], 0.9 - 0.45 * strength))
    text = cell["raw"] if value is None else subject.voice.figure(value, "d")
    text += "?" if id in form.doubtful else ""
    middle = (x + _CELL / 2, y + _PITCH / 2)
    chart.write(*middle, fitted(text, _CELL - 0.06, _SMALL), size=_SMALL, align="center", colour=INK if value else GREY)
    if id in form.severity:
        chart.frame(x + 0.02, y + 0.02, _CELL - 0.04, _PITCH - 0.04, COLOURS[form.severity[id]])


def _legend(chart: Chart, form: _Form, subject: Subject) -> None:
    """What the colours mean that are on the sheet."""
    states = [one for one in _NOT_PRINTED if any(cell["status"] == one for cell in form.cells.values())]
    failed = [one for one in SEVERITIES if one in form.severity.values()]
    items = [(lightened(COLOURS["new"], 0.6), subject.say("form_number"))]
    items += [(lightened(COLOURS[one], 0.4), subject.say(one)) for one in states]
    x = chart.key(TOP, items)
    chart.key(TOP, [(COLOURS[one], subject.say(f"form_{one}")) for one in failed], x, framed=True)
