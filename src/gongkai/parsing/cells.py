"""Printed cells become the table of cells: one row for every cell that the form has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gongkai.forms import Column, Row, cell_id
from gongkai.parsing.numbers import read_cell
from gongkai.parsing.tables import Printed, TableReading
from gongkai.tables import CELLS, frame

if TYPE_CHECKING:
    import pandas as pd


def cells_frame(readings: Iterable[TableReading]) -> pd.DataFrame:
    """The cells of all tables in the form's order, with the columns of `gongkai.tables.CELLS`."""
    return frame(
        (
            _record(reading.table.id, row, column, reading.cells.get(cell_id(reading.table.id, row.id, column.id)))
            for reading in readings
            for row, column in reading.table.cells()
        ),
        CELLS,
    )


def _record(table: str, row: Row, column: Column, printed: Printed | None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": cell_id(table, row.id, column.id),
        "table": table,
        "row": row.id,
        "column": column.id,
        "raw": "",
        "status": "absent",
        "note": "",
        "flags": "",
    }
    if printed is None:
        return record
    reading = read_cell(printed.text, column)
    place = printed.place
    return record | {
        "value": reading.value,
        "raw": printed.text,
        # A scan's cell that holds something, though nobody can tell what, is not blank.
        "status": "unreadable" if not printed.text and "unreadable" in printed.flags else reading.status,
        "note": "; ".join(filter(None, (reading.note, printed.note))),
        "flags": ",".join(dict.fromkeys((*printed.flags, *reading.flags))),
        "page": place.page,
        "x0": place.x0,
        "top": place.top,
        "x1": place.x1,
        "bottom": place.bottom,
    }
