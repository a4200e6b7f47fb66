"""Against the year before: figures out of proportion, and figures of that year told again."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import SECTIONS, build_report

import gongkai as gk

# Totals of ordinary size, alike in both years.
USUAL = {
    "requests/new/total": "40",
    "requests/new/natural_person": "40",
    "requests/granted/total": "40",
    "requests/granted/natural_person": "40",
    "requests/total/total": "40",
    "requests/total/natural_person": "40",
    "litigation/review/total": "3",
    "litigation/review/upheld": "3",
    "disclosure/licensing/decisions": "550",
    "disclosure/penalties/decisions": "410",
    "disclosure/compulsion/decisions": "19",
    "disclosure/fees/amount": "77.3",
}


def compared(rule: str, now: dict[str, str], before: dict[str, str], text: str = "", **report: object) -> pd.DataFrame:
    sections = SECTIONS | ({"overview": text} if text else {})
    this = build_report(USUAL | now, sections=sections, **report)  # type: ignore[arg-type]
    findings = gk.check(this, build_report(USUAL | before, year=2022))
    return findings[findings["rule"] == rule].reset_index(drop=True)


BEFORE = {"requests/new/total": "28"}
THIRTY_TWO = {"requests/new/total": "32"}


class TestJump:
    def test_a_tenfold_change_against_steady_figures_is_one(self) -> None:
        found = compared("jump", {"disclosure/penalties/decisions": "6000"}, {})
        assert found["outcome"].tolist() == ["fail"]
        finding = found.loc[0]
        assert (finding["severity"], finding["row"], finding["column"]) == ("note", "penalties", "decisions")
        assert (finding["expected"], finding["observed"]) == (410, 6000)
        assert finding["message"] == (
            "「行政处罚」行「本年处理决定数量」上年为 410，本年为 6000，约为上年的 14.5 倍，"
            "而其他总数一般为上年的 1 倍；请核实。"
        )

    @pytest.mark.parametrize(
        ("now", "before"),
        [
            ({}, {}),
            ({"disclosure/penalties/decisions": "3000"}, {}),
            ({"litigation/review/total": "12"}, {"litigation/review/total": "0"}),
            ({"disclosure/fees/amount": "0.5"}, {"disclosure/fees/amount": "4"}),
        ],
        ids=["same", "sevenfold", "from nothing to a few", "small amounts"],
    )
    def test_what_may_well_be_is_none(self, now: dict[str, str], before: dict[str, str]) -> None:
        found = compared("jump", now, before)
        assert found["outcome"].tolist() == ["pass"]

    def test_where_everything_grew_alike_nothing_stands_out(self) -> None:
        tenfold = {id: f"{float(value) * 12:g}" for id, value in USUAL.items()}
        assert compared("jump", tenfold, {})["outcome"].tolist() == ["pass"]

    def test_an_amount_in_another_unit_is_told(self) -> None:
        found = compared("jump", {"disclosure/fees/amount": "773000"}, {})
        assert found["severity"].tolist() == ["warning"]
        assert "单位（元、万元）可能不同" in found.loc[0, "message"]
        assert compared("jump", {"disclosure/fees/amount": "773000元"}, {})["outcome"].tolist() == ["pass"]

    def test_a_doubtful_figure_and_one_left_blank_are_not_compared(self) -> None:
        id = "disclosure/penalties/decisions"
        assert compared("jump", {id: "6000"}, {}, flags={id: "low_confidence"})["outcome"].tolist() == ["pass"]
        assert compared("jump", {id: "6000"}, {id: ""})["outcome"].tolist() == ["pass"]

    def test_only_the_year_before_is_compared(self) -> None:
        report = build_report(USUAL | {"disclosure/penalties/decisions": "6000"})
        for previous in (None, build_report(USUAL, year=2021)):
            findings = gk.check(report, previous)
            assert "jump" not in set(findings["rule"])


class TestRestated:
    @pytest.mark.parametrize(
        "text",
        [
            "2022年收到政府信息公开申请30件，2023年收到40件。",
            "收到政府信息公开申请40件（2022年为30件）。",
            "收到政府信息公开申请40件，上年同期30件。",
            "去年收到政府信息公开申请30件，今年收到政府信息公开申请40件。",
        ],
    )
    def test_a_figure_that_the_year_before_reported_otherwise(self, text: str) -> None:
        found = compared("restated", {}, BEFORE, text)
        assert found["outcome"].tolist() == ["fail"]
        assert (found.loc[0, "observed"], found.loc[0, "expected"], found.loc[0, "severity"]) == (30, 28, "warning")
        same = compared("restated", {}, {"requests/new/total": "30"}, text)
        assert same["outcome"].tolist() == ["pass"]

    @pytest.mark.parametrize(
        "text",
        [
            "全市2022年收到政府信息公开申请30件。",
            "2021年收到政府信息公开申请30件。",
            "2022年上半年收到政府信息公开申请30件。",
            "收到政府信息公开申请40件。",
        ],
    )
    def test_what_is_said_of_others_and_of_other_years_is_not_compared(self, text: str) -> None:
        assert compared("restated", {}, BEFORE, text)["outcome"].tolist() == ["not_assessable"]

    def test_a_blank_of_the_year_before_leaves_it_open(self) -> None:
        found = compared("restated", {}, {"requests/new/total": ""}, "2022年收到政府信息公开申请30件。")
        assert found["outcome"].tolist() == ["not_assessable"]
        assert "没有数字" in found.loc[0, "message"]


class TestChange:
    @pytest.mark.parametrize(
        "text",
        [
            "收到政府信息公开申请40件，同比增长25%。",
            "收到政府信息公开申请40件，较上年有所增加。",
            "收到政府信息公开申请40件，比上年增加8件，增长25.0%。",
            "收到政府信息公开申请40件，较2022年上升25.00%。",
            "政府信息公开申请数量同比增长百分之二十五。",
            "与上年相比，收到政府信息公开申请40件，增加8件。",
            "与上年相比，新收政府信息公开申请增加8件，增长25%。",
        ],
    )
    def test_a_change_that_the_two_reports_give(self, text: str) -> None:
        found = compared("prose_claim", {}, THIRTY_TWO, text)
        assert set(found["outcome"]) == {"pass"}

    @pytest.mark.parametrize(
        "text",
        [
            "收到政府信息公开申请40件，同比增长20%。",
            "收到政府信息公开申请40件，较上年明显减少。",
            "收到政府信息公开申请40件，与上年持平。",
            "收到政府信息公开申请40件，较2022年的32件增加8件，增长35%。",
            "收到政府信息公开申请40件，同比下降25%。",
            "收到政府信息公开申请40件，比上年增加7件。",
            "收到政府信息公开申请40件，同比增长2.5倍。",
            "收到政府信息公开申请40件，较上年减少8件。",
            "与上年相比，新收政府信息公开申请增加8件，增长35%。",
        ],
    )
    def test_a_change_that_they_do_not(self, text: str) -> None:
        found = compared("prose_claim", {}, THIRTY_TWO, text)
        assert found["outcome"].tolist()[-1] == "fail"
        assert "上年报告为 32，本年为 40" in found["message"].iloc[-1]

    def test_last_years_figure_does_not_hide_the_change_after_it(self) -> None:
        found = compared("prose_claim", {}, THIRTY_TWO, "收到政府信息公开申请40件，较2022年的32件增加8件，增长25%。")
        assert found["observed"].tolist() == [40, 32, 8, 25]
        assert found["outcome"].tolist() == ["pass", "not_assessable", "pass", "pass"]

    def test_without_the_year_before_it_is_open_and_says_why(self) -> None:
        report = build_report(USUAL, sections=SECTIONS | {"overview": "收到政府信息公开申请40件，同比增长25%。"})
        for previous, reason in ((None, "没有上年的报告"), (build_report(USUAL, year=2021), "不是上一年度的")):
            findings = gk.check(report, previous)
            found = findings[findings["rule"] == "prose_claim"]
            assert found["outcome"].tolist() == ["pass", "not_assessable"]
            assert reason in found["message"].iloc[1]

    def test_from_nothing_there_is_no_percentage(self) -> None:
        found = compared("prose_claim", {}, {"requests/new/total": "0"}, "收到政府信息公开申请40件，同比增长100%。")
        assert found["outcome"].tolist() == ["pass", "not_assessable"]

    @pytest.mark.parametrize(
        "text",
        [
            "发布信息300条，同比增长20%。",
            "收到政府信息公开申请40件，新增专栏5个，增加投入20%。",
            "收到政府信息公开申请40件，办理难度较上年有所下降。",
            "收到政府信息公开申请40件，与上年相比，增加8件，网站访问30万次，同比下降20%。",
            "收到政府信息公开申请40件，投诉数量与上年持平。",
        ],
    )
    def test_a_change_of_something_else_is_no_claim(self, text: str) -> None:
        found = compared("prose_claim", {}, THIRTY_TWO, text)
        assert "fail" not in set(found["outcome"])
        assert not found["message"].str.contains("同比|增加投入").any()
