"""Text layouts with separated fields: tabs as copied or recognised, and pipe tables of Markdown."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.synthetic.damages.labels import LABEL_DAMAGES
from benchmarks.synthetic.damages.rows import ROW_DAMAGES, damage_rows
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.text import TextLine, TextStyle, compose
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import GAP, Box, Sheet, is_header

_DAMAGES = frozenset({*LABEL_DAMAGES, *ROW_DAMAGES, "page_breaks", "blank_lines"})


def _lines(rows: list[list[Box]], separator: str, trailing: str = "") -> list[TextLine]:
    return [TextLine(separator.join(box.text for box in row) + trailing, is_header(row)) for row in rows]


@layout(".txt", _DAMAGES)
def tabs_copied(draft: Draft) -> str:
    """Tab-separated as copied from a word processor: covered places are empty fields."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        return _lines(damage_rows(draft, sheet.spread()), "\t")

    return compose(draft, table, TextStyle.plain(draft.rng))


@layout(".txt", _DAMAGES)
def tabs_recognised(draft: Draft) -> str:
    """Tab-separated as a recogniser leaves it: groups in pieces, fields before and after, labels in any column."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        trailing = "\t" * draft.rng.choice((0, 1, 1, 2, 7))
        rows = damage_rows(draft, [_unstretched(row) for row in sheet.spread()])
        return [
            replace(line, text=line.text + "\t" * (draft.rng.random() < 0.1))
            for line in _lines([_wandering(draft, row) for row in rows], "\t", trailing)
        ]

    return compose(draft, table, TextStyle.plain(draft.rng))


def _unstretched(row: list[Box]) -> list[Box]:
    """A title or figure over several columns is one field here."""
    while row and row[-1] == GAP:
        row = row[:-1]
    return row


def _wandering(draft: Draft, row: list[Box]) -> list[Box]:
    """The row's label slips into a neighbouring empty field before it or after it."""
    at = next((at for at, box in enumerate(row) if box.role == "label" and box.text), None)
    if at is None or draft.rng.random() > 0.15:
        return row
    for other in (at - 1, at + 1):
        if 0 <= other < len(row) and row[other] == GAP:
            row = list(row)
            row[at], row[other] = row[other], row[at]
            return row
    return row


@layout(".md", _DAMAGES)
def pipes_blank(draft: Draft) -> str:
    """Markdown tables whose covered places are empty."""
    return compose(draft, lambda draft, sheet: pipes(damage_rows(draft, sheet.spread())), _markdown(draft))


@layout(".md", _DAMAGES - {"group_fragments", "emptied_cells", "dropped_cells"})
def pipes_repeated(draft: Draft) -> str:
    """Markdown tables that repeat a spanning box's text, figures too, in every place it covers."""
    return compose(draft, lambda draft, sheet: pipes(damage_rows(draft, sheet.spread(repeat=True))), _markdown(draft))


@layout(".md", _DAMAGES - {"page_breaks"})
def pipes_ragged(draft: Draft) -> str:
    """Markdown tables without places for what a span covers: rows differ in length."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        rows = damage_rows(draft, [[box for box in row if box != GAP] for row in sheet.rows])
        return pipes(rows)

    return compose(draft, table, _markdown(draft))


@layout(".md", _DAMAGES - {"page_breaks"})
def pipes_fragments(draft: Draft) -> str:
    """Markdown tables cut by page breaks: each piece is a table of its own, its first row taken for the header."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        rows = damage_rows(draft, sheet.spread())
        cuts = sorted(draft.rng.sample(range(2, len(rows)), min(len(rows) - 2, draft.rng.choice((1, 2, 3)))))
        lines: list[TextLine] = []
        for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
            lines += [*pipes(rows[start:end]), TextLine("\n" + draft.rng.choice(("", "", "- 3 -\n")))]
        return lines

    return compose(draft, table, _markdown(draft))


def _markdown(draft: Draft) -> TextStyle:
    return TextStyle(heading=draft.rng.choice(("# ", "## ", "### ", "", "**")))


def pipes(rows: list[list[Box]], rule: str = " --- |") -> list[TextLine]:
    """A pipe table; `rule` is what stands below each column of its first row."""
    lines = [TextLine("| " + " | ".join(box.text for box in row) + " |", is_header(row)) for row in rows]
    return [lines[0], TextLine("|" + rule * len(rows[0]), True), *lines[1:]]
