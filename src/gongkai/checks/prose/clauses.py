"""What a clause without a number leaves for the next one to refer to."""

from __future__ import annotations

import re

from gongkai.checks.prose.compose import Phrase, allowed, compose
from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject

# 申请量排名前三的领域: not all of them.
_OF_SOME = re.compile("排名|领域|方面|集中|前[二三四五六七八九十]")
_TOPICS = ("document", "case")


def named_in(state: State) -> Term | None:
    """The one kind of document or case that a clause names."""
    terms = [token.term for token in state.pending if token.term and token.term.facet in _TOPICS]
    named = list(dict.fromkeys(terms))
    return named[0] if len(named) == 1 and allowed(named, state.sentence) else None


def amount_in(state: State, words: set[str]) -> Subject | None:
    """What a clause leads up to: 申请量再创新高，达46件; 以自然人为主，共41件."""
    pending = state.pending
    facets = {token.term.facet for token in pending if token.term}
    if words & {"none", "each", "up", "down", "level"} or _OF_SOME.search("".join(token.text for token in pending)):
        return None
    if "amount" in words and facets == {"noun"}:
        return Subject((lexicon().terms["received"],))
    if "main" in words or (facets == {"noun", "act"} and pending[-1].term):
        opaque = max((i for i, one in enumerate(pending) if one.kind == "opaque"), default=-1)
        begins = opaque + 1 if "main" in words else 0
        said = [token for token in pending[begins:] if token.word != "main"]
        subjects = compose(Phrase(said, [], True), state.sentence)
        return state.memory.in_context(subjects[0]) if len(subjects) == 1 else None
    return None
