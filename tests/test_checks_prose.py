"""Prose against tables: what a sentence claims, of whom and when, and whether the cells say the same."""

from __future__ import annotations

import re
import time

import cn2an
import pandas as pd
import pytest
from builders import SECTIONS, build_report
from hypothesis import given, settings
from hypothesis import strategies as st

import gongkai as gk
from gongkai.checks.prose import find_claims
from gongkai.checks.prose.quantities import NUMBER, value_of
from gongkai.checks.prose.sentences import sentences

VALUES = {
    "requests/new/total": "21",
    "requests/new/natural_person": "20",
    "requests/new/business": "1",
    "requests/carried_in/total": "2",
    "requests/granted/total": "10",
    "requests/partial/total": "2",
    "requests/denied_state_secret/total": "1",
    "requests/denied_process_information/total": "4",
    "requests/unavailable_not_held/total": "3",
    "requests/unprocessed_repeat/total": "1",
    "requests/other_other/total": "1",
    "requests/total/total": "22",
    "requests/carried_out/total": "1",
    "litigation/review/total": "2",
    "litigation/suit_direct/total": "1",
    "litigation/suit_after_review/total": "1",
    "disclosure/normative_documents/made": "3",
    "disclosure/normative_documents/repealed": "1",
    "disclosure/normative_documents/in_force": "12",
}


def claims(text: str, values: dict[str, str | None] | None = None, **report: object) -> pd.DataFrame:
    """The findings on the claims of an overview."""
    built = build_report(VALUES | (values or {}), sections=SECTIONS | {"overview": text}, **report)  # type: ignore[arg-type]
    found = gk.check(built)
    return found.loc[found["rule"] == "prose_claim"].reset_index(drop=True)


def outcomes(text: str, **report: object) -> list[tuple[str, float]]:
    return [(finding.outcome, finding.observed) for finding in claims(text, **report).itertuples()]


NOTHING = "正文中没有找到可与统计表核对的数字。"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2023年，我局共收到政府信息公开申请21件，均已按期答复。", [21]),
        ("2023年共收到信息公开申请二十一件，办结22件，结转下年度继续办理1件。", [21, 22, 1]),
        ("本年新收政府信息公开申请２１件，上年结转两件，结转至2024年1件。", [21, 2, 1]),
        ("共收到21份政府信息公开申请。", [21]),
        ("（二）依申请公开情况。我局共收到申请21件。", [21]),
        ("全年受理依申请公开政府信息申请21件，其中予以公开10件，部分公开2件，不予公开5件。", [21, 10, 2, 5]),
        ("依申请公开受理量为21件；无法提供3件，不予处理1件，其他处理1件。", [21, 3, 1, 1]),
        ("收到政府信息公开申请21件，其中自然人申请20件，法人或其他组织申请1件。", [21, 20, 1]),
        ("受理公民、法人和其他组织向区政府提出的政府信息公开申请21件。", [21]),
        ("因政府信息公开被申请行政复议2件，提起行政诉讼2件。", [2, 2]),
        ("全年发生政府信息公开行政复议和行政诉讼4起。", [4]),
        ("制发规范性文件3件，废止行政规范性文件1件，现行有效规范性文件12件。", [3, 1, 12]),
        ("根据《2022年政务公开工作要点》，收到政府信息公开申请21件。", [21]),
        ("2023年，我局受理政府信\n息公开申请 21 件。".replace("\n", ""), [21]),
    ],
)
def test_a_claim_is_found_and_agrees(text: str, numbers: list[float]) -> None:
    assert outcomes(text) == [("pass", number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2023年，我局共收到政府信息公开申请32件。", 32),
        ("本年度，我局未收到政府信息公开申请。", 0),
        ("因政府信息公开被提起行政诉讼5件。", 5),
        ("全年未发生因政府信息公开引发的行政复议或行政诉讼案件。", 0),
        ("行政复议、行政诉讼方面：政府信息公开行政复议和行政诉讼均为0件。", 0),
        ("收到政府信息公开申请21件，已办结19件。", 19),
    ],
)
def test_a_claim_that_differs_fails(text: str, number: float) -> None:
    assert ("fail", number) in outcomes(text)
    found = claims(text)
    assert set(found.loc[found["outcome"] == "fail", "severity"]) == {"error"}


def test_a_failure_quotes_the_clause_and_cites_the_cells() -> None:
    finding = claims("2023年，我局共收到政府信息公开申请三十二件，均已答复。").loc[0]
    assert finding["message"] == (
        "「总体情况」称“我局共收到政府信息公开申请三十二件”，而表中本年新收申请为 21，相差 11。"
    )
    assert (finding["table"], finding["row"], finding["column"]) == ("requests", "new", "total")
    assert (finding["observed"], finding["expected"], finding["delta"]) == (32, 21, 11)
    assert finding["cells"] == ["requests/new/total"]


def test_a_sum_of_cells_is_cited_as_a_whole() -> None:
    finding = claims("收到政府信息公开申请21件，不予公开6件。").loc[1]
    assert (finding["observed"], finding["expected"]) == (6, 5)
    assert len(finding["cells"]) == 8
    assert pd.isna(finding["row"])


def test_received_may_include_what_was_carried_in() -> None:
    finding = claims("共收到政府信息公开申请23件。").loc[0]
    assert finding["outcome"] == "pass"
    assert finding["cells"] == ["requests/new/total", "requests/carried_in/total"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("区政府办代表区政府受理政府信息公开申请17件。", "代表区政府"),
        ("全市各级行政机关共收到政府信息公开申请1499件。", "各级"),
        ("乡镇收到政府信息公开申请21件。", "乡镇"),
        ("全区受理政府信息公开申请95件，其中予以公开10件。", "全区"),
        ("2022年收到政府信息公开申请30件。", "2022"),
        ("2022年全年收到政府信息公开申请30件。", "2022"),
        ("2023年上半年收到政府信息公开申请5件。", "上半年"),
        ("2023年1-6月收到政府信息公开申请5件。", "1-6月"),
        ("去年同期收到政府信息公开申请30件。", "同期"),
        ("下一步，办结政府信息公开申请50件。", "下一步"),
    ],
)
def test_another_scope_is_not_compared(text: str, reason: str) -> None:
    found = claims(text)
    assert set(found["outcome"]) == {"not_assessable"}
    assert reason in found["message"][0]


def test_the_last_subject_decides() -> None:
    text = "2022年收到政府信息公开申请30件，2023年收到政府信息公开申请21件。"
    assert outcomes(text) == [("not_assessable", 30), ("pass", 21)]
    text = "全区收到政府信息公开申请95件，我局收到政府信息公开申请22件。"
    assert outcomes(text) == [("not_assessable", 95), ("fail", 22)]
    assert outcomes("指导各部门规范办理，收到政府信息公开申请22件。") == [("fail", 22)]


def test_a_sentence_that_goes_on_keeps_the_subject() -> None:
    assert outcomes("全市共收到政府信息公开申请95件。其中予以公开50件。") == [
        ("not_assessable", 95),
        ("not_assessable", 50),
    ]


def test_a_government_may_speak_for_its_whole_territory() -> None:
    organ = "淮安市洪泽区人民政府"
    assert outcomes("2023年全区受理政府信息公开申请21件。", organ=organ) == [("pass", 21)]
    assert outcomes("2023年全区受理政府信息公开申请95件。", organ=organ) == [("fail", 95)]
    assert outcomes("2023年全市受理政府信息公开申请21件。", organ=organ) == [("not_assessable", 21)]


@pytest.mark.parametrize(
    "text",
    [
        "办理人大代表建议25件、政协提案30件，受理信访件100件，办结98件。",
        "共受理行政复议申请120件，审结行政复议案件110件。",
        "通过网络收到申请12件，通过信函收到申请3件。",
        "收到政府信息公开申请约20件，同比增加5件。",
        "主动公开政府信息1136条，其中政策法规50条。",
        "收到企业登记申请3000件。",
        "未发生因政府信息公开引发的行政复议、行政诉讼败诉情况。",
        "第一件政府信息公开申请已答复。",
        "行政复议、行政诉讼各1件。",
        "同意公开或部分公开共81件。",
    ],
)
def test_what_is_no_claim_is_left_alone(text: str) -> None:
    found = claims(text)
    assert found["outcome"].tolist() == ["not_assessable"]
    assert found["message"].tolist() == [NOTHING]


def test_plans_in_the_section_on_problems_are_no_claims() -> None:
    sections = SECTIONS | {"problems": "制定规范性文件30件。"}
    assert find_claims(build_report(VALUES, sections=sections)) == []


def test_cells_without_a_figure_leave_a_claim_open() -> None:
    found = claims("收到政府信息公开申请32件。", {"requests/new/total": ""})
    assert found["outcome"].tolist() == ["not_assessable"]
    assert "没有数字" in found["message"][0]
    assert claims("收到政府信息公开申请21件。", {"requests/carried_in/total": ""})["outcome"].tolist() == ["pass"]


def test_a_doubtful_cell_cannot_fail_a_claim() -> None:
    flags = {"requests/new/total": "low_confidence"}
    assert claims("收到政府信息公开申请32件。", flags=flags)["outcome"].tolist() == ["not_assessable"]
    assert claims("收到政府信息公开申请21件。", flags=flags)["outcome"].tolist() == ["pass"]


def test_a_claim_that_the_form_has_no_cell_for_is_no_claim() -> None:
    forms = dict.fromkeys(("disclosure", "requests", "litigation"), "2019")
    report = build_report(forms=forms, sections=SECTIONS | {"overview": "废止规范性文件1件。"})
    found = gk.check(report)
    assert found.loc[found["rule"] == "prose_claim", "message"].tolist() == [NOTHING]


def test_the_real_report_of_hongze() -> None:
    """洪泽区人民政府 2023: the sentence of its overview, and the figures of its table 3."""
    text = "畅通依申请公开受理渠。2023 年全区受理政府信息公开申请 21 件，均在法定期限答复。"
    assert outcomes(text, organ="洪泽区人民政府") == [("pass", 21)]


@given(st.integers(min_value=0, max_value=99_999))
@settings(max_examples=60, deadline=None)
def test_a_number_is_read_however_it_is_written(number: int) -> None:
    chinese = cn2an.an2cn(number)
    for written in (str(number), f"{number:,}", chinese):
        if written == chinese and number >= 10_000:
            continue
        match = re.search(f"(?P<n>{NUMBER})件", f"共{written}件")
        assert match is not None
        assert value_of(match["n"]) == number


@given(st.text(alphabet="一二三0123456789,.件收到信息公开申请未，。《》全区年", max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_looked_through(text: str) -> None:
    report = build_report(sections={"overview": text})
    for claim in find_claims(report):
        assert re.sub(r"\s", "", claim.quote) in re.sub(r"\s", "", text)


def test_hostile_text_takes_no_time() -> None:
    begun = time.process_time()
    for piece in ("共计", "《", "收到政府信息公开申请", "一", "未发生", "1,", "全年申请", "各镇、", "区政府及"):
        find_claims(build_report(sections={"overview": piece * 2000}))
    assert time.process_time() - begun < 20


def test_sentences_end_at_marks_and_lines_and_keep_titles_apart() -> None:
    found = sentences("overview", "总体情况", "一、好。2022 年《2021年要点》，见\n下文！")
    assert [sentence.printed for sentence in found] == ["一、好", "2022年《2021年要点》，见", "下文"]
    assert found[1].text == "2022年□□□□□□□□□,见"
    assert found[0].before == "总体情况"
    assert found[1].clause(6, 8) == "2022年《2021年要点》"
