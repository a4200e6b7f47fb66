"""Where an organ stands among others of its level, kind and year."""

from __future__ import annotations

import pytest
from builders import build_report
from lxml import html
from narrative_reports import busy, earlier, natural, peers, request_cells

import gongkai as gk
from gongkai.narrative import Story
from gongkai.narrative.facts import Facts
from gongkai.narrative.peers import MEASURES, Group, Standing, group, measures, standings
from gongkai.report import Report


def standing(measure: str, own: Report, others: list[Report]) -> Standing:
    facts = Facts(own)
    return next(one for one in standings(facts, group(own, others)) if one.measure == measure)


def story(own: Report, others: list[Report], language: str = "zh") -> Story:
    return gk.narrate(own, gk.check(own, language=language), None, others, language)


def section(own: Report, others: list[Report], language: str = "zh") -> str:
    parts = [part for part in story(own, others, language).sections if part.id == "peers"]
    return "".join(str(sentence) for part in parts for one in part.paragraphs for sentence in one)


def test_measures_by_hand() -> None:
    # 63 of 306 given in full or in part; 184 refused; 40 not held; 13 of 319 carried over; 40 reviews; 15 suits.
    expected = (310, 63 / 306, 184 / 306, 40 / 306, 13 / 319, 40 / 306, 15 / 306)
    found = measures(Facts(busy()))
    assert {measure: fact.value for measure, fact in found.items()} == pytest.approx(
        dict(zip(MEASURES, expected, strict=True))
    )


def test_percentile_counts_half_of_those_that_are_equal() -> None:
    # Peer number p received 5p + p % 3 + 2: 8, 14, 17, 23, 29, 32, 38, 44, 47, 53.
    own = build_report(request_cells(natural(granted=29)), kind="government")
    one = standing("received", own, peers(10))
    assert (one.peers.value, one.lower.value, one.higher.value) == (10, 4, 5)
    assert one.median.value == 30.5
    assert one.percentile.value == 45


def test_only_the_same_level_kind_and_year_are_compared() -> None:
    others = peers(6)
    others[0].level, others[1].kind, others[2].year, others[3].level = "prefecture", "department", 2022, None
    found = group(busy(), others)
    assert [peer.name for peer in found.peers] == ["某市戊区人民政府", "某市己区人民政府"]
    assert found.left_out == 4


def test_an_organ_counts_once_and_never_against_itself() -> None:
    own = busy()
    found = group(own, [own, busy(), *peers(3), *peers(3), earlier(busy())])
    assert len(found.peers) == 3
    assert found.left_out == 1


def test_namesakes_with_an_incomplete_name_are_told_apart_by_their_figures() -> None:
    own = build_report(organ="区人社局", flags={})
    others = [build_report(request_cells(natural(granted=n)), organ="区人社局") for n in (0, 4, 4, 7)]
    for report in (own, *others):
        report.flags["organ"] = "incomplete"
    assert len(group(own, others).peers) == 2


def test_a_doubtful_or_contradictory_figure_is_no_measure() -> None:
    doubtful, contradictory = (
        busy(flags={"requests/new/total": "number_guess"}),
        busy(values={"requests/total/total": "9"}),
    )
    assert "received" not in measures(Facts(doubtful))
    assert measures(Facts(contradictory)).keys() == {"received"}


def test_a_share_needs_a_base() -> None:
    assert measures(Facts(build_report(request_cells(natural(granted=9))))).keys() == {"received"}


@pytest.mark.parametrize(
    ("number", "said", "unsaid"),
    [
        (0, "没有2023年其他县级政府的", "百分位"),
        (2, "只有2份，不足以比较", "中位数"),
        (9, "只有9份，不宜计算百分位", "百分位（"),
        (10, "可比的报告有10份", "不宜"),
    ],
)
def test_few_peers_bear_little(number: int, said: str, unsaid: str) -> None:
    text = section(busy(), peers(number))
    assert said in text
    assert unsaid not in text


def test_peers_without_a_measure_in_common_are_told_as_such() -> None:
    own = busy(values={id: "" for id in busy().cells["id"] if id.startswith("requests/")})
    assert section(own, peers(12)) == "2023年其他县级政府的报告有12份，但没有一项指标是双方都有可用数字的，无从比较。"


def test_the_highest_and_the_lowest_are_told_as_such() -> None:
    text = section(busy(), peers(12))
    assert "新收申请310件，高于全部12个可比机关（中位数35件）。" in text
    assert "予以公开和部分公开的比例20.6%，低于全部11个可比机关" in text


def test_peers_are_told_in_english() -> None:
    own = build_report(request_cells(natural(granted=29)), kind="government")
    text = section(own, peers(10), "en")
    assert "With other county-level governments in 2023 there are 10 reports to compare." in text
    assert "New requests: 29; of 10 peers 4 are lower and 5 higher, which is percentile 45 (median 30.5)." in text
    assert "percentile 45 by the number of requests" in story(own, peers(10), "en").text


def test_an_unknown_kind_is_not_compared() -> None:
    own = busy()
    own.kind = None
    assert section(own, peers(12)) == "本机关的级别、类别或年度不明，无从选取可以比较的机关。"
    assert group(own, peers(12)) == Group((), 12)


def test_without_peers_nothing_is_said_of_them() -> None:
    written = gk.narrate(busy(), gk.check(busy()))
    assert written.peers is None
    assert "peers" not in [part.id for part in written.sections]


def test_numbers_lead_to_the_table_of_peers() -> None:
    written = story(busy(), peers(12))
    assert written.peers is not None
    assert [row[0] for row in written.peers.rows[:2]] == ["某市某区人民政府", "某市丑区人民政府"]
    for page in (written.html, written.to_html(sources=False)):
        (table,) = html.fromstring(page).xpath("//details[@id='peers']")
        assert len(table.xpath(".//tr")) == 14
        assert html.fromstring(page).xpath("//a[@href='#peers']")
    assert '<a id="peers"></a>' in written.markdown
    assert "| 某市丑区人民政府 | 62 |" in written.markdown


def test_the_names_of_peers_are_escaped() -> None:
    others = peers(3)
    others[0].organ = "某局<script>alert(1)</script>|[x](javascript:x)"
    written = story(busy(), others)
    assert "<script" not in written.html + written.markdown
    assert "|[x](javascript" not in written.markdown


def test_peers_may_be_read_one_by_one() -> None:
    assert gk.narrate(busy(), gk.check(busy()), None, (peer for peer in peers(12))).peers is not None
