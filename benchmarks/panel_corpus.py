"""A corpus store of any size, its rows made directly: what a run would have written, without reading a file."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.corpus.places.units import Unit, units
from gongkai.corpus.store import Store
from gongkai.forms import Form, cell_id, form_for_year

YEARS = range(2019, 2026)
OFFICES = ("人民政府", "教育局", "财政局", "民政局", "司法局")
BATCH = 500  # reports that a run commits at a time
FINDINGS = 70  # checks of a report
# Shares of cells that are left blank and that were read with doubt.
BLANK, DOUBTFUL = 0.1, 0.01


def make(path: str, count: int, seed: int = 1) -> Store:
    """Write a store of `count` reports: the same organs year after year, each year on its form."""
    store = Store(path)
    store.create()
    draw = np.random.default_rng(seed)
    reports = list(_reports(count, random.Random(seed)))
    for start in range(0, count, BATCH):
        batch = store.next_batch("benchmark")
        chosen = reports[start : start + BATCH]
        by_year = {year: [report for report in chosen if report["year"] == year] for year in YEARS}
        tables = {
            name: {year: make_rows(batch, year, of_year, draw) for year, of_year in by_year.items() if of_year}
            for name, make_rows in _TABLES.items()
        }
        ledger = [{"file": r["file"], "status": "done", "report": r["report"], "batch": batch} for r in chosen]
        store.commit(batch, pa.Table.from_pylist(ledger, schema(LEDGER)), tables)
    return store


def _reports(count: int, draw: random.Random) -> Iterator[dict[str, Any]]:
    counties = [unit for unit in units().values() if unit.level == "county"]
    names = [f"{_full_name(unit)}{office}" for office, unit in product(OFFICES, counties)]
    draw.shuffle(names)
    for number in range(count):
        name, year = names[number // len(YEARS)], YEARS[number % len(YEARS)]
        yield {"report": f"{number:016x}", "file": f"{year}/{number}.pdf", "organ": name, "year": year}


def _full_name(unit: Unit) -> str:
    above = (units().get(code) for code in (f"{unit.code[:2]}0000", f"{unit.code[:4]}00"))
    return "".join(found.name for found in above if found) + unit.name


def _report_rows(batch: str, year: int, reports: list[dict[str, Any]], draw: np.random.Generator) -> pa.Table:
    rows = [
        {
            **{name: 0 for name, dtype in PANEL["reports"].items() if dtype == "Int64"},
            **{f"form_{table}": _form(year).id for table in _form(year).tables},
            **report,
            "level": "county",
            "kind": "department",
            "published": dt.date(year + 1, 1, int(draw.integers(1, 31))),
            "flags": "",
            "printed": int(draw.integers(100, 190)),
            "batch": batch,
        }
        for report in reports
    ]
    return pa.Table.from_pylist(rows, schema(PANEL["reports"]))


def _cell_rows(batch: str, year: int, reports: list[dict[str, Any]], draw: np.random.Generator) -> pa.Table:
    cells = [(t.id, row.id, column.id) for t in _form(year).tables.values() for row, column in t.cells()]
    number = len(cells) * len(reports)
    values, blank = draw.integers(0, 50, number).astype(float), draw.random(number) < BLANK
    columns: dict[str, Any] = {
        "report": np.repeat([report["report"] for report in reports], len(cells)),
        "id": [cell_id(*cell) for cell in cells] * len(reports),
        **{name: [cell[i] for cell in cells] * len(reports) for i, name in enumerate(("table", "row", "column"))},
        "value": pa.array(values, mask=blank),
        "raw": np.where(blank, "", values.astype(int).astype(str)),
        "status": np.where(blank, "blank", "number"),
        "note": [""] * number,
        "flags": np.where(draw.random(number) < DOUBTFUL, "low_confidence", ""),
        "page": [2] * number,
        **{side: draw.uniform(50, 500, number).round(1) for side in ("x0", "top", "x1", "bottom")},
        "batch": [batch] * number,
    }
    return pa.table(columns)


def _finding_rows(batch: str, year: int, reports: list[dict[str, Any]], draw: np.random.Generator) -> pa.Table:
    balance = ["new", "carried_in", "total", "carried_out"]
    rows = [
        {
            "report": report["report"],
            "rule": "balance",
            "outcome": "pass" if draw.random() > 0.02 else "fail",
            "severity": "error",
            "table": "requests",
            "column": "total",
            "message": "「总计」列：本年新收 2 + 上年结转 0 = 2，总计 2 + 结转下年 0 = 2，相符。",
            "cells": [f"requests/{row}/total" for row in balance],
            "batch": batch,
        }
        for report in reports
        for _ in range(FINDINGS)
    ]
    return pa.Table.from_pylist(rows, schema(PANEL["findings"]))


def _repair_rows(batch: str, year: int, reports: list[dict[str, Any]], draw: np.random.Generator) -> pa.Table:
    rows = [
        {
            "report": report["report"],
            "id": f"requests/carried_in/{column}",
            "proposed": 0.0,
            "method": "deduced",
            "certainty": "certain",
            "batch": batch,
        }
        for report in reports
        for column in ("business", "research", "total")
    ]
    return pa.Table.from_pylist(rows, schema(PANEL["repairs"]))


def _form(year: int) -> Form:
    form = form_for_year(year)
    assert form is not None
    return form


_TABLES = {"reports": _report_rows, "cells": _cell_rows, "findings": _finding_rows, "repairs": _repair_rows}
