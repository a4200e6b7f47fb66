"""The steps by which a picture is read, each by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import ImageDraw

pytest.importorskip("rapidocr")

from scan_pages import DPI, HEIGHT, LEFT, ROW, ROWS, WIDTH, WIDTHS, array, draw_page, on_a_desk, stamped

from gongkai.readers.pdf.page import Box
from gongkai.readers.scan import recogniser
from gongkai.readers.scan.level import skew_of
from gongkai.readers.scan.lines import Ink, lines_in_cells, lines_outside, pieces_of
from gongkai.readers.scan.picture import Shot, even_light, stamps_of
from gongkai.readers.scan.recogniser import Recognised
from gongkai.readers.scan.rules import erase, find_rules
from gongkai.readers.scan.settle import Settled, deserves_second_look, is_sure_word, settle, settle_again
from gongkai.readers.scan.sheet import find_sheet
from gongkai.readers.scan.specks import without_specks
from gongkai.readers.scan.upright import make_upright

POINTS = 72 / DPI


def recognised(text: str, least: float = 1.0, figure: str = "", figure_least: float = 0.0) -> Recognised:
    return Recognised(text, least, least, figure, figure_least)


@pytest.mark.parametrize("degrees", [-4.0, -0.7, 0.0, 2.5])
def test_the_skew_of_a_page_is_measured(degrees: float) -> None:
    page = draw_page(lines=["二、主动公开政府信息情况"] * 3).rotate(-degrees, fillcolor="white")
    grey = even_light(array(page))
    assert skew_of(np.where(grey < 200, np.uint8(255), np.uint8(0)), DPI) == pytest.approx(degrees, abs=0.1)


def test_a_page_on_a_desk_is_cut_out() -> None:
    corners = find_sheet(array(on_a_desk(draw_page())))
    assert corners is not None
    wanted = [[90, 60], [WIDTH + 20, 100], [WIDTH + 80, HEIGHT + 30], [40, HEIGHT + 70]]
    assert np.abs(corners - np.array(wanted)).max() < 15


def test_a_plain_scan_has_no_sheet_to_cut_out() -> None:
    assert find_sheet(array(draw_page())) is None


@pytest.mark.parametrize("black", [(60, 30, 0, 45), (0, 20, 40, 45)])
def test_a_scanner_s_black_edges_do_not_cut_the_page(black: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = black
    page = array(draw_page(lines=["二、主动公开政府信息情况"] * 3))
    page[:top] = page[HEIGHT - bottom :] = page[:, :left] = page[:, WIDTH - right :] = 20
    assert find_sheet(page) is None


@pytest.mark.parametrize(
    ("size", "dpi", "density"),
    [((2339, 1654), 200, 200), ((1754, 1240), 72, 150), ((1654, 2339), 200, 200), ((12_000, 1240), 150, 150)],
)
def test_a_picture_longer_than_a_sheet_is_as_wide_as_one(size: tuple[int, int], dpi: float, density: float) -> None:
    assert Shot(1, np.zeros((*size, 3), np.uint8), dpi).density == pytest.approx(density, rel=0.01)


def test_specks_strewn_over_a_page_are_cleaned_away() -> None:
    page = array(draw_page(lines=["二、主动公开政府信息情况"]))
    speckled = page.copy()
    dice = np.random.default_rng(1)
    speckled[dice.random(page.shape[:2]) < 0.01] = 0
    cleaned = without_specks(speckled, DPI)
    assert (cleaned < 128).sum() == pytest.approx((page < 128).sum(), rel=0.1)


def test_the_dots_of_a_page_without_specks_stay() -> None:
    page = array(draw_page(lines=["二、主动公开政府信息情况"]))
    page[::90, ::90] = 0
    assert without_specks(page, DPI) is page


def test_a_stamp_fades_and_the_text_under_it_stays() -> None:
    page = stamped(draw_page(), 700, 1000)
    grey = even_light(array(page))
    assert grey[890:900, 690:710].min() > 200  # the ring
    assert stamps_of(array(page))[890:900, 690:710].min() == 255
    assert (grey[:600] < 60).sum() == pytest.approx((even_light(array(draw_page()))[:600] < 60).sum(), rel=0.01)


def test_rules_are_found_in_points_and_characters_are_none() -> None:
    grey = even_light(array(draw_page(lines=["一二三王丰中田日目"])))
    vertical, horizontal, mask, *_ = find_rules(grey, DPI)
    edges = [(LEFT + sum(WIDTHS[:i])) * POINTS for i in range(5)]
    assert sorted(rule.at for rule in vertical) == pytest.approx(edges, abs=1)
    assert sorted(rule.at for rule in horizontal) == pytest.approx(
        [(300 + ROW * i) * POINTS for i in range(len(ROWS) + 1)], abs=1
    )
    assert erase(grey, mask)[300 + ROW - 2 : 300 + ROW + 3, LEFT : LEFT + 400].min() > 200


def test_rules_that_meet_no_other_are_rules_if_they_are_long_and_whole() -> None:
    page = draw_page(ruled=False)
    draw = ImageDraw.Draw(page)
    for y, end in ((290, 1100), (400, 1100), (500, 300)):
        draw.line((LEFT, y, end, y), "black", 2)
    vertical, horizontal, mask, *_ = find_rules(even_light(array(page)), DPI)
    assert not vertical
    assert sorted(rule.at for rule in horizontal) == pytest.approx([290 * POINTS, 400 * POINTS], abs=1)
    assert mask[499:502, LEFT:300].max() == 0


def test_short_rules_reach_to_the_edge_that_a_page_break_left_open() -> None:
    page = draw_page(ruled=False)
    draw = ImageDraw.Draw(page)
    for y in (300, 340):
        draw.line((LEFT, y, LEFT + 500, y), "black", 2)
    for x in range(LEFT, LEFT + 501, 100):
        draw.line((x, 300, x, 390), "black", 2)
    vertical, *_ = find_rules(even_light(array(page)), DPI)
    assert [rule.end for rule in vertical] == pytest.approx([390 * POINTS] * 6, abs=3)


def test_a_streak_of_a_scanner_is_no_rule_but_what_it_may_have_cut_is_known() -> None:
    page = draw_page(lines=["二、主动公开政府信息情况"])
    x = LEFT + sum(WIDTHS[:2]) + 40
    ImageDraw.Draw(page).line((x, 0, x, HEIGHT), (70, 70, 70), 2)
    vertical, _, mask, cut, _ = find_rules(even_light(array(page)), DPI)
    assert len(vertical) == len(WIDTHS) + 1
    assert mask[200, x] == 255
    assert cut[200, x - 15] == cut[200, x + 15] == 255
    assert cut[200, x + 60] == 0


def test_a_camera_s_page_is_made_square() -> None:
    upright = make_upright(Shot(1, array(on_a_desk(draw_page())), DPI))
    vertical, horizontal, *_ = find_rules(upright.grey, upright.dpi)
    assert len(vertical) == len(WIDTHS) + 1
    assert len(horizontal) == len(ROWS) + 1


def test_lines_stand_in_their_cells_and_dirt_is_no_line() -> None:
    grey = np.full((200, 400), 255, np.uint8)
    grey[40:60, 50:62] = grey[40:60, 70:82] = grey[40:60, 90:102] = 0  # three characters
    grey[120:123, 50:53] = 0  # dirt
    grey[40:43, 250:290] = 0  # a dash
    pieces, faint = pieces_of(grey, DPI)
    lines, outside, traces = lines_in_cells(
        pieces, faint, [(0, 0, 200, 100), (0, 100, 200, 200), (200, 0, 400, 100)], (400, 200)
    )
    assert [(line.cell, line.box) for line in lines] == [(0, (50, 40, 102, 60)), (2, (250, 40, 290, 43))]
    assert outside == []
    assert traces == set()
    assert [line.is_dash for line in lines] == [False, True]


def cells_with(marks: Sequence[Ink | None]) -> tuple[list[Ink], list[Box]]:
    """The ink of a row of cells with a mark each, where it is from the cell's left top; the first holds a label."""
    cells = [(0.0, 0.0, 400.0, 40.0), *((400.0 + 60 * i, 0.0, 460.0 + 60 * i, 40.0) for i in range(len(marks)))]
    label = [Ink(20 + 18 * i, 10, 36 + 18 * i, 28) for i in range(8)]
    moved = [Ink(m.x0 + 400 + 60 * i, m.top, m.x1 + 400 + 60 * i, m.bottom) for i, m in enumerate(marks) if m]
    return label + moved, cells


SPECK = Ink(28, 20, 31, 22)  # as small as dirt, in the middle of its cell


@pytest.mark.parametrize(
    ("marks", "dashes"),
    [
        ([SPECK] * 6, 6),
        ([SPECK, Ink(27, 20, 31, 23), SPECK, Ink(29, 19, 32, 21), None], 4),
        ([SPECK] * 3, 0),
        ([SPECK] * 4 + [None] * 5, 0),
        ([Ink(5, 3, 8, 5), Ink(50, 20, 53, 22), Ink(20, 35, 23, 37), Ink(28, 6, 31, 8)], 0),
    ],
)
def test_specks_in_the_middle_of_most_empty_cells_are_dashes(marks: list[Ink | None], dashes: int) -> None:
    ink, cells = cells_with(marks)
    found = lines_in_cells(ink, [], cells, (1000, 40))
    assert sum(line.is_dash for line in found.lines) == len(found.faint) == dashes
    assert {line.cell for line in found.lines} == {0, *found.faint}


def test_words_far_apart_outside_tables_share_a_band() -> None:
    pieces = [Ink(100 + 22 * i, 100, 120 + 22 * i, 120) for i in range(8)] + [Ink(500, 104, 512, 120)]
    lines = lines_outside(pieces, (800, 300), DPI)
    assert [(line.box, line.band) for line in lines] == [
        ((100, 100, 274, 120), (100, 120)),
        ((500, 104, 512, 120), (100, 120)),
    ]


def test_a_lone_letter_o_is_the_figure_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "_alphabet", lambda: ["", "0", "O", "人", " "])
    recogniser._figures.cache_clear()
    try:
        found = recogniser._decoded(np.array([[0.1, 0.3, 0.55, 0.05, 0.0], [0.95, 0.0, 0.0, 0.0, 0.05]], np.float32))
    finally:
        recogniser._figures.cache_clear()
    assert (found.text, found.figure) == ("O", "0")
    assert found.figure_least == pytest.approx(0.85)


def test_the_next_likely_figure_is_told() -> None:
    steps = np.array([[0.1, 0.9, 0.0], [1.0, 0.0, 0.0], [0.02, 0.58, 0.4], [0.03, 0.55, 0.42]], np.float32)
    assert recogniser._decode(steps, ["", "8", "0"]) == ("88", pytest.approx([0.9, 0.58]), "80")
    assert recogniser._decode(steps[:2], ["", "8", "0"])[2] == ""


@pytest.mark.parametrize(
    ("found", "settled"),
    [
        (recognised("O", 0.5, "0", 0.97), Settled("0")),
        (recognised("8", 0.6, "8", 0.6), Settled("8", "low_confidence")),
        (recognised("增加13", 0.99, "13", 0.0), Settled("增加13")),
        (recognised("à", 0.99), Settled("à", "low_confidence")),
        (recognised("日", 0.99), Settled("日", "low_confidence")),
        (recognised("无", 0.99), Settled("无")),
        (recognised(""), Settled("", "unreadable")),
    ],
)
def test_which_reading_holds(found: Recognised, settled: Settled) -> None:
    assert settle(found) == settled


def test_a_second_look_settles_only_what_all_looks_agree_on() -> None:
    doubtful, sure = recognised("8", 0.6, "8", 0.6), recognised("8", 0.99, "8", 0.99)
    assert settle_again(doubtful, [sure, doubtful]) == Settled("8")
    assert settle_again(doubtful, [doubtful, doubtful]) == Settled("8", "low_confidence")
    three = recognised("3", 0.99, "3", 0.99)
    assert settle_again(doubtful, [sure, three]) == Settled("8", "low_confidence", ("8", "3"))
    letter = recognised("à", 0.9, "0", 0.3)
    assert settle_again(letter, [letter, letter]) == Settled("0", "low_confidence")
    word = recognised("以", 0.9, "8", 0.3)._replace(second="0")
    assert settle_again(word, [word, doubtful]) == Settled("以", "low_confidence", ("8", "0"))
    assert settle_again(recognised(""), [recognised(""), recognised("")]) == Settled("", "unreadable")


def test_what_deserves_a_second_look() -> None:
    assert deserves_second_look(Settled("8", "low_confidence"), stamped=False)
    assert deserves_second_look(Settled("8"), stamped=True)
    assert not deserves_second_look(Settled("8"), stamped=False)
    assert not deserves_second_look(Settled("其他法律行政法规规定禁止公开", "low_confidence"), stamped=False)
    assert not deserves_second_look(Settled("(七) 总计", "low_confidence"), stamped=False)
    assert not deserves_second_look(Settled("3.其他", "low_confidence"), stamped=True)
    assert deserves_second_look(Settled("3.1", "low_confidence"), stamped=False)
    assert deserves_second_look(Settled("尚未", "low_confidence"), stamped=False)


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        (recognised("计", 0.99, "", 0.01), True),
        (recognised("计", 0.8, "", 0.01), False),
        (recognised("一", 0.92, "—", 0.99), False),
        (recognised("总计", 0.99, "", 0.01), False),
    ],
)
def test_a_character_that_can_be_no_figure_is_a_word(found: Recognised, sure: bool) -> None:
    assert is_sure_word(found) is sure
