"""A report and its findings as tables on a terminal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from gongkai.cli.output import clean
from gongkai.forms import Row, Table, cell_id, load_form
from gongkai.formview.layout import Labels, section_titles
from gongkai.formview.page import GRAVEST_FIRST, alternatives, identity, rule_title
from gongkai.formview.words import Words, plain, words
from gongkai.ledger import Ledger
from gongkai.tables import SEVERITIES, STATUSES, records
from gongkai.wording import Language, Wording

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

# How a status looks, and the sign that stands for a cell without text.
_STYLES = {
    "annotated": "cyan",
    "blank": "yellow",
    "dash": "dim",
    "text": "magenta",
    "unreadable": "red",
    "absent": "dim",
}
_SIGNS = {"blank": "□", "absent": "×", "unreadable": "■"}
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_REDIRECTED_WIDTH = 120
_LEAST_WIDTH = 64
_MOST_ALTERNATIVES = 4


def show_report(report: Report, language: Language) -> None:
    """Print who reported and every cell of the form."""
    spoken, console = words(language), open_console()
    _show_identity(console, report, spoken)
    cells = {cell["id"]: cell for cell in records(report.cells)}
    doubtful = report.doubtful()
    for id, form in report.forms.items():
        console.print()
        console.print(plain_text(section_titles(load_form(form), language)[id], "bold"))
        for grid in _form_grids(report.table(id), cells, doubtful, language, console.width):
            console.print(grid)
    _show_legend(console, cells.values(), doubtful, spoken)


def show_check(report: Report, findings: pd.DataFrame, repairs: pd.DataFrame, language: Language) -> None:
    """Print the findings, failures first, and the values that are deduced or suspected."""
    spoken, console = words(language), open_console()
    _show_identity(console, report, spoken)
    counts = Counter(findings["outcome"])
    console.print()
    console.print(
        plain_text(
            " · ".join(f"{spoken.get('outcome', outcome)} {counts[outcome]}" for outcome in GRAVEST_FIRST), "bold"
        )
    )
    for outcome in ("fail", "not_assessable"):
        chosen = [finding for finding in records(findings) if finding["outcome"] == outcome]
        chosen.sort(key=lambda finding: SEVERITIES.index(finding["severity"]))
        rows = [
            [
                plain_text(spoken.get("severity", finding["severity"]), _SEVERITY_STYLES[finding["severity"]]),
                plain_text(rule_title(finding["rule"], language)),
                plain_text(finding["message"]),
            ]
            for finding in chosen
        ]
        _show_list(console, spoken.get("outcome", outcome), ("severity", "rule", "message"), rows, spoken)
    names = Wording(Ledger.of(report), language)
    proposals = [
        [
            plain_text(repair["id"]),
            plain_text("" if repair["proposed"] is None else plain(repair["proposed"])),
            plain_text(spoken.get("method", repair["method"])),
            plain_text(spoken.get("certainty", repair["certainty"])),
            _explained(repair, names, spoken),
        ]
        for repair in records(repairs)
    ]
    _show_list(console, spoken.text("repairs"), ("id", "proposed", "method", "certainty", "message"), proposals, spoken)


def _explained(repair: dict[str, Any], names: Wording, spoken: Words) -> Text:
    """Why a value is proposed, and what would do as well."""
    lines = [plain_text(repair["message"])]
    others = list(alternatives(repair["alternatives"]))
    for other in others[:_MOST_ALTERNATIVES]:
        change = ", ".join(f"{names.cell(id)} = {value}" for id, value in other)
        lines.append(plain_text(f"{spoken.get('field', 'alternatives')}{spoken.text('colon')}{change}", "dim"))
    if len(others) > _MOST_ALTERNATIVES:
        lines.append(plain_text(f"… + {len(others) - _MOST_ALTERNATIVES}", "dim"))
    return Text("\n").join(lines)


def _show_identity(console: Console, report: Report, spoken: Words) -> None:
    grid = Grid.grid(padding=(0, 2))
    for label, value, doubts in identity(report, spoken):
        doubt = Text.assemble(" ", plain_text(f"({doubts})", "yellow")) if doubts else Text()
        grid.add_row(plain_text(label, "bold"), Text.assemble(plain_text(value), doubt))
    console.print(grid)


def _form_grids(
    table: Table, cells: dict[str, dict[str, Any]], doubtful: set[str], language: Language, width: int
) -> Iterator[Grid]:
    """One grid for each run of rows that share their columns, within `width`."""
    labels = Labels(table, language)
    for columns, rows in groupby(table.rows, key=lambda row: row.columns):
        grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
        lines = [_line(table, row, labels, cells, doubtful) for row in rows]
        name_width = min(max(line[0].cell_len for _, line in lines), width * 7 // 20)
        grid.add_column("", width=name_width, overflow="fold")
        for column in columns:
            grid.add_column(plain_text(labels.of(column)), justify="right", overflow="fold", vertical="bottom")
        shown: set[str] = set()
        for group, line in lines:
            if group and group not in shown:
                grid.add_row(plain_text(labels.frame(group), "bold"))
                shown.add(group)
            grid.add_row(*line)
        yield grid


def _line(
    table: Table, row: Row, labels: Labels, cells: dict[str, dict[str, Any]], doubtful: set[str]
) -> tuple[str, list[Text]]:
    """A row of the form: the group it stands under, and its label and values."""
    name = Text.assemble("  " if row.group else "", plain_text(labels.short(row)))
    ids = [cell_id(table.id, row.id, column.id) for column in row.columns]
    return row.group, [name, *(_value(cells[id], id in doubtful) for id in ids)]


def _value(cell: dict[str, Any], doubtful: bool) -> Text:
    text = plain_text(cell["raw"].strip() or _SIGNS.get(cell["status"], ""), _STYLES.get(cell["status"], ""))
    return Text.assemble(text, ("?", "bold red")) if doubtful else text


def _show_legend(console: Console, cells: Iterable[dict[str, Any]], doubtful: set[str], spoken: Words) -> None:
    counts = Counter(cell["status"] for cell in cells)
    parts = [
        f"{_SIGNS.get(status, '')} {spoken.get('status', status)} × {counts[status]}".strip()
        for status in STATUSES
        if counts[status]
    ]
    parts += [f"? {spoken.get('mark', 'doubtful')} × {len(doubtful)}"] if doubtful else []
    console.print()
    console.print(plain_text("   ".join(parts), "dim"))


def _show_list(
    console: Console, title: str, fields: Sequence[str], rows: Sequence[Sequence[Text]], spoken: Words
) -> None:
    """A titled table of records; nothing when there are none."""
    if not rows:
        return
    grid = Grid(title=plain_text(title, "bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in fields[:-1]:
        grid.add_column(spoken.get("field", name), no_wrap=name != "rule", overflow="fold")
    grid.add_column(spoken.get("field", fields[-1]), ratio=1, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print()
    console.print(grid)


def plain_text(text: str, style: str = "") -> Text:
    """Text of a report for a terminal: no escapes, and brackets are no markup."""
    return Text(clean(text), style=style)


def open_console() -> Console:
    """The terminal's console; what is not a terminal gets lines long enough for a table, and so does a narrow one."""
    console = Console(highlight=False)
    known = console.is_terminal or "COLUMNS" in os.environ
    console.width = max(console.width, _LEAST_WIDTH) if known else _REDIRECTED_WIDTH
    return console
