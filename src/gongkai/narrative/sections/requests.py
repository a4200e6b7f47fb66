"""The requests from arrival to outcome."""

from __future__ import annotations

from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.sections.before import against_before, outcomes_before
from gongkai.narrative.sections.outcomes import reasons, results
from gongkai.narrative.sentence import Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.topics import Applicants, Requests, requests
from gongkai.narrative.voice import Voice


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """Arrivals and applicants; outcomes, also against the year before; the grounds on which nothing was given."""
    data = requests(facts)
    if _nothing_to_handle(data):
        return [paragraph([voice.say("requests.none", new=data.new, carried_in=data.carried_in)])]
    return [
        paragraph([_arrivals(data, facts, voice), against_before(data, facts, voice), _applicants(data, facts, voice)]),
        paragraph([_handled(data, voice), *results(data, facts, voice), *outcomes_before(data, facts, voice)]),
        paragraph(reasons(data, facts, voice)),
    ]


def _nothing_to_handle(data: Requests) -> bool:
    return _is_zero(data.new) and _is_zero(data.carried_in)


def _is_zero(fact: Fact | None) -> bool:
    return fact is not None and fact.value == 0


def _arrivals(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    if data.new is None or data.carried_in is None:
        return voice.say("requests.no_new" if _is_zero(data.new) else "requests.new", new=data.new)
    if data.carried_in.value == 0:
        return voice.say("requests.new_only", new=data.new, carried_in=data.carried_in)
    if data.new.value == 0:
        return voice.say("requests.carried_only", new=data.new, carried_in=data.carried_in)
    due = facts.sum(data.new.cells + data.carried_in.cells)
    return voice.say("requests.new_and_carried", new=data.new, carried_in=data.carried_in, due=due)


def _applicants(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    applicants = data.applicants
    if applicants is None or not applicants.kinds:
        return None
    if len(applicants.kinds) == 1:
        column, fact = applicants.kinds[0]
        key = "requests.one_applicant" if fact.value == 1 else "requests.one_kind_of_applicant"
        return voice.say(key, kind=voice.heading(column), n=fact)
    natural = next((fact for column, fact in applicants.kinds if column.id == "natural_person"), None)
    listed = _kinds(applicants, voice)
    if natural is None:
        return voice.say("requests.only_organisations", kinds=listed, total=applicants.total)
    share = facts.share(natural, applicants.total)
    if share is None:
        return voice.say("requests.natural_and_others", natural=natural, others=listed)
    key = "requests.natural_and_others_share" if share.value >= 0.5 else "requests.others_first_share"
    return voice.say(key, natural=natural, others=listed, share=share)


def _kinds(applicants: Applicants, voice: Voice) -> Phrase:
    phrases = [
        voice.phrase("requests.applicant", kind=voice.heading(column), n=fact)
        for column, fact in applicants.kinds
        if column.id != "natural_person"
    ]
    return voice.join(phrases)


def _handled(data: Requests, voice: Voice) -> Sentence | None:
    if data.handled is None or data.carried_out is None:
        return voice.say("requests.no_handled" if _is_zero(data.handled) else "requests.handled", handled=data.handled)
    if data.carried_out.value == 0:
        return voice.say("requests.all_handled", handled=data.handled, carried_out=data.carried_out)
    if data.handled.value == 0:
        return voice.say("requests.none_handled", handled=data.handled, carried_out=data.carried_out)
    if data.carried_in is not None and data.carried_out.value > data.carried_in.value > 0:
        return voice.say(
            "requests.backlog_grew", handled=data.handled, carried_out=data.carried_out, carried_in=data.carried_in
        )
    return voice.say("requests.some_carried_out", handled=data.handled, carried_out=data.carried_out)
