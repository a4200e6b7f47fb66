"""Lines are read at the least cost, and doubts reach the cells of the report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

pytest.importorskip("rapidocr")

from scan_pages import FONT, LEFT, ROW, ROWS, WIDTHS, array, draw_page, sent_to_recogniser

from gongkai.document import Cell, Document, Grid, Place
from gongkai.parsing.lines import Token, lines_of
from gongkai.parsing.tables import printed
from gongkai.readers.scan import page, reading
from gongkai.readers.scan.alike import difference_of, sight_of, twins_of
from gongkai.readers.scan.lines import Ink, Line, crop
from gongkai.readers.scan.picture import INK, Shot
from gongkai.readers.scan.reading import read_lines
from gongkai.readers.scan.recogniser import FULL, LOW, Look, Recognised
from gongkai.readers.scan.settle import Settled, holds_figures, settle
from gongkai.readers.scan.signs import has_trace_of_sign, may_begin_with_arrow
from gongkai.readers.scan.slants import is_slash, is_stroke, lean_of, told_by_slant

SIZE = 40


def digit(text: str, *, left: float = 0.0, blur: float = 0.0, noise: float = 0.0) -> tuple[Line, np.ndarray]:
    """A character on paper of its own, `left` dots to the right, as the line in a cell that it is, and its crop."""
    finer = Image.new("L", (4 * SIZE, 4 * SIZE), 255)
    font = ImageFont.truetype(str(FONT), 72)
    ImageDraw.Draw(finer).text((80 + 4 * left, 80), text, 20, font, anchor="mm")
    small = finer.resize((SIZE, SIZE), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(blur))
    grey = np.asarray(small) + np.random.default_rng(ord(text[0])).normal(0, noise, (SIZE, SIZE))
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    rows, columns = np.nonzero(grey < INK)
    box = (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    line = Line(box, (box[1], box[3]), (Ink(*box),), cell=0)
    return line, crop(grey, line)


def difference(one: tuple[Line, np.ndarray], other: tuple[Line, np.ndarray]) -> float:
    return difference_of(sight_of(*one), sight_of(*other))


@pytest.mark.parametrize("pair", ["08", "68", "06", "38", "56", "17", "89", "09"])
@pytest.mark.parametrize("blur", [0.0, 0.8, 1.2, 1.6])
def test_figures_that_look_much_the_same_are_no_twins(pair: str, blur: float) -> None:
    assert difference(digit(pair[0], blur=blur), digit(pair[1], blur=blur)) > 0.6


@pytest.mark.parametrize("text", list("0123456789"))
def test_the_same_figure_elsewhere_is_a_twin(text: str) -> None:
    lines, crops = zip(digit(text, blur=0.5, noise=3), digit(text, left=0.5, blur=0.5, noise=3), strict=True)
    assert twins_of(lines, crops) == [0, 0]


def test_twins_are_found_among_others_and_broken_figures_have_none() -> None:
    drawn = [digit(text, left=0.25 * i, blur=0.5) for i, text in enumerate("0800")]
    lines, crops = [line for line, _ in drawn], [crop for _, crop in drawn]
    lines[3] = Line(lines[3].box, lines[3].band, lines[3].pieces * 2, cell=0)
    assert twins_of(lines, crops) == [0, 1, 0, 3]


def test_a_reading_that_is_no_sure_digit_is_shared_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [digit("0", left=0.25 * i, blur=0.5) for i in range(3)]
    lines = [line for line, _ in drawn]
    crops = iter([crop for _, crop in drawn])
    monkeypatch.setattr(reading, "crop", lambda bare, line: next(crops))
    asked: list[int] = []

    def doubtful(crops: list[np.ndarray], looks: list[Look]) -> list[Recognised]:
        asked.append(looks.count(FULL))
        return [Recognised("0", 0.7, 0.7, "0", 0.7) for _ in crops]

    monkeypatch.setattr(reading, "recognise", doubtful)
    assert [found.figure for found in read_lines(np.zeros((1, 1), np.uint8), lines)] == ["0"] * 3
    assert sum(asked) == 3


@pytest.mark.parametrize(
    ("low", "times"),
    [
        (Recognised("7", 0.99, 0.99, "7", 0.99), 1),
        (Recognised("1", 0.95, 0.95, "1", 0.95), 2),
        (Recognised("年", 0.99, 0.99, "", 0.0), 1),
        (Recognised("", 1.0, 0.0, "", 1.0), 2),
    ],
)
def test_a_character_that_is_not_quite_sure_when_read_low_is_read_at_full_size(
    monkeypatch: pytest.MonkeyPatch, low: Recognised, times: int
) -> None:
    line, drawn = digit("7")
    monkeypatch.setattr(reading, "crop", lambda bare, line: drawn)
    asked: list[Look] = []

    def recognise(crops: list[np.ndarray], looks: list[Look]) -> list[Recognised]:
        asked.extend(looks)
        return [low for _ in crops]

    monkeypatch.setattr(reading, "recognise", recognise)
    [found] = read_lines(drawn, [line])
    assert found == (low if times == 1 else low._replace(low=low.figure))
    assert asked == [LOW, FULL][:times]


def test_a_page_of_zeros_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ROWS[0], *([f"规章{name}", "0", "0", "0"] for name in "甲乙丙丁戊")]
    sent = sent_to_recogniser(monkeypatch)
    picture = array(draw_page(rows))
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row][1:] for row in list(grid.rows())[1:]] == [["0"] * 3] * 5
    assert len(sent) < 4 + 5 + 5  # the headers, the labels, and few of the fifteen figures


def test_dashes_are_told_without_the_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ROWS[0], *([f"规章{name}", "—", "—", "—"] for name in "甲乙丙丁戊")]
    sent = sent_to_recogniser(monkeypatch)
    picture = array(draw_page(rows))
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row][1:] for row in list(grid.rows())[1:]] == [["—"] * 3] * 5
    assert len(sent) == 4 + 5  # the headers and the labels


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1.属于国家秘密", False),
        ("（一）予以公开", False),
        ("3、其他法律行政法规禁止公开", False),
        ("251000元", True),
        ("22（其中修订16件）", True),
        ("3.2万元", True),
        ("详见附表", False),
    ],
)
def test_whether_there_are_figures_in_a_line(text: str, holds: bool) -> None:
    assert holds_figures(Recognised(text, 1.0, 1.0, "", 0.0)) is holds


def test_figures_in_cells_are_read_at_full_width(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Look] = []
    long = np.full((40, 200), 255, np.uint8)
    monkeypatch.setattr(reading, "crop", lambda bare, line: long)

    def figures(crops: list[np.ndarray], looks: list[Look]) -> list[Recognised]:
        asked.extend(looks)
        return [Recognised("", 1.0, 1.0, "12345678" if look == FULL else "1234567", 0.99) for look in looks]

    monkeypatch.setattr(reading, "recognise", figures)
    line = Line((0, 0, 200, 20), (0, 20), (Ink(0, 0, 200, 20),), cell=3)
    assert [found.figure for found in read_lines(long, [line])] == ["12345678"]
    [narrow, full] = asked
    assert narrow.share < 1
    assert full == FULL


def test_an_empty_cell_with_traces_of_ink_is_doubtful() -> None:
    picture = array(draw_page())
    x, y = LEFT + WIDTHS[0] + WIDTHS[1] + 60, 300 + ROW + 22  # the middle of the empty cell
    picture[y - 1 : y + 2, x - 20 : x + 20] = 178  # a dash that is hardly there
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells if cell.flags] == [(1, 2, "—")]


def test_a_cell_that_lost_its_place_keeps_its_doubt() -> None:
    cells = (
        Cell("5.要求确认", 0, 0, place=Place(1, 0, 0, 10, 10)),
        Cell("", 0, 1, flags=("low_confidence",)),
        Cell("0", 0, 2),
    )
    [line] = lines_of(Document("t.png", "image", [Grid(cells)]))
    assert printed(None, line).flags == ("low_confidence",)
    assert printed(Token("0", 2, 3, Place()), line).flags == ()


def test_readings_offered_for_a_line_are_those_of_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubtful(found: Recognised) -> Settled:
        return Settled("6", "low_confidence") if found.figure == "6" else settle(found)

    monkeypatch.setattr(page, "settle", doubtful)
    monkeypatch.setattr(page, "settle_again", lambda *looks: Settled("8", "low_confidence", ("8", "6")))
    [grid], _ = page.read_shot(Shot(1, array(draw_page()), 150.0))
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.offered) for cell in grid.cells if cell.flags] == [("8", ("8", "6"))]
    [token] = [token for line in lines_of(Document("t.png", "image", [grid])) for token in line.values if token.flags]
    assert printed(token, lines_of(Document("t.png", "image", [grid]))[0]).offered == ("8", "6")


@pytest.mark.parametrize(
    ("grey", "top", "doubted"),
    [(255, 29, False), (250, 29, False), (215, 29, True), (215, 32, True), (215, 37, False)],
)
def test_a_figure_after_a_trace_of_a_minus_sign_is_doubtful(grey: int, top: int, doubted: bool) -> None:
    paper = np.full((60, 120), 255, np.uint8)
    paper[20:40, 60:72] = 0
    paper[top : top + 3, 44:56] = grey
    assert has_trace_of_sign(paper, Line((60, 20, 72, 40), (20, 40), (), cell=0)) is doubted


@pytest.mark.parametrize(
    ("digits", "may"),
    [
        ([(3, 5), (14, 22), (24, 32)], True),  # the arrow's stroke in the middle of its own width, then 40
        ([(3, 5), (9, 17), (19, 27)], False),  # 140
        ([(3, 5), (13, 15), (23, 25)], False),  # 111 in characters of one width
        ([(3, 5)], False),
    ],
)
def test_a_first_stroke_that_stands_apart_may_be_an_arrow(digits: list[tuple[int, int]], may: bool) -> None:
    pieces = tuple(Ink(x0, 20, x1, 40) for x0, x1 in digits)
    assert may_begin_with_arrow(Line((3, 20, digits[-1][1], 40), (20, 40), pieces, cell=0)) is may


def test_dirt_and_upright_strokes_before_a_figure_are_no_sign() -> None:
    paper = np.full((60, 120), 255, np.uint8)
    paper[20:40, 60:72] = 0
    paper[10:50, 48:51] = 200  # what is left of a rule
    paper[30:32, 54:56] = 180
    assert not has_trace_of_sign(paper, Line((60, 20, 72, 40), (20, 40), (), cell=0))


def on_paper(line: Line, seen: np.ndarray) -> np.ndarray:
    """The paper from which the crop of a line was taken."""
    x0, top, _, bottom = line.box
    paper = np.full((SIZE, SIZE), 255, np.uint8)
    margin = (seen.shape[0] - (bottom - top)) // 2
    paper[top - margin : top - margin + seen.shape[0], x0 - margin : x0 - margin + seen.shape[1]] = seen
    return paper


@pytest.mark.parametrize(("text", "told"), [("1", "1"), ("/", "/"), ("\\", "\\")])
@pytest.mark.parametrize("blur", [0.0, 0.8])
def test_a_slash_that_is_read_as_1_is_a_slash(text: str, told: str, blur: float) -> None:
    line, seen = digit(text, blur=blur)
    assert told_by_slant(Settled("1"), lean_of(on_paper(line, seen), line)).text == told


@pytest.mark.parametrize(("text", "read", "is_one"), [("/", "1", True), ("/", "/", False), ("1", "1", False)])
def test_what_is_a_slash_by_its_slant_whatever_it_was_read_as(text: str, read: str, is_one: bool) -> None:
    line, seen = digit(text, blur=0.5)
    assert is_slash(on_paper(line, seen), line, Settled(read, "low_confidence")) is is_one


def test_a_slash_read_as_1_gets_no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = array(draw_page())
    x, y = LEFT + WIDTHS[0] + WIDTHS[1] + 60, 300 + ROW + 22  # the middle of the empty cell
    for step in range(-8, 9):
        picture[y + step, x - step // 2 : x - step // 2 + 2] = 60
    looked: list[tuple[float, ...]] = []
    monkeypatch.setattr(page, "settle", lambda found: Settled(found.text, "low_confidence"))
    monkeypatch.setattr(page, "closer_looks", lambda upright, rules, line: looked.append(line.box) or [])
    monkeypatch.setattr(page, "settle_again", lambda first, others: settle(first))
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    assert "/" in [cell.text for cell in grid.cells]
    assert looked
    assert not any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in looked)


@pytest.mark.parametrize(
    ("texts", "upright"),
    [
        (["二是严格审核把关，做到应公开尽公开", "", "", ""], True),  # on a page with dirt
        (["2025年2月1日", "", ""], False),  # which may be read on a page that is turned, too
        (["材市行上行市材市行上行市", "公开", "人", "年", "公人", "中", "开"], False),
    ],
)
def test_long_lines_read_surely_tell_that_a_page_stands_upright(texts: list[str], upright: bool) -> None:
    found = page.look(Shot(1, array(draw_page([], ["一"])), 150.0))
    found.lines = [Line((0, 40 * i, 400, 40 * i + 20), (40 * i, 40 * i + 20), ()) for i in range(len(texts))]
    found.readings = {i: Recognised(text, 0.9, 0.99 if text else 0.0, "", 0.0) for i, text in enumerate(texts)}
    assert page.sample_of(found).is_upright is upright


def test_a_slash_that_nothing_else_can_be_made_of_is_a_slash() -> None:
    picture = array(draw_page())
    x, y = LEFT + WIDTHS[0] + WIDTHS[1] + 60, 300 + ROW + 22  # the middle of the empty cell
    for step in range(-8, 9):
        picture[y + step, x + step // 2 : x + step // 2 + 2] = 150
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.flags) for cell in grid.cells if cell.flags] == [("\\", ("low_confidence",))]


@pytest.mark.parametrize("text", list("0123456789/"))
@pytest.mark.parametrize("blur", [0.0, 0.8, 1.2])
def test_only_a_slash_is_a_stroke(text: str, blur: float) -> None:
    line, seen = digit(text, blur=blur)
    margin = (seen.shape[0] - (line.box[3] - line.box[1])) // 2
    moved = tuple(side - corner for side, corner in zip(line.box, 2 * line.box[:2], strict=True))
    assert is_stroke(seen[margin:, margin:], replace(line, box=moved)) is (text == "/")


@pytest.mark.parametrize(("slashed", "flags"), [(12, set()), (4, {"low_confidence"})])
def test_slashes_are_beyond_doubt_where_most_cells_have_one(slashed: int, flags: set[str]) -> None:
    texts = ["0"] * (12 - slashed) + [""] * slashed
    rows = [["项目", *texts[:3]], *(["事项名称", *texts[3 * r : 3 * r + 3]] for r in range(1, 4))]
    picture = array(draw_page(rows))
    for k in range(12 - slashed, 12):
        x, y = LEFT + WIDTHS[0] + 120 * (k % 3) + 60, 300 + ROW * (k // 3) + 22
        for step in range(-8, 9):
            picture[y + step, x - step // 2 : x - step // 2 + 2] = 60
    [grid], _ = page.read_shot(Shot(1, picture, 150.0))
    assert isinstance(grid, Grid)
    found = [cell for cell in grid.cells if cell.text == "/"]
    assert len(found) == slashed
    assert {flag for cell in found for flag in cell.flags} == flags


def test_a_stroke_is_no_figure_but_1() -> None:
    assert told_by_slant(Settled("7"), 0.3) == Settled("/", "low_confidence")
    assert told_by_slant(Settled("/"), 0.3) == Settled("/")
    assert told_by_slant(Settled("7"), 0.0) == Settled("7", "low_confidence")


def test_a_stroke_that_leans_a_little_is_doubtful() -> None:
    assert told_by_slant(Settled("1"), 0.2) == Settled("1", "low_confidence")
    assert told_by_slant(Settled("1"), -0.04) == Settled("1")
