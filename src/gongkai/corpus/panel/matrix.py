"""The corpus as matrices, reports by cells: what is printed, what was deduced, what is doubtful."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gongkai.corpus.panel.columns import labels
from gongkai.corpus.panel.variables import cell_variables
from gongkai.report import NOT_DOUBTFUL
from gongkai.tables import STATUSES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from gongkai.corpus.panel.database import Database

# What stands in a cell of the matrix, by number: the statuses of printed cells, then why the form has none.
CELL_STATUSES = (*STATUSES, *labels("no_cell"))
_NOT_ON_FORM, _NO_TABLE = CELL_STATUSES.index("not_on_form"), CELL_STATUSES.index("no_table")


# Rows of the store that speak of a cell of the chosen reports, with the cell's row and column in the matrix.
_PLACED = "SELECT k.n, v.position, {} FROM {} c JOIN chosen k USING (report, batch) LEFT JOIN variables v USING (id)"
# The cells of checks that found a figure to be wrong, without saying which.
_BROKEN = """(SELECT report, batch, unnest(cells) AS id FROM parts_findings
    WHERE outcome = 'fail' AND severity = 'error')"""


@dataclass(frozen=True)
class Matrix:
    """Cells of reports: rows are reports, columns the cells of all forms (`ids`).

    `values` are the printed values, `deduced` those that follow (both NaN where there is none), `status` numbers into
    CELL_STATUSES. `flags` are those of cells that carry any, by row and column. `doubtful`: the reading, or a printed
    figure that a deduced value rests on, is doubtful. `failed`: the cell is part of a failed check of severity error.
    """

    ids: tuple[str, ...]
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    deduced: NDArray[np.float64]
    flags: Mapping[tuple[int, int], str]
    doubtful: NDArray[np.bool_]
    failed: NDArray[np.bool_]

    @cached_property
    def column(self) -> Mapping[str, int]:
        """The column of each cell by id."""
        return {id: position for position, id in enumerate(self.ids)}


def matrix(database: Database, reports: pd.DataFrame) -> Matrix:
    """The cells of these reports (rows of `Panel.reports`)."""
    ids = tuple(cell_variables())
    shape = (len(reports), len(ids))
    database.choose(reports["report"].tolist())
    values, status, flags = _printed(database, shape, _without_cells(ids, reports))
    deduced, conditional = _deduced(database, shape)
    doubtful = _mask(shape, [place for place, text in flags.items() if set(text.split(",")) - NOT_DOUBTFUL])
    failed = _mask(shape, _places(database.query(_PLACED.format("NULL", _BROKEN))))
    return Matrix(ids, values, status, deduced, flags, doubtful | conditional, failed)


def _without_cells(ids: tuple[str, ...], reports: pd.DataFrame) -> NDArray[np.uint8]:
    """The status of every cell before any is known: not on the report's form, or its table is not there at all."""
    status = np.full((len(reports), len(ids)), _NOT_ON_FORM, np.uint8)
    for table in labels("table"):
        columns = [position for position, id in enumerate(ids) if id.startswith(f"{table}/")]
        lacking = np.flatnonzero(reports[f"form_{table}"].isna())
        status[np.ix_(lacking, np.array(columns))] = _NO_TABLE
    return status


def _printed(
    database: Database, shape: tuple[int, int], status: NDArray[np.uint8]
) -> tuple[NDArray[np.float64], NDArray[np.uint8], dict[tuple[int, int], str]]:
    """The values of the cells, their status put over the one given, and the flags of those that have any."""
    numbers = " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(STATUSES))
    wanted = f"c.value, CASE c.status {numbers} END AS status, nullif(c.flags, '') AS flags"
    cells = database.query(_PLACED.format(wanted, "parts_cells"))
    understood = pc.and_(pc.is_valid(cells["position"]), pc.is_valid(cells["status"]))
    if not pc.all(understood, min_count=0).as_py():
        warnings.warn("cells of a form or a status that this version does not know are left out", stacklevel=5)
        cells = cells.filter(understood)
    values = np.full(shape, np.nan)
    place = _place(cells)
    values[place] = cells["value"].to_numpy()
    status[place] = cells["status"].to_numpy()
    flagged = cells.filter(pc.is_valid(cells["flags"]))
    return values, status, dict(zip(_places(flagged), flagged["flags"].to_pylist(), strict=True))


def _deduced(database: Database, shape: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The deduced values, and which of them rest on a doubtful figure."""
    repairs = "(FROM parts_repairs WHERE method = 'deduced')"
    rows = database.query(_PLACED.format("c.proposed, c.certainty", repairs))
    rows = rows.filter(pc.is_valid(rows["position"]))
    deduced = np.full(shape, np.nan)
    deduced[_place(rows)] = rows["proposed"].to_numpy()
    return deduced, _mask(shape, _places(rows.filter(pc.not_equal(rows["certainty"], "certain"))))


def _place(rows: pa.Table) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the matrix, to index it with."""
    return rows["n"].to_numpy().astype(np.intp), rows["position"].to_numpy().astype(np.intp)


def _places(rows: pa.Table) -> list[tuple[int, int]]:
    """Row and column of cells that some form has."""
    pairs = zip(rows["n"].to_pylist(), rows["position"].to_pylist(), strict=True)
    return [(n, position) for n, position in pairs if position is not None]


def _mask(shape: tuple[int, int], places: list[tuple[int, int]]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, bool)
    if places:
        mask[tuple(zip(*places, strict=True))] = True
    return mask
