"""Printed cells to values (FORM.md, "What a printed cell can be")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.forms import load_form
from gongkai.parsing.numbers import looks_like_value, read_cell
from gongkai.tables import STATUSES

CHANGE = load_form("2019").tables["disclosure"].row("licensing").columns[1]


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("0", 0, "number"),
        ("21", 21, "number"),
        ("7730.28", 7730.28, "number"),
        ("１２３", 123, "number"),
        ("1,234", 1234, "number"),
        ("１，２３４，５６７", 1234567, "number"),
        (" 5 ", 5, "number"),
        ("-2", -2, "number"),
        ("22（其中修订16件）", 22, "annotated"),
        ("251000元", 251000, "annotated"),
        ("3.2万元", 3.2, "annotated"),
        ("三十二", 32, "annotated"),
        ("", None, "blank"),
        ("\u3000 ", None, "blank"),
        ("-", None, "dash"),
        ("——", None, "dash"),
        ("/", None, "dash"),
        ("\\", None, "dash"),
        ("无", None, "dash"),
        ("详见附表", None, "text"),
        ("□", None, "unreadable"),
        ("2021年", None, "text"),
        ("第1项", None, "text"),
    ],
)
def test_printed_cell(raw: str, value: float | None, status: str) -> None:
    reading = read_cell(raw)
    assert (reading.value, reading.status, reading.flags) == (value, status, ())


def test_note_is_kept_as_printed() -> None:
    assert read_cell("22（其中修订16件）").note == "（其中修订16件）"
    assert read_cell("251000元").note == "元"


@pytest.mark.parametrize("raw", ["O", "○", "1O", "l2", "22\n3", "D", "口", "l", "I", "1 234"])
def test_a_letter_read_as_a_digit_and_a_number_on_two_lines_are_flagged(raw: str) -> None:
    reading = read_cell(raw)
    assert reading.status == "number"
    assert reading.flags == ("number_guess",)


@pytest.mark.parametrize("raw", ["12 3", "12/13", "5件 3件"])
def test_two_numbers_in_a_cell_are_no_number(raw: str) -> None:
    reading = read_cell(raw)
    assert (reading.value, reading.status, reading.flags) == (None, "unreadable", ("several_numbers",))


@pytest.mark.parametrize("raw", ["$22$", "`22`", "·", "Z.", "x"])
def test_what_is_no_word_is_left_of_a_figure(raw: str) -> None:
    reading = read_cell(raw)
    assert reading.value is None
    assert reading.flags == ("number_guess",)


def test_a_mark_alone_is_the_figure_itself() -> None:
    reading = read_cell("③")
    assert (reading.value, reading.status, reading.flags) == (3, "annotated", ("number_guess",))
    assert (read_cell("8③").value, read_cell("8③").flags) == (8, ())


@pytest.mark.parametrize("mark", ["_", "\\\\"])
def test_a_mark_of_layout_is_rather_no_dash(mark: str) -> None:
    assert (read_cell(mark).status, read_cell(mark).flags) == ("dash", ("ambiguous_dash",))


def test_a_lone_one_stroke_may_be_a_dash() -> None:
    reading = read_cell("一")
    assert (reading.value, reading.flags) == (None, ("ambiguous_dash",))


@pytest.mark.parametrize(
    ("raw", "value"),
    [("-2", -2), ("↓2", -2), ("减少2", -2), ("—2", -2), ("增3", 3), ("+3", 3), ("↑ 5", 5), ("减2项", -2), ("4", 4)],
)
def test_change(raw: str, value: float) -> None:
    assert read_cell(raw, CHANGE).value == value


@given(
    st.integers(0, 10**9),
    st.sampled_from(["{}", "{:,}", " {} ", "{}件", "{}（其中1件为转办）"]),
    st.booleans(),
)
def test_every_way_to_print_a_count_reads_back(number: int, style: str, full_width: bool) -> None:
    raw = style.format(number)
    if full_width:
        raw = raw.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    assert read_cell(raw).value == number
    assert not read_cell(raw).flags


@given(st.text(max_size=30))
def test_any_text_has_a_status_and_only_numbers_have_values(raw: str) -> None:
    reading = read_cell(raw)
    assert reading.status in STATUSES
    assert (reading.value is not None) == (reading.status in ("number", "annotated"))


@pytest.mark.parametrize("label", ["1.属于国家秘密", "（七）总计", "其他", "规章", "2023年", "1."])
def test_labels_are_no_values(label: str) -> None:
    assert not looks_like_value(label)


def test_a_footnote_mark_between_digits_parts_two_numbers():
    reading = read_cell("82①1")
    assert (reading.value, reading.flags) == (None, ("several_numbers",))
