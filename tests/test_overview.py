"""The overview of a panel: its figures and tables, on the invented example corpus."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from builders import build_report
from panel_store import make_store

from benchmarks import example_corpus
from gongkai.corpus import overview
from gongkai.corpus.overview import charts, copying, holdings, results
from gongkai.corpus.overview.example import example_store
from gongkai.corpus.overview.tables import spans
from gongkai.corpus.store import Store
from gongkai.errors import UnreadableFile
from gongkai.narrative.figures.canvas import Chart, Message

FIGURES = ("coverage", "distributions", "trends", "outcomes", "quality", "copied")
TABLES = ("organs", "failures", "unread", "most_copied")


@pytest.fixture(scope="module", params=["zh", "en"])
def view(request: pytest.FixtureRequest) -> overview.View:
    return overview.View(example_store(), request.param)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> overview.View:
    folder = tmp_path_factory.mktemp("store")
    Store(str(folder)).create()
    return overview.View(str(folder), "en")


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.sheet.texts]


def test_the_example_corpus_is_what_its_maker_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = example_corpus.FOLDER
    monkeypatch.setattr(example_corpus, "FOLDER", tmp_path)
    example_corpus.main()
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()}


def test_it_counts_what_the_corpus_has(view: overview.View) -> None:
    assert len(view.reports) == len(example_corpus.ORGANS) * len(example_corpus.YEARS)
    assert view.years == list(example_corpus.YEARS)
    assert view.reports["province"].value_counts().to_dict() == {"江苏省": 30, "四川省": 20, "重庆市": 10}
    assert view.reports["level"].value_counts().to_dict() == {
        "county": 40,
        "prefecture": 10,
        "province": 5,
        "township": 5,
    }
    assert "60" in view.subtitle
    assert "12" in view.subtitle


@pytest.mark.parametrize("name", FIGURES)
def test_figures_have_something_to_show_and_cut_nothing_off(view: overview.View, name: str) -> None:
    for chart in getattr(overview, name)(view):
        assert not isinstance(chart, Message)
        chart.draw_without_rendering()
        sheet = chart.get_window_extent()
        for text in chart.sheet.texts:
            box = text.get_window_extent()
            assert box.x0 >= sheet.x0, text.get_text()
            assert box.x1 <= sheet.x1, text.get_text()
            assert box.y0 >= sheet.y0, text.get_text()
            assert box.y1 <= sheet.y1, text.get_text()


@pytest.mark.parametrize("name", FIGURES)
def test_an_empty_panel_says_so_in_words(empty: overview.View, name: str) -> None:
    for chart in getattr(overview, name)(empty):
        assert isinstance(chart, Message)
        assert "There are no figures to draw." in texts(chart)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_panel_has_empty_tables(empty: overview.View, name: str) -> None:
    table = getattr(overview, name)(empty)
    assert table.all == 0
    assert "No rows" in table._repr_html_()


def test_new_requests_are_those_of_the_reports(view: overview.View) -> None:
    truth = {
        (organ.full, truth.year): truth.cells["requests/new/total"].value
        for organ in example_corpus.ORGANS
        for truth in example_corpus.truths(organ)
    }
    found = dict(
        zip(zip(view.reports["organ_name"], view.reports["year"], strict=True), view.new_requests, strict=True)
    )
    printed = {key: value for key, value in found.items() if pd.notna(value)}
    assert len(printed) > 50
    assert printed == {key: truth[key] for key in printed}


def test_outcomes_are_sums_over_usable_reports(view: overview.View) -> None:
    whole = results._whole(view)
    provincial = whole[whole["level"] == "province"]
    chart = overview.outcomes(view)[0]
    handled = provincial["full_rate_den"].sum()
    granted = provincial["full_rate_num"].sum()
    assert any(f"{handled:,.0f}" in text for text in texts(chart))
    assert f"{granted / handled:.0%}" in texts(chart)


def test_rates_leave_out_what_fails_a_check(view: overview.View) -> None:
    raw = view.panel.indicators(parts=True).set_index("report").loc[view.reports["report"]]
    failed = raw["full_rate_why"].fillna("").str.contains("failed_check").to_numpy()
    assert failed.any()
    assert view.indicators.loc[failed, ["full_rate", "full_rate_num"]].isna().all(axis=None)
    sound = raw["full_rate_why"].fillna("").eq("").to_numpy()
    pd.testing.assert_series_equal(
        view.indicators.loc[sound, "full_rate"].reset_index(drop=True),
        raw.loc[sound, "full_rate"].reset_index(drop=True),
    )


def test_the_organs_table(view: overview.View) -> None:
    rows = overview.organs(view).rows.set_index(view.say("columns.organ_name"))
    row = rows.loc["江苏省云梦泽市青石区民政局"]
    assert row[view.say("columns.years")] == "2019–2023"
    assert row[view.say("columns.reports")] == 5
    assert row[view.say("columns.province")] == "江苏省"
    assert row[view.say("columns.code")] == ""
    assert rows.loc["江苏省公共数据厅", view.say("columns.code")] == "320000"


def test_copied_text_is_found_with_its_organs(view: overview.View) -> None:
    rows = overview.most_copied(view).rows
    found = rows[rows[view.say("columns.example")].str.contains("重办理轻公开")]
    assert len(found) == 1
    assert found[view.say("columns.organs")].tolist() == [len(example_corpus.COPIERS)]
    assert found[view.say("columns.span")].tolist() == ["2020–2023"]


def test_files_that_are_no_report_are_told(view: overview.View) -> None:
    rows = overview.unread(view).rows
    assert sorted(rows[view.say("columns.file")]) == ["2023/会议通知.md", "2023/扫描件.pdf"]


def test_a_table_runs_nothing_that_a_report_says(view: overview.View) -> None:
    rows = pd.DataFrame({"organ_name": ["</script><img src=x onerror=alert(1)>"], "message": ["<b>甲</b>"]})
    html = overview.Table(view, "hostile", rows)._repr_html_()
    assert "<img" not in html
    assert "<b>" not in html


def test_a_table_that_is_cut_off_says_so(view: overview.View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.corpus.overview.tables.MOST_ROWS", 3)
    table = overview.organs(view)
    assert (len(table.rows), table.all) == (3, 12)
    assert view.say("first_rows", shown="3", all="12") in table._repr_html_()


def test_a_large_corpus_is_compared_in_part_and_says_so(view: overview.View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.corpus.overview.copying.MOST_REPORTS", 20)
    copying._sentences.cache_clear()
    sample = view.say("sample", n="20", all="60")
    (chart,) = overview.copied(view)
    assert any(text.startswith(sample.strip()) for text in texts(chart))
    assert sample in overview.most_copied(view)._repr_html_()
    assert copying._sentences(view)["report"].nunique() == 20
    copying._sentences.cache_clear()


def test_a_table_is_the_same_every_time(view: overview.View) -> None:
    assert overview.organs(view)._repr_html_() == overview.organs(view)._repr_html_()


def test_the_order_of_failures_is_not_that_of_the_run(tmp_path: Path) -> None:
    reports = {
        str(wrong): build_report({"requests/new/total": str(wrong)}, organ="青石区民政局") for wrong in (5, 7, 6)
    }
    shown = []
    for name, order in (("one", 1), ("other", -1)):
        make_store(tmp_path / name, dict(list(reports.items())[::order]))
        shown.append(overview.failures(overview.View(str(tmp_path / name))).rows)
    assert len(shown[0]) >= len(reports)
    pd.testing.assert_frame_equal(*shown)


def test_requests_are_binned_by_size() -> None:
    bins = holdings._binned(pd.Series([0, 1, 9, 10, 99, 100, 999, 1000, 52000], dtype="Float64"))
    assert bins.tolist() == ["zero", "few", "few", "tens", "tens", "hundreds", "hundreds", "thousands", "thousands"]


def test_years_as_people_write_them() -> None:
    assert spans(pd.Series([2021, 2019, 2020, 2023], dtype="Int64")) == "2019–2021, 2023"
    assert spans(pd.Series([None, 2020], dtype="Int64")) == "2020"
    assert spans(pd.Series([], dtype="Int64")) == ""


def test_names_of_lines_keep_apart_and_on_the_sheet() -> None:
    ends = [(1.0, "a", "#000000"), (1.05, "b", "#000000"), (2.9, "c", "#000000"), (2.95, "d", "#000000")]
    levels = [level for level, _, _ in charts._apart(ends, 0.2, 3.0)]
    assert all(after - before >= 0.2 - 1e-9 for before, after in pairwise(levels))
    assert levels[-1] <= 3.0


def test_a_folder_without_a_panel_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no corpus"):
        overview.View(str(tmp_path))


@pytest.mark.parametrize(
    ("top", "levels"),
    [(0.09, ["0%", "2.5%", "5%", "7.5%", "10%"]), (0.02, ["0%", "0.5%", "1%", "1.5%", "2%"])],
    ids=["a tenth", "a fiftieth"],
)
def test_the_levels_beside_lines_are_exact(top: float, levels: list[str]) -> None:
    chart = Chart(4, "title", "subtitle", "source")
    charts.draw_lines(chart, 1, 2, [2021, 2022], [charts.Line("a", "#000000", {2021: top, 2022: top})])
    assert [text for text in texts(chart) if text.endswith("%") and " " not in text] == levels
