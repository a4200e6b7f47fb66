"""Sentences in the manner of published reports, and what the rules on text make of them."""

from __future__ import annotations

import pytest

import gongkai as gk
from benchmarks.held_out import DUE, Told, hear, reports, saying, sentences

PAIRS = reports()
TOLD = list(sentences())


@pytest.mark.parametrize("name", PAIRS)
def test_the_reports_themselves_and_all_that_is_in_order_fail_no_check(name: str) -> None:
    report, before = PAIRS[name]
    in_order = [one for one in TOLD if one.report == name and one.kind in ("true", "clean")]
    for told in ([], in_order):
        findings = gk.check(saying(report, told), before)
        assert findings.loc[findings["outcome"] == "fail", "message"].tolist() == []


@pytest.mark.parametrize("told", [one for one in TOLD if one.kind in DUE], ids=lambda one: one.text[:20])
def test_what_is_false_or_left_over_is_found_by_its_rule_alone(told: Told) -> None:
    heard = hear(told, PAIRS[told.report])
    assert heard.found
    assert heard.false == []
