"""Sentences in the manner of published reports, and what the rules on text make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk
from benchmarks.held_out import DUE, SETS, UNSEEN, Heard, Told, hear, judged, reports, saying, sentences

# The sets with which the rules were mended; the others are not to be passed by changing the rules for them.
MENDED = [path for name, path in SETS.items() if name not in UNSEEN]
PAIRS = {path: reports(path) for path in MENDED}
TOLD = {path: list(sentences(path)) for path in MENDED}
DUE_OF = [(path, told) for path in MENDED for told in TOLD[path] if told.kind in DUE]


@pytest.mark.parametrize(("path", "name"), [(path, name) for path in MENDED for name in PAIRS[path]])
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


@pytest.mark.parametrize("name", UNSEEN)
def test_of_an_unseen_set_most_is_found_and_little_in_vain(name: str) -> None:
    heard: list[Heard] = judged(SETS[name])
    found = sum(one.found for one in heard)
    assert found > 0.7 * sum(one.told.kind in DUE for one in heard)
    assert sum("prose_claim" in one.false for one in heard) <= 0.1 * found
