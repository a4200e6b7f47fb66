"""A corpus's reports as peers of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from narrative_reports import busy, earlier, peers, quiet
from pandas.testing import assert_frame_equal
from panel_store import make_store

import gongkai as gk
from gongkai.narrative.peers import group
from gongkai.report import Report


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> gk.Panel:
    folder: Path = tmp_path_factory.mktemp("corpus")
    incomplete = busy()
    incomplete.organ, incomplete.flags = "区政府", {"organ": "incomplete"}
    others = {"own.pdf": busy(), "before.pdf": earlier(busy()), "town.txt": quiet(), "incomplete.txt": incomplete}
    make_store(folder, {**{f"{place}.html": peer for place, peer in enumerate(peers(12))}, **others})
    return gk.Panel(folder)


def test_peers_of_a_corpus_are_those_that_would_be_compared(panel: gk.Panel) -> None:
    found = list(panel.peers(busy()))
    assert {peer.organ for peer in found} == {"某市某区人民政府", "区政府", *(peer.organ for peer in peers(12))}
    compared = {peer.name: peer.values for peer in group(busy(), found).peers}
    assert compared.pop("区政府")["received"] == 310
    assert compared == {peer.name: peer.values for peer in group(busy(), peers(12)).peers}


def test_a_peer_is_as_it_was_read(panel: gk.Panel) -> None:
    own = busy()
    (stored,) = (peer for peer in panel.peers(own) if peer.organ == own.organ)
    assert_frame_equal(stored.cells, own.cells, check_dtype=False)
    assert (stored.forms, stored.year, stored.flags) == (own.forms, own.year, own.flags)
    (stored,) = (peer for peer in panel.peers(own) if peer.organ == "区政府")
    assert stored.flags == {"organ": "incomplete"}


def test_a_narrative_takes_its_peers_from_a_corpus(panel: gk.Panel) -> None:
    own = busy()
    story = gk.narrate(own, gk.check(own), peers=panel.peers(own))
    assert "可比的报告有13份" in story.text


def test_a_narrative_takes_the_findings_that_a_corpus_keeps(panel: gk.Panel) -> None:
    own = busy()
    kept = panel.findings().set_index("report").loc[panel.reports().set_index("file").at["own.pdf", "report"]]
    listed = kept.assign(cells=kept["cells"].map(list))
    assert kept["cells"].map(len).max() > 1
    assert gk.narrate(own, kept).to_html() == gk.narrate(own, listed).to_html()


def test_the_report_of_the_year_before_is_the_same_organs(panel: gk.Panel) -> None:
    own = busy()
    before = panel.previous(own)
    assert before is not None
    assert (before.source, before.organ, before.year) == ("before.pdf", own.organ, own.year - 1)
    assert_frame_equal(before.cells, earlier(busy()).cells, check_dtype=False)
    assert panel.previous(before) is None
    assert panel.previous(quiet()) is None


@pytest.mark.parametrize(
    "change", [{"organ": None}, {"organ": "区政府"}, {"year": None}, {"flags": {"year": "unsure"}}]
)
def test_an_uncertain_organ_or_year_has_no_year_before(panel: gk.Panel, change: dict[str, object]) -> None:
    own = busy()
    for name, value in change.items():
        setattr(own, name, value)
    assert panel.previous(own) is None


def test_the_texts_of_a_corpus_can_be_compared_with(panel: gk.Panel) -> None:
    others = list(panel.others())
    assert {other.organ for other in others} == set(panel.reports()["organ"].dropna())
    (stored,) = (other for other in others if other.organ == quiet().organ)
    assert (stored.sections, stored.year) == (quiet().sections, quiet().year)
    found = gk.check(busy(), corpus=others)
    assert "text_reuse" in set(found["rule"])


def test_peers_can_be_put_together_once(panel: gk.Panel) -> None:
    own = busy()
    others = group(own, panel.peers(own))
    assert group(own, others) is others
    findings = gk.check(own)
    assert gk.narrate(own, findings, peers=others).text == gk.narrate(own, findings, peers=panel.peers(own)).text


@pytest.mark.parametrize("name", ["level", "kind", "year"])
def test_what_is_not_known_has_no_peers(panel: gk.Panel, name: str) -> None:
    own: Report = busy()
    setattr(own, name, None)
    assert list(panel.peers(own)) == []
