"""The official form, filled with what was printed and marked with what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.document import Place
from gongkai.forms import cell_id, load_form
from gongkai.formview.html import Html, element, framed
from gongkai.formview.layout import Box, Labels, draw, section_titles
from gongkai.formview.words import Words, plain, words
from gongkai.tables import SEVERITIES, STATUSES, records

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.forms import Table
    from gongkai.report import Report

_MARKS = ("doubtful", "deduced", "localised", *SEVERITIES)
_MEANINGLESS = "number"  # the status that needs no colour and no word in the legend


@dataclass(slots=True)
class _Shown:
    """A cell and everything that is known about it."""

    record: dict[str, Any]
    anchor: str
    doubtful: bool = False
    findings: list[dict[str, Any]] = field(default_factory=list)
    repair: dict[str, Any] | None = None

    @property
    def severity(self) -> str | None:
        """The gravest of the failed checks that the cell is part of."""
        return min((finding["severity"] for finding in self.findings), key=SEVERITIES.index, default=None)

    @property
    def marks(self) -> list[str]:
        """What is to be seen at a glance, besides the status."""
        found = ["doubtful"] if self.doubtful else []
        found += [self.repair["method"]] if self.repair else []
        return found + ([self.severity] if self.severity else [])


def form_html(
    report: Report,
    findings: pd.DataFrame | None = None,
    repairs: pd.DataFrame | None = None,
    language: str = "zh",
    previous: Report | None = None,
) -> str:
    """The tables of the report as HTML, laid out as the official form, every cell coloured by its status.

    With `findings` the cells of failed checks are outlined; with `repairs` the proposed values stand beside the printed
    ones. Every cell has the anchor `cell-<id>` and a tooltip with all that is known about it. `language` is that of
    labels and tooltips; what was printed stays as printed. `previous` is the same organ's report of the year before:
    its form stands below, with anchors that begin with `previous-`.
    """
    spoken = words(language)
    parts = _form(report, _cells(report, findings, repairs), spoken)
    if previous is not None:
        year = previous.year if previous.year is not None else "?"
        cells = _cells(previous, None, None, prefix="previous-")
        parts += [element("h4", spoken.text("year_before", year=year)), *_form(previous, cells, spoken)]
    return framed(*parts, language=language)


def anchor(id: str) -> str:
    """The HTML id of a cell, for links to it."""
    return f"cell-{id.replace('/', '-')}"


def _form(report: Report, cells: dict[str, _Shown], spoken: Words) -> list[Html]:
    tables = [
        _table(report.table(id), section_titles(load_form(form), spoken.language)[id], cells, spoken)
        for id, form in report.forms.items()
    ]
    return [_legend(cells.values(), spoken), *tables]


def _cells(
    report: Report, findings: pd.DataFrame | None, repairs: pd.DataFrame | None, prefix: str = ""
) -> dict[str, _Shown]:
    failed = defaultdict(list)
    for finding in [] if findings is None else records(findings[findings["outcome"] == "fail"]):
        for id in finding["cells"]:
            failed[id].append(finding)
    proposed = {} if repairs is None else {repair["id"]: repair for repair in records(repairs)}
    doubtful = report.doubtful()
    return {
        id: _Shown(record, prefix + anchor(id), id in doubtful, failed[id], proposed.get(id))
        for record in records(report.cells)
        for id in [record["id"]]
    }


def _table(table: Table, title: str, cells: dict[str, _Shown], spoken: Words) -> Html:
    labels = Labels(table, spoken.language)
    paths = {cell_id(table.id, row.id, column.id): (labels.of(row), labels.of(column)) for row, column in table.cells()}
    return table_html(table, title, spoken.language, lambda box: _cell(cells[box.id], box, paths[box.id], spoken))


def table_html(table: Table, title: str, language: str, cell: Callable[[Box], Html]) -> Html:
    """A table laid out as the official form, with the labels in `language`; `cell` makes what stands for a figure."""
    rows = [
        element("tr", *(cell(box) if box.id else _heading(box) for box in boxes)) for boxes in draw(table, language)
    ]
    form = element("table", element("caption", title), *rows, class_=f"gk-table gk-form gk-{table.layout}")
    return element("div", form, class_="gk-scroll")


def _heading(box: Box) -> Html:
    return element("th", box.label, class_="gk-side" if box.side else None, **spans(box))


def _cell(shown: _Shown, box: Box, path: tuple[str, str], spoken: Words) -> Html:
    classes = [f"gk-{shown.record['status']}"]
    classes += [f"gk-fail-{shown.severity}"] if shown.severity else []
    return element(
        "td",
        shown.record["raw"],
        *(_proposal(shown) if shown.repair else ()),
        *([element("sup", "?")] if shown.doubtful else ()),
        *([element("sup", "!")] if shown.severity else ()),
        id=shown.anchor,
        class_=" ".join(classes),
        title="\n".join(_tooltip(shown, path, spoken)),
        **spans(box),
    )


def spans(box: Box) -> dict[str, int | None]:
    """The attributes of a box that is wider or higher than one cell."""
    return {
        "rowspan": box.rowspan if box.rowspan > 1 else None,
        "colspan": box.colspan if box.colspan > 1 else None,
    }


def _proposal(shown: _Shown) -> list[str]:
    assert shown.repair is not None
    value = shown.repair["proposed"]
    if shown.repair["method"] == "deduced":
        return [element("span", f"〔{number(value)}〕", class_="gk-deduced")]
    doubt = "?" if shown.repair["certainty"] == "tied" and value is not None else ""
    return [" ", element("span", f"→ {number(value)}{doubt}", class_="gk-localised")]


def number(value: float | None, missing: str = "?") -> str:
    """A value of a table as people write it; `missing` when there is none."""
    return missing if value is None else plain(value)


def _tooltip(shown: _Shown, path: tuple[str, str], spoken: Words) -> Iterable[str]:
    record = shown.record
    yield shown.record["id"]
    yield " · ".join(path)
    yield spoken.get("status", record["status"]) + (spoken.text("colon") + record["note"] if record["note"] else "")
    if record["flags"]:
        yield spoken.get("field", "flags") + spoken.text("colon") + spoken.flags(record["flags"])
    if place := spoken.place(cell_place(record)):
        yield spoken.get("field", "place") + spoken.text("colon") + place
    for finding in shown.findings:
        yield f"✗ {finding['message']}"
    if shown.repair:
        yield f"→ {shown.repair['message']}"


def cell_place(record: dict[str, Any]) -> Place:
    """The place of a row of `Report.cells`."""
    return Place(**{key: record[key] for key in ("page", "x0", "top", "x1", "bottom")})


def _legend(cells: Iterable[_Shown], spoken: Words) -> Html:
    """What the colours and marks on this form mean, with how often each occurs."""
    cells = list(cells)
    statuses = Counter(shown.record["status"] for shown in cells)
    marks = Counter(mark for shown in cells for mark in shown.marks)
    items = [
        _legend_item(
            f"gk-{status}", "0" if status == _MEANINGLESS else "", spoken.get("status", status), statuses[status]
        )
        for status in STATUSES
        if statuses[status]
    ]
    signs = {"doubtful": element("sup", "?"), "deduced": "〔0〕", "localised": "→ 0"}
    items += [
        _legend_item(
            f"gk-fail-{mark}" if mark in SEVERITIES else f"gk-{mark}",
            signs.get(mark, element("sup", "!")),
            spoken.get("mark", mark),
            marks[mark],
        )
        for mark in _MARKS
        if marks[mark]
    ]
    return element("ul", *items, class_="gk-legend", title=spoken.text("legend"))


def _legend_item(class_: str, sign: str, meaning: str, count: int) -> Html:
    return element("li", element("span", sign, class_=class_), f"{meaning} × {count}")
