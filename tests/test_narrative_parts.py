"""Facts, quotations and templates, each by itself."""

from __future__ import annotations

from string import Formatter

import pytest
from builders import build_report
from hypothesis import given
from hypothesis import strategies as st
from narrative_reports import busy

from gongkai.checks import rules
from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.quotes import self_assessment, shortened
from gongkai.narrative.sentence import words
from gongkai.narrative.topics import litigation, requests
from gongkai.narrative.voice import voice
from gongkai.wording import percent


def templates(language: str) -> dict[str, set[str]]:
    """The slots of every template that a sentence is made from."""
    return {
        f"{section}.{name}": {slot for _, slot, _, _ in Formatter().parse(text) if slot}
        for section, entries in voice(language).templates.items()
        for name, text in entries.items()
        if isinstance(text, str)
    }


# Words that one language needs and the other does not.
OWN = (
    "units.",
    "outcome_nouns.",
    "organs_many.",
    "result.",
    "track.",
    "tracks.",
    "applicants.",
    "columns.million",
    "columns.yuan",
)


def test_both_languages_can_say_the_same() -> None:
    zh, en = templates("zh"), templates("en")
    assert {key for key in zh.keys() ^ en.keys() if not key.startswith(OWN)} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_meaning_for_the_data_and_a_name_for_what_it_finds(language: str) -> None:
    for part in ("meaning", "faults"):
        assert [rule.id for rule in rules() if not voice(language).has(f"{part}.{rule.id}")] == []


# What one language writes out where the other's sentence does without.
UNSAID = {"failed", "n", "noun", "outcome", "rest", "total"}


def test_a_template_asks_for_no_slot_that_the_other_language_does_not_know() -> None:
    zh, en = templates("zh"), templates("en")
    assert {slot for key in zh.keys() & en.keys() for slot in zh[key] ^ en[key]} <= UNSAID


@pytest.mark.parametrize(
    ("language", "value", "spec", "text"),
    [
        ("zh", 4119, "", "4119"),
        ("zh", 7730.28, "", "7730.28"),
        ("zh", 2, "word", "两"),
        ("zh", 0.125, "share", "12.5%"),
        ("zh", 0.9997, "share", "99.97%"),
        ("zh", 1.0, "share", "100%"),
        ("en", 4119, "", "4,119"),
        ("en", 3, "", "three"),
        ("en", 3, "d", "3"),
        ("en", 0.125, "share", "12.5 per cent"),
        ("en", 7730.28, "d", "7,730.28"),
    ],
)
def test_numbers_as_the_language_writes_them(language: str, value: float, spec: str, text: str) -> None:
    assert voice(language).figure(value, spec) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.9996, 1, "99.96"),
        (0.99996, 1, "99.996"),
        (0.0004, 1, "0.04"),
        (0.996, 0, "99.6"),
        (0.5, 0, "50"),
        (1.0004, 1, "100.04"),
        (1, 1, "100"),
        (0, 0, "0"),
    ],
)
def test_not_quite_all_is_never_100_per_cent_nor_a_little_0(share: float, digits: int, text: str) -> None:
    assert percent(share, digits) == text


@pytest.mark.parametrize(("value", "text"), [(1, "one request"), (2, "two requests"), (12, "12 requests")])
def test_nouns_agree_with_their_number(value: float, text: str) -> None:
    said = voice("en").phrase("summary.new", organ="X", year="2023", new=Fact(value, ("a",)))
    assert f"received {text.replace('request', 'information request')} in" in words(said or ())


def test_a_fact_needs_every_cell() -> None:
    facts = Facts(build_report({"requests/new/total": "", "requests/carried_in/total": "3"}))
    assert facts.cell("requests/new/total") is None
    assert facts.sum(["requests/new/total", "requests/carried_in/total"]) is None
    assert facts.sum([]) is None
    assert facts.cell("requests/carried_in/total") == Fact(3.0, ("requests/carried_in/total",))


def test_outcomes_are_grouped_as_the_form_groups_them() -> None:
    data = requests(Facts(busy()))
    assert data.outcomes is not None
    assert {outcome.id: outcome.fact.value for outcome in data.outcomes} == {
        "denied": 184,
        "unavailable": 47,
        "granted": 41,
        "partial": 22,
        "unprocessed": 9,
        "other": 3,
    }


def test_outcomes_that_miss_their_total_are_no_fact() -> None:
    assert requests(Facts(busy(values={"requests/total/total": "999"}))).outcomes is None


def test_a_total_of_zero_beside_applicants_is_no_fact() -> None:
    report = build_report({"requests/new/natural_person": "21"})
    assert requests(Facts(report)).new is None


def test_a_track_is_the_sum_of_its_results() -> None:
    track = litigation(Facts(busy()))["review"]
    assert (track.total.value, track.printed_total and track.printed_total.value) == (40, 40)


SELF_ASSESSMENTS = {
    "一是公开内容有待丰富；二是队伍建设有待加强。": (("公开内容有待丰富", "队伍建设有待加强"), 0),
    "存在以下问题：（一）解读质量不高。形式单一。（二）平台建设不平衡。下一步，一是加强培训；二是更新目录。": (
        ("解读质量不高", "平台建设不平衡"),
        2,
    ),
    "（一）存在的主要问题\n1.政策解读有待提升。\n2.更新不及时。\n（二）改进情况\n1.开展培训4次。\n2.制定规范。": (
        ("政策解读有待提升", "更新不及时"),
        2,
    ),
    "仍存在一定差距。如规范性还有待提高、深度和广度还有待提升等。下一步，将加强培训。": (
        ("规范性还有待提高", "深度和广度还有待提升"),
        0,
    ),
    "宣传力 度还需进一步\n加强": (("宣传力度还需进一步加强",), 0),
    "工作主要存在公开不及时、缺乏专人管理等问题。今后将加强培训。": (
        (
            "工作主要存在公开不及时",
            "缺乏专人管理",
        ),
        0,
    ),
    "工作有成绩，但也存在一些不足，如发布不规范、内容不够全面。": (("发布不规范", "内容不够全面"), 0),
    "一些问题如业务不够熟练，均有待今后加以解决。": (("业务不够熟练，均有待今后加以解决",), 0),
    "我局政府信息公开工作运行正常。": ((), 0),
    "": ((), 0),
}


@pytest.mark.parametrize("text", SELF_ASSESSMENTS)
def test_problems_are_told_from_measures(text: str) -> None:
    problems, measures = SELF_ASSESSMENTS[text]
    said = self_assessment(text)
    assert said.problems == problems
    assert len(said.measures) == measures


@given(st.text(alphabet="一二三是、，。；：1.（）(下步不足问题公开 \n一", max_size=60))
def test_a_quotation_is_always_a_stretch_of_the_text(text: str) -> None:
    plain = "".join(text.split())
    said = self_assessment(text)
    assert all("".join(item.split()) in plain for item in said.problems + said.measures)


@given(st.text(max_size=200), st.integers(min_value=5, max_value=60))
def test_a_shortened_quotation_begins_as_the_whole(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert text.startswith(short.removesuffix("……"))
    assert len(short.removesuffix("……")) <= longest
