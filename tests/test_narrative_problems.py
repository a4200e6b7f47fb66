"""The themes of what an organ says of its problems, and what of it stood in last year's report."""

from __future__ import annotations

import pytest
from builders import build_report
from hypothesis import given
from hypothesis import strategies as st

import gongkai as gk
from gongkai.narrative.quotes import self_assessment
from gongkai.narrative.themes import problems, themes, themes_of
from gongkai.report import Report

QUOTES = {
    "部分科室主动公开意识不强": {"awareness"},
    "政策解读形式较为单一，多以文字解读为主": {"interpretation"},
    "依申请公开答复的规范性还有待提高": {"requests"},
    "信息更新的及时性还需进一步加强": {"timeliness"},
    "政務公開內容的深度和廣度還有待提升": {"content"},
    "门户网站维护工作还需进一步完善": {"platform"},
    "公开主动性、及时性还不够，部分单位重视程度不够": {"timeliness", "awareness"},
    "公众参与度不高，互动交流不够": {"participation"},
    "工作人员业务能力有待提升，人员变动较为频繁": {"staff"},
    "对公开工作的监督考核力度不够": {"supervision"},
    "工作机制有待完善": {"mechanism"},
    "公开形式比较单一": {"form"},
    "公开目录需要进一步规范": {"standards"},
    "各方面工作还要努力": {"other"},
}


@pytest.mark.parametrize("quote", QUOTES)
def test_themes_of_a_problem(quote: str) -> None:
    assert {theme.id for theme in themes_of(quote)} == QUOTES[quote]


def test_themes_have_names_in_both_languages_and_no_two_the_same() -> None:
    for language in ("zh", "en"):
        names = [theme.title(language) for theme in themes()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_what_else_is_said_counts_where_the_first_sentence_tells_nothing() -> None:
    said = self_assessment("一是工作还有不足。政务新媒体维护不到位。二是宣传不够。网站更新慢。")
    assert [[theme.id for theme in one.themes] for one in problems(said)] == [["platform"], ["publicity"]]


NOW = "一是公开内容还有待丰富；二是队伍建设有待加强；三是政策解读不够。"
BEFORE = "一是公开内容有待丰富；二是业务培训偏少；三是栏目设置不合理。"


def test_what_is_repeated_from_the_year_before() -> None:
    found = problems(self_assessment(NOW), self_assessment(BEFORE))
    assert [[theme.id for theme in one.known] for one in found] == [["content"], ["staff"], []]
    assert [one.before for one in found] == ["公开内容有待丰富", "", ""]


def test_without_the_year_before_nothing_is_repeated() -> None:
    assert not any(one.known or one.before for one in problems(self_assessment(NOW)))


def test_what_belongs_to_no_theme_is_no_common_theme() -> None:
    said = self_assessment("一是工作还有不足；二是成效不够明显。")
    assert not any(one.known for one in problems(said, said))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_problems_with_themes(now: str, before: str) -> None:
    for one in problems(self_assessment(now), self_assessment(before)):
        assert one.themes
        assert set(one.known) <= set(one.themes)


def told(now: str, before: str | None, language: str = "zh") -> str:
    report = build_report(sections={"problems": now})
    previous = None if before is None else build_report(year=2022, sections={"problems": before})
    return " ".join(_section(report, previous, language))


def _section(report: Report, previous: Report | None, language: str) -> list[str]:
    story = gk.narrate(report, gk.check(report, previous), previous, language=language)  # type: ignore[arg-type]
    return [str(one) for part in story.sections if part.id == "problems" for some in part.paragraphs for one in some]


def test_repetition_is_told_with_both_sentences() -> None:
    text = told(NOW, BEFORE)
    assert "其中两个与上年的问题属同一主题：公开内容、队伍与业务能力。" in text
    assert "有一个几乎是上年的原话：“公开内容还有待丰富”（上年作“公开内容有待丰富”）。" in text
    text = told(NOW, BEFORE, "en")
    assert (
        "Two of them concern what the organ named the year before as well: the content published and staffing." in text
    )
    assert "One is nearly word for word last year's: “公开内容还有待丰富” (then: “公开内容有待丰富”)." in text


def test_new_problems_are_told_to_be_new() -> None:
    assert "没有重复的主题" in told("一是宣传不够；二是队伍建设有待加强。", "一是网站建设滞后；二是政策解读不够。")


def test_the_same_problems_are_told_to_be_the_same() -> None:
    assert "这些问题与上年属同样的主题：公开内容、队伍与业务能力、政策解读。" in told(NOW, NOW)


def test_nothing_is_said_of_a_year_before_that_named_no_problem() -> None:
    assert "上年" not in told(NOW, "无。")
    assert "上年" not in told(NOW, None)


def test_many_problems_are_counted_by_theme() -> None:
    text = told("一是网站更新慢；二是宣传不够；三是队伍建设滞后；四是人员不足；五是宣传形式单一。", None)
    assert "机关自述了五个问题，其中有：" in text
    assert "宣传（2个）" in text
