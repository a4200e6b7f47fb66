"""What a converted text still tells: converters glue, wrap and drop figures, and the truth must say so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from benchmarks.synthetic.truth import CellTruth, Truth


def recheck(truth: Truth, text: str) -> Truth:
    """The truth in which rows whose figures do not stand in the text side by side, whole and complete are uncertain."""
    by_figures: dict[tuple[str, ...], list[list[CellTruth]]] = defaultdict(list)
    for row in _rows(truth):
        by_figures[tuple("".join(cell.raw.split()) for cell in row)].append(row)
    doubtful = [
        cell
        for figures, rows in by_figures.items()
        if any(figures) and not (all(figures) and len(_pattern(figures).findall(text)) >= len(rows))
        for row in rows
        for cell in row
    ]
    return truth.with_cells({cell.id: replace(cell, uncertain=True) for cell in doubtful})


def _rows(truth: Truth) -> list[list[CellTruth]]:
    """The cells of each row as printed: table 四 stands in one row."""
    rows: dict[str, list[CellTruth]] = defaultdict(list)
    for cell in truth.cells.values():
        if cell.status != "absent":
            table, row, _ = cell.id.split("/")
            rows[table if table == "litigation" else f"{table}/{row}"].append(cell)
    return list(rows.values())


def _pattern(figures: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\S)(?=" + r"\s+".join(map(re.escape, figures)) + r"(?!\S))")
