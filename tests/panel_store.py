"""A corpus store made of reports built from known values, so that the panel is tested without any run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

import gongkai as gk
from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.corpus.store import Store
from gongkai.report import Report
from gongkai.tables import records


def make_store(path: Path | str, reports: Mapping[str, Report], unread: Mapping[str, str] | None = None) -> Store:
    """A store with one batch: `reports` by file, and files that have a status other than `done`."""
    store = Store(str(path))
    store.create()
    add_batch(store, "00000001-r1", reports, unread)
    return store


def add_batch(store: Store, batch: str, reports: Mapping[str, Report], unread: Mapping[str, str] | None = None) -> None:
    ledger = [{"file": file, "status": "done", "report": id_of(file), "batch": batch} for file in reports]
    ledger += [{"file": file, "status": status, "reason": "said"} for file, status in (unread or {}).items()]
    years = {report.year for report in reports.values()}
    tables = {
        name: {
            year: pa.Table.from_pylist(
                [
                    {**row, "report": id_of(file), "batch": batch}
                    for file, report in reports.items()
                    if report.year == year
                    for row in rows_of(name, file, report)
                ],
                schema(PANEL[name]),
            )
            for year in years
        }
        for name in PANEL
    }
    store.commit(batch, pa.Table.from_pylist(ledger, schema(LEDGER)), tables)


def id_of(file: str) -> str:
    return hashlib.sha256(file.encode()).hexdigest()[:16]


def rows_of(name: str, file: str, report: Report) -> list[dict]:
    findings, repairs = gk.check(report), gk.repair(report)
    if name == "reports":
        statuses, outcomes = Counter(report.cells["status"]), Counter(findings["outcome"])
        methods = Counter(repairs["method"])
        return [
            {
                "file": file,
                "sha256": hashlib.sha256(file.encode()).hexdigest(),
                "organ": report.organ,
                "level": report.level,
                "kind": report.kind,
                "published": report.published,
                "title": report.title,
                **{f"form_{table}": form for table, form in report.forms.items()},
                "flags": ";".join(f"{what}:{why}" for what, why in report.flags.items()),
                "version": gk.__version__,
                "printed": statuses["number"] + statuses["annotated"],
                "blank": statuses["blank"],
                "absent": statuses["absent"],
                "doubtful": len(report.doubtful()),
                "passed": outcomes["pass"],
                "failed": outcomes["fail"],
                "not_assessable": outcomes["not_assessable"],
                "deduced": methods["deduced"],
                "suspect": methods["localised"],
            }
        ]
    if name == "texts":
        return [{"section": section, "text": text} for section, text in report.sections.items() if text]
    return records({"cells": report.cells, "findings": findings, "repairs": repairs}[name])
