"""Rules become tables: each step on its own, and all of them against pdfplumber's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber import table as stock

from gongkai.readers.pdf.finder import (
    cells_between,
    close_frames,
    find_tables,
    group,
    intersections,
    merge,
    snap,
    tables_of,
)
from gongkai.readers.pdf.page import Char, Page, Rule


def lattice(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    """The upright and the level rules of a full grid."""
    return [Rule(x, ys[0], ys[-1]) for x in xs], [Rule(y, xs[0], xs[-1]) for y in ys]


def char_at(x: float, y: float) -> Char:
    return Char("1", x - 2, y - 5, x + 2, y + 5, y + 4, 10)


def test_rules_close_to_each_other_become_one_at_their_mean() -> None:
    assert merge([Rule(100, 0, 50), Rule(101, 40, 90)]) == [Rule(100.5, 0, 90)]


def test_a_gap_wider_than_the_tolerance_keeps_two_rules() -> None:
    assert merge([Rule(100, 0, 50), Rule(100, 53.5, 90)]) == [Rule(100, 0, 50), Rule(100, 53.5, 90)]


def test_a_rule_shorter_than_three_points_is_dropped() -> None:
    assert merge([Rule(100, 0, 2.5)]) == []


def test_snapping_follows_a_chain_of_neighbours() -> None:
    [(position, members)] = snap([Rule(4, 0, 9), Rule(0, 0, 9), Rule(2, 0, 9)])
    assert position == 2
    assert len(members) == 3


def test_rules_that_miss_each_other_by_three_points_still_meet() -> None:
    assert set(intersections([Rule(10, 3, 50)], [Rule(0, 13, 40)])) == {(10, 0)}
    assert not intersections([Rule(10, 3.5, 50)], [Rule(0, 10, 40)])


def test_the_smallest_cells_are_found() -> None:
    points = intersections(*lattice([0, 50, 100], [0, 20]))
    assert cells_between(points) == [(0, 0, 50, 20), (50, 0, 100, 20)]


def test_a_rule_that_stops_short_makes_a_cell_across_two_columns() -> None:
    upright = [Rule(0, 0, 40), Rule(50, 20, 40), Rule(100, 0, 40)]
    level = [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 100)]
    assert tables_of(upright, level) == [[(0, 0, 100, 20), (0, 20, 50, 40), (50, 20, 100, 40)]]


def test_cells_that_share_no_corner_are_two_tables_and_a_lone_cell_is_none() -> None:
    cells = [(0, 100, 9, 109), (9, 100, 18, 109), (0, 0, 9, 9), (9, 0, 18, 9), (50, 50, 59, 59)]
    assert group(cells) == [[(0, 0, 9, 9), (9, 0, 18, 9)], [(0, 100, 9, 109), (9, 100, 18, 109)]]


def test_a_complete_frame_is_left_as_it_is() -> None:
    upright, level = lattice([0, 50, 100], [0, 20, 40])
    page = Page(1, 200, 200, chars=[char_at(25, 10), char_at(75, 30)])
    assert close_frames(upright, level, page) == (upright, level)


def test_the_bottom_is_closed_where_text_stands_in_the_open_row() -> None:
    upright, _ = lattice([0, 50, 100], [0, 60])
    _, level = lattice([0, 50, 100], [0, 20, 40])
    page = Page(1, 200, 200, chars=[char_at(25, 50)])
    assert (0, 40, 50, 60) in find_tables(Page(1, 200, 200, page.chars, upright, level))[0]
    assert (0, 40, 50, 60) not in find_tables(Page(1, 200, 200, [], upright, level))[0]


def test_an_open_row_is_closed_under_its_empty_cells_as_well() -> None:
    upright, _ = lattice([0, 50, 100], [0, 40])
    _, level = lattice([0, 50, 100], [0, 20])
    [table] = find_tables(Page(1, 200, 200, [char_at(25, 30)], upright, level))
    assert (50, 20, 100, 40) in table


def test_two_tables_below_each_other_are_not_joined_by_closing_their_open_sides() -> None:
    upright = [Rule(50, 0, 40), Rule(80, 0, 40), Rule(50, 100, 140), Rule(80, 100, 140)]
    level = [Rule(y, 0, 120) for y in (0, 20, 40, 100, 120, 140)]
    heading = [char_at(x, 70) for x in range(5, 60, 10)]
    figures = [char_at(x, y) for x in (25, 65, 100) for y in (10, 30, 110, 130)]
    tables = find_tables(Page(1, 200, 200, heading + figures, upright, level))
    assert [len(table) for table in tables] == [6, 6]


def test_shaded_areas_make_a_table_only_where_no_rules_are() -> None:
    upright, level = lattice([0, 50, 100], [0, 20, 40])
    cells = [(x, y, x + 50, y + 20) for x in (0, 50) for y in (100, 120)]
    highlight = (10, 2, 30, 18)
    page = Page(1, 200, 200, [], upright, level, shades=[highlight, *cells])
    assert [len(table) for table in find_tables(page)] == [4, 4]


def pdfplumber_tables(upright: list[Rule], level: list[Rule]) -> list[list[tuple[float, ...]]]:
    """What pdfplumber's own functions make of the same rules."""
    edges = [
        {"x0": x, "x1": x, "top": a, "bottom": b, "height": b - a, "width": 0, "doctop": a, "orientation": "v"}
        for x, a, b in upright
    ] + [
        {"x0": a, "x1": b, "top": y, "bottom": y, "width": b - a, "height": 0, "doctop": y, "orientation": "h"}
        for y, a, b in level
    ]
    snapped = [{**edge, "object_type": "line"} for edge in edges]
    snapped = stock.snap_edges(snapped, 3, 3)
    for edge in snapped:
        # Moving a rule onto the mean leaves it a hair beside the others, and pdfplumber then takes it for another one.
        edge.update({side: round(edge[side], 6) for side in ("x0", "x1", "top", "bottom")})
    merged = stock.utils.filter_edges(stock.merge_edges(snapped, 0, 0, 3, 3), min_length=3)
    cells = stock.intersections_to_cells(stock.edges_to_intersections(merged, 3, 3))
    return stock.cells_to_tables(cells)


steps = st.lists(st.sampled_from([2.5, 4, 12, 20, 31.5]), min_size=2, max_size=6)


@st.composite
def torn_lattices(draw: st.DrawFn) -> tuple[list[Rule], list[Rule]]:
    """Grids of which pieces are missing, shifted a little, or drawn twice."""
    xs, ys = ([sum(draw_steps[:i]) for i in range(len(draw_steps))] for draw_steps in (draw(steps), draw(steps)))
    shift = st.sampled_from([0, 0, 0, 0.5, -1.25])
    pieces = st.sampled_from([1, 1, 1, 1, 0, 2])
    upright = [
        Rule(x + draw(shift), a + draw(shift), b) for x in xs for a, b in pairwise(ys) for _ in range(draw(pieces))
    ]
    level = [
        Rule(y + draw(shift), a + draw(shift), b) for y in ys for a, b in pairwise(xs) for _ in range(draw(pieces))
    ]
    return upright, level


@settings(max_examples=50, deadline=None)
@given(torn_lattices())
def test_the_tables_are_pdfplumbers(rules: tuple[list[Rule], list[Rule]]) -> None:
    ours = [sorted(table) for table in tables_of(*rules)]
    theirs = [sorted(table) for table in pdfplumber_tables(*rules)]
    assert len(ours) == len(theirs)
    for table, other in zip(ours, theirs, strict=True):
        assert len(table) == len(other)
        for cell, other_cell in zip(table, other, strict=True):
            assert cell == pytest.approx(other_cell, abs=1e-5)
