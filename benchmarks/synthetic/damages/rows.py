"""What recognition does to rows of separated fields. Each damage says what a reader can still be expected to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.synthetic.sheets import Box

if TYPE_CHECKING:
    from benchmarks.synthetic.draft import Draft

Fields = list[Box]
Damage = Callable[["Draft", list[Fields]], list[Fields]]
_EMPTY = Box("", "gap")


def _figure_places(row: Fields) -> list[int]:
    return [at for at, box in enumerate(row) if box.id]


def _ids(row: Fields) -> list[str]:
    return [box.id for box in row if box.id]


def emptied_cells(draft: Draft, rows: list[Fields]) -> list[Fields]:
    """A figure is lost, its separators stay: the place is empty, and that is what a reader sees."""
    changed = []
    for row in rows:
        places = _figure_places(row)
        if places and draft.rng.random() < 0.06:
            at = draft.rng.choice(places)
            draft.blank(row[at].id)
            row = [replace(box, text="") if place == at else box for place, box in enumerate(row)]
        changed.append(row)
    return changed


def dropped_cells(draft: Draft, rows: list[Fields]) -> list[Fields]:
    """A figure is lost with its separator: nothing tells which figure of the row it was."""
    changed = []
    for row in rows:
        places = _figure_places(row)
        if len(places) > 1 and draft.rng.random() < 0.04:
            draft.doubt(_ids(row))
            at = draft.rng.choice(places)
            row = [*row[:at], *row[at + 1 :]]
        changed.append(row)
    return changed


def shifted_rows(draft: Draft, rows: list[Fields]) -> list[Fields]:
    """A row gains or loses leading fields. With all figures printed it can be read; with an empty one it cannot."""
    changed = []
    for row in rows:
        if _figure_places(row) and draft.rng.random() < 0.1:
            if row[0].text == "" and not row[0].id and draft.rng.random() < 0.5:
                row = row[1:]
            else:
                row = [_EMPTY] * draft.rng.choice((1, 1, 2)) + row
            doubt_if_gaps(draft, row)
        changed.append(row)
    return changed


def group_fragments(draft: Draft, rows: list[Fields]) -> list[Fields]:
    """A group label printed vertically falls into pieces beside the rows it stands for."""
    changed = [list(row) for row in rows]
    for at, row in enumerate(rows):
        for column, box in enumerate(row):
            if box.role == "group" and box.text:
                below = [
                    other
                    for other in range(at, len(rows))
                    if other == at or (column < len(rows[other]) and rows[other][column] == _EMPTY)
                ]
                changed[at][column] = replace(box, text="")
                _scatter(draft, changed, below[: box.rowspan], column, box)
    return changed


def _scatter(draft: Draft, rows: list[Fields], places: list[int], column: int, box: Box) -> None:
    count = min(len(places), draft.rng.randint(2, 5))
    chosen = sorted(draft.rng.sample(places, count))
    size = -(-len(box.text) // count)
    for piece, place in enumerate(chosen):
        rows[place][column] = replace(box, text=box.text[piece * size : (piece + 1) * size], rowspan=1)


def doubt_if_gaps(draft: Draft, row: Fields) -> None:
    """Figures whose place only an empty field showed can no longer be placed."""
    ids = _ids(row)
    texts = [box.text for box in row if box.id]
    if len(ids) > 1 and any(texts) and not all(texts):
        draft.doubt(ids)


ROW_DAMAGES: dict[str, Damage] = {
    "emptied_cells": emptied_cells,
    "dropped_cells": dropped_cells,
    "shifted_rows": shifted_rows,
    "group_fragments": group_fragments,
}


def damage_rows(draft: Draft, rows: list[Fields]) -> list[Fields]:
    """The rows after all damages to rows that the draft suffers."""
    for name, damage in ROW_DAMAGES.items():
        if name in draft.damages:
            rows = damage(draft, rows)
    return rows
