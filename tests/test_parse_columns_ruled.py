"""Figures of ruled rows in their columns, where spans are wrong or there are columns that the form does not have."""

from __future__ import annotations

import pytest

from gongkai.document import Cell, Document, Grid
from gongkai.forms import all_forms
from gongkai.parsing.columns import Placement, place, survey
from gongkai.parsing.headers import find_headers
from gongkai.parsing.lines import lines_of

COLUMNS = all_forms()["2021"].tables["requests"].rows[0].columns
NAMES = [column.label for column in COLUMNS]
LABELS = ("予以公开", "部分公开", "属于国家秘密", "重复申请")
FULL = "1 2 3 4 5 6 21"


def placed(rows: list[str], header: list[str] | None = None, shift: int = 0) -> list[Placement]:
    """The placement of every row: a label and these figures (`.` is an empty cell), under a header moved by `shift`."""
    cells = [Cell(name, 0, 1 + shift + i) for i, name in enumerate(header or [])]
    for r, (label, figures) in enumerate(zip(LABELS, rows, strict=False), start=1):
        cells.append(Cell(label, r, 0))
        cells += [Cell(figure.strip("."), r, 1 + i) for i, figure in enumerate(figures.split(" "))]
    lines = lines_of(Document("x", "html", [Grid(tuple(cells))]))
    found = [line for line in lines if line.label and line.label[0].text in LABELS]
    known = survey(found, find_headers(lines, COLUMNS), len(COLUMNS))
    return [place(line, known) for line in found]


def figures(placement: Placement) -> str:
    return " ".join(token.text or "." if token else "." for token in placement.tokens)


def test_a_gap_under_a_header_that_was_moved_is_doubtful() -> None:
    full, gap = placed([FULL, ". 2 3 4 5 6 20"], NAMES, shift=1)
    assert (figures(full), full.flags) == (FULL, ())
    assert (figures(gap), gap.flags) == (". 2 3 4 5 6 20", ("placement",))


def test_a_gap_under_its_header_is_not() -> None:
    full, gap = placed([FULL, "1 2 3 4 5 . 15"], NAMES)
    assert (full.flags, figures(gap), gap.flags) == ((), "1 2 3 4 5 . 15", ())


@pytest.mark.parametrize(
    ("header", "row", "gap"),
    [(["上年数", *NAMES], f"99 {FULL}", "99 1 . 3 4 5 6 19"), ([*NAMES, "同比"], f"{FULL} 99", "1 . 3 4 5 6 19 99")],
)
def test_a_column_more_than_the_form_has_is_left_out_by_the_header(header: list[str], row: str, gap: str) -> None:
    for placement, expected in zip(placed([row, gap], header), (FULL, "1 . 3 4 5 6 19"), strict=True):
        assert (figures(placement), placement.flags) == (expected, ("stray_figure",))


def test_without_a_header_a_gap_beside_a_column_too_many_is_doubtful() -> None:
    assert [placement.flags for placement in placed([f"99 {FULL}", "99 1 . 3 4 5 6 19"])] == [("placement",)] * 2


def test_a_column_that_is_empty_in_all_rows_is_none() -> None:
    first, second = placed(["1 2 . 3 4 5 6 21", "0 1 . 0 0 0 0 1"])
    assert (figures(first), first.flags, second.flags) == (FULL, (), ())


def test_columns_in_another_order_are_read_by_their_names() -> None:
    for placement in placed(["21 1 2 3 4 5 6"] * 2, [NAMES[-1], *NAMES[:-1]]):
        assert (figures(placement), placement.flags) == (FULL, ())


def test_columns_in_another_order_of_which_some_are_not_named_are_doubtful() -> None:
    header = [NAMES[-1], "（合并）", *NAMES[1:-1]]
    assert [placement.flags for placement in placed(["21 1 2 3 4 5 6"] * 2, header)] == [("placement",)] * 2


def test_a_column_that_wrong_spans_put_between_two_of_one_line_has_not_moved() -> None:
    person, *organisations, total = NAMES
    cells = [Cell(person, 0, 1, rowspan=2), Cell("法人或其他组织", 0, 2, colspan=4), Cell(total, 0, 6, rowspan=2)]
    cells += [Cell(name, 1, column) for name, column in zip(organisations, (2, 3, 4, 5, 7), strict=True)]
    lines = lines_of(Document("x", "html", [Grid(tuple(cells))]))
    assert not any(header.moved for header in find_headers(lines, COLUMNS))


def test_a_figure_before_the_label_is_missed() -> None:
    cells = [Cell(name, 0, i + (i > 0)) for i, name in enumerate(NAMES)]
    for r in (1, 2):
        row = ["1", LABELS[r], *FULL.split(" ")[1:]]
        cells += [Cell(text, r, i) for i, text in enumerate(row)]
    lines = lines_of(Document("x", "html", [Grid(tuple(cells))]))
    known = survey(lines[1:], find_headers(lines, COLUMNS), len(COLUMNS))
    assert all(place(line, known, LABELS).flags for line in lines[1:])


def test_two_cells_below_one_name_are_doubtful() -> None:
    cells = [Cell(name, 0, 1 + 2 * i, colspan=2) for i, name in enumerate(NAMES)]
    cells += [Cell(LABELS[0], 1, 0), *(Cell(str(i) if i % 2 else "", 1, i) for i in range(1, 15))]
    lines = lines_of(Document("x", "html", [Grid(tuple(cells))]))
    known = survey(lines[1:], find_headers(lines, COLUMNS), len(COLUMNS))
    assert place(lines[1], known, LABELS).flags
