"""Every number in the narrative follows from the cells that it cites."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pytest
from builders import build_report, hrss_2021
from hypothesis import given, settings
from hypothesis import strategies as st
from narrative_reports import (
    RESULTS,
    busy,
    contradictory,
    earlier,
    peers,
    quiet,
    single,
    unfilled_totals,
    without_requests,
)

import gongkai as gk
from gongkai.forms import all_forms
from gongkai.narrative.quotes import self_assessment
from gongkai.narrative.sentence import Given, Number, Sentence
from gongkai.narrative.themes import Problem, problems
from gongkai.report import Report

REPORTS = {
    "sample": hrss_2021,
    "busy": busy,
    "quiet": quiet,
    "single": single,
    "unfilled": unfilled_totals,
    "contradictory": contradictory,
    "without_requests": without_requests,
}
NUMERALS = {
    "zh": ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}


@dataclass(frozen=True)
class Written:
    """A story with what it was written from."""

    report: Report
    language: str
    previous: Report | None = None
    peers: tuple[Report, ...] | None = None

    @cached_property
    def findings(self) -> pd.DataFrame:
        return gk.check(self.report, self.previous, language=self.language)

    @cached_property
    def values(self) -> dict[str, float]:
        values = dict(zip(self.report.cells["id"], self.report.cells["value"], strict=True))
        if self.previous is not None:
            before = self.previous.cells
            values |= dict(zip(before["id"] + "@previous", before["value"], strict=True))
        return values

    @property
    def sentences(self) -> list[Sentence]:
        return gk.narrate(self.report, self.findings, self.previous, self.peers, self.language).sentences

    @cached_property
    def problems(self) -> list[Problem]:
        before = self.previous and self_assessment(self.previous.sections["problems"])
        return problems(self_assessment(self.report.sections["problems"]), before)


def read(text: str, language: str) -> tuple[float, float]:
    """A written number and how far it may be from the exact one."""
    if text.lower() in NUMERALS[language]:
        return float(NUMERALS[language].index(text.lower())), 0
    match = re.fullmatch(r"([\d,]+)(\.\d+)?( per cent|%)?", text)
    assert match, text
    scale = 100 if match[3] else 1
    value = float(match[1].replace(",", "") + (match[2] or "")) / scale
    return value, 0.5000001 * 10 ** -(len(match[2]) - 1) / scale if match[2] else 0


def derived(number: Number, written: Written) -> float:
    """The number again, from the cells as they are in the reports."""
    fact, values = number.fact, written.values
    assert not written.report.doubtful() & {*fact.cells, *fact.minus, *fact.base}
    above = sum(float(values[id]) for id in fact.cells) - sum(float(values[id]) for id in fact.minus)
    return fact.scale * (above / sum(float(values[id]) for id in fact.base) if fact.base else above)


def counted(number: Number, written: Written) -> float:
    """What the text counted, counted again."""
    what, findings = number.fact.counted, written.findings
    if what == "cells":
        assert set(number.fact.cells) <= set(written.report.cells["id"])
        return len(number.fact.cells)
    if what in ("problems", "measures"):
        return len(getattr(self_assessment(written.report.sections["problems"]), what))
    if what.startswith("problems: "):
        return counted_problems(what.removeprefix("problems: "), written.problems)
    if what.startswith("peers"):
        return among_peers(what, written)
    failed = findings["outcome"] == "fail"
    known = {
        "findings": len(findings),
        "findings: pass": sum(findings["outcome"] == "pass"),
        "findings: fail": sum(failed),
        "findings: not_assessable": sum(findings["outcome"] == "not_assessable"),
        "findings: fail error": sum(failed & (findings["severity"] == "error")),
        "findings: fail, no error": sum(failed & (findings["severity"] != "error")),
    }
    if what in known:
        return known[what]
    _, outcome, rule = what.split(" ")
    return sum((findings["rule"] == rule) & (findings["outcome"] == outcome))


def counted_problems(what: str, found: list[Problem]) -> int:
    known = {"known": sum(bool(one.known) for one in found), "alike": sum(bool(one.before) for one in found)}
    return known[what] if what in known else sum(what in {theme.id for theme in one.themes} for one in found)


DENIED = [row.id for row in all_forms()["2021"].tables["requests"].rows if row.id.startswith("denied_")]
# A measure again, by hand: what is counted, and of what it is a share.
PARTS = {
    "received": (["requests/new/total"], []),
    "disclosed": (["requests/granted/total", "requests/partial/total"], ["requests/total/total"]),
    "denied": ([f"requests/{row}/total" for row in DENIED], ["requests/total/total"]),
    "not_held": (["requests/unavailable_not_held/total"], ["requests/total/total"]),
    "carried_out": (["requests/carried_out/total"], ["requests/total/total", "requests/carried_out/total"]),
    "reviews": ([f"litigation/review/{column}" for column in RESULTS], ["requests/total/total"]),
    "suits": (
        [f"litigation/{row}/{column}" for row in ("suit_direct", "suit_after_review") for column in RESULTS],
        ["requests/total/total"],
    ),
}


def measured(measure: str, report: Report) -> float | None:
    values, (part, base) = report.printed(), PARTS[measure]
    above, below = (sum(values[id] for id in ids) for ids in (part, base))
    return above if not base else above / below if below >= 10 else None


def among_peers(what: str, written: Written) -> float:
    assert written.peers is not None
    others = [peer for peer in written.peers if (peer.organ, peer.year) != (written.report.organ, written.report.year)]
    same = [peer for peer in others if (peer.level, peer.kind, peer.year) == ("county", "government", 2023)]
    if what in ("peers", "peers left out"):
        return len(same) if what == "peers" else len(others) - len(same)
    measure, wanted = what.removeprefix("peers: ").split(" ")
    own = measured(measure, written.report)
    theirs = [value for peer in same if (value := measured(measure, peer)) is not None]
    lower, higher = sum(value < own for value in theirs), sum(value > own for value in theirs)
    known = {"all": len(theirs), "lower": lower, "higher": higher, "median": statistics.median(theirs)}
    return known[wanted] if wanted in known else round(100 * (lower + (len(theirs) - lower - higher) / 2) / len(theirs))


def check_numbers(sentence: Sentence, written: Written) -> None:
    for number in sentence.numbers:
        exact = counted(number, written) if number.fact.counted else derived(number, written)
        value, tolerance = read(number.text, written.language)
        assert value == pytest.approx(exact, abs=max(tolerance, 1e-9)), (number, sentence.text)
        assert set(number.fact.sources) <= set(sentence.cells)
    for part in sentence.parts:
        if isinstance(part, str):
            assert not re.search(r"\d", part), sentence.text


def check_given(sentence: Sentence, written: Written) -> None:
    report = written.report
    said = "".join(report.sections.values()) + "".join(report.cells["note"])
    if written.previous is not None:
        said += "".join(written.previous.sections.values())
    for part in sentence.parts:
        if not isinstance(part, Given):
            continue
        if part.what == "quote":
            assert part.text.removesuffix("……") in re.sub(r"\s", "", said)
        elif part.what == "finding":
            assert any(message.startswith(part.text) for message in written.findings["message"])
        elif part.what == "repair":
            proposed = gk.repair(report, language=written.language)["message"]
            assert any(message.startswith(part.text) for message in proposed)
        elif part.what == "form":
            assert part.text in {form.issued for form in all_forms().values()}
        else:
            assert part.text == {"year": str(report.year), "organ": report.organ}[part.what]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_number_follows_from_its_cells(name: str, language: str) -> None:
    written = Written(REPORTS[name](), language)
    assert written.sentences
    for sentence in written.sentences:
        check_numbers(sentence, written)
        check_given(sentence, written)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("before", [busy, single, unfilled_totals, contradictory])
def test_every_number_against_the_year_before_follows_from_cells(
    name: str, language: str, before: Callable[[], Report]
) -> None:
    report = REPORTS[name]()
    previous = before()
    previous.year = report.year - 1
    previous.sections["problems"] = "一是公开内容还不够丰富；二是队伍建设有待加强；三是平台建设滞后。"
    written = Written(report, language, previous)
    for sentence in written.sentences:
        check_numbers(sentence, written)
        check_given(sentence, written)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", [0, 2, 5, 14])
@pytest.mark.parametrize("make", [busy, quiet, contradictory])
def test_every_number_among_peers_follows_from_their_cells(
    make: Callable[[], Report], number: int, language: str
) -> None:
    report = make()
    report.level, report.kind = "county", "government"
    written = Written(report, language, peers=(*peers(number), quiet(year=2023), earlier(busy())))
    for sentence in written.sentences:
        check_numbers(sentence, written)
    among = [one for one in written.sentences if any(id.endswith("@peers") for id in one.cells)]
    assert bool(among) == (number > 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_of_the_year_before_are_cited_as_such(language: str) -> None:
    previous = single()
    previous.year = 2022
    written = Written(busy(), language, previous)
    compared = [sentence for sentence in written.sentences if "requests/new/total@previous" in sentence.cells]
    assert compared
    for sentence in compared:
        check_numbers(sentence, written)


PRINTED = st.sampled_from(["0", "0", "1", "2", "7", "31", "", "-", "详见附表", "12（其中2件）", "1O", None])


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(["2019", "2021"]), st.sampled_from(["zh", "en"]))
def test_whatever_is_printed_numbers_follow_from_cells(data: st.DataObject, form: str, language: str) -> None:
    tables = ("disclosure", "requests", "litigation")
    ids = build_report(forms=dict.fromkeys(tables, form)).cells["id"].tolist()
    values = data.draw(st.dictionaries(st.sampled_from(ids), PRINTED, max_size=40))
    report = build_report(values, forms=dict.fromkeys(tables, form), fill=data.draw(st.sampled_from(["0", "3", ""])))
    written = Written(report, language)
    for sentence in written.sentences:
        check_numbers(sentence, written)
