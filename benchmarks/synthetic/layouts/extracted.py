"""Text layouts of programs that extract a page's text: cells parted by pipes, what boxes span made up at the end."""

from __future__ import annotations

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.text import TextLine, TextStyle, compose
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet, is_header

_DAMAGES = frozenset(
    {"spaced_labels", "cut_short", "lost_enumerators", "mangled_enumerators", "traditional", "blank_lines"}
)


def _made_up(row: list[Box]) -> int:
    """The empty cells that make up for what boxes span to the right; what they span downwards leaves no trace."""
    return sum(box.colspan - 1 for box in row)


@layout(".txt", _DAMAGES)
def extracted_rows(draft: Draft) -> str:
    """A line a row: cells with a pipe behind each, and the pipes of what spans cover at the end."""
    opening = draft.rng.choice(("", "", "| "))

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        return [
            TextLine(
                f"{opening}{' '.join(f'{box.text} |' for box in row)} {'|' * _made_up(row)}".rstrip(), is_header(row)
            )
            for row in sheet.rows
        ]

    return compose(draft, table, TextStyle())


@layout(".txt", _DAMAGES)
def extracted_cells(draft: Draft) -> str:
    """A line a cell, each with its pipe behind it or below it: the page has a paragraph in every cell."""
    below = draft.rng.choice(("\n", "\n", ""))
    gap = " |" if not below else "\n|"

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        lines = []
        for row in sheet.rows:
            cells = [f"{box.text}{gap}" if box.text else "|" for box in row]
            pad = ["|" * _made_up(row)] if _made_up(row) else []
            lines.append(TextLine("\n".join([*cells, *pad]), is_header(row)))
        return lines

    return compose(draft, table, TextStyle())
