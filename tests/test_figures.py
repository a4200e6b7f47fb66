"""The figures: Chinese always visible, nothing cut off or printed over, the same bytes every time."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable

import matplotlib as mpl
import pytest
from builders import build_report, hrss_2021
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from narrative_reports import (
    busy,
    contradictory,
    litigation_cells,
    peers,
    quiet,
    request_cells,
    single,
    unfilled_totals,
    without_requests,
)

import gongkai as gk
from gongkai.narrative import figures, fonts
from gongkai.narrative.figures.canvas import Chart
from gongkai.report import Report

FIGURES = [name for name in figures.__all__ if name.endswith("_figure")]
REPORTS = (hrss_2021, busy, quiet, single, unfilled_totals, contradictory, without_requests)


def drawn(name: str, report: Report, language: str) -> Chart:
    function = getattr(figures, name)
    if name in ("checks_figure", "form_figure"):
        return function(report, gk.check(report, language=language), language)
    if name == "before_figure":
        return function(report, year_before(report), language)
    if name == "peers_figure":
        return function(report, peers(12), language)
    return function(report, language)


def year_before(report: Report) -> Report:
    previous = busy(
        values={"requests/granted/natural_person": "8", "requests/denied_enforcement_file/natural_person": "120"}
    )
    previous.year = (report.year or 2023) - 1
    return previous


def texts(chart: Chart) -> list[Text]:
    return [text for text in chart.sheet.texts if text.get_text().strip()]


def said(chart: Chart) -> str:
    return "\n".join(text.get_text() for text in texts(chart))


def boxes(chart: Chart) -> list[Bbox]:
    renderer = FigureCanvasAgg(chart).get_renderer()
    return [text.get_window_extent(renderer) for text in texts(chart)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("make", REPORTS)
def test_nothing_is_cut_off_or_printed_over(make: Callable[[], Report], name: str, language: str) -> None:
    chart = drawn(name, make(), language)
    found = boxes(chart)
    sheet = chart.bbox.expanded(1, 1)
    for box in found:
        assert sheet.x0 <= box.x0, said(chart)
        assert box.x1 <= sheet.x1, said(chart)
        assert sheet.y0 <= box.y0, said(chart)
        assert box.y1 <= sheet.y1, said(chart)
    for one, other in itertools.combinations(found, 2):
        # A line's box is higher than its letters.
        assert not one.shrunk(1, 0.7).overlaps(other.shrunk(1, 0.7)), said(chart)


@pytest.mark.parametrize("name", FIGURES)
def test_equal_figures_are_equal_files(name: str) -> None:
    first, second = (drawn(name, busy(), "zh").png() for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")
    assert b"Software" not in first


def test_figures_drawn_together_are_those_drawn_alone_whatever_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    report = busy()
    alone = [drawn(name, report, "zh").png() for name in ("requests_figure", "applicants_figure")]
    monkeypatch.setitem(mpl.rcParams, "text.color", "red")
    together = figures.all_figures(report, gk.check(report))
    assert [figure.png() for figure in together[:2]] == alone
    assert mpl.rcParams["text.color"] == "red"


def test_jupyter_gets_a_png_with_a_description() -> None:
    png, metadata = drawn("requests_figure", busy(), "zh")._repr_png_()
    assert png.startswith(b"\x89PNG")
    assert metadata == {"width": 900, "alt": "319件申请的去向"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("requests_figure", "全年没有收到申请，也没有上年结转的申请"),
        ("applicants_figure", "全年没有新收申请。"),
        ("grounds_figure", "没有以任何理由不公开的申请。"),
        ("litigation_figure", "全年没有政府信息公开方面的行政复议和行政诉讼。"),
        ("disclosure_figure", "主动公开表中凡填了数字的都是零。"),
    ],
)
def test_a_figure_with_nothing_to_show_says_so(name: str, words: str) -> None:
    assert words in said(drawn(name, quiet(), "zh"))


@pytest.mark.parametrize("name", ["requests_figure", "applicants_figure", "grounds_figure"])
def test_a_figure_without_its_numbers_says_so(name: str) -> None:
    assert "画不出" in said(drawn(name, without_requests(), "zh"))


def test_a_missing_row_is_not_drawn_as_no_disputes() -> None:
    assert "画不出" in said(drawn("litigation_figure", contradictory(), "zh"))


def test_all_figures_are_those_with_something_to_show() -> None:
    assert [chart.title for chart in figures.all_figures(quiet(), gk.check(quiet()))] == ["数字读得怎样，核对得怎样"]
    assert len(figures.all_figures(busy(), gk.check(busy()), previous=year_before(busy()), peers=peers(3))) == len(
        FIGURES
    )
    assert len(figures.all_figures(busy(), gk.check(busy()))) == len(FIGURES) - 2


def test_numbers_stand_beside_what_they_measure() -> None:
    text = said(drawn("requests_figure", busy(), "zh"))
    assert "不予公开 184 · 60.1%" in text
    assert "结转下年 13" in text
    text = said(drawn("litigation_figure", busy(), "en"))
    assert "How 55 reviews and suits ended" in text


def test_nearly_all_is_not_drawn_as_all() -> None:
    granted = {"granted": (2499, 0, 0, 0, 0, 0), "denied_third_party": (1, 0, 0, 0, 0, 0)}
    report = build_report({**request_cells(granted), **litigation_cells(review=(0, 0, 0, 0))})
    text = said(drawn("requests_figure", report, "zh"))
    assert "予以公开 2499 · 99.96%" in text
    assert "不予公开 1 · 0.04%" in text


def test_an_unequal_flow_says_so() -> None:
    report = busy(values={"requests/new/natural_person": "383", "requests/new/total": "400"})
    assert "左右两端不等" in said(drawn("requests_figure", report, "zh"))


def test_every_character_of_the_figures_is_in_the_font_that_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_SYSTEM_FAMILIES", ())
    fonts.families.cache_clear()
    try:
        assert fonts.families() == (fonts.FAMILY,)
        for make, name, language in itertools.product(REPORTS, FIGURES, ("zh", "en")):
            text = said(drawn(name, make(), language))
            assert fonts.drawable(text) == text
            assert "U+" not in text
    finally:
        monkeypatch.undo()
        fonts.families.cache_clear()


def test_a_character_that_no_font_has_is_written_as_its_code() -> None:
    chart = drawn("requests_figure", build_report(organ="某\U000f0000局"), "zh")
    assert "某U+F0000局" in said(chart)
    chart.png()


def test_a_formula_in_a_name_is_no_formula() -> None:
    figure = drawn("requests_figure", build_report(organ=r"$\frac{某}$局" * 30), "zh")
    assert figure.png().startswith(b"\x89PNG")


def test_figures_do_without_pyplot() -> None:
    code = "import sys, gongkai.narrative.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_font_that_ships_holds_every_character_of_gb_2312() -> None:
    fonts.families()
    pairs = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = {char for char in pairs if char}
    assert len(characters) == 6763
    assert set(map(ord, characters)) <= fonts._characters(fonts.FAMILY)
