"""The year in one paragraph."""

from __future__ import annotations

from gongkai.narrative.facts import Facts
from gongkai.narrative.groups import Finding
from gongkai.narrative.sections.litigation import is_quiet, total
from gongkai.narrative.sections.quality import verdict
from gongkai.narrative.sections.requests import disclosed, outcome_name
from gongkai.narrative.sentence import Given, Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.topics import litigation, requests
from gongkai.narrative.voice import Slot, Voice


def write(facts: Facts, voice: Voice, findings: list[Finding]) -> list[Paragraph]:
    """Requests and their outcome, disputes, and whether the figures agree with each other."""
    checked = verdict(voice, findings, "summary") if findings else None
    return [paragraph([_requests(facts, voice), _disputes(facts, voice), checked])]


def name(facts: Facts, voice: Voice) -> Phrase:
    """The organ's name, or words for one that is not known."""
    organ = facts.report.organ
    return (voice.word("summary.some_organ"),) if organ is None else (Given(organ, "organ"),)


def year(facts: Facts, voice: Voice) -> Phrase:
    """The year, or words for a year that is not known."""
    if facts.report.year is None:
        return (voice.word("summary.some_year"),)
    return voice.phrase("summary.year", year=Given(str(facts.report.year), "year")) or ()


def _subject(facts: Facts, voice: Voice) -> Phrase:
    """The organ with what kind of organ it is, as far as the report says."""
    report = facts.report
    kind = voice.word(f"organs.{report.level}_{report.kind}") if report.organ is not None else ""
    plain = name(facts, voice)
    return (voice.phrase("summary.organ_of_a_kind", organ=plain, kind=kind) if kind else None) or plain


def _requests(facts: Facts, voice: Voice) -> Sentence | None:
    data = requests(facts)
    slots: dict[str, Slot] = {"organ": _subject(facts, voice), "year": year(facts, voice)}
    if data.new is None:
        return voice.say("summary.unknown", slots)
    slots["new"] = data.new
    if data.handled is None:
        return voice.say("summary.new", slots)
    slots["handled"] = data.handled
    if data.new.value == 0 and data.handled.value == 0:
        return voice.say("summary.none", slots)
    given, ends = disclosed(data, facts), [outcome for outcome in data.outcomes or () if outcome.fact.value]
    if given is None or not ends:
        return voice.say("summary.handled", slots)
    if len(ends) == 1:
        key = "summary.one_outcome_once" if data.handled.value == 1 else "summary.one_outcome"
        return voice.say(key, slots, outcome=outcome_name(ends[0], voice))
    share = facts.share(given, data.handled)
    if given.value == 0:
        return voice.say("summary.nothing_given", slots, given=given)
    if given.value == data.handled.value:
        return voice.say("summary.all_given", slots, given=given)
    if share is None:
        return voice.say("summary.some_given", slots, given=given)
    return voice.say("summary.share_given", slots, given=given, share=share)


def _disputes(facts: Facts, voice: Voice) -> Sentence | None:
    tracks = litigation(facts)
    if not tracks or len(tracks) < len(facts.report.table("litigation").rows):
        return None
    disputes, corrected = total(tracks, facts), total(tracks, facts, "corrected")
    if is_quiet(tracks, facts):
        return voice.say("summary.no_disputes", disputes=disputes)
    if disputes is None or disputes.value == 0:
        return None
    key = "summary.disputes" if corrected is not None and corrected.value else "summary.disputes_none_corrected"
    return voice.say(key, disputes=disputes, corrected=corrected)
