"""The requests from arrival to outcome."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.forms import Column
from gongkai.narrative.facts import SMALLEST_BASE, Fact, Facts
from gongkai.narrative.sentence import Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.topics import Applicants, Outcome, Requests, requests
from gongkai.narrative.voice import Slot, Voice

# The outcomes in which the applicant receives information.
DISCLOSED = ("granted", "partial")
_NAMED_REASONS = 4


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """Arrivals and applicants; outcomes; the grounds on which nothing was given."""
    data = requests(facts)
    if _nothing_to_handle(data):
        return [paragraph([voice.say("requests.none", new=data.new, carried_in=data.carried_in)])]
    return [
        paragraph(
            [_arrivals(data, facts, voice), _against_before(data, facts, voice), _applicants(data, facts, voice)]
        ),
        paragraph([_handled(data, voice), *_results(data, facts, voice)]),
        paragraph(_reasons(data, facts, voice)),
    ]


def disclosed(data: Requests, facts: Facts) -> Fact | None:
    """How many requests were granted in full or in part."""
    return facts.sum(cell for outcome in data.outcomes or () if outcome.id in DISCLOSED for cell in outcome.fact.cells)


def outcome_name(outcome: Outcome, voice: Voice) -> str:
    """What an outcome is called."""
    return voice.outcome(outcome.rows[0], len(outcome.rows) > 1)


def _nothing_to_handle(data: Requests) -> bool:
    return all(fact is not None and fact.value == 0 for fact in (data.new, data.carried_in))


def _arrivals(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    if data.new is None or data.carried_in is None:
        return voice.say("requests.new", new=data.new)
    if data.carried_in.value == 0:
        return voice.say("requests.new_only", new=data.new, carried_in=data.carried_in)
    if data.new.value == 0:
        return voice.say("requests.carried_only", new=data.new, carried_in=data.carried_in)
    due = facts.sum(data.new.cells + data.carried_in.cells)
    return voice.say("requests.new_and_carried", new=data.new, carried_in=data.carried_in, due=due)


def _against_before(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    """The year before, for the same kind of figure."""
    before = facts.before(data.new)
    if data.new is None or before is None:
        return None
    if data.new.value == before.value:
        return voice.say("requests.same_as_before", before=before, new=data.new)
    more = data.new.value > before.value
    larger, smaller = (data.new, before) if more else (before, data.new)
    change = facts.difference(larger.cells, smaller.cells)
    return voice.say("requests.more_than_before" if more else "requests.less_than_before", before=before, change=change)


def _applicants(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    applicants = data.applicants
    if applicants is None or not applicants.kinds:
        return None
    if len(applicants.kinds) == 1:
        column, fact = applicants.kinds[0]
        key = "requests.one_applicant" if fact.value == 1 else "requests.one_kind_of_applicant"
        return voice.say(key, kind=_kind(column, voice), n=fact)
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
        voice.phrase("requests.applicant", kind=_kind(column, voice), n=fact)
        for column, fact in applicants.kinds
        if column.id != "natural_person"
    ]
    return voice.join(phrase for phrase in phrases if phrase)


def _handled(data: Requests, voice: Voice) -> Sentence | None:
    if data.handled is None or data.carried_out is None:
        return voice.say("requests.handled", handled=data.handled)
    if data.carried_out.value == 0:
        return voice.say("requests.all_handled", handled=data.handled, carried_out=data.carried_out)
    if data.handled.value == 0:
        return voice.say("requests.none_handled", handled=data.handled, carried_out=data.carried_out)
    if data.carried_in is not None and data.carried_out.value > data.carried_in.value:
        return voice.say(
            "requests.backlog_grew", handled=data.handled, carried_out=data.carried_out, carried_in=data.carried_in
        )
    return voice.say("requests.some_carried_out", handled=data.handled, carried_out=data.carried_out)


def _results(data: Requests, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """How the requests ended; nothing where the outcomes do not come to the printed total."""
    handled, ends = data.handled, [outcome for outcome in data.outcomes or () if outcome.fact.value]
    if handled is None or not ends:
        return
    if len(ends) == 1:
        one = "one_request" if handled.value == 1 else "one_outcome"
        yield voice.say(f"requests.{one}", n=handled, outcome=outcome_name(ends[0], voice))
        if ends[0].id not in DISCLOSED:
            yield voice.say(
                "requests.nothing_disclosed_one" if handled.value == 1 else "requests.nothing_disclosed", n=handled
            )
    else:
        yield voice.say("requests.outcomes", outcomes=_outcome_list(ends, handled, facts, voice), handled=handled)
        yield _given(data, handled, facts, voice)
    if 1 < handled.value < SMALLEST_BASE and len(ends) > 1:
        yield voice.say("requests.few", handled=handled)


def _outcome_list(ends: list[Outcome], handled: Fact, facts: Facts, voice: Voice) -> Phrase:
    phrases = []
    for outcome in ends:
        share = facts.share(outcome.fact, handled)
        key = "requests.outcome" if share is None else "requests.outcome_share"
        slots: dict[str, Slot] = {} if share is None else {"share": share}
        phrases.append(voice.phrase(key, slots, outcome=outcome_name(outcome, voice), n=outcome.fact))
    return voice.join(phrase for phrase in phrases if phrase)


def _given(data: Requests, handled: Fact, facts: Facts, voice: Voice) -> Sentence | None:
    """How many applicants received anything at all."""
    given = disclosed(data, facts)
    if given is None:
        return None
    if given.value == 0:
        return voice.say("requests.nothing_disclosed", n=handled, given=given)
    if given.value == handled.value:
        return voice.say("requests.all_disclosed", n=handled, given=given)
    share = facts.share(given, handled)
    withheld = facts.difference(handled.cells, given.cells)
    if share is None:
        return voice.say("requests.disclosed", given=given, withheld=withheld)
    key = "requests.mostly_withheld" if share.value < 0.5 else "requests.mostly_disclosed"
    return voice.say(key, given=given, share=share, withheld=withheld)


def _reasons(data: Requests, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The grounds recorded for every outcome that has some."""
    first = True
    for outcome in data.outcomes or ():
        if outcome.id in DISCLOSED or len(outcome.rows) == 1 or not outcome.reasons:
            continue
        nouns = voice.word(f"outcome_nouns.{outcome.id}", voice.word("outcome_nouns.any"))
        name, noun = outcome_name(outcome, voice), nouns.partition("|")[0 if outcome.fact.value == 1 else 2]
        if len(outcome.reasons) == 1:
            reason = outcome.reasons[0]
            key = "requests.one_reason_once" if reason.fact.value == 1 else "requests.one_reason"
            yield voice.say(key, n=reason.fact, outcome=name, noun=noun, reason=voice.row(reason.row))
        else:
            key = "requests.reasons_first" if first else "requests.reasons_next"
            first = False
            yield voice.say(key, n=outcome.fact, outcome=name, noun=noun, reasons=_reason_list(outcome, facts, voice))


def _reason_list(outcome: Outcome, facts: Facts, voice: Voice) -> Phrase:
    """The commonest grounds by name, the rest as a number."""
    named = outcome.reasons if len(outcome.reasons) <= _NAMED_REASONS + 1 else outcome.reasons[:_NAMED_REASONS]
    phrases = [voice.phrase("requests.reason", reason=voice.row(reason.row), n=reason.fact) for reason in named]
    if len(named) < len(outcome.reasons):
        rest = facts.sum(cell for reason in outcome.reasons[len(named) :] for cell in reason.fact.cells)
        phrases.append(voice.phrase("requests.rest", n=rest))
    return voice.join(phrase for phrase in phrases if phrase)


def _kind(column: Column, voice: Voice) -> str:
    return voice.word(f"applicants.{column.id}", voice.column(column))
