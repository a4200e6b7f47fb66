"""The narrative as it is read and published."""

from __future__ import annotations

import re

import pytest
from builders import build_report, hrss_2021
from lxml import html
from narrative_reports import (
    busy,
    contradictory,
    litigation_cells,
    natural,
    quiet,
    request_cells,
    single,
    unfilled_totals,
)

import gongkai as gk
from gongkai.narrative import Story
from gongkai.report import Report
from gongkai.tables import FINDINGS, frame


def story(report: Report, language: str = "zh", previous: Report | None = None) -> Story:
    return gk.narrate(report, gk.check(report, previous, language=language), previous, language=language)


def section(report: Report, id: str, language: str = "zh") -> str:
    found = story(report, language)
    return found.separator.join(
        str(sentence)
        for one in found.sections
        if one.id == id
        for paragraph in one.paragraphs
        for sentence in paragraph
    )


def test_the_sample_is_told_in_chinese() -> None:
    text = story(hrss_2021()).text
    assert "区人社局（县级部门）在2021年新收政府信息公开申请2件，办结2件，都是部分公开。" in text
    assert "新收的2件都由自然人提出。" in text
    assert "主动公开表中凡填了数字的都是零。" in text
    assert "“上年结转”的自然人、商业企业" in text
    assert "国办公开办函〔2019〕60号" in text


def test_the_sample_is_told_in_english() -> None:
    text = story(hrss_2021(), "en").text
    assert "区人社局 (a county-level department) received two information requests in 2021" in text
    assert "All of them came from natural persons." in text
    assert "natural persons and businesses under “carried over from the year before”" in text


def test_no_requests_no_word_on_outcomes() -> None:
    assert section(quiet(), "requests") == "全年没有新收申请，也没有上年结转的申请，办理情况因此无从谈起。"


def test_one_request_is_told_in_the_singular() -> None:
    text = section(single(), "requests", "en")
    assert "The year brought one new request" in text
    assert "The applicant did not receive the information." in text
    assert "requests" not in text


def test_the_summary_names_what_is_wrong_not_what_should_be() -> None:
    assert "3项未通过（复议诉讼的总计与分项不符、表式与年度不符）" in section(unfilled_totals(), "summary")
    assert "failed: reviews and suits that do not add up" in section(unfilled_totals(), "summary", "en")


def test_an_impossible_figure_is_told_as_a_fault_only() -> None:
    report = build_report({"disclosure/penalties/decisions": "-1", "disclosure/licensing/decisions": "2.5"})
    assert section(report, "disclosure") == "主动公开表中可用的数字都是零。"
    assert "印为 -1" in section(report, "quality")
    assert section(build_report({"disclosure/fees/amount": "2.5"}), "disclosure").startswith(
        "行政事业性收费：金额2.50万元"
    )


def test_a_total_that_row_and_column_contradict_is_not_cited() -> None:
    wrong = {**request_cells(natural(granted=60, denied_third_party=8)), "requests/total/total": "6"}
    report = build_report(wrong)
    assert "办结" not in section(report, "summary")
    assert "办结6件" not in section(report, "requests")
    assert "办结的总计与各类申请人、各种结果或收支都不符" in section(report, "limits")
    assert "印作6件" in section(report, "quality")
    once = {**request_cells(natural(granted=60, denied_third_party=8)), "requests/total/natural_person": "6"}
    assert "办结68件" in section(build_report(once), "summary")


def test_cases_that_are_pending_have_no_result() -> None:
    text = section(build_report(litigation_cells(review=(0, 0, 0, 2))), "litigation")
    assert text.startswith("行政复议2件，都尚未审结。")


def test_text_at_odds_with_the_tables_leaves_the_tables_alone() -> None:
    said = {"overview": "全年共收到政府信息公开申请13件。"}
    report = build_report(request_cells(natural(granted=11)), sections=said)
    assert "收到" in section(report, "quality")
    assert section(report, "summary").endswith("不符只在正文与表格之间，没有一项说明表内数字自相矛盾。")
    assert "应注明正文另有说法" in section(report, "quality")


def test_nothing_is_told_as_nothing_where_the_rest_is_not_known() -> None:
    report = build_report({"requests/carried_in/total": "", "requests/carried_out/total": ""})
    assert section(report, "requests") == "全年没有新收申请。年内没有办结的申请。"


def test_a_backlog_grows_from_something() -> None:
    first = build_report(request_cells(natural(granted=11), carried_out=(1, 0, 0, 0, 0, 0)))
    assert "年内办结11件，1件结转下年。" in section(first, "requests")
    then = request_cells(natural(granted=11), (1, 0, 0, 0, 0, 0), (2, 0, 0, 0, 0, 0))
    assert "2件结转下年，比上年转入的1件多。" in section(build_report(then), "requests")


def test_only_is_said_of_little() -> None:
    assert "申请人得到信息的有9件" in section(
        build_report(request_cells(natural(granted=9, denied_third_party=11))), "requests"
    )
    assert "申请人得到信息的只有9件" in section(
        build_report(request_cells(natural(granted=9, denied_third_party=31))), "requests"
    )


def test_one_result_of_all_needs_no_share() -> None:
    text = section(build_report(litigation_cells(review=(0, 12, 0, 0))), "litigation")
    assert "行政复议12件，结果都是纠正。" in text
    assert "100" not in text


def test_a_unit_is_no_part_of_a_name() -> None:
    lacking = build_report({"disclosure/fees/amount": ""})
    assert "(fees collected under “administrative fees”)" in section(lacking, "limits", "en")


def test_rows_that_lack_the_same_cells_are_named_together() -> None:
    lacking = {f"requests/{row}/{column}": "" for row in ("new", "granted") for column in ("business", "other_org")}
    assert "“本年新收”、“予以公开”的商业企业、其他组织" in section(build_report(lacking), "limits")


def test_none_in_either_year_is_told_as_none() -> None:
    text = story(quiet(year=2023), previous=quiet(year=2022)).text
    assert "上年也没有收到。" in text
    assert "持平" not in text


def test_a_share_that_hardly_moved_did_not_rise() -> None:
    now, then = (
        build_report(request_cells(natural(granted=n, denied_third_party=300)), year=y)
        for n, y in ((203, 2023), (200, 2022))
    )
    assert "与上年相差无几（上年40.0%，本年40.4%）" in story(now, previous=then).text


def test_only_what_is_not_zero_is_named() -> None:
    text = section(unfilled_totals(), "requests")
    assert "无法提供15件（71.4%）、部分公开4件（19.0%）、不予公开1件（4.8%）、不予处理1件（4.8%）" in text
    assert "予以公开0" not in text
    assert "其他处理" not in text


@pytest.mark.parametrize(("requests", "shared"), [(9, False), (10, True)])
def test_shares_need_a_base_of_ten(requests: int, shared: bool) -> None:
    report = build_report(request_cells(natural(granted=1, denied_third_party=requests - 1)))
    assert ("%" in section(report, "requests")) is shared


def test_many_refusals_and_disputes_are_weighed() -> None:
    text = story(busy()).text
    # 41 granted and 22 in part make 63 of 306 (0.2059); 40 reviews and 15 suits make 55 (0.1797); 9 of 37 are 0.2432.
    assert "申请人得到信息的只有63件，占20.6%" in text
    assert "行政复议已审结的37件中，以纠正结案的占24.3%。" in text
    assert "复议和诉讼合计55件，相当于当年办结申请的18.0%。" in text


def test_a_note_is_quoted_and_money_keeps_its_unit() -> None:
    assert "本年制发22件（原注：其中修订16件）" in section(busy(), "disclosure")
    assert "金额7730.28万元" in section(busy(), "disclosure")
    assert "77.30 million yuan" in section(busy(), "disclosure", "en")


def test_results_are_taken_where_the_total_was_not_filled_in() -> None:
    assert "行政复议11件：维持10件、纠正1件。" in section(unfilled_totals(), "litigation")
    assert "多半是总计漏填" in section(unfilled_totals(), "quality")


def test_contradicted_outcomes_are_not_shared_out() -> None:
    report = contradictory()
    assert "%" not in story(report).text
    assert "各种结果相加与总计不符" in section(report, "limits")
    assert "办理结果的总计印作29件，各种结果相加是22件，相差7件" in section(report, "quality")


def test_a_missing_row_is_not_taken_for_no_disputes() -> None:
    text = story(contradictory()).text
    assert "没有行政复议" not in text
    assert "没有政府信息公开方面的行政复议" not in text


@pytest.mark.parametrize("raw", ["", "-", "详见附表", None])
def test_a_sentence_without_its_number_is_not_written(raw: str | None) -> None:
    report = build_report({**request_cells(natural(granted=12)), "requests/new/total": raw})
    written = story(report)
    assert not any("requests/new/total" in sentence.cells and sentence.numbers for sentence in written.sentences[:3])
    assert "新收申请12件" not in written.text
    assert "新收申请的数量没有可用的数字" in written.text


def test_a_doubtful_cell_is_not_used() -> None:
    report = build_report(request_cells(natural(granted=12)), flags={"requests/new/total": "number_guess"})
    assert "新收申请12件" not in story(report).text
    assert "有1格读取存疑，未予采用" in story(report).text


def test_deduced_values_are_used_and_said_to_be_deduced() -> None:
    report = build_report({**request_cells(natural(granted=12)), "requests/new/total": ""})
    completed = report.completed(gk.repair(report))
    written = story(completed)
    assert "全年新收申请12件" in written.text
    assert "有1格没有印出数字，其值由勾稽关系唯一推得" in written.text
    assert "〔12〕" in written.html


def test_the_year_before_is_compared_only_when_it_is_that_year() -> None:
    previous = single()
    previous.year = 2022
    assert "新收数量比上年的1件多" in story(busy(), "zh", previous).text
    previous.year = 2020
    assert "比上年的1件" not in story(busy(), "zh", previous).text


def test_problems_are_quoted_never_invented() -> None:
    text = section(hrss_2021(), "problems", "en")
    assert "two shortcomings (quoted in Chinese): “政府信息公开工作的宣传力度还需进一步加强”" in text
    assert section(build_report(sections={"problems": "无"}), "problems") == (
        "报告的“存在的主要问题及改进情况”一节，没有读出对问题的明确陈述。"
    )
    assert section(build_report(sections={}), "problems") == ""


def test_a_finding_of_an_unknown_rule_is_quoted() -> None:
    row = {"rule": "own_rule", "outcome": "fail", "severity": "note", "message": "数字可疑。", "cells": []}
    written = gk.narrate(quiet(), frame([row], FINDINGS))
    assert "数字可疑。" in written.text
    assert written.citations()["rules"].tolist().count(["own_rule"]) >= 1


def test_an_unchecked_report_is_said_to_be_unchecked() -> None:
    assert "这份报告尚未核对。" in gk.narrate(quiet(), frame([], FINDINGS)).text


def test_every_number_leads_to_its_cell() -> None:
    tree = html.fromstring(story(busy()).html)
    links = tree.xpath("//a[contains(@class, 'gk-number')]")
    assert len(links) > 40
    anchors = {element.get("id") for element in tree.xpath("//*[@id]")}
    assert all(link.get("href").removeprefix("#") in anchors for link in links)
    first = next(link for link in links if link.text == "310")
    assert first.get("href") == "#cell-requests-new-total"
    assert "requests/new/total" in first.get("data-cells")


def test_a_sentence_without_numbers_has_a_mark_to_click_on() -> None:
    tree = html.fromstring(story(quiet()).html)
    marks = tree.xpath("//a[@class='gk-cite']")
    assert marks
    assert all(mark.get("data-cells") for mark in marks)


def test_a_page_that_shows_the_form_can_leave_the_sources_out() -> None:
    assert "gk-sources" in story(busy()).html
    assert not html.fromstring(story(busy()).to_html(sources=False)).xpath("//*[@id]")


HOSTILE = "<script>alert(1)</script>[x](javascript:x) $\\href{javascript:x}{y}$ `code` **"


def test_what_comes_from_a_report_is_escaped() -> None:
    report = build_report(
        {"disclosure/regulations/made": "3（<b onclick=x>注</b>）"},
        organ=f"某局{HOSTILE}",
        sections={"problems": f"一是{HOSTILE}不足；二是<img src=x onerror=y>公开不够。", "overview": HOSTILE},
    )
    written = story(report)
    tree = html.fromstring(written.html)
    assert {element.tag for element in tree.iter()} <= {
        *("div", "style", "h2", "h3", "p", "span", "a", "table", "tr", "td", "code"),
    }
    assert not tree.xpath("//@onclick | //@onerror | //@src")
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    assert "tex2jax_ignore" in tree.get("class")
    assert "<script" not in written.markdown
    assert not re.search(r"(?<!\\)\]\(javascript", written.markdown)
    assert not re.search(r"(?<!\\)\$", written.markdown)


def test_markdown_has_links_and_sources() -> None:
    text = story(busy()).markdown
    assert "(#cell-requests-new-total)" in text
    assert '<a id="cell-requests-new-total"></a>' in text


def test_jupyter_shows_html_and_print_shows_text() -> None:
    written = story(quiet())
    assert written._repr_html_() == written.html
    assert written._repr_markdown_() == written.markdown
    assert str(written) == written.text
    assert written.text.startswith("某县某镇人民政府2023年政府信息公开年度报告述评\n\n概要\n\n")


def test_citations_are_a_table() -> None:
    table = story(busy()).citations()
    assert list(table.columns) == ["section", "sentence", "numbers", "cells", "rules"]
    arrivals = table[table["sentence"].str.startswith("全年新收申请")].iloc[0]
    assert set(arrivals["cells"]) == {"requests/new/total", "requests/carried_in/total"}


def test_another_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="language must be one of en, zh"):
        gk.narrate(quiet(), frame([], FINDINGS), language="fr")  # type: ignore[arg-type]
