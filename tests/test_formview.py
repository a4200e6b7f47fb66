"""The form as HTML: laid out as the official form, faithful to what was printed, safe, and marked where it must be."""

from __future__ import annotations

import re
from html import unescape

import pytest
from builders import build_report, hrss_2021
from lxml import html

from gongkai.forms import all_forms
from gongkai.formview import (
    counts_html,
    doubts_html,
    findings_html,
    form_html,
    identity_html,
    repairs_html,
    sections_html,
)
from gongkai.formview.layout import draw
from gongkai.formview.words import languages, plain, words
from gongkai.report import Report
from gongkai.tables import FINDINGS, OUTCOMES, REPAIRS, SEVERITIES, STATUSES, frame

TABLES = [(form.id, table) for form in all_forms().values() for table in form.tables.values()]
HOSTILE = "<script>alert(1)</script>"


def cell(page: str, id: str) -> html.HtmlElement:
    (found,) = html.fromstring(page).xpath(f"//td[@id='cell-{id.replace('/', '-')}']")
    return found


def finding(*cells: str, outcome: str = "fail", severity: str = "error", message: str = "应为 3，实为 2") -> dict:
    return {
        "rule": "balance",
        "outcome": outcome,
        "severity": severity,
        "table": "requests",
        "message": message,
        "cells": list(cells),
    }


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[f"{form}-{table.id}" for form, table in TABLES])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_boxes_fill_a_rectangle_without_overlap(form: str, table, language: str) -> None:
    taken: set[tuple[int, int]] = set()
    rows = draw(table, language)
    for index, boxes in enumerate(rows):
        column = 0
        for box in boxes:
            while (index, column) in taken:
                column += 1
            area = {(index + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
            assert not area & taken
            taken |= area
    width = max(column for _, column in taken) + 1
    assert taken == {(r, c) for r in range(len(rows)) for c in range(width)}


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[f"{form}-{table.id}" for form, table in TABLES])
def test_every_cell_of_the_form_is_drawn_once_in_printed_order(form: str, table) -> None:
    drawn = [box.id for boxes in draw(table, "zh") for box in boxes if box.id]
    assert drawn == [f"{table.id}/{row.id}/{column.id}" for row, column in table.cells()]


def test_group_labels_span_their_rows() -> None:
    spans = {box.label: box.rowspan for boxes in draw(all_forms()["2021"].tables["requests"], "zh") for box in boxes}
    assert spans["三、本年度办理结果"] == 22
    assert spans["（三）不予公开"] == 8
    assert spans["（六）其他处理"] == 3
    assert spans["自然人"] == 2


def test_litigation_has_three_header_rows_and_one_row_of_fifteen() -> None:
    rows = draw(all_forms()["2021"].tables["litigation"], "zh")
    assert [box.label for box in rows[0]] == ["行政复议", "行政诉讼"]
    assert [box.label for box in rows[1]] == ["未经复议直接起诉", "复议后起诉"]
    assert len(rows) == 4
    assert len(rows[3]) == 15


def test_english_has_a_word_for_every_label() -> None:
    for _, table in TABLES:
        assert not [
            box.label for boxes in draw(table, "en") for box in boxes if re.search("[\u4e00-\u9fff]", box.label)
        ]


def test_form_shows_what_was_printed() -> None:
    page = form_html(hrss_2021())
    assert cell(page, "requests/partial/natural_person").text == "2"
    blank = cell(page, "requests/carried_in/business")
    assert (blank.text_content(), blank.get("class")) == ("", "gk-blank")


def test_tooltip_says_what_is_known_of_the_cell() -> None:
    report = build_report({"requests/new/total": "1O"})
    report.cells.loc[report.cells["id"] == "requests/new/total", "top"] = 12
    tooltip = cell(form_html(report), "requests/new/total").get("title")
    assert tooltip.splitlines() == [
        "requests/new/total",
        "一、本年新收政府信息公开申请数量 · 总计",
        "数字",
        "疑点：数字为推断",
        "出处：第 12 行",
    ]


def test_doubtful_cells_are_marked_by_more_than_colour() -> None:
    page = form_html(build_report({"requests/new/total": "1O"}))
    assert cell(page, "requests/new/total").text_content() == "1O?"
    assert "读取存疑 × 1" in page


def test_cells_of_failed_checks_are_outlined_with_the_message() -> None:
    findings = frame([finding("requests/new/total"), finding("requests/new/research", outcome="pass")], FINDINGS)
    page = form_html(hrss_2021(), findings)
    failed = cell(page, "requests/new/total")
    assert "gk-fail-error" in failed.get("class")
    assert "应为 3，实为 2" in failed.get("title")
    assert "gk-fail" not in cell(page, "requests/new/research").get("class")


def test_the_gravest_finding_decides_the_outline() -> None:
    findings = frame([finding("requests/new/total", severity="note"), finding("requests/new/total")], FINDINGS)
    assert cell(form_html(hrss_2021(), findings), "requests/new/total").get("class") == "gk-number gk-fail-error"


def test_deduced_values_stand_beside_the_printed_ones() -> None:
    repairs = frame(
        [
            {
                "id": "requests/carried_in/business",
                "proposed": 0.0,
                "method": "deduced",
                "certainty": "certain",
                "message": "总计为 0",
            }
        ],
        REPAIRS,
    )
    shown = cell(form_html(hrss_2021(), repairs=repairs), "requests/carried_in/business")
    assert shown.text_content() == "〔0〕"
    assert shown.get("class") == "gk-blank"
    assert "总计为 0" in shown.get("title")


def test_suspected_values_keep_what_was_printed() -> None:
    repairs = frame(
        [{"id": "requests/new/total", "printed": 2.0, "proposed": None, "method": "localised", "message": "?"}], REPAIRS
    )
    assert cell(form_html(hrss_2021(), repairs=repairs), "requests/new/total").text_content() == "2 → ?"


def test_the_form_of_the_year_before_stands_below_under_anchors_of_its_own() -> None:
    page = form_html(hrss_2021(), previous=build_report({"requests/new/total": "5"}, year=2020))
    before = html.fromstring(page).xpath("//td[@id='previous-cell-requests-new-total']/text()")
    assert before == ["5"]
    assert cell(page, "requests/new/total").text == "2"
    assert "上一年度（2020 年）的报告" in page


def test_nothing_of_a_report_becomes_markup() -> None:
    report = build_report(
        {"requests/new/total": HOSTILE},
        organ=HOSTILE,
        sections={"overview": HOSTILE, HOSTILE: HOSTILE},
        title='" onmouseover="x',
    )
    report.cells["note"] = '"><img src=x>'
    report.cells["flags"] = HOSTILE
    report.source = HOSTILE
    findings = frame([finding(HOSTILE, message=HOSTILE)], FINDINGS)
    repairs = frame(
        [{"id": HOSTILE, "proposed": 1.0, "method": HOSTILE, "certainty": HOSTILE, "message": HOSTILE}], REPAIRS
    )
    pages = (
        form_html(report, findings, repairs)
        + identity_html(report)
        + sections_html(report)
        + doubts_html(report)
        + findings_html(findings)
        + counts_html(findings)
        + repairs_html(repairs)
    )
    tree = html.fromstring(f"<div>{pages}</div>")
    assert not tree.xpath("//script | //img | //*[@onmouseover]")
    assert HOSTILE in unescape(pages)


def test_html_fetches_nothing() -> None:
    page = form_html(hrss_2021()) + identity_html(hrss_2021())
    assert not re.search(r"https?:|url\(|@import|<script|<link", page)


@pytest.mark.parametrize("language", languages())
def test_every_code_that_can_be_shown_has_a_word(language: str) -> None:
    spoken = words(language)
    for kind, codes in (("status", STATUSES), ("outcome", OUTCOMES), ("severity", SEVERITIES), ("mark", SEVERITIES)):
        for code in codes:
            assert spoken._texts[kind][code]


def test_languages_have_the_same_words() -> None:
    zh, en = words("zh")._texts, words("en")._texts
    assert {kind: set(texts) for kind, texts in zh.items()} == {kind: set(texts) for kind, texts in en.items()}


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language"):
        form_html(hrss_2021(), language="../zh")


def test_identity_says_what_is_missing_and_what_is_doubtful() -> None:
    report = build_report(organ="区人社局", year=None, flags=None)
    report.flags = {"organ": "incomplete"}
    text = html.fromstring(identity_html(report)).text_content()
    assert "区人社局 不完整" in text
    assert "（未写明）" in text


def test_findings_come_gravest_first() -> None:
    findings = frame(
        [
            finding("a/b/c", outcome="not_assessable", message="third"),
            finding("a/b/c", severity="note", message="second"),
            finding("a/b/c", message="first"),
            finding("a/b/c", outcome="pass", message="left out"),
        ],
        FINDINGS,
    )
    page = findings_html(findings, outcomes=("fail", "not_assessable"))
    assert html.fromstring(page).xpath("//tbody/tr/td[4]/text()") == ["first", "second", "third"]


def test_counts_have_a_column_for_every_outcome() -> None:
    findings = frame([finding("a/b/c"), finding("a/b/c")], FINDINGS)
    assert html.fromstring(counts_html(findings)).xpath("//tbody//td/text()") == ["收支平衡", "2", "0", "0"]


@pytest.mark.parametrize("nothing", [findings_html(frame([], FINDINGS)), repairs_html(frame([], REPAIRS))])
def test_an_empty_table_is_a_sentence(nothing: str) -> None:
    assert len(html.fromstring(nothing).findtext("p")) > 5
    assert not html.fromstring(nothing).xpath("//table")


def test_counts_of_nothing() -> None:
    assert not html.fromstring(counts_html(frame([], FINDINGS))).xpath("//tbody//td")


def test_report_shows_itself_in_a_notebook() -> None:
    page = hrss_2021()._repr_html_()
    assert "区人社局" in page
    assert cell(page, "requests/new/total").text == "2"


def test_a_report_without_a_table_is_shown() -> None:
    report = build_report(forms={"disclosure": "2021"})
    assert "requests" not in form_html(report)
    assert form_html(Report("x", report.cells.iloc[:0], {}))


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (-3.0, "-3"), (7730.28, "7730.28"), (12345678.0, "12345678")])
def test_plain_numbers(value: float, text: str) -> None:
    assert plain(value) == text


def test_a_suspect_among_several_is_shown_with_a_question_mark() -> None:
    suspect = {"printed": 0.0, "proposed": 11.0, "method": "localised", "alternatives": [], "message": ""}
    cells = {"litigation/review/total": "likely", "litigation/suit_direct/total": "tied"}
    repairs = frame([{**suspect, "id": id, "certainty": certainty} for id, certainty in cells.items()], REPAIRS)
    page = form_html(build_report(), repairs=repairs)
    assert page.count(">→ 11<") == 1
    assert page.count(">→ 11?<") == 1


def test_repairs_say_how_sure_they_are_and_what_would_do_as_well() -> None:
    suspect = {"id": "litigation/review/total", "printed": 9, "proposed": 11, "method": "localised", "message": "<b>"}
    others = ["litigation/review/upheld=8", "litigation/review/other=?, litigation/review/pending=1"]
    repairs = frame([{**suspect, "certainty": "tied", "alternatives": others}], REPAIRS)
    page = repairs_html(repairs)
    assert "其他可能 (2)" in page
    assert '<a href="#cell-litigation-review-upheld">litigation/review/upheld</a> = 8' in page
    assert "litigation/review/other</a> = ?" in page
    assert 'title="同样小、同样可能的改法不止一种，单凭算术不能断定">并列' in page
    assert "<b>" not in page
    assert "other changes are as small" in repairs_html(repairs, "en")
