"""How the requests of the year ended, against the year before."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.sections.outcomes import outcome_name
from gongkai.narrative.sentence import Sentence
from gongkai.narrative.topics import DISCLOSED, Requests, disclosed, requests
from gongkai.narrative.voice import Voice

# An outcome whose share moved by less than this is not worth a sentence.
_NOTEWORTHY = 0.05
# A share that moved by less than this is much as it was.
_HARDLY = 0.01


def against_before(data: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    """The number of new requests, for the same kind of figure."""
    before = facts.before(data.new)
    if data.new is None or before is None:
        return None
    if data.new.value == before.value:
        return voice.say("before.same" if before.value else "before.none", before=before, new=data.new)
    more = data.new.value > before.value
    larger, smaller = (data.new, before) if more else (before, data.new)
    change, rate = facts.difference(larger.cells, smaller.cells), facts.growth(data.new, before)
    key = "before.more" if more else "before.less"
    if rate is None:
        return voice.say(key, before=before, change=change)
    return voice.say(f"{key}_rate", before=before, change=change, rate=rate)


def outcomes_before(data: Requests, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """Disclosure and the outcome that moved most; nothing unless both years' outcomes come to their totals."""
    if facts.year_before is None:
        return
    before = requests(facts.year_before)
    given, given_before = disclosed(data, facts), disclosed(before, facts.year_before)
    if given is None or given_before is None or data.handled is None or before.handled is None:
        return
    share, share_before = facts.share(given, data.handled), facts.share(given_before, before.handled)
    if share is not None and share_before is not None:
        yield _moved("before.disclosed", share, share_before.earlier(), voice)
        yield _widest(data, before, facts, voice)
    elif data.handled.value and before.handled.value:
        yield voice.say(
            "before.few",
            given=given,
            handled=data.handled,
            given_before=given_before.earlier(),
            handled_before=before.handled.earlier(),
        )


def _widest(data: Requests, before: Requests, facts: Facts, voice: Voice) -> Sentence | None:
    """The outcome without disclosure whose share moved most."""
    shares_before = {one.id: facts.share(one.fact, before.handled) for one in before.outcomes or ()}
    moves = []
    for outcome in data.outcomes or ():
        share, earlier = facts.share(outcome.fact, data.handled), shares_before.get(outcome.id)
        if outcome.id not in DISCLOSED and share is not None and earlier is not None:
            moves.append((abs(share.value - earlier.value), share, earlier, outcome))
    widest = max(moves, key=lambda move: move[0], default=None)
    if widest is None or widest[0] < _NOTEWORTHY:
        return None
    _, share, earlier, outcome = widest
    return _moved("before.outcome", share, earlier.earlier(), voice, outcome=outcome_name(outcome, voice))


def _moved(key: str, share: Fact, before: Fact, voice: Voice, **slots: str) -> Sentence | None:
    """A share that rose, fell, hardly moved, or is written the same."""
    same = voice.figure(share.value, "share") == voice.figure(before.value, "share")
    hardly = abs(share.value - before.value) < _HARDLY
    move = "same" if same else "hardly" if hardly else "rose" if share.value > before.value else "fell"
    return voice.say(f"{key}_{move}", slots, share=share, before=before)
