"""A truth as the Report that a perfect reader would make of it, without any file."""

from __future__ import annotations

import pandas as pd

from benchmarks.synthetic.truth import Item, Truth
from gongkai.report import Report
from gongkai.tables import CELLS, frame


def report_of(truth: Truth) -> Report:
    """The report with every cell as printed and every section's text as it stands."""
    front, sections = texts_of(truth.flow)
    title = next((item.text.replace("\n", "") for item in truth.flow if item.kind == "title"), None)
    return Report(
        source=f"synthetic_{truth.seed}",
        cells=_cells(truth),
        forms=dict(truth.forms),
        sections=sections,
        organ=truth.organ.name,
        level=truth.organ.level,
        kind=truth.organ.kind,
        year=truth.year,
        published=truth.published if any(item.kind == "signature" for item in truth.flow) else None,
        title=title,
        front=front,
    )


def texts_of(flow: tuple[Item, ...]) -> tuple[str, dict[str, str]]:
    """The text before the first heading, and that of every section, a paragraph a line."""
    front: list[str] = []
    sections: dict[str, list[str]] = {}
    here = front
    for item in flow:
        if item.kind == "heading":
            here = sections.setdefault(item.section, [])
        elif item.kind != "table":
            here.append(item.text)
    return "\n".join(front), {id: "\n".join(texts) for id, texts in sections.items()}


def _cells(truth: Truth) -> pd.DataFrame:
    rows = []
    for id, cell in truth.cells.items():
        table, row, column = id.split("/")
        known = {"id": id, "table": table, "row": row, "column": column}
        rows.append({**known, "value": cell.value, "raw": cell.raw, "status": cell.status, "note": "", "flags": ""})
    return frame(rows, CELLS)
