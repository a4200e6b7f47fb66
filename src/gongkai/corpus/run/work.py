"""The work on one file: read, checked and repaired, it becomes rows of the panel's tables."""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from gongkai.corpus.columns import PANEL, schema
from gongkai.errors import GongkaiError, NotAReport, UnreadableFile
from gongkai.wording import Language

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report


@dataclass(frozen=True, slots=True)
class Job:
    """A file to work on: `file` is its name in the ledger, `url` where it is; `pages` is where its pages go, if any."""

    report: str
    file: str
    url: str
    sha256: str
    version: str
    language: Language
    pages: str | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a file (a status of `columns.FILE_STATUSES`), and the rows of a report that is `done`."""

    status: str
    reason: str = ""
    seconds: float = 0.0
    year: int | None = None
    tables: dict[str, pa.Table] = field(default_factory=dict)


def work(job: Job, path: Path) -> Outcome:
    """Read, check and repair the file at `path`; no error leaves this function but those that end a process."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            outcome = _done(job, path)
        except NotAReport as error:
            outcome = Outcome("not_a_report", error.reason)
        except UnreadableFile as error:
            outcome = Outcome("unreadable", error.reason)
        except MemoryError:
            outcome = Outcome("memory", "ran out of memory")
        except GongkaiError as error:
            outcome = Outcome("failed", str(error))
        except Exception as error:
            # A defect that one file brings to light is recorded with that file and costs no other.
            outcome = Outcome("failed", f"unexpected {type(error).__name__}: {error}")
    said = dict.fromkeys(str(warning.message) for warning in caught if warning.category is UserWarning)
    outcome.reason = "; ".join(filter(None, (outcome.reason, *said)))
    return outcome


def _done(job: Job, path: Path) -> Outcome:
    import gongkai

    report = gongkai.parse(path)
    findings = gongkai.check(report, language=job.language)
    repairs = gongkai.repair(report, language=job.language)
    if job.pages is not None:
        from gongkai.publish.run import Published, publish

        # The whole name: workers at the same time must not choose the same folder for a.pdf and a.docx.
        publish(Published(path, job.language, report, findings, repairs), Path(job.pages, job.file))
    return Outcome("done", year=report.year, tables=rows_of(job, report, findings, repairs))


def rows_of(job: Job, report: Report, findings: pd.DataFrame, repairs: pd.DataFrame) -> dict[str, pa.Table]:
    """The rows of a report in every table of the panel, without the batch that they will be in."""
    texts = {**({"front": report.front} if report.front else {}), **report.sections}
    return {
        "reports": _rows("reports", [_summary(job, report, findings, repairs)]),
        "cells": _table("cells", job, report.cells),
        "findings": _table("findings", job, findings),
        "repairs": _table("repairs", job, repairs),
        "texts": _rows("texts", [{"report": job.report, "section": id, "text": text} for id, text in texts.items()]),
    }


def _schema(name: str) -> pa.Schema:
    """The columns of a panel table that are known before it is committed."""
    whole = schema(PANEL[name])
    return whole.remove(whole.get_field_index("batch"))


def _rows(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, _schema(name))


def _table(name: str, job: Job, frame: pd.DataFrame) -> pa.Table:
    wanted = _schema(name)
    rows = pa.Table.from_pandas(frame, wanted.remove(0), preserve_index=False).replace_schema_metadata()
    return rows.add_column(0, wanted.field(0), pa.repeat(job.report, len(rows)))


def _summary(job: Job, report: Report, findings: pd.DataFrame, repairs: pd.DataFrame) -> dict[str, Any]:
    """The report's row in the table of reports."""
    statuses = Counter(report.cells["status"].tolist())
    outcomes = Counter(findings["outcome"].tolist())
    methods = Counter(repairs["method"].tolist())
    return {
        "report": job.report,
        "file": job.file,
        "sha256": job.sha256,
        "organ": report.organ,
        "level": report.level,
        "kind": report.kind,
        "published": report.published,
        "title": report.title,
        **{f"form_{table}": form for table, form in report.forms.items()},
        "flags": ";".join(f"{what}:{why}" for what, why in report.flags.items()),
        "version": job.version,
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
