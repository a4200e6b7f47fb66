"""What the organ and the year are called."""

from __future__ import annotations

from gongkai.narrative.facts import Facts
from gongkai.narrative.sentence import Given, Phrase
from gongkai.narrative.voice import Voice


def name(facts: Facts, voice: Voice) -> Phrase:
    """The organ's name, or words for one that is not known."""
    organ = facts.report.organ
    return (voice.word("summary.some_organ"),) if organ is None else (Given(organ, "organ"),)


def year(facts: Facts, voice: Voice) -> Phrase:
    """The year, or words for a year that is not known."""
    if facts.report.year is None:
        return (voice.word("summary.some_year"),)
    return voice.phrase("summary.year", year=Given(str(facts.report.year), "year")) or ()


def subject(facts: Facts, voice: Voice) -> Phrase:
    """The organ with what kind of organ it is, as far as the report says."""
    report = facts.report
    kind = voice.word(f"organs.{report.level}_{report.kind}") if report.organ is not None else ""
    plain = name(facts, voice)
    return (voice.phrase("summary.organ_of_a_kind", organ=plain, kind=kind) if kind else None) or plain
