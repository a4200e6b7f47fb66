"""Reports of a corpus as they were read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gongkai.forms import load_form, newest_form
from gongkai.report import Report
from gongkai.tables import CELLS

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.corpus.panel import Panel


def restored(panel: Panel, rows: Iterable[dict[str, Any]]) -> dict[str, Report]:
    """Reports by id, as they were read but for their documents; `rows` are those of `Panel.reports`."""
    wanted = {row["report"]: row for row in rows}
    ids = ", ".join(f"'{id}'" for id in wanted)
    columns = ", ".join(f'"{name}"' for name in ("report", *CELLS))
    cells = panel.sql(f"SELECT {columns} FROM cells WHERE report IN ({ids})")
    texts = panel.sql(f"SELECT report, section, text FROM texts WHERE report IN ({ids})")
    of_report = dict(iter(cells.groupby("report", sort=False)))
    said: dict[str, dict[str, str]] = {id: {} for id in wanted}
    for id, section, text in zip(texts["report"], texts["section"], texts["text"], strict=True):
        said[id][section] = text
    return {id: _report(row, of_report[id].drop(columns="report"), said[id]) for id, row in wanted.items()}


def _report(row: dict[str, Any], cells: pd.DataFrame, texts: dict[str, str]) -> Report:
    """A report with its cells and sections in the form's order, in which findings stand."""
    forms = {name.removeprefix("form_"): row[name] for name in row if name.startswith("form_") and row[name]}
    ids = (cell for id, form in forms.items() for cell in load_form(form).tables[id].ids())
    places = {id: place for place, id in enumerate(ids)}
    sections = [section.id for section in newest_form().sections]
    return Report(
        source=row["file"],
        cells=cells.sort_values("id", key=lambda ids: ids.map(places), ignore_index=True),
        forms=forms,
        sections={id: texts[id] for id in sections if id in texts},
        organ=row["organ"],
        level=row["level"],
        kind=row["kind"],
        year=row["year"],
        published=row["published"],
        title=row["title"],
        front=texts.get("front", ""),
        flags=dict(flag.split(":", 1) for flag in (row["report_flags"] or "").split(";") if flag),
    )
