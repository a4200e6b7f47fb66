"""The data beside the pages: every table as Parquet and as CSV, and a record of what was read and how."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

# What a spreadsheet takes for a formula when a text starts with it, also in full width; a plain number or dash is none.
_FORMULA = re.compile(r"(?![-+−－＋]?[\d.,%]*$)[=+\-@＝＋－＠\t\r]")


TABLES = ("cells", "findings", "repairs")


def table_files() -> list[str]:
    """The names of the files that hold the tables."""
    return [f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")]


def write_tables(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write each table as `<name>.parquet` and `<name>.csv`.

    Each is held to its schema first. The CSV is UTF-8 with a byte-order mark, so that Excel shows Chinese; lists are
    joined by spaces, and a text that Excel would run as a formula starts with an apostrophe. Parquet has all as it is.
    """
    from gongkai.publish.schemas import hold_to_schema

    for name in TABLES:
        table = tables[name]
        hold_to_schema(name, table)
        table.to_parquet(folder / f"{name}.parquet", index=False)
        for_spreadsheets(table).to_csv(
            folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n", float_format="%.15g"
        )


def for_spreadsheets(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with lists joined and no text that a spreadsheet would run."""
    import pandas as pd

    safe = table.copy()
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            safe[name] = [_harmless(value) for value in table[name]]
    return safe


def _harmless(value: Any) -> Any:
    text = " ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text


def write_record(folder: Path, name: str, report: Report, about: dict[str, Any]) -> None:
    """Write `about` and what is known of the report as a whole (without its cells) as strict JSON."""
    known = {key: value for key, value in report.to_dict().items() if key not in ("cells", "source")}
    text = json.dumps({**about, **known}, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / name).write_text(f"{text}\n", encoding="utf-8")


def relative(file: Path, folder: Path) -> str:
    """The path of `file` as seen from `folder`, so that both can move together."""
    return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
