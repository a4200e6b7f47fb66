"""Deadlines of Article 49, and the unit of amounts."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import build_report

import gongkai as gk
from gongkai.forms import all_forms


def only(rule: str, report: gk.Report) -> dict[str, object]:
    findings = gk.check(report)
    found = findings[findings["rule"] == rule]
    assert len(found) == 1
    return dict(found.iloc[0])


class TestLate:
    @pytest.mark.parametrize(
        ("kind", "level", "published", "outcome"),
        [
            ("department", "county", dt.date(2024, 1, 31), "pass"),
            ("department", "county", dt.date(2024, 2, 1), "fail"),
            ("department", "province", dt.date(2024, 1, 4), "pass"),
            ("department", "central", dt.date(2024, 2, 1), "fail"),
            ("government", "county", dt.date(2024, 3, 31), "pass"),
            ("government", "prefecture", dt.date(2024, 4, 1), "fail"),
            ("government", "township", dt.date(2024, 5, 1), "not_assessable"),
            ("department", "township", dt.date(2024, 5, 1), "not_assessable"),
            ("department", None, dt.date(2024, 5, 1), "not_assessable"),
            ("department", "county", None, "not_assessable"),
        ],
    )
    def test_the_day_depends_on_the_kind_and_the_level(self, kind, level, published, outcome) -> None:
        report = build_report(kind=kind, level=level, published=published)
        assert only("late", report)["outcome"] == outcome

    def test_it_says_which_day_and_how_late(self) -> None:
        finding = only("late", build_report(published=dt.date(2024, 2, 6)))
        assert finding["severity"] == "warning"
        assert finding["message"] == (
            "报告日期为 2024 年 2 月 6 日，县级以上人民政府部门应在 2024 年 1 月 31 日前公布"
            "（《政府信息公开条例》第四十九条），晚了 6 天。"
        )

    def test_without_a_year_there_is_no_day(self) -> None:
        report = build_report(year=None, published=dt.date(2024, 2, 6))
        assert only("late", report)["outcome"] == "not_assessable"

    def test_every_form_says_when_it_is_due(self) -> None:
        for form in all_forms().values():
            days = {deadline.kind: deadline.of_year(2022) for deadline in form.deadlines}
            assert days == {"department": dt.date(2023, 1, 31), "government": dt.date(2023, 3, 31)}


class TestUnit:
    @pytest.mark.parametrize("printed", ["25.1", "25.1万元", "0", "0元", "7730.28"])
    def test_the_forms_unit_or_none(self, printed: str) -> None:
        assert only("unit", build_report({"disclosure/fees/amount": printed}))["outcome"] == "pass"

    def test_yuan_are_told_with_what_should_stand_there(self) -> None:
        finding = only("unit", build_report({"disclosure/fees/amount": "251000元"}))
        assert (finding["outcome"], finding["observed"], finding["expected"]) == ("fail", 251000, 25.1)
        assert finding["message"] == (
            "「行政事业性收费」行「本年收费金额」填的是“251000元”，而表式以万元为单位，应填 25.1。"
        )

    @pytest.mark.parametrize("printed", ["", "—", "详见附表", None])
    def test_without_an_amount_there_is_nothing_to_check(self, printed: str | None) -> None:
        assert only("unit", build_report({"disclosure/fees/amount": printed}))["outcome"] == "not_assessable"

    def test_a_form_without_amounts_in_a_unit_has_nothing_to_check(self) -> None:
        assert only("unit", build_report(year=2020))["outcome"] == "not_assessable"
