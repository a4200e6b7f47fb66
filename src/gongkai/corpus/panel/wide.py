"""The wide table: one row an organ and year, one variable a cell, whatever the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gongkai.corpus.panel.columns import columns, labels
from gongkai.corpus.panel.crosswalk import sums
from gongkai.corpus.panel.matrix import CELL_STATUSES, Matrix
from gongkai.corpus.panel.variables import Variable, cell_variables, suffixed

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def variables(*, status: bool = False, flags: bool = False, deduced: bool = False) -> dict[str, Variable]:
    """The variables of the wide table by name, with the companions of the cells' that are asked for."""
    found = dict(columns("wide"))
    for cell in cell_variables().values():
        zh, en = cell.label
        of_cell = {
            "status": Variable("", (f"{zh}：状态", f"{en}: status"), "str", labels("status") | labels("no_cell")),
            "flags": Variable("", (f"{zh}：疑点", f"{en}: doubts"), "str"),
            "deduced": Variable("", (f"{zh}：推定值", f"{en}: deduced value")),
        }
        asked = {"status": status, "flags": flags, "deduced": deduced}
        companions = (replace(of_cell[kind], name=suffixed(cell.name, kind)) for kind in of_cell if asked[kind])
        found |= {variable.name: variable for variable in (cell, *companions)}
    return found | {name: link.variable for name, link in sums().items() if link.variable}


def wide_table(
    reports: pd.DataFrame, cells: Matrix, *, status: bool = False, flags: bool = False, deduced: bool = False
) -> pd.DataFrame:
    """`reports` with a variable for every cell: the value as printed, missing where no number is.

    On request each is followed by its `status` (`_s`, one of CELL_STATUSES), its `flags` (`_f`) and the value `deduced`
    (`_d`). The sums of the crosswalk stand last, without such companions.
    """
    import pandas as pd

    known: dict[str, object] = {name: reports[name].array for name in columns("wide")}
    flag_texts = _by_column(cells) if flags else {}
    words = pd.array(CELL_STATUSES, dtype="str")
    for position, variable in enumerate(cell_variables().values()):
        known[variable.name] = _numbers(cells.values[:, position])
        if status:
            known[suffixed(variable.name, "status")] = words[cells.status[:, position]]
        if flags:
            known[suffixed(variable.name, "flags")] = _texts(len(reports), flag_texts.get(position, {}))
        if deduced:
            known[suffixed(variable.name, "deduced")] = _numbers(cells.deduced[:, position])
    for name in sums():
        known[name] = _numbers(sum_values(name, reports, cells))
    return pd.DataFrame(known)


def sum_values(name: str, reports: pd.DataFrame, cells: Matrix) -> NDArray[np.float64]:
    """A sum of the crosswalk for every report, after the form of its table; NaN where a part of it is not printed."""
    total = np.full(len(reports), np.nan)
    for form, ids in sums()[name].cells.items():
        table = ids[0].partition("/")[0]
        rows = reports[f"form_{table}"].eq(form).to_numpy(dtype=bool, na_value=False)
        parts = cells.values[:, [cells.column[id] for id in ids]]
        total[rows] = parts[rows].sum(axis=1)
    return total


def _numbers(values: NDArray[np.float64]) -> pd.api.extensions.ExtensionArray:
    from pandas.arrays import FloatingArray

    missing = np.isnan(values)
    return FloatingArray(np.where(missing, 0.0, values), missing)


def _by_column(cells: Matrix) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.flags.items():
        found.setdefault(column, {})[row] = text
    return found


def _texts(rows: int, texts: dict[int, str]) -> pd.api.extensions.ExtensionArray:
    import pandas as pd

    column = np.full(rows, "", dtype=object)
    column[list(texts)] = list(texts.values())
    return pd.array(column, dtype="str")
