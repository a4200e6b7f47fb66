"""Text layouts with tables drawn in characters, as text browsers and converters draw them: cells wrap over lines."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.text import TextLine, TextStyle, compose, display_width, wrap
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet

_DAMAGES = frozenset({"spaced_labels", "cut_short", "lost_enumerators", "mangled_enumerators", "traditional"})


@dataclass(frozen=True, slots=True)
class _Pen:
    """The characters that a table is drawn with: its upright, its level, and its crossings."""

    upright: str
    level: str
    crossing: str


_PENS = (_Pen("|", "-", "+"), _Pen("│", "─", "┼"), _Pen("┃", "━", "╋"), _Pen("║", "═", "╬"))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


@layout(".txt", _DAMAGES)
def boxes_drawn(draft: Draft) -> str:
    """Every cell in a box of its own; a box that spans columns is as wide as they, what spans rows is open below."""
    pen = draft.rng.choice(_PENS)
    narrow, wide = draft.rng.choice((6, 8, 10)), draft.rng.choice((16, 24, 30))
    ruled = draft.rng.random() < 0.7

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        labels = {
            column for _, column, box in sheet.placed() if box.role in ("label", "group") and box.colspan == 1
        } or {0}
        # Figures are words, which do not wrap.
        longest = max(display_width(box.text) // box.colspan for _, _, box in sheet.placed() if box.role == "figure")
        widths = [wide if column in labels else max(narrow, longest) for column in range(sheet.width)]
        if sheet.width > 12:
            widths = [max(8, longest)] * sheet.width
        rule = pen.crossing + pen.crossing.join(pen.level * (width + 2) for width in widths) + pen.crossing
        lines = [TextLine(rule, True)]
        for row in sheet.cover():
            drawn = _row(row, widths, pen)
            lines.append(TextLine("\n".join([*drawn, rule] if ruled else drawn), row[0][0].role == "header"))
        return lines if ruled else [*lines, TextLine(rule)]

    return compose(draft, table, TextStyle())


def _row(row: list[tuple[Box, bool]], widths: list[int], pen: _Pen) -> list[str]:
    cells: list[tuple[str, int]] = []
    at = 0
    while at < len(row):
        box, first = row[at]
        span = 1
        while at + span < len(row) and row[at + span][0] is box and box.colspan > 1:
            span += 1
        width = sum(widths[at : at + span]) + 3 * (span - 1)
        cells.append((box.text if first else "", width))
        at += span
    wrapped = [wrap(text, width) for text, width in cells]
    height = max(map(len, wrapped))
    return [
        pen.upright
        + pen.upright.join(
            f" {_pad(lines[k] if k < len(lines) else '', width)} "
            for lines, (_, width) in zip(wrapped, cells, strict=True)
        )
        + pen.upright
        for k in range(height)
    ]
