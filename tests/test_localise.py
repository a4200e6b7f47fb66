"""Localised errors: which printed figure is wrong, what it should be, why, and when that cannot be told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pandas as pd
import pytest
from builders import build_report

import gongkai as gk
from gongkai.repairs.moves import catalogue
from gongkai.report import Report
from gongkai.tables import REPAIRS

REVIEW = "litigation/review"
# Five requests by natural persons, all granted.
FIVE = {
    f"requests/{row}/{column}": "5" for row in ("new", "granted", "total") for column in ("natural_person", "total")
}


def localised(report: Report, language: str = "zh") -> pd.DataFrame:
    repairs = gk.repair(report, language=language)
    return repairs[repairs["method"] == "localised"].reset_index(drop=True)


def proposals(values: Mapping[str, str | None], **settings: object) -> dict[str, float | None]:
    """The localised cells in order, with the value proposed."""
    rows = localised(build_report(values, **settings))
    return {id: None if pd.isna(value) else value for id, value in zip(rows["id"], rows["proposed"], strict=True)}


# As published in a real report: 10 upheld and 1 corrected of 0 in all; 5 upheld of 0 in all.
PUBLISHED = {f"{REVIEW}/upheld": "10", f"{REVIEW}/corrected": "1", "litigation/suit_after_review/upheld": "5"}


class TestOneFigureIsWrong:
    @pytest.mark.parametrize(
        "id",
        [
            "requests/new/natural_person",  # balance and applicants
            "requests/carried_in/business",
            "requests/carried_out/total",
            "requests/partial/research",  # outcomes and applicants
            "requests/granted/total",
            "requests/total/natural_person",  # balance, outcomes and applicants
            "requests/total/total",
        ],
    )
    def test_where_the_equations_that_fail_meet(self, id: str) -> None:
        right = float(FIVE.get(id, 0))
        assert proposals(FIVE | {id: f"{right + 3:.0f}"}) == {id: right}

    def test_however_large_the_misreading(self) -> None:
        assert proposals(FIVE | {"requests/granted/business": "20231231"}) == {"requests/granted/business": 0}

    def test_on_the_trial_form_as_well(self) -> None:
        forms = dict.fromkeys(("disclosure", "requests", "litigation"), "2019")
        values = FIVE | {"requests/other/research": "1"}
        assert proposals(values, forms=forms, year=2020) == {"requests/other/research": 0}

    def test_two_tables_two_errors(self) -> None:
        values = FIVE | {"requests/new/total": "6", f"{REVIEW}/upheld": "4"}
        assert proposals(values) == {"requests/new/total": 5, f"{REVIEW}/total": 4}

    def test_a_consistent_report_has_none(self) -> None:
        assert proposals(FIVE) == {}

    def test_half_a_request_is_no_answer(self) -> None:
        # 2.5 upheld of 3 in all: no whole number of other results makes up for it.
        assert proposals({f"{REVIEW}/upheld": "2.5", f"{REVIEW}/total": "3"}) == {f"{REVIEW}/upheld": 3}


class TestPublishedTotals:
    def test_both_totals_were_not_added_up(self) -> None:
        rows = localised(build_report(PUBLISHED))
        assert dict(zip(rows["id"], rows["proposed"], strict=True)) == {
            f"{REVIEW}/total": 11,
            "litigation/suit_after_review/total": 5,
        }
        assert rows["certainty"].tolist() == ["likely", "likely"]
        assert rows["printed"].tolist() == [0, 0]
        assert rows["alternatives"].tolist() == [[], []]

    def test_and_it_is_said_why(self) -> None:
        first, second = localised(build_report(PUBLISHED))["message"]
        # Neither 10 nor 1 can be 11 less than it is; but the 5 could have been a 0.
        assert first == (
            "「行政复议」行「总计」印为 0，疑应为 11：合计漏加，各项之和不为 0，总计却印为 0。"
            "只改这一格，各项关系即可全部成立，且没有同样小的其他改法。"
        )
        assert second.endswith("同样小的其他改法都不如这一种可能。")

    def test_with_the_zeros_left_blank(self) -> None:
        blank = dict.fromkeys((f"{REVIEW}/other", f"{REVIEW}/pending"), "")
        rows = localised(build_report(PUBLISHED | blank))
        assert rows["id"].tolist() == [f"{REVIEW}/total", "litigation/suit_after_review/total"]
        # 11 or more: what stands for the blanks is not known.
        assert rows["proposed"].isna().tolist() == [True, False]


class TestTies:
    def test_an_item_too_many_or_a_total_too_small(self) -> None:
        rows = localised(build_report({f"{REVIEW}/upheld": "10", f"{REVIEW}/corrected": "1", f"{REVIEW}/total": "10"}))
        assert rows["id"].tolist() == [f"{REVIEW}/total", f"{REVIEW}/upheld", f"{REVIEW}/corrected"]
        assert rows["proposed"].tolist() == [11, 9, 0]
        assert set(rows["certainty"]) == {"tied"}
        assert rows.loc[0, "alternatives"] == [f"{REVIEW}/upheld=9", f"{REVIEW}/corrected=0"]
        assert rows.loc[2, "alternatives"] == [f"{REVIEW}/total=11", f"{REVIEW}/upheld=9"]
        assert "结果纠正（1）未计入总计" in rows.loc[0, "message"]
        assert "另有 2 种，单凭算术不能断定" in rows.loc[0, "message"]

    def test_no_figure_becomes_negative(self) -> None:
        assert proposals({f"{REVIEW}/pending": "1"}) == {f"{REVIEW}/total": 1, f"{REVIEW}/pending": 0}

    def test_a_value_that_differs_between_the_sets_is_not_proposed(self) -> None:
        # With the other results blank, upheld can be anything up to 2, and the total anything from 3.
        values = {f"{REVIEW}/upheld": "3", f"{REVIEW}/corrected": "", f"{REVIEW}/total": "2"}
        rows = localised(build_report(values))
        assert sorted(rows["id"]) == [f"{REVIEW}/total", f"{REVIEW}/upheld"]
        assert rows["proposed"].isna().all()
        assert f"{REVIEW}/upheld=?" in [other for others in rows["alternatives"] for other in others]

    def test_without_other_figures_the_balance_alone_does_not_tell(self) -> None:
        # A table that gives the column of totals alone; its outcomes make up the total, so that this costs more.
        absent = dict.fromkeys(
            id for id in build_report().cells["id"] if id.startswith("requests/") and not id.endswith("/total")
        )
        values = {"new": "9", "granted": "5", "total": "5", "carried_out": "2", "carried_in": "1"}
        rows = localised(build_report(absent | {f"requests/{row}/total": value for row, value in values.items()}))
        assert dict(zip(rows["id"], rows["proposed"], strict=True)) == {
            "requests/new/total": 6,
            "requests/carried_out/total": 5,
        }
        assert set(rows["certainty"]) == {"tied"}

    def test_sets_of_several_cells(self) -> None:
        # 2 more came in than went out, of natural persons and in all: which row was it?
        values = FIVE | {"requests/carried_in/business": "1", "requests/carried_out/business": "1"}
        values |= {"requests/carried_in/total": "1", "requests/carried_out/total": "1"}
        values |= {"requests/new/natural_person": "7", "requests/new/total": "7"}
        rows = localised(build_report(values))
        assert rows["id"].tolist() == [
            f"requests/{row}/{column}" for row in ("new", "carried_out") for column in ("natural_person", "total")
        ]
        assert rows["alternatives"].tolist()[0] == [
            "requests/carried_out/natural_person=2, requests/carried_out/total=3"
        ]
        assert "连同「本年新收」行总计一并更正" in rows.loc[0, "message"]

    def test_a_bound_on_sets_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongkai.repairs.localise.MOST_SETS", 1)
        # A blank cell, so that the solver is asked.
        values = {f"{REVIEW}/upheld": "10", f"{REVIEW}/total": "9", f"{REVIEW}/other": ""}
        rows = localised(build_report(values))
        assert rows["certainty"].tolist() == ["tied"]
        assert "至少另有 0 种，未能全部列出" in rows.loc[0, "message"]


class TestWhatPeopleGetWrong:
    def test_a_row_left_at_zero(self) -> None:
        values = FIVE | {"requests/new/natural_person": "3", "requests/new/total": "3"}
        rows = localised(build_report(values))
        assert dict(zip(rows["id"], rows["proposed"], strict=True)) == {
            "requests/carried_in/natural_person": 2,
            "requests/carried_in/total": 2,
        }
        assert set(rows["certainty"]) == {"likely"}
        assert "「上年结转」行各格都印为 0，疑漏填" in rows.loc[0, "message"]

    def test_two_figures_in_each_others_place(self) -> None:
        values = FIVE | {"requests/granted/natural_person": "0", "requests/granted/business": "5"}
        rows = localised(build_report(values))
        assert dict(zip(rows["id"], rows["proposed"], strict=True)) == {
            "requests/granted/natural_person": 5,
            "requests/granted/business": 0,
        }
        assert set(rows["certainty"]) == {"likely"}
        assert "5 似误填在「予以公开」行「商业企业」，应填在「予以公开」行「自然人」" in rows.loc[0, "message"]

    def test_two_rows_in_each_others_place(self) -> None:
        both = {"requests/granted/natural_person": "2", "requests/partial/natural_person": "3"}
        totals = {"requests/granted/total": "3", "requests/partial/total": "2", "requests/total/natural_person": "5"}
        whole = {"requests/total/total": "5", "requests/new/natural_person": "5", "requests/new/total": "5"}
        rows = localised(build_report(both | totals | whole))
        # The items or the totals of the two rows: arithmetic cannot tell which.
        assert set(rows["certainty"]) == {"tied"}
        assert rows["id"].tolist() == [
            f"requests/{row}/{column}" for column in ("natural_person", "total") for row in ("granted", "partial")
        ]
        assert "「予以公开」行「自然人」与「部分公开」行「自然人」疑填反" in rows.loc[0, "message"]

    def test_two_groups_of_table_four_in_each_others_place(self) -> None:
        upheld = {f"{REVIEW}/upheld": "4", "litigation/suit_direct/upheld": "9"}
        rest = {f"{REVIEW}/other": "1", "litigation/suit_direct/pending": "2"}
        totals = {f"{REVIEW}/total": "10", "litigation/suit_direct/total": "6"}
        rows = localised(build_report(upheld | rest | totals))
        assert dict(zip(rows["id"], rows["proposed"], strict=True))[f"{REVIEW}/upheld"] == 9
        assert "「行政复议」行「结果维持」与「未经复议直接起诉」行「结果维持」疑填反" in rows.loc[0, "message"]

    def test_a_figure_on_the_other_side_of_a_border_of_table_four(self) -> None:
        values = {f"{REVIEW}/upheld": "7", f"{REVIEW}/total": "3", "litigation/suit_direct/upheld": "7"}
        rows = localised(build_report(values | {"litigation/suit_direct/total": "3"}))
        assert dict(zip(rows["id"], rows["proposed"], strict=True)) == {
            f"{REVIEW}/total": 7,
            "litigation/suit_direct/upheld": 3,
        }
        assert set(rows["certainty"]) == {"likely"}

    def test_small_totals_at_zero_are_telling_where_there_are_several(self) -> None:
        rows = localised(build_report({f"{REVIEW}/corrected": "1", "litigation/suit_direct/upheld": "2"}))
        assert rows["id"].tolist() == [f"{REVIEW}/total", "litigation/suit_direct/total"]
        assert set(rows["certainty"]) == {"likely"}
        assert localised(build_report({f"{REVIEW}/corrected": "1"}))["certainty"].tolist() == ["tied", "tied"]

    def test_totals_that_nobody_added_up_are_no_exchange(self) -> None:
        rows = localised(build_report({f"{REVIEW}/upheld": "4", "litigation/suit_direct/upheld": "4"}))
        assert rows["id"].tolist() == [f"{REVIEW}/total", "litigation/suit_direct/total"]

    def test_two_columns_in_each_others_place(self) -> None:
        # Other organisations and the total: every row that has figures is wrong, by one error.
        printed = {"natural_person": "5", "other_org": "7", "total": "2"}
        filled = ("new", "granted", "total")
        rows = localised(
            build_report({f"requests/{row}/{column}": value for row in filled for column, value in printed.items()})
        )
        assert rows["id"].tolist() == [
            f"requests/{row}/{column}" for row in filled for column in ("other_org", "total")
        ]
        assert rows["proposed"].tolist() == [2, 7] * 3
        assert set(rows["certainty"]) == {"likely"}
        assert "「其他」列与「总计」列疑填反" in rows.loc[0, "message"]

    @pytest.mark.parametrize(
        ("upheld", "total", "right", "reason"),
        [
            ("19", "135", 91, "数字颠倒，91 误作 19"),
            ("6", "104", 60, "漏写 0，60 误作 6"),
            ("60", "50", 6, "多写 0，6 误作 60"),
            ("12", "236", 192, "漏写一位数字，192 误作 12"),
            ("192", "56", 12, "多写一位数字，12 误作 192"),
        ],
    )
    def test_digits(self, upheld: str, total: str, right: float, reason: str) -> None:
        values = {f"{REVIEW}/upheld": upheld, f"{REVIEW}/corrected": "44", f"{REVIEW}/total": total}
        rows = localised(build_report(values))
        assert rows[["id", "proposed", "certainty"]].values.tolist() == [[f"{REVIEW}/upheld", right, "likely"]]
        assert reason in rows.loc[0, "message"]

    def test_a_single_digit_more_or_less_is_no_evidence(self) -> None:
        # 1 for 11 would be a digit lost, but 10 suits may as well have been forgotten elsewhere.
        rows = localised(build_report({f"{REVIEW}/upheld": "1", f"{REVIEW}/total": "11"}))
        assert len(rows) == 5

    def test_a_doubtful_figure_is_suspected_first(self) -> None:
        values = {f"{REVIEW}/upheld": "3", f"{REVIEW}/corrected": "2", f"{REVIEW}/total": "4"}
        rows = localised(build_report(values, flags={f"{REVIEW}/corrected": "low_confidence"}))
        assert rows[["id", "proposed", "certainty"]].values.tolist() == [[f"{REVIEW}/corrected", 1, "likely"]]
        assert "读数本来存疑" in rows.loc[0, "message"]

    def test_costs_keep_to_their_promise(self) -> None:
        cost = catalogue()["cost"]
        assert 2 * cost["doubtful"] > cost["printed"] > cost["doubtful"]
        assert min(cost["exchange"], cost["zeros"]) * cost["doubtful"] > cost["doubtful"]


class TestLimits:
    def test_too_many_errors_are_not_explained_away(self) -> None:
        values = {f"requests/granted/{column}": "3" for column in ("natural_person", "business", "research")}
        values |= {f"requests/partial/{column}": "4" for column in ("public_interest", "legal_service", "other_org")}
        values |= {f"requests/new/{column}": "9" for column in ("natural_person", "business", "research")}
        values |= {f"requests/unavailable_unclear/{column}": "2" for column in ("other_org", "business")}
        values |= {"requests/denied_third_party/total": "8", "requests/unprocessed_repeat/total": "6"}
        with pytest.warns(UserWarning, match="requests: what is wrong was not located"):
            assert proposals(values) == {}

    def test_an_absent_table_is_left_alone(self) -> None:
        absent = dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("requests/"))
        assert proposals(absent) == {}

    def test_what_a_blank_may_be_is_not_wrong(self) -> None:
        assert proposals({f"{REVIEW}/upheld": "3", f"{REVIEW}/corrected": "", f"{REVIEW}/total": "4"}) == {}

    def test_unknown_cells_make_up_for_nothing_impossible(self) -> None:
        # The blank would have to be -1.
        values = {f"{REVIEW}/upheld": "13", f"{REVIEW}/corrected": "", f"{REVIEW}/total": "12"}
        assert set(proposals(values)) == {f"{REVIEW}/upheld", f"{REVIEW}/total"}


class TestTable:
    def test_columns_are_those_that_the_package_promises(self) -> None:
        repairs = gk.repair(build_report({f"{REVIEW}/upheld": "3", "litigation/suit_direct/total": ""}))
        assert {name: str(dtype) for name, dtype in repairs.dtypes.items()} == REPAIRS
        assert repairs["method"].tolist() == ["deduced", "localised"]

    def test_a_completed_report_keeps_what_was_printed(self) -> None:
        report = build_report({f"{REVIEW}/upheld": "3"})
        pd.testing.assert_frame_equal(report.completed(gk.repair(report)).cells, report.cells)

    def test_the_same_question_has_the_same_answer(self) -> None:
        report = build_report({f"{REVIEW}/upheld": "3", f"{REVIEW}/corrected": "", f"{REVIEW}/total": "2"})
        pd.testing.assert_frame_equal(gk.repair(report), gk.repair(report))

    def test_in_english(self) -> None:
        rows = localised(build_report(FIVE | {"requests/new/total": "3"}), "en")
        assert rows.loc[0, "message"] == (
            "“new requests”, “total” is printed as 3 and should probably be 5: the total is not the sum of its items. "
            "Changing this cell alone makes all equations hold, and no other change is as small."
        )

    def test_every_kind_of_mistake_is_told_in_both_languages(self) -> None:
        for kind in catalogue()["kind"].values():
            assert kind["zh"]
            assert kind["en"]
            assert 0 < kind["weight"] < 1


def test_scipy_is_left_alone_until_it_is_needed() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests'); import gongkai as gk; from builders import build_report;"
        f"gk.repair(build_report()); gk.repair(build_report({FIVE | {'requests/new/total': '6'}}));"
        "print('scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
