"""How many requests came in a month, as the prose reckons it: 月均受理约18件."""

from __future__ import annotations

from gongkai.checks.prose.claims import Average
from gongkai.checks.prose.compare import choices, finding, hindrance, said, total
from gongkai.checks.prose.compose import allowed
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.scope import scope_of
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.registry import Context, Finding, Outcome
from gongkai.report import Report
from gongkai.wording import number

_MONTHS = 12
# An average is given as about so many: within one, or this share of it.
_ABOUT = 0.15


def averages_in(sentence: Sentence, report: Report) -> list[Average]:
    """The monthly average of requests that a sentence gives, if it does."""
    received = lexicon().terms["received"]
    if not allowed([received], sentence):
        return []
    subject, section = Subject((received,)), sentence.section
    match = lexicon().average.search(sentence.text)
    if match is None or sentence.text.find("申请", 0, match.end()) < 0:
        return []
    quote, scope = sentence.clause(*match.span()), scope_of(sentence, match.start(), report)
    return [Average(subject, float(match["n"]), section, quote, scope)]


def average(context: Context, claim: Average) -> Finding | None:
    """Whether an average is about a twelfth of what the tables count; None where no cells state that."""
    of_tables = choices(context, claim.subject)
    if not of_tables:
        return None
    sums = {reading: total(context.ledger, reading) for reading in of_tables}
    own = claim.scope.reach != "other"
    agreeing = [one for one in of_tables if own and _about(claim.value, sums[one])]
    reading = (agreeing or of_tables)[0]
    obstacle = None if agreeing else hindrance(context, claim, of_tables)
    outcome: Outcome = "pass" if agreeing else "fail" if obstacle is None else "not_assessable"
    whole, label = sums[reading], context.say(*claim.subject.label)
    expected = None if whole is None else round(whole / _MONTHS, 1)
    begins = ("与", "") if agreeing else ("而", "but ")
    zh = f"{begins[0]}表中{label} {number(whole)}，月均 {number(expected)}{'，相符' if agreeing else ''}。"
    en = f"{begins[1]}in the tables {label}: {number(whole)}, or {number(expected)} a month."
    return finding(outcome, said(context, claim) + (obstacle or context.say(zh, en)), reading, expected, claim.value)


def _about(stated: float, whole: float | None) -> bool:
    return whole is not None and abs(stated - whole / _MONTHS) <= max(1.0, _ABOUT * whole / _MONTHS)
