"""Whether the report is complete and made as prescribed, cell by cell and part by part."""

from __future__ import annotations

import pandas as pd
from builders import SECTIONS, build_report, hrss_2021

import gongkai as gk
from gongkai.forms import load_form
from gongkai.report import Report


def findings(report: Report, rule: str, language: str = "zh") -> pd.DataFrame:
    found = gk.check(report, language=language)
    return found.loc[found["rule"] == rule].reset_index(drop=True)


def by_table(report: Report, rule: str) -> pd.DataFrame:
    return findings(report, rule).set_index("table")


def row_ids(report: Report, table: str, row: str) -> list[str]:
    cells = report.cells
    return cells.loc[(cells["table"] == table) & (cells["row"] == row), "id"].tolist()


class TestFormYear:
    def test_the_form_of_the_year_passes(self) -> None:
        assert set(findings(build_report(), "form_year")["outcome"]) == {"pass"}

    def test_the_sample_is_on_the_form_of_another_year(self) -> None:
        found = by_table(hrss_2021(), "form_year")
        assert set(found["outcome"]) == {"fail"}
        assert found["severity"].to_dict() == {"disclosure": "warning", "requests": "warning", "litigation": "note"}
        assert "2021 年度应使用 2021 年表式" in found.loc["requests", "message"]
        assert "不缺数字" in found.loc["litigation", "message"]

    def test_a_mixture_of_forms_is_told_by_table(self) -> None:
        forms = {"disclosure": "2021", "requests": "2019", "litigation": "2021"}
        found = by_table(build_report(forms=forms), "form_year")
        assert found["outcome"].to_dict() == {"disclosure": "pass", "requests": "fail", "litigation": "pass"}

    def test_an_unknown_year_cannot_be_judged(self) -> None:
        for year in (None, 2015):
            assert set(findings(build_report(year=year), "form_year")["outcome"]) == {"not_assessable"}

    def test_a_table_that_was_not_found_has_no_form(self) -> None:
        report = build_report(forms=dict.fromkeys(("disclosure", "requests", "litigation"), "2019"), year=2023)
        lost = {id: None for id in report.cells["id"] if id.startswith("requests/")}
        found = by_table(build_report(lost, forms=report.forms, year=2023), "form_year")
        assert found["outcome"].to_dict() == {"disclosure": "fail", "requests": "not_assessable", "litigation": "fail"}


class TestSections:
    def test_all_six_are_looked_for(self) -> None:
        found = findings(build_report(), "section_missing")
        assert found["row"].tolist() == ["overview", "disclosure", "requests", "litigation", "problems", "other"]
        assert set(found["outcome"]) == {"pass"}

    def test_one_without_heading_or_text_is_missing(self) -> None:
        sections = {id: text for id, text in SECTIONS.items() if id != "problems"} | {"other": " "}
        found = findings(build_report(sections=sections), "section_missing").set_index("row")
        assert found.loc[found["outcome"] == "fail"].index.tolist() == ["problems", "other"]
        assert "只有标题" in found.loc["other", "message"]

    def test_a_tables_section_is_there_when_its_table_is(self) -> None:
        sections = {id: text for id, text in SECTIONS.items() if id != "requests"}
        assert set(findings(build_report(sections=sections), "section_missing")["outcome"]) == {"pass"}
        absent = dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("requests/"))
        found = findings(build_report(absent, sections=sections), "section_missing").set_index("row")
        assert found.loc["requests", "outcome"] == "fail"


class TestTables:
    def test_a_table_without_any_cell_is_missing(self) -> None:
        absent = dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("litigation/"))
        report = build_report(absent)
        found = by_table(report, "table_missing")
        assert found["outcome"].to_dict() == {"disclosure": "pass", "requests": "pass", "litigation": "fail"}
        assert found.loc["litigation", "cells"] == list(absent)
        # What is missing as a whole is not said again row by row and cell by cell.
        for rule in ("row_missing", "cell_missing", "blank_cells", "not_a_count"):
            assert findings(report, rule)["table"].tolist() == ["disclosure", "requests"]

    def test_a_table_that_the_report_does_not_name_is_missing(self) -> None:
        report = build_report(forms={"disclosure": "2021", "litigation": "2021"})
        assert by_table(report, "table_missing").loc["requests", "outcome"] == "fail"

    def test_missing_rows_are_listed(self) -> None:
        report = build_report()
        ids = row_ids(report, "requests", "unprocessed_repeat") + row_ids(report, "requests", "carried_in")
        found = by_table(build_report(dict.fromkeys(ids)), "row_missing").loc["requests"]
        assert found["outcome"] == "fail"
        assert found["message"] == "「收到和处理政府信息公开申请情况」表缺少 2 行：上年结转、重复申请。"
        assert set(found["cells"]) == set(ids)
        assert by_table(build_report(dict.fromkeys(ids)), "cell_missing").loc["requests", "outcome"] == "pass"

    def test_a_row_that_lost_a_cell_is_not_missing_but_incomplete(self) -> None:
        report = build_report({"requests/granted/total": None})
        assert by_table(report, "row_missing").loc["requests", "outcome"] == "pass"
        found = by_table(report, "cell_missing").loc["requests"]
        assert found["outcome"] == "fail"
        assert found["cells"] == ["requests/granted/total"]


class TestFeeStatement:
    def test_it_is_found_in_the_sample(self) -> None:
        found = findings(hrss_2021(), "fee_statement")
        assert found["outcome"].tolist() == ["pass"]
        assert found["row"].tolist() == ["other"]

    def test_its_lack_is_a_fault(self) -> None:
        found = findings(build_report(sections=SECTIONS | {"other": "无。"}), "fee_statement")
        assert found["outcome"].tolist() == ["fail"]
        assert "国办函〔2020〕109号" in found["message"][0]

    def test_another_section_will_do_and_is_named(self) -> None:
        sections = SECTIONS | {"other": "无。", "overview": "全年未收取信息 处理费。"}
        found = findings(build_report(sections=sections), "fee_statement")
        assert found["outcome"].tolist() == ["pass"]
        assert "「总体情况」" in found["message"][0]

    def test_loose_words_count_in_their_own_section_only(self) -> None:
        loose = "本年度未收取费用。"
        assert findings(build_report(sections=SECTIONS | {"other": loose}), "fee_statement")["outcome"][0] == "pass"
        elsewhere = SECTIONS | {"other": "无。", "overview": loose}
        assert findings(build_report(sections=elsewhere), "fee_statement")["outcome"][0] == "fail"

    def test_a_report_from_before_the_rule_is_not_blamed(self) -> None:
        report = build_report(year=2019, sections=SECTIONS | {"other": "无。"})
        assert findings(report, "fee_statement")["outcome"].tolist() == ["not_assessable"]

    def test_without_any_text_nothing_can_be_said(self) -> None:
        assert findings(build_report(sections={}), "fee_statement")["outcome"].tolist() == ["not_assessable"]


class TestCells:
    def test_blanks_are_listed_by_row(self) -> None:
        found = by_table(hrss_2021(), "blank_cells")
        assert found["outcome"].to_dict() == {"disclosure": "fail", "requests": "fail", "litigation": "pass"}
        assert found.loc["requests", "message"] == (
            "「收到和处理政府信息公开申请情况」表有 3 格空白：「上年结转」行自然人、商业企业；「结转下年」行自然人。"
        )
        assert found.loc["requests", "severity"] == "warning"

    def test_a_row_left_blank_is_not_spelt_out(self) -> None:
        report = build_report()
        blank = dict.fromkeys(row_ids(report, "requests", "carried_in"), "")
        message = by_table(build_report(blank), "blank_cells").loc["requests", "message"]
        assert message.endswith("表有 7 格空白：「上年结转」行全部各格。")

    def test_a_dash_is_no_blank(self) -> None:
        assert "fail" not in set(findings(build_report(fill="—"), "blank_cells")["outcome"])

    def test_words_instead_of_numbers_are_told_from_blanks(self) -> None:
        report = build_report({"disclosure/penalties/decisions": "详见附表"})
        assert by_table(report, "text_cells").loc["disclosure", "outcome"] == "fail"
        assert by_table(report, "blank_cells").loc["disclosure", "outcome"] == "pass"

    def test_counts_are_whole_and_not_negative(self) -> None:
        report = build_report({"requests/new/total": "2.5", "litigation/review/total": "-1"})
        found = findings(report, "not_a_count")
        assert found["outcome"].tolist() == ["pass", "fail", "fail"]
        assert found["message"][1] == "「本年新收」行「总计」印为 2.5，不是整数。"
        assert found["message"][2] == "「行政复议」行「总计」印为 -1，为负数。"
        assert found["row"].tolist()[1:] == ["new", "review"]

    def test_amounts_may_have_decimals_and_changes_may_be_negative(self) -> None:
        assert findings(build_report({"disclosure/fees/amount": "7730.28"}), "not_a_count")["outcome"][0] == "pass"
        report = build_report({"disclosure/licensing/items_change": "-2"}, year=2020)
        assert findings(report, "not_a_count")["outcome"][0] == "pass"
        assert findings(build_report({"disclosure/fees/amount": "-3"}), "not_a_count")["outcome"][0] == "fail"

    def test_a_doubtful_figure_is_not_blamed(self) -> None:
        id = "requests/new/total"
        found = findings(build_report({id: "2.5"}, flags={id: "low_confidence"}), "not_a_count").set_index("table")
        assert found.loc["requests", "outcome"] == "not_assessable"

    def test_doubtful_cells_are_counted_and_named(self) -> None:
        report = build_report({"requests/new/total": "O"})
        found = by_table(report, "doubtful_cells")
        assert found["outcome"].to_dict() == {"disclosure": "pass", "requests": "not_assessable", "litigation": "pass"}
        assert found.loc["requests", "severity"] == "warning"
        assert "1 格可能误读" in found.loc["requests", "message"]
        assert found.loc["requests", "cells"] == ["requests/new/total"]

    def test_a_deduced_value_is_not_doubtful(self) -> None:
        completed = hrss_2021()
        completed = completed.completed(gk.repair(completed))
        assert set(findings(completed, "doubtful_cells")["outcome"]) == {"pass"}


class TestIdentity:
    def test_organ_and_year_are_looked_at(self) -> None:
        found = findings(build_report(), "identity")
        assert found["row"].tolist() == ["organ", "year"]
        assert set(found["outcome"]) == {"pass"}

    def test_a_name_that_is_not_complete_is_told(self) -> None:
        report = hrss_2021()
        report.flags["organ"] = "incomplete"
        found = findings(report, "identity")
        assert found["outcome"].tolist() == ["fail", "pass"]
        assert found["message"][0] == "机关写作“区人社局”，不完整。"

    def test_years_that_differ_are_told(self) -> None:
        report = build_report()
        report.flags["year"] = "conflict: 2023, 2022"
        assert findings(report, "identity")["message"][1] == "年度写作“2023”，前后不一（2023, 2022）。"

    def test_neither_organ_nor_year(self) -> None:
        assert findings(build_report(year=None, organ=None), "identity")["outcome"].tolist() == ["fail", "fail"]


def test_every_form_that_exists_has_a_clean_report() -> None:
    for form in ("2019", "2021"):
        found = gk.check(build_report(year=load_form(form).first_year))
        assert "fail" not in set(found["outcome"])
