"""Sentences that cross the rows of the table of requests with its columns: whose part of which row a number is."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import SECTIONS, build_report

import gongkai as gk

ROWS = {  # natural_person, business, total
    "new": (41, 18, 59),
    "carried_in": (3, 1, 4),
    "granted": (12, 5, 17),
    "partial": (4, 2, 6),
    "denied_third_party": (2, 1, 3),
    "denied_enforcement_file": (2, 0, 2),
    "unavailable_not_held": (13, 6, 19),
    "unprocessed_petition": (3, 0, 3),
    "other_not_corrected": (2, 3, 5),
    "other_other": (4, 1, 5),
    "total": (42, 18, 60),
    "carried_out": (2, 1, 3),
}
COLUMNS = ("natural_person", "business", "total")
VALUES = {
    f"requests/{row}/{column}": str(value)
    for row, values in ROWS.items()
    for column, value in zip(COLUMNS, values, strict=True)
}
DECISIONS = {"licensing": "1523", "penalties": "218", "compulsion": "12"}
VALUES |= {f"disclosure/{row}/decisions": value for row, value in DECISIONS.items()}
VALUES["disclosure/fees/amount"] = "356.8"
BEFORE = {
    "requests/new/total": "50",
    "requests/new/natural_person": "40",
    "requests/new/business": "10",
    "requests/total/total": "48",
    "requests/total/business": "9",
    "disclosure/licensing/decisions": "1400",
    "disclosure/penalties/decisions": "240",
    "disclosure/compulsion/decisions": "10",
    "disclosure/fees/amount": "300.5",
}


def outcomes(text: str) -> set[str]:
    """The outcomes of the claims that compare something, in the section on requests."""
    report = build_report(VALUES, sections=SECTIONS | {"requests": text})
    findings = gk.check(report, build_report(BEFORE, year=2022))
    told = findings[findings["rule"].isin(["prose_claim", "restated"]) & ~pd.isna(findings["observed"])]
    return set(told["outcome"])


@pytest.mark.parametrize(
    "text",
    [
        "予以公开的17件申请，由自然人提出12件，商业企业提出5件。",
        "部分公开6件，自然人4件、商业企业2件。",
        "结转下年度继续办理3件，申请人为自然人的2件。",
        "3件结转下年度继续办理的申请中，2件为自然人申请。",
        "上年结转4件（自然人3件、商业企业1件）。",
        "结转下年度的申请中，自然人2件，商业企业1件。",
        "自然人提出的申请中，予以公开12件，部分公开4件。",
        "自然人：新收41件，予以公开12件；商业企业：新收18件，予以公开5件。",
        "商业企业上年结转1件，本年新收18件，办结18件，结转下年度1件。",
        "予以公开17件，自然人占70.6%。",
        "自然人申请41件，其中予以公开12件，占29.3%。",
        "本年新收59件，上年结转4件，其中自然人41件。",
        "新收申请59件，其中自然人41件、法人或其他组织18件；办理结果总计60件。",
        "其他处理10件，其中逾期不补正5件，其他情形5件。",
        "不予公开5件，属执法案卷2件，其他情形3件。",
        "办结申请60件，其中上年结转4件、2023年新收56件。",
        "政府信息公开申请答复中，全部公开17件，部分公开6件，其他37件。",
    ],
)
def test_a_part_of_a_row_is_not_held_against_all_that_was_received(text: str) -> None:
    assert "fail" not in outcomes(text)


@pytest.mark.parametrize(
    "text",
    [
        "予以公开的17件申请，由自然人提出13件，商业企业提出5件。",
        "结转下年度继续办理3件，申请人为自然人的1件。",
        "部分公开的6件申请全部由自然人提出。",
        "结转下年度的申请均为自然人提出。",
        "自然人提出的申请中，予以公开13件。",
        "予以公开17件，自然人占60.6%。",
        "其他处理10件，其中逾期不补正5件，其他情形6件。",
        "新收申请59件，其中自然人41件、法人或其他组织18件；办理结果总计59件。",
        "未收到法人或其他组织提出的政府信息公开申请。",
        "应办结申请63件，已办结60件，办结率85.2%。",
        "新收政府信息公开申请59件，月均约8件。",
        "商业企业提出申请18件，较上年增加12件。",
        "2022年、2023年分别收到政府信息公开申请52件、59件。",
        "因第三方权益、执法案卷等原因不予公开的分别为3件、4件。",
        "行政许可、行政处罚、行政强制分别为1523件、218件、12件，同比分别增加123件、减少12件、增加2件。",
        "行政事业性收费比上年增加65.3万元。",
    ],
)
def test_what_differs_in_every_row_that_may_be_meant_is_wrong(text: str) -> None:
    assert "fail" in outcomes(text)


def test_a_sum_of_applicants_that_was_not_understood_is_not_compared() -> None:
    assert outcomes("涉及征地的40件，自然人30件，企业10件。") == set()


def test_changes_told_respectively_have_a_direction_each() -> None:
    text = "行政许可1523件、行政处罚218件、行政强制12件，与上年相比分别增长8.79%、下降9.17%、增长20%。"
    assert outcomes(text) == {"pass"}
