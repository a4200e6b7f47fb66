"""Of two readings offered for a figure, the sums of the form choose one, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from gongkai.document import Cell, Document, Grid, Paragraph
from gongkai.forms import cell_id, load_form
from gongkai.parsing import from_document
from gongkai.report import Report

FORM = load_form("2021")
FLAG = ("low_confidence",)
# Natural persons: 12 new, 5 granted and 7 that are not held; businesses: 3 new, granted.
SOUND = {
    "new": (12, 3, 15),
    "granted": (5, 3, 8),
    "unavailable_not_held": (7, 0, 7),
    "total": (12, 3, 15),
}
COLUMNS = {"natural_person": 0, "business": 1, "total": 2}


def report_of(
    offered: Mapping[str, Sequence[str]], printed: Mapping[str, str] | None = None, reviews: Sequence[str] = ("0",) * 15
) -> Report:
    """A report with the sums of SOUND but for what is `printed` otherwise; of readings offered the first is read."""
    texts = {
        cell_id("requests", row, column): str(figures[k])
        for row, figures in SOUND.items()
        for column, k in COLUMNS.items()
    } | dict(printed or {})
    table = FORM.tables["requests"]

    def cell(id: str, text: str, row: int, column: int) -> Cell:
        found = tuple(offered.get(id, ()))
        read = text if len(found) == 1 else found[0] if found else ""
        return Cell(read, row, column, flags=FLAG, offered=found) if found else Cell(text, row, column)

    cells = [Cell(column.label, 0, c) for c, column in enumerate(table.rows[0].columns, start=1)]
    for r, row in enumerate(table.rows, start=1):
        cells.append(Cell(row.label, r, 0))
        ids = [cell_id("requests", row.id, column.id) for column in row.columns]
        cells += [cell(id, texts.get(id, "0"), r, c) for c, id in enumerate(ids, start=1)]
    litigation = FORM.tables["litigation"]
    ids = list(litigation.ids())
    second = [Cell(column.label, 0, c) for c, (_, column) in enumerate(litigation.cells())]
    second += [cell(id, text, 1, c) for c, (id, text) in enumerate(zip(ids, reviews, strict=True))]
    blocks = [
        Paragraph("某市水务局2022年政府信息公开工作年度报告"),
        Paragraph("三、收到和处理政府信息公开申请情况", heading=True),
        Grid(tuple(cells)),
        Paragraph("四、政府信息公开行政复议、行政诉讼情况", heading=True),
        Grid(tuple(second)),
    ]
    return from_document(Document("t.pdf", "pdf", blocks), "t.pdf")


def read(report: Report, id: str) -> tuple[str, float, str, bool]:
    """What is read, its value, its flags, and whether there is a note."""
    [row] = report.cells[report.cells["id"] == id].to_dict("records")
    return row["raw"], row["value"], row["flags"], bool(row["note"])


def test_the_reading_with_which_row_and_column_add_up_is_taken_and_noted() -> None:
    report = report_of({"requests/granted/business": ("8", "3")})
    assert read(report, "requests/granted/business") == ("3", 3.0, "low_confidence", True)
    [note] = report.cells.loc[report.cells["id"] == "requests/granted/business", "note"]
    assert "8或3" in note
    assert "8 or 3" in note


def test_the_reading_that_adds_up_stays_without_a_note() -> None:
    report = report_of({"requests/granted/business": ("3", "8")})
    assert read(report, "requests/granted/business") == ("3", 3.0, "low_confidence", False)


def test_a_figure_offered_for_what_was_read_as_a_letter() -> None:
    report = report_of({"requests/granted/business": ("3",)}, {"requests/granted/business": "à"})
    assert read(report, "requests/granted/business") == ("3", 3.0, "low_confidence", True)


def test_two_cells_are_settled_together() -> None:
    report = report_of({"requests/granted/business": ("8", "3"), "requests/granted/total": ("3", "8")})
    assert read(report, "requests/granted/business") == ("3", 3.0, "low_confidence", True)
    assert read(report, "requests/granted/total") == ("8", 8.0, "low_confidence", True)


def test_two_choices_that_both_add_up_are_none() -> None:
    rectangle = [f"requests/{row}/{column}" for row in ("granted", "unavailable_not_held") for column in COLUMNS]
    ends = [id for id in rectangle if not id.endswith("total")]
    printed = dict(zip(ends, ("5", "3", "7", "0"), strict=True))
    others = dict(zip(ends, ("6", "2", "6", "1"), strict=True))
    report = report_of({id: (printed[id], others[id]) for id in ends})
    assert [read(report, id)[::3] for id in ends] == [(printed[id], False) for id in ends]


@pytest.mark.parametrize("offers", [("7", "1"), ("1", "7")])
def test_a_sum_that_is_wrong_as_printed_is_not_mended(offers: tuple[str, str]) -> None:
    """The row adds up with the second reading, or the first; the column does with neither, or with the other."""
    id = "requests/unavailable_not_held/natural_person"
    report = report_of({id: offers}, {"requests/unavailable_not_held/total": "1"})
    assert read(report, id) == (offers[0], float(offers[0]), "low_confidence", False)


def test_a_review_stands_in_one_sum_which_may_be_wrong_as_printed() -> None:
    id = "litigation/review/upheld"
    report = report_of({id: ("7", "1")}, reviews=("7", "0", "0", "0", "1", *"0000000000"))
    assert read(report, id) == ("7", 7.0, "low_confidence", False)


def test_what_was_read_without_doubt_or_offers_no_number_is_left() -> None:
    report = report_of({"requests/granted/business": ("8", "—")}, {"requests/granted/other_org": "1"})
    assert read(report, "requests/granted/business") == ("8", 8.0, "low_confidence", False)
    assert read(report, "requests/granted/other_org") == ("1", 1.0, "", False)


def test_a_sum_that_lacks_a_figure_chooses_nothing() -> None:
    report = report_of({"requests/granted/business": ("8", "3")}, {"requests/granted/research": ""})
    assert read(report, "requests/granted/business") == ("8", 8.0, "low_confidence", False)
