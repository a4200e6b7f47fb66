"""A table as Parquet, CSV or an Excel workbook."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from gongkai.corpus.exports.outgoing import Outgoing
from gongkai.errors import TableError
from gongkai.publish.data import for_spreadsheets
from gongkai.wording import Language, in_language

_EXCEL_ROWS, _EXCEL_TEXT = 1_048_576, 32_767
# Characters that XML, and so a workbook, cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CODEBOOK = {"zh": ("变量", "含义", "取值或说明"), "en": ("variable", "label", "values or note")}


def write_parquet(path: Path, found: Outgoing) -> None:
    """Write `path` with everything as it is."""
    rows = (pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata() for table in found.tables())
    first = next(rows)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for piece in chain([first], rows):
            writer.write_table(piece)


def write_csv(path: Path, found: Outgoing, bom: bool = True) -> None:
    """Write `path` in UTF-8, with a byte-order mark for Excel; a text that it would run starts with an apostrophe."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        for number, table in enumerate(found.tables()):
            safe = for_spreadsheets(table)
            safe.to_csv(file, index=False, header=number == 0, lineterminator="\n", float_format="%.15g")


def write_excel(path: Path, found: Outgoing, language: Language) -> None:
    """Write a workbook with the table and, on a second sheet, what its variables are.

    A text that Excel would run starts with an apostrophe. Raises TableError for more rows than a sheet can hold.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(found.name)
    sheet.freeze_panes = "A2"
    sheet.append(list(found.shown))
    rows = 1
    for table in found.tables():
        rows += len(table)
        if rows > _EXCEL_ROWS:
            raise TableError(found.name, f"it has more than the {_EXCEL_ROWS:,} rows of an Excel sheet; use csv or dta")
        for row in _plain(for_spreadsheets(table)).itertuples(index=False, name=None):
            sheet.append(row)
    described = book.create_sheet("codebook")
    described.append(_CODEBOOK[language])
    for variable in found.shown.values():
        values = "; ".join(f"{value} = {in_language(text, language)}" for value, text in variable.values.items())
        label, note = (in_language(text, language) for text in (variable.label, variable.note))
        described.append((variable.name, label, values or note))
    book.save(path)


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Values that a workbook takes: no missing values, no characters that XML forbids, no text longer than a cell."""
    plain = table.astype(object).where(table.notna(), None)
    for name in table.select_dtypes(["str", "object"]):
        plain[name] = [_NOT_XML.sub("", v)[:_EXCEL_TEXT] if isinstance(v, str) else v for v in plain[name]]
    return plain
