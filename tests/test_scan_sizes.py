"""What stands in cells of a scan and is larger than what was read is doubtful."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from gongkai.readers.scan.lines import Ink, Line
from gongkai.readers.scan.settle import Settled
from gongkai.readers.scan.sizes import oversized

DIGIT, HEIGHT = 10, 14  # dots from one digit to the next, and of their height
CHARACTER = 20


def line(width: float, height: float = HEIGHT, pieces: tuple[tuple[int, int], ...] = (), cell: int | None = 0) -> Line:
    """A line whose ink is so wide and high, in these pieces from left to right."""
    ink = tuple(Ink(x0, 0, x1, round(height)) for x0, x1 in pieces or ((0, round(width)),))
    return Line((0, 0, round(width), round(height)), (0, height), ink, cell)


def figure(text: str) -> Line:
    """A figure as wide as its digits are."""
    return line(DIGIT * len(text) - sum(6 if end == "1" else 2 for end in (text[0], text[-1])) / 2)


def found_among(*others: tuple[Line, str], usual: str = "0 0 0 4 17 203") -> set[int]:
    pairs = [*((figure(text), text) for text in usual.split()), *others]
    found = oversized([one for one, _ in pairs], [Settled(text) for _, text in pairs])
    return {i - len(usual.split()) for i in found}


@pytest.mark.parametrize("printed", ["0", "1", "11", "111", "22", "1110", "1001", "88888"])
def test_a_figure_as_wide_as_its_digits_is_not(printed: str) -> None:
    assert found_among((figure(printed), printed)) == set()


@pytest.mark.parametrize(("printed", "read"), [("11", "1"), ("22", "2"), ("1110", "110"), ("1111", "111"), ("00", "0")])
def test_a_figure_of_which_a_doubled_digit_is_read_once_is_wide(printed: str, read: str) -> None:
    assert found_among((figure(printed), read)) == {0}


def test_a_figure_that_is_higher_than_most_is_high() -> None:
    assert found_among((line(9, 1.5 * HEIGHT), "7")) == {0}


def test_few_figures_do_not_tell_how_wide_a_digit_is() -> None:
    assert found_among((figure("22"), "2"), usual="0 4") == set()


def words(*texts: str) -> list[tuple[Line, str]]:
    return [(line(CHARACTER * len(text), CHARACTER), text) for text in texts]


def test_a_word_after_which_a_digit_was_not_read_is_wide() -> None:
    known = words("规章", "小计", "行政许可", "行政强制")
    assert found_among(*known, (line(2.5 * CHARACTER, CHARACTER), "增加")) == {len(known)}


def test_a_word_of_spaced_letters_is_not() -> None:
    known = words("规章", "小计", "行政许可", "行政强制")
    assert found_among(*known, (line(3 * CHARACTER, CHARACTER, ((0, 20), (40, 60))), "合计")) == set()


def test_lines_outside_cells_are_not() -> None:
    outside = line(3 * DIGIT, cell=None)
    assert found_among((outside, "2")) == set()
