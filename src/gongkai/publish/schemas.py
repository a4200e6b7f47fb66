"""What every table must be like before it leaves the package. pandera is slow to import: import this module late."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from gongkai.errors import TableError
from gongkai.ledger import PRINTED
from gongkai.tables import CELLS, FINDINGS, OUTCOMES, REPAIRS, SEVERITIES, STATUSES, frame

_CHECKS: dict[str, pa.Check] = {
    "status": pa.Check.isin(STATUSES),
    "outcome": pa.Check.isin(OUTCOMES),
    "severity": pa.Check.isin(SEVERITIES),
    "method": pa.Check.isin(("deduced", "localised")),
}


def exactly(
    name: str,
    columns: Mapping[str, str],
    valid: Mapping[str, pa.Check],
    optional: Container[str],
    **settings: Any,
) -> pa.DataFrameSchema:
    """Exactly these columns, in order, with the dtypes of `frame`; only those in `optional` may lack values.

    `valid` are the checks of the columns that have any, `settings` those of the table.
    """
    dtypes: Any = frame([], columns).dtypes
    described = {
        column: pa.Column(dtypes[column], checks=valid.get(column), nullable=column in optional) for column in columns
    }
    return pa.DataFrameSchema(described, name=name, strict=True, ordered=True, **settings)


def _valued_where_printed(cells: pd.DataFrame) -> pd.Series:
    return cells["value"].notna() == cells["status"].isin(PRINTED)


SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "cells": exactly(
        "cells",
        CELLS,
        _CHECKS,
        optional={"value", "page", "x0", "top", "x1", "bottom"},
        unique=["id"],
        checks=pa.Check(_valued_where_printed, error="a value stands where a number was printed, and only there"),
    ),
    "findings": exactly(
        "findings", FINDINGS, _CHECKS, optional={"table", "row", "column", "expected", "observed", "delta"}
    ),
    "repairs": exactly("repairs", REPAIRS, _CHECKS, optional={"printed", "proposed", "alternatives"}),
}


def hold_to_schema(name: str, table: pd.DataFrame) -> None:
    """Raise TableError when `table` is not what a table of this name must be."""
    hold_to(SCHEMAS[name], table)


def hold_to(schema: pa.DataFrameSchema, table: pd.DataFrame) -> None:
    """Raise TableError, with every fault, when `table` does not fit a schema."""
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as error:
        cases = zip(error.failure_cases["column"], error.failure_cases["check"], strict=True)
        faults = dict.fromkeys(f"{column}: {check}" for column, check in cases)
        raise TableError(schema.name, "; ".join(faults)) from error
