"""The registry: what every rule says of itself, a rule of one's own, and a rule that breaks down."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from builders import build_report, hrss_2021

import gongkai as gk
from gongkai.checks import Context, Finding, rule, rules, unregister
from gongkai.checks.registry import TOPICS
from gongkai.tables import FINDINGS, OUTCOMES, SEVERITIES

CJK = re.compile(r"[\u3400-\u9fff]")
OWN = {
    "title": ("复议偏多", "Many reviews"),
    "why": ("复议多值得一看。", "Many reviews are worth a look."),
    "source": "自定",
    "severity": "note",
    "example": ("复议 200 件。", "200 reviews."),
}


@pytest.fixture
def many_reviews() -> Iterator[str]:
    @rule("many_reviews", **OWN)
    def check(context: Context) -> Iterator[Finding]:
        id = "litigation/review/total"
        reviews = context.ledger.values.get(id)
        if reviews is None:
            yield Finding("not_assessable", context.say("复议总计未印出。", "The total is not printed."))
        else:
            yield Finding("fail" if reviews > 100 else "pass", f"{reviews:.0f}", cells=(id,))

    yield "many_reviews"
    unregister("many_reviews")


def test_findings_have_the_columns_that_the_package_promises() -> None:
    found = gk.check(hrss_2021())
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == FINDINGS
    assert set(found["outcome"]) <= set(OUTCOMES)
    assert set(found["severity"]) <= set(SEVERITIES)
    assert found["message"].str.len().gt(0).all()
    assert all(isinstance(cells, list) for cells in found["cells"])


@pytest.mark.parametrize("known", rules(), ids=lambda known: known.id)
def test_every_rule_says_what_it_is_for_in_both_languages(known: gk.checks.Rule) -> None:
    for zh, en in (known.title, known.why, known.example):
        assert CJK.search(zh)
        assert en
        assert not CJK.search(en)
    assert known.source
    assert known.severity in SEVERITIES


@pytest.mark.parametrize("known", rules(), ids=lambda known: known.id)
def test_no_rule_breaks_down_on_a_report_without_anything(known: gk.checks.Rule) -> None:
    for report in (
        build_report(dict.fromkeys(build_report().cells["id"]), sections={}, year=None, organ=None),
        build_report(forms={}, sections={}),
    ):
        for finding in known.check(Context(report, build_report(year=2022))):
            assert finding.outcome in OUTCOMES


def test_findings_stand_in_the_order_of_the_rules_and_are_the_same_every_time() -> None:
    found = gk.check(hrss_2021())
    assert list(dict.fromkeys(found["rule"])) == [known.id for known in rules() if known.id in set(found["rule"])]
    assert [TOPICS.index(known.topic) for known in rules()] == sorted(TOPICS.index(known.topic) for known in rules())
    assert found.equals(gk.check(hrss_2021()))


@pytest.mark.usefixtures("many_reviews")
def test_a_rule_of_ones_own_is_run_after_the_others() -> None:
    found = gk.check(build_report({"litigation/review/total": "200"}))
    last = found.iloc[-1]
    assert last["rule"] == "many_reviews"
    assert (last["outcome"], last["severity"], last["cells"]) == ("fail", "note", ["litigation/review/total"])
    assert gk.check(build_report()).iloc[-1]["outcome"] == "pass"


def test_an_unregistered_rule_is_gone(many_reviews: str) -> None:
    taken = unregister(many_reviews)
    assert many_reviews not in set(gk.check(build_report())["rule"])
    rule(taken.id, **OWN)(taken.check)


@pytest.mark.usefixtures("many_reviews")
def test_an_id_is_taken_only_once() -> None:
    with pytest.raises(ValueError, match="many_reviews"):
        rule("many_reviews", **OWN)(lambda context: [])


def test_a_rule_that_breaks_down_is_a_finding_and_hides_no_other(caplog: pytest.LogCaptureFixture) -> None:
    @rule("broken", **OWN)
    def check(context: Context) -> Iterator[Finding]:
        yield Finding("pass", "先有一条")
        raise ZeroDivisionError("no reason")

    try:
        with caplog.at_level(logging.ERROR):
            found = gk.check(build_report())
    finally:
        unregister("broken")
    broken = found.loc[found["rule"] == "broken"]
    assert broken["outcome"].tolist() == ["pass", "not_assessable"]
    assert broken["severity"].tolist() == ["note", "error"]
    assert "broken" in broken["message"].iloc[1]
    assert "ZeroDivisionError" in broken["message"].iloc[1]
    assert "Traceback" in caplog.text
    assert len(found) == len(gk.check(build_report())) + 2


def test_only_failures_are_as_severe_as_their_rule() -> None:
    found = gk.check(build_report({"litigation/review/total": "1", "requests/carried_in/total": ""}))
    assert set(found.loc[found["outcome"] == "pass", "severity"]) == {"note"}
    assert found.loc[(found["severity"] == "error"), "rule"].tolist() == ["litigation_sum"]


def test_messages_keep_to_their_language() -> None:
    values = {"requests/new/total": "-1", "requests/granted/business": "", "disclosure/fees/amount": "详见附表"}
    flags = {"litigation/review/pending": "low_confidence"}
    report = build_report(values, flags=flags, sections={"overview": "一切正常。"}, organ="Organ")
    report.forms["litigation"] = "2019"
    previous = build_report({"requests/carried_out/total": "3"}, year=2022)
    for message in gk.check(report, previous, language="en")["message"]:
        # The number of the notice that prescribes a form has no English name.
        assert not CJK.search(re.sub(r"国办\w+〔\d+〕\d+号", "", message)), message
    for message in gk.check(report, previous)["message"]:
        assert not re.search(r"[A-Za-z]", message.replace("Organ", "")), message


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        gk.check(build_report(), language="fr")  # type: ignore[arg-type]
