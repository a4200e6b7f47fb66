"""Reports built from known values, so that checks, repair and narrative are tested without any parsing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.forms import cell_id, form_for_year, load_form
from gongkai.parsing.numbers import read_cell
from gongkai.report import Report
from gongkai.tables import CELLS, frame

SECTIONS = {
    "overview": "2023年，我局认真贯彻落实《中华人民共和国政府信息公开条例》。",
    "disclosure": "",
    "requests": "",
    "litigation": "",
    "problems": "一是公开内容有待丰富；二是队伍建设有待加强。",
    "other": "2023年度未收取信息处理费。",
}


def build_report(
    values: Mapping[str, str | None] | None = None,
    *,
    forms: Mapping[str, str] | None = None,
    year: int | None = 2023,
    fill: str = "0",
    flags: Mapping[str, str] | None = None,
    sections: Mapping[str, str] | None = None,
    **identity: Any,
) -> Report:
    """A report with every cell printed as `fill` but for `values` (id to printed text; None: the cell is absent)."""
    values = dict(values or {})
    form = form_for_year(year) or load_form("2021")
    chosen = dict(forms or dict.fromkeys(form.tables, form.id))
    cells = []
    for table_id, form_id in chosen.items():
        for row, column in load_form(form_id).tables[table_id].cells():
            id = cell_id(table_id, row.id, column.id)
            raw = values.pop(id, fill)
            reading = read_cell(raw, column) if raw is not None else None
            cells.append(
                {
                    "id": id,
                    "table": table_id,
                    "row": row.id,
                    "column": column.id,
                    "value": reading.value if reading else None,
                    "raw": raw or "",
                    "status": reading.status if reading else "absent",
                    "note": reading.note if reading else "",
                    "flags": (flags or {}).get(id, ",".join(reading.flags) if reading else ""),
                }
            )
    assert not values, f"not on the form: {sorted(values)}"
    return Report(
        source="built.txt",
        cells=frame(cells, CELLS),
        forms=chosen,
        sections=_sections_of(year) if sections is None else dict(sections),
        year=year,
        **{"organ": "某市某区教育局", "level": "county", "kind": "department", **identity},
    )


def _sections_of(year: int | None) -> dict[str, str]:
    """SECTIONS as they would stand in a report for this year."""
    return {id: text.replace("2023", str(year)) if year else text for id, text in SECTIONS.items()}


# The sample data/raw/district_hrss_2021.txt, written down by reading it: "" is an empty cell, all other figures are 0.
HRSS_2021 = {
    "requests/new/natural_person": "2",
    "requests/new/total": "2",
    "requests/carried_in/natural_person": "",
    "requests/carried_in/business": "",
    "requests/partial/natural_person": "2",
    "requests/partial/total": "2",
    "requests/total/natural_person": "2",
    "requests/total/total": "2",
    "requests/carried_out/natural_person": "",
    "disclosure/procurement/amount": "",
}


def hrss_2021() -> Report:
    """The sample as it must be parsed (tables only; sections shortened)."""
    return build_report(
        HRSS_2021,
        forms=dict.fromkeys(("disclosure", "requests", "litigation"), "2019"),
        year=2021,
        organ="区人社局",
        flags={},
        sections={
            **SECTIONS,
            "overview": "2021年,共向社会公开各类人社工作信息134条。",
            "problems": "一是政府信息公开工作的宣传力度还需进一步加强;二是政府信息公开意识还需进一步提高。",
            "other": "2021年度本机关未收取信息处理费。发出收费通知的件数和总金额,以及实际收取的总金额为0。",
        },
    )
