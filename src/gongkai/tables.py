"""The columns of every table that gongkai gives out, and how rows become a DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# pandas dtypes; "object" columns hold lists of strings.
CELLS: dict[str, str] = {
    "id": "str",
    "table": "str",
    "row": "str",
    "column": "str",
    "value": "Float64",
    "raw": "str",
    "status": "str",
    "note": "str",
    "flags": "str",
    "page": "Int64",
    "x0": "Float64",
    "top": "Float64",
    "x1": "Float64",
    "bottom": "Float64",
}
FINDINGS: dict[str, str] = {
    "rule": "str",
    "outcome": "str",
    "severity": "str",
    "table": "str",
    "row": "str",
    "column": "str",
    "expected": "Float64",
    "observed": "Float64",
    "delta": "Float64",
    "message": "str",
    "cells": "object",
}
REPAIRS: dict[str, str] = {
    "id": "str",
    "printed": "Float64",
    "proposed": "Float64",
    "method": "str",
    "certainty": "str",
    "alternatives": "object",
    "message": "str",
}

STATUSES = ("number", "annotated", "blank", "dash", "text", "unreadable", "absent")
OUTCOMES = ("pass", "fail", "not_assessable")
SEVERITIES = ("error", "warning", "note")


def frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """`rows` as a DataFrame with exactly these columns and dtypes; a missing key is a missing value."""
    import pandas as pd

    rows = list(rows)
    series = {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in columns.items()}
    # Bare arrays are taken as they are, where pandas would align series by their index and copy them.
    return pd.DataFrame({name: values.array for name, values in series.items()}, copy=False)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of `table` as plain dicts; a missing value is None."""
    rows = table.astype(object).where(table.notna(), None)
    return [dict(zip(table.columns, row, strict=True)) for row in rows.itertuples(index=False)]
