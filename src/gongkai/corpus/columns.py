"""The columns of the tables that the corpus store holds, and their Arrow schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gongkai.tables import CELLS, FINDINGS, REPAIRS

if TYPE_CHECKING:
    import pyarrow as pa

# What became of a file. Only a `done` one has a report.
FILE_STATUSES = ("done", "not_a_report", "unreadable", "failed", "timeout", "memory", "crashed")

# dtypes as in `gongkai.tables`; "object" columns hold lists of strings.
# One row a file and run. `file` is the path in the folder of reports. `report` is the report's id, and `batch` the
# batch that holds its rows: for a file with the same content as another, that of the other.
LEDGER: dict[str, str] = {
    "file": "str",
    "sha256": "str",
    "size": "Int64",
    "status": "str",
    "reason": "str",
    "seconds": "Float64",
    "version": "str",
    "run": "str",
    "finished": "datetime64[us, UTC]",
    "report": "str",
    "batch": "str",
}
# One row a report. Its year is in the path of the part, not in the rows. `flags` is what is doubtful about the report
# as a whole, as `what:why` joined by ";". `printed` counts cells with a number, `doubtful` cells that carry a flag.
REPORTS: dict[str, str] = {
    "report": "str",
    "file": "str",
    "sha256": "str",
    "organ": "str",
    "level": "str",
    "kind": "str",
    "published": "date",
    "title": "str",
    "form_disclosure": "str",
    "form_requests": "str",
    "form_litigation": "str",
    "flags": "str",
    "version": "str",
    "printed": "Int64",
    "blank": "Int64",
    "absent": "Int64",
    "doubtful": "Int64",
    "passed": "Int64",
    "failed": "Int64",
    "not_assessable": "Int64",
    "deduced": "Int64",
    "suspect": "Int64",
    "batch": "str",
}
# The text of a section; `front` is the text before the first one.
TEXTS: dict[str, str] = {"report": "str", "section": "str", "text": "str", "batch": "str"}


def _of_report(columns: Mapping[str, str]) -> dict[str, str]:
    return {"report": "str", **columns, "batch": "str"}


# The tables of the panel. `report` and `batch` together say whether a row is live (see `gongkai.corpus.store`).
PANEL: dict[str, dict[str, str]] = {
    "reports": REPORTS,
    "cells": _of_report(CELLS),
    "findings": _of_report(FINDINGS),
    "repairs": _of_report(REPAIRS),
    "texts": TEXTS,
}


def schema(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema of a table with these columns."""
    import pyarrow as pa

    types = {
        "str": pa.string(),
        "Int64": pa.int64(),
        "Float64": pa.float64(),
        "object": pa.list_(pa.string()),
        "date": pa.date32(),
        "datetime64[us, UTC]": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([(name, types[dtype]) for name, dtype in columns.items()])
