"""Sentences that say of none or of all, of two years, or of a list what the tables state."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import SECTIONS, build_report

import gongkai as gk

VALUES = {
    "requests/new/total": "59",
    "requests/new/natural_person": "41",
    "requests/new/business": "7",
    "requests/carried_in/total": "4",
    "requests/granted/total": "17",
    "requests/granted/natural_person": "12",
    "requests/partial/total": "6",
    "requests/unavailable_not_held/total": "11",
    "requests/unavailable_needs_creation/total": "3",
    "requests/total/total": "60",
    "requests/carried_out/total": "3",
    "litigation/review/upheld": "5",
    "litigation/review/corrected": "2",
    "litigation/review/total": "9",
    "litigation/suit_direct/total": "6",
    "disclosure/regulations/made": "2",
    "disclosure/normative_documents/made": "8",
    "disclosure/normative_documents/repealed": "3",
    "disclosure/licensing/decisions": "1523",
    "disclosure/penalties/decisions": "218",
    "disclosure/compulsion/decisions": "12",
    "disclosure/fees/amount": "356.8",
}
BEFORE = {"requests/new/total": "52", "requests/total/total": "50", "litigation/review/total": "6"}


def found(text: str) -> list[tuple[str, float]]:
    """Outcome and number of every claim in an overview, the year before at hand."""
    before = build_report(BEFORE, year=2022)
    findings = gk.check(build_report(VALUES, sections=SECTIONS | {"overview": text}), before)
    claims = findings[findings["rule"].isin(["prose_claim", "restated"])]
    return [(row.outcome, row.observed) for row in claims.itertuples() if not pd.isna(row.observed)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("年度内没有需要结转下年度继续办理的政府信息公开申请。", 0),
        ("本年度政府信息公开申请为零。", 0),
        ("全年无人申请政府信息公开。", 0),
        ("全年无废止的行政规范性文件。", 0),
        ("没有收取行政事业性收费。", 0),
        ("本年度无行政处罚。", 0),
        ("政府信息公开申请没有部分公开情形。", 0),
        ("没有收到企业提出的政府信息公开申请。", 0),
        ("未收到法人或者其他组织提出的政府信息公开申请。", 0),
        ("没有被复议机关纠正的政府信息公开案件。", 0),
        ("无一起政府信息公开行政复议。", 0),
        ("依申请公开件均为自然人提出。", 100),
        ("收到的政府信息公开申请全部予以公开。", 100),
        ("政府信息公开行政复议案件全部维持。", 100),
        ("政府信息公开申请由2022年的52件增加到69件。", 69),
        ("政府信息公开申请量由上年的42件增至59件。", 42),
        ("收到政府信息公开申请59件，是上年的3倍。", 200),
        ("收到政府信息公开申请59件，比上年翻了一番。", 100),
        ("政府信息公开申请以自然人为主，共51件。", 51),
        ("新收申请的92.1%由自然人提出，均为政府信息公开申请。", 92.1),
        ("政府信息公开申请予以公开17件、部分公开6件，两项合计33件。", 33),
        ("制发规章2件、规范性文件18件。", 18),
        ("13件规范性文件宣布废止。", 13),
        ("依申请公开159件，全部按期答复。", 159),
        ("因本机关不掌握、需另行制作等原因无法提供政府信息的共38件。", 38),
        ("政府信息公开行政复议9件，复议机关均予以维持。", 9),
        ("办理行政许可1253件，实施行政处罚218件。", 1253),
        ("予以公开的17件政府信息公开申请中，自然人14件。", 14),
    ],
)
def test_what_is_wrong_is_found(text: str, number: float) -> None:
    assert ("fail", number) in found(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("政府信息公开申请由2022年的52件增加到59件。", {52, 59}),
        ("政府信息公开申请以自然人为主，共41件，占69.5%。", {41, 69.5}),
        ("69.5%的政府信息公开申请由自然人提出。", {69.5}),
        ("新收59件、结转4件，均为政府信息公开申请。", {59, 4}),
        ("政府信息公开申请予以公开17件、部分公开6件，两者合计占答复总数的38.3%。", {17, 6, 38.3}),
        ("制发规章2件、规范性文件8件，作出行政许可1523件、行政处罚218件、行政强制12件。", {2, 8, 1523, 218, 12}),
        ("政府信息公开复议案件中，5件维持，2件纠正。", {5, 2}),
        ("政府信息公开行政复议9件，维持5件，维持率55.6%。", {9, 5, 55.6}),
        ("予以公开的17件政府信息公开申请中，自然人12件。", {17, 12}),
        ("申请人对政府信息公开答复不服申请行政复议9件、提起行政诉讼6件。", {9, 6}),
        ("无法提供14件，均为政府信息公开申请。", {14}),
    ],
)
def test_what_is_right_is_confirmed(text: str, numbers: set[float]) -> None:
    outcomes = found(text)
    assert "fail" not in {outcome for outcome, _ in outcomes}
    assert numbers <= {number for outcome, number in outcomes if outcome == "pass"}


@pytest.mark.parametrize(
    "text",
    [
        "没有逾期未答复的政府信息公开申请。",
        "无未按时办结的政府信息公开申请。",
        "不存在违法实施行政许可、行政处罚的情形。",
        "没有因依申请公开答复不当被撤销的案件。",
        "政府信息公开申请均在15个工作日内答复。",
        "对2件政府信息公开申请，依法延期答复。",
        "公开行政许可1400件、行政处罚200件。",
        "行政处罚案件立案240件，结案230件。",
        "减免行政事业性收费25.6万元。",
        "非信息公开类行政复议20件。",
        "以市政府名义印发规范性文件4件。",
        "全市政府信息公开申请同比增长30%。",
        "申请内容以房屋征收为主，共33件，均为政府信息公开申请。",
        "行政许可事项减少3项，另有部门行政许可事项减少5项。",
        "行政许可事项网上可办率近九成，申请材料减少14项。",
        "民事诉讼案件无一败诉。",
    ],
)
def test_what_speaks_of_a_part_or_of_others_is_never_wrong(text: str) -> None:
    assert "fail" not in {outcome for outcome, _ in found(text)}
