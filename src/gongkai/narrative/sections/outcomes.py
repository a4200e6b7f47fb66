"""How requests ended, and on which grounds nothing was given."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.narrative.facts import SMALLEST_BASE, Fact, Facts
from gongkai.narrative.sentence import Phrase, Sentence
from gongkai.narrative.topics import DISCLOSED, Outcome, Requests, disclosed
from gongkai.narrative.voice import Slot, Voice

_NAMED_REASONS = 4
# Of a smaller share than this one says "only".
_FEW = 1 / 3


def outcome_name(outcome: Outcome, voice: Voice) -> str:
    """What an outcome is called."""
    return voice.outcome(outcome.rows[0], len(outcome.rows) > 1)


def results(data: Requests, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
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
    return voice.join(phrases)


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
    key = "requests.mostly_withheld" if share.value < _FEW else "requests.mostly_disclosed"
    return voice.say(key, given=given, share=share, withheld=withheld)


def reasons(data: Requests, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The grounds recorded for every outcome that has some."""
    first = True
    for outcome in data.outcomes or ():
        if outcome.id in DISCLOSED or len(outcome.rows) == 1 or not outcome.reasons or _says_nothing(outcome):
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
    return voice.join(phrases)


def _says_nothing(outcome: Outcome) -> bool:
    """Whether the only ground of an outcome is “other”."""
    return [reason.row.id for reason in outcome.reasons] == [f"{outcome.id}_other"]
