"""Sentences in the manner of published reports, and what the rules on text make of them."""

from __future__ import annotations

import pytest

import gongkai as gk
from benchmarks.held_out import DUE, SETS, Heard, Told, hear, judged, reports, saying, sentences

# The sets with which the rules were mended; the last set is not to be passed by changing the rules for it.
MENDED = list(SETS.values())[:-1]
PAIRS = {name: pair for path in SETS.values() for name, pair in reports(path).items()}
TOLD = [told for path in SETS.values() for told in sentences(path)]
SEEN = [told for path in MENDED for told in sentences(path) if told.kind in DUE]


@pytest.mark.parametrize("name", PAIRS)
def test_the_reports_themselves_and_all_that_is_in_order_fail_no_check(name: str) -> None:
    report, before = PAIRS[name]
    in_order = [one for one in TOLD if one.report == name and one.kind in ("true", "clean")]
    for told in ([], in_order):
        findings = gk.check(saying(report, told), before)
        assert findings.loc[findings["outcome"] == "fail", "message"].tolist() == []


@pytest.mark.parametrize("told", SEEN, ids=lambda one: one.text[:20])
def test_what_is_false_or_left_over_is_found_by_its_rule_alone(told: Told) -> None:
    heard = hear(told, PAIRS[told.report])
    assert heard.found
    assert heard.false == []


def test_of_the_unseen_set_nothing_is_found_in_vain() -> None:
    heard: list[Heard] = judged(list(SETS.values())[-1])
    assert [one.told.text for one in heard if one.false] == []
    assert sum(one.found for one in heard) > 0.7 * sum(one.told.kind in DUE for one in heard)
