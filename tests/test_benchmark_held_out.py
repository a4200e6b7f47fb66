"""Sentences in the manner of published reports, and what the rules on text make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk
from benchmarks.held_out import DUE, SETS, Told, hear, reports, saying, sentences

PAIRS = {path: reports(path) for path in SETS.values()}
TOLD = {path: list(sentences(path)) for path in SETS.values()}
DUE_OF = [(path, told) for path in SETS.values() for told in TOLD[path] if told.kind in DUE]


@pytest.mark.parametrize(("path", "name"), [(path, name) for path in SETS.values() for name in PAIRS[path]])
def test_the_reports_themselves_and_all_that_is_in_order_fail_no_check(path: Path, name: str) -> None:
    report, before = PAIRS[path][name]
    in_order = [one for one in TOLD[path] if one.report == name and one.kind in ("true", "clean")]
    # A set without anything left over is for claims alone: what `stale_text` makes of it is not asked.
    asked = any(one.kind == "stale" for one in TOLD[path])
    for told in ([], in_order):
        findings = gk.check(saying(report, told), before)
        failed = findings[(findings["outcome"] == "fail") & (asked | (findings["rule"] != "stale_text"))]
        assert failed["message"].tolist() == []


@pytest.mark.parametrize(("path", "told"), DUE_OF, ids=lambda one: getattr(one, "text", "")[:20])
def test_what_is_false_or_left_over_is_found_by_its_rule_alone(path: Path, told: Told) -> None:
    heard = hear(told, PAIRS[path][told.report])
    assert heard.found
    assert heard.false == []
