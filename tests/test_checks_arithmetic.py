"""The form's equations: what holds, what fails, what cannot be told (FORM.md, "Arithmetic that must hold")."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import HRSS_2021, build_report, hrss_2021

import gongkai as gk
from gongkai.report import Report

ARITHMETIC = ["balance", "outcome_sum", "applicant_sum", "litigation_sum", "carry_over", "stock_flow", "item_flow"]
# Written down from FORM.md, not taken from the form files that the checks use.
BALANCE = {"new", "carried_in", "total", "carried_out"}
BLANK = {id for id, raw in HRSS_2021.items() if raw == ""}


def findings(report: Report, rule: str, previous: Report | None = None, language: str = "zh") -> pd.DataFrame:
    found = gk.check(report, previous, language=language)
    return found.loc[found["rule"] == rule].reset_index(drop=True)


def failures(found: pd.DataFrame) -> set[tuple[str, str]]:
    failed = found.loc[(found["outcome"] == "fail") & found["rule"].isin(ARITHMETIC)]
    return {
        (finding.rule, finding.row if pd.isna(finding.column) else finding.column) for finding in failed.itertuples()
    }


def other_failures(found: pd.DataFrame) -> list[str]:
    return found.loc[(found["outcome"] == "fail") & ~found["rule"].isin(ARITHMETIC), "message"].tolist()


@pytest.fixture(scope="module")
def usual() -> pd.DataFrame:
    return gk.check(hrss_2021())


def entered_by(id: str) -> set[tuple[str, str]]:
    """The equations of the 2019 form that a cell of the sample enters and that can be assessed there."""
    table, row, column = id.split("/")
    rules = set()
    if table == "litigation":
        rules.add(("litigation_sum", row))
    if table == "requests":
        rules.add(("applicant_sum", row))
        if row in BALANCE:
            rules.add(("balance", column))
        if row not in BALANCE or row == "total":
            rules.add(("outcome_sum", column))
    unassessable = {("balance", "natural_person"), ("balance", "business")}
    unassessable |= {("applicant_sum", "carried_in"), ("applicant_sum", "carried_out")}
    return rules - unassessable


def numbered_cells() -> list[str]:
    cells = hrss_2021().cells
    return [id for id in cells["id"] if id not in BLANK]


def test_the_sample_has_numbers_in_all_cells_but_four() -> None:
    assert len(BLANK) == 4
    assert len(numbered_cells()) == len(hrss_2021().cells) - 4


@pytest.mark.parametrize("id", numbered_cells())
def test_a_changed_number_fails_exactly_the_rules_that_it_enters(id: str, usual: pd.DataFrame) -> None:
    report = hrss_2021()
    report.cells.loc[report.cells["id"] == id, "value"] += 1
    changed = gk.check(report)
    assert failures(changed) == entered_by(id)
    assert other_failures(changed) == other_failures(usual)


def test_the_sample_fails_no_equation_and_leaves_four_open() -> None:
    found = gk.check(hrss_2021())
    arithmetic = found.loc[found["rule"].isin(ARITHMETIC)]
    assert set(arithmetic["outcome"]) == {"pass", "not_assessable"}
    open_ = arithmetic.loc[arithmetic["outcome"] == "not_assessable"]
    keys = set(open_[["rule", "row", "column"]].fillna("").itertuples(index=False, name=None))
    assert keys == {
        ("balance", "", "natural_person"),
        ("balance", "", "business"),
        ("applicant_sum", "carried_in", ""),
        ("applicant_sum", "carried_out", ""),
    }


def test_one_finding_for_each_column_row_and_block_in_the_forms_order() -> None:
    report = build_report()
    columns = ["natural_person", "business", "research", "public_interest", "legal_service", "other_org", "total"]
    assert findings(report, "balance")["column"].tolist() == columns
    assert findings(report, "outcome_sum")["column"].tolist() == columns
    assert findings(report, "applicant_sum")["row"].tolist() == [row.id for row in report.table("requests").rows]
    assert findings(report, "litigation_sum")["row"].tolist() == ["review", "suit_direct", "suit_after_review"]


def test_a_failure_says_what_was_expected_printed_and_the_difference() -> None:
    report = build_report({"requests/new/total": "2", "requests/total/total": "2", "requests/carried_out/total": "1"})
    finding = findings(report, "balance").set_index("column").loc["total"]
    assert finding["outcome"] == "fail"
    assert finding["severity"] == "error"
    assert (finding["observed"], finding["expected"], finding["delta"]) == (2, 3, -1)
    assert finding["message"] == "「总计」列：本年新收 2 + 上年结转 0 = 2，而总计 2 + 结转下年 1 = 3，相差 -1。"
    assert finding["cells"] == [f"requests/{row}/total" for row in ("new", "carried_in", "total", "carried_out")]
    english = findings(report, "balance", language="en").set_index("column").loc["total", "message"]
    assert english == (
        "Column “total”: new requests 2 + carried over from the year before 0 = 2, but "
        "total handled 2 + carried over to the next year 1 = 3, a difference of -1."
    )


def test_a_failure_names_the_lines_where_its_cells_were_printed() -> None:
    report = build_report({"litigation/review/upheld": "1"})
    cells = report.cells["table"] == "litigation"
    report.cells.loc[cells, ["top", "bottom"]] = 77.0
    assert "（第 77 行）" in findings(report, "litigation_sum")["message"][0]
    report.cells.loc[cells, "page"] = 4
    assert "（第 4 页）" in findings(report, "litigation_sum")["message"][0]


def test_a_long_sum_shows_only_what_is_not_zero() -> None:
    report = build_report({"requests/total/research": "3", "requests/granted/research": "2"})
    message = findings(report, "outcome_sum").set_index("column").loc["research", "message"]
    assert message == "「科研机构」列：总计 3，而予以公开 2（其余 20 项为 0）= 2，相差 1。"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("", "空白"), ("—", "横线"), ("详见附表", "文字"), (None, "缺失")],
)
def test_without_a_figure_an_equation_is_not_assessable(raw: str | None, reason: str) -> None:
    report = build_report({"requests/carried_in/total": raw})
    finding = findings(report, "balance").set_index("column").loc["total"]
    assert finding["outcome"] == "not_assessable"
    assert finding[["expected", "observed", "delta"]].isna().all()
    assert finding["message"].startswith("「总计」列：上年结转")
    assert reason in finding["message"]


def test_a_doubtful_figure_passes_where_the_equation_holds() -> None:
    report = build_report(flags={"requests/new/total": "low_confidence"})
    assert set(findings(report, "balance")["outcome"]) == {"pass"}


def test_a_doubtful_figure_cannot_fail_an_equation() -> None:
    report = build_report({"requests/new/total": "7"}, flags={"requests/new/total": "low_confidence"})
    finding = findings(report, "balance").set_index("column").loc["total"]
    assert finding["outcome"] == "not_assessable"
    assert (finding["observed"], finding["expected"]) == (7, 0)
    assert "本年新收可能误读" in finding["message"]
    assert ("balance", "total") not in failures(gk.check(report))


def test_a_deduced_value_makes_nothing_assessable() -> None:
    report = hrss_2021()
    completed = report.completed(gk.repair(report))
    assert completed.cells["value"].notna().sum() == report.cells["value"].notna().sum() + 3
    pd.testing.assert_frame_equal(gk.check(completed), gk.check(report))


def test_decimals_are_compared_without_the_dust_of_binary_fractions() -> None:
    raw = {"litigation/review/upheld": "0.1", "litigation/review/corrected": "0.2", "litigation/review/total": "0.3"}
    assert findings(build_report(raw), "litigation_sum")["outcome"][0] == "pass"


class TestAcrossYears:
    def test_nothing_is_said_without_the_year_before(self) -> None:
        assert not set(gk.check(build_report())["rule"]) & {"carry_over", "stock_flow", "item_flow"}

    def test_what_was_carried_out_must_be_carried_in(self) -> None:
        before = build_report({"requests/carried_out/total": "2"}, year=2022)
        report = build_report({"requests/carried_in/total": "3"})
        finding = findings(report, "carry_over", before).set_index("column").loc["total"]
        assert (finding["outcome"], finding["observed"], finding["expected"]) == ("fail", 3, 2)
        assert finding["message"] == "「总计」列：上年结转 3，而上年报告的结转下年 2，相差 1。"
        assert finding["cells"] == ["requests/carried_in/total"]

    def test_documents_in_force_follow_from_those_made_and_repealed(self) -> None:
        stock = "disclosure/normative_documents"
        before = build_report({f"{stock}/in_force": "5"}, year=2022)
        report = build_report({f"{stock}/made": "2", f"{stock}/repealed": "1", f"{stock}/in_force": "5"})
        finding = findings(report, "stock_flow", before).set_index("row").loc["normative_documents"]
        assert (finding["outcome"], finding["observed"], finding["expected"]) == ("fail", 5, 6)
        assert "上年报告的现行有效件数 5 + 本年制发件数 2 − 本年废止件数 1 = 6" in finding["message"]

    def test_items_follow_from_the_year_before_on_the_form_of_2019(self) -> None:
        before = build_report(
            {"disclosure/licensing/items_prior": "6", "disclosure/licensing/items_change": "减1"}, year=2019
        )
        report = build_report({"disclosure/licensing/items_prior": "5"}, year=2020)
        found = findings(report, "item_flow", before)
        assert found["row"].tolist() == ["licensing", "other_services", "penalties", "compulsion", "fees"]
        assert set(found["outcome"]) == {"pass"}
        assert (found["observed"][0], found["expected"][0]) == (5, 5)

    def test_a_form_without_the_cell_leaves_the_stock_open(self) -> None:
        before = build_report(forms=dict.fromkeys(("disclosure", "requests", "litigation"), "2019"), year=2022)
        found = findings(build_report(), "stock_flow", before)
        assert found["outcome"].tolist() == ["not_assessable"] * 2
        assert "不在该年表式之内" in found["message"][0]

    def test_another_year_than_the_one_before_is_not_compared(self) -> None:
        before = build_report({"requests/carried_out/total": "2"}, year=2020)
        found = findings(build_report(), "carry_over", before)
        assert set(found["outcome"]) == {"not_assessable"}
        assert "2020 年度" in found["message"][0]


def test_a_clean_report_has_no_failure() -> None:
    for year in (2019, 2020, 2021, 2024):
        found = gk.check(build_report(year=year), build_report(year=year - 1))
        assert "fail" not in set(found["outcome"]), found.loc[found["outcome"] == "fail", "message"].tolist()
