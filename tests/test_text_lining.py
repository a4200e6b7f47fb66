"""Positions across a line of text."""

from gongkai.readers.lining import lined_up, width


def test_wide_characters_take_two_columns() -> None:
    assert width("本年新收 21") == 11
    assert width("“三安全”") == 8
    assert width("“三安全”", "WFA") == 10


def test_pairs_are_counted_from_both_sides() -> None:
    assert lined_up([4, 9, 4, 4]) == 6
    assert lined_up([]) == 0
