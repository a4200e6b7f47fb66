"""Two reports cell by cell, across forms by the cells' ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.ledger import DIGITS, Ledger
from gongkai.tables import frame

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

# pandas dtypes; `change` is one of CHANGES.
COLUMNS: dict[str, str] = {
    "id": "str",
    "table": "str",
    "row": "str",
    "column": "str",
    "change": "str",
    "before": "Float64",
    "after": "Float64",
    "difference": "Float64",
    "percent": "Float64",
    "before_raw": "str",
    "after_raw": "str",
    "before_status": "str",
    "after_status": "str",
    "doubtful": "boolean",
}
# `value`: another number; `filled`, `emptied`: a number on one side only; `status`: on neither, and not printed alike;
# `only_before`, `only_after`: the other report's form has no such cell.
CHANGES = ("same", "value", "filled", "emptied", "status", "only_before", "only_after")


def compared_cells(before: Report, after: Report) -> pd.DataFrame:
    """One row a cell that either report's form has, in the order of the later form and then of the earlier one."""
    ledgers = Ledger.of(before), Ledger.of(after)
    ids = dict.fromkeys([*ledgers[1].status, *ledgers[0].status])
    return frame((_compared(id, *ledgers) for id in ids), COLUMNS)


def _compared(id: str, before: Ledger, after: Ledger) -> dict[str, Any]:
    table, row, column = id.split("/")
    old, new = before.values.get(id), after.values.get(id)
    known = old is not None and new is not None
    difference = round(new - old, DIGITS) if known else None  # type: ignore[operator]
    return {
        "id": id,
        "table": table,
        "row": row,
        "column": column,
        "change": _change(id, before, after),
        "before": old,
        "after": new,
        "difference": difference,
        "percent": round(100 * difference / abs(old), 2) if difference is not None and old else None,
        "before_raw": before.raw.get(id),
        "after_raw": after.raw.get(id),
        "before_status": before.status.get(id),
        "after_status": after.status.get(id),
        "doubtful": id in before.doubtful or id in after.doubtful,
    }


def _change(id: str, before: Ledger, after: Ledger) -> str:
    if id not in before.status:
        return "only_after"
    if id not in after.status:
        return "only_before"
    old, new = before.values.get(id), after.values.get(id)
    if old is not None and new is not None:
        return "same" if old == new else "value"
    if old is None and new is None:
        alike = before.status[id] == after.status[id] and before.raw[id] == after.raw[id]
        return "same" if alike else "status"
    return "filled" if old is None else "emptied"
