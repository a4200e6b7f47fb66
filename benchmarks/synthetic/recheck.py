"""What a converted text still tells: converters glue, wrap and drop figures, and the truth must say so."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import takewhile

from benchmarks.synthetic.truth import CellTruth, Truth


def recheck(truth: Truth, text: str) -> Truth:
    """The truth in which rows whose figures do not stand in the text side by side, whole and complete are uncertain."""
    by_figures: dict[tuple[str, ...], list[list[CellTruth]]] = defaultdict(list)
    for row in _rows(truth):
        by_figures[tuple("".join(cell.raw.split()) for cell in row)].append(row)
    runs = _runs(text, {figure for figures in by_figures for figure in figures})
    doubtful = [
        cell
        for figures, rows in by_figures.items()
        if any(figures) and not (all(figures) and runs[figures] >= len(rows))
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


def _runs(text: str, figures: set[str]) -> Counter[tuple[str, ...]]:
    """How often each run of figures stands at the end of a line, or down lines of one figure each."""
    runs: list[tuple[str, ...]] = []
    alone = False
    for line in text.splitlines():
        tokens = line.split()
        run = tuple(takewhile(figures.__contains__, reversed(tokens)))[::-1]
        continued = alone and len(tokens) == 1 and bool(run)
        alone = len(tokens) == 1 and bool(run)
        if continued:
            runs[-1] += run
        else:
            runs.append(run)
    return Counter(runs)
