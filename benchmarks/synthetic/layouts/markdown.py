"""Markdown as converters and language models write it: tables in HTML, figures in marks; and cells between commas."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from random import Random

from benchmarks.synthetic.damages.labels import LABEL_DAMAGES
from benchmarks.synthetic.damages.rows import damage_rows, doubt_if_gaps
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.delimited import pipes
from benchmarks.synthetic.layouts.markup import box_with_spans, write_rows
from benchmarks.synthetic.layouts.text import TextLine, TextStyle, compose
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet, is_header

_DAMAGES = frozenset(LABEL_DAMAGES) - {"merged_labels"}
_HEADINGS = ("# ", "## ", "", "**")
_FRAMES = (
    "<table>{}</table>",
    "<html><body><table>{}</table></body></html>",
    '<table border="1">\n<tbody>\n{}\n</tbody></table>',
)
_MARKS = ("**{}**", "*{}*", "`{}`", "${}$")
_ESCAPED = re.compile(r"([-.*_()#+!|])")


@layout(".md", _DAMAGES)
def markdown_html(draft: Draft) -> str:
    """Tables in HTML, on one line or on many, their spans kept: Markdown has no merged cells."""
    frame = draft.rng.choice(_FRAMES)
    one_line = draft.rng.random() < 0.5

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        text = frame.format(write_rows(sheet.rows, box_with_spans))
        return [TextLine(text.replace("\n", "") if one_line else text)]

    return compose(draft, table, TextStyle(heading=draft.rng.choice(_HEADINGS)))


@layout(".md", _DAMAGES | {"emptied_cells", "shifted_rows"})
def pipes_marked(draft: Draft) -> str:
    """Pipe tables whose figures are bold, slanted, code or formulas, their marks escaped, labels broken by tags."""
    mark = draft.rng.choice(_MARKS)

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        rows = damage_rows(draft, sheet.spread())
        return pipes([[replace(box, text=_marked(draft.rng, box, mark)) for box in row] for row in rows], ":---:|")

    return compose(draft, table, TextStyle(heading=draft.rng.choice(_HEADINGS)))


def _marked(rng: Random, box: Box, mark: str) -> str:
    if not box.text:
        return ""
    if box.id:
        return mark.format(box.text if mark in ("`{}`", "${}$") else _ESCAPED.sub(r"\\\1", box.text))
    cut = rng.randrange(1, len(box.text)) if len(box.text) > 3 and rng.random() < 0.4 else 0
    return f"{box.text[:cut]}<br>{box.text[cut:]}" if cut else box.text


@layout(".txt", _DAMAGES)
def commas(draft: Draft) -> str:
    """Cells between commas or semicolons, as spreadsheets save them, between paragraphs."""
    mark = draft.rng.choice(",,;")
    quoting = draft.rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        return [TextLine(_record([box.text for box in row], mark, quoting), is_header(row)) for row in sheet.spread()]

    return compose(draft, table, TextStyle())


def _record(cells: list[str], mark: str, quoting: int) -> str:
    buffer = StringIO()
    csv.writer(buffer, delimiter=mark, quoting=quoting, lineterminator="").writerow(cells)  # type: ignore[arg-type]
    return buffer.getvalue()


@layout(".txt", _DAMAGES)
def labels_behind(draft: Draft) -> str:
    """Rows of words one blank apart, their label behind the figures."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        lines = []
        for row in sheet.rows:
            doubt_if_gaps(draft, row)
            figures, words = ([box.text for box in row if bool(box.id) is has and box.text] for has in (True, False))
            lines.append(TextLine(" ".join(figures + words), is_header(row)))
        return lines

    return compose(draft, table, TextStyle.paged(draft.rng))
