"""Reads percentages and changes: what they are of, and what they are said of."""

from __future__ import annotations

from gongkai.checks.prose.bases import bases_of
from gongkai.checks.prose.claims import Change, Share
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

_UP_TO = frozenset({"到", "达", "达到", "为", "至"})


def read_shares(state: State, i: int) -> int:
    """The percentage at `i`, or as many as things were said before (分别占…); where they end."""
    pending, memory = state.pending, state.memory
    several = "respectively" in functions(pending)
    at = next(k for k, token in enumerate(pending) if token.word == "share")
    percents, after = state.row_of("percent", i) if several else ([state.tokens[i]], i + 1)
    subjects = compose(Phrase(pending[:at], [], False), state.sentence)
    if not any(token.term for token in pending[:at]):
        claims = memory.beside[-len(percents) :] if several else [memory.last] if memory.last else []
        subjects = [claim.subject for claim in claims]
    if len(subjects) != len(percents):
        return after
    of = state.sentence.text[pending[at].end : percents[0].start]
    for subject, percent in zip(subjects, percents, strict=True):
        bases = bases_of(of, subject, memory.head)
        if bases is not None:
            scope = memory.last.scope if memory.last else state.scope(pending[at].start)
            quote = _quote(state, pending[0].start, percents[-1].end)
            section = state.sentence.section
            state.found.append(Share(subject, percent.value, percent.step, bases, section, quote, scope))
    return after


def read_change(state: State, token: Token, relative: bool) -> None:
    """A change from the year before, of the subject in its clause or else of the last claim."""
    pending, memory = state.pending, state.memory
    words = functions(pending)
    at = next(k for k, one in enumerate(pending) if one.word in ("up", "down"))
    clear = all(one.kind == "skipped" for one in pending[at + 1 :])
    # 增加到32件 gives the number itself, and 分别增长 speaks of several things.
    clear = clear and not any(one.text in _UP_TO for one in pending[at + 1 :]) and "respectively" not in words
    compared = "yoy" in words or memory.compared
    subject = _changed(state, pending[:at])
    if not (subject and clear and compared):
        memory.last = None
        return
    amount = -token.value if pending[at].word == "down" else token.value
    scope = memory.last.scope if memory.last else state.scope(pending[0].start)
    quote = _quote(state, pending[0].start, token.end)
    section = state.sentence.section
    state.found.append(Change(subject, amount, token.step, relative, section, quote, scope))
    memory.compared, memory.moved = True, subject


def read_trend(state: State) -> None:
    """A clause without a number that says which way a subject went from the year before, or that it is what it was."""
    pending, memory = state.pending, state.memory
    named = [token for token in pending if token.kind != "skipped"]
    words = functions(pending)
    if not ("yoy" in words or memory.compared) or named[-1].word not in ("up", "down", "level"):
        return
    subject = _changed(state, named[:-1])
    if subject is None:
        return
    amount = {"up": 1.0, "down": -1.0, "level": 0.0}[named[-1].word]
    scope = memory.last.scope if memory.last else state.scope(pending[0].start)
    quote, section = _quote(state, pending[0].start, pending[-1].end), state.sentence.section
    state.found.append(Change(subject, amount, 1.0, False, section, quote, scope, vague=amount != 0))


def _changed(state: State, before: list[Token]) -> Subject | None:
    named = [token for token in before if token.word != "yoy"]
    terms = [token.term for token in named if token.term]
    if [term.id for term in terms] == ["application"] and not any(token.kind == "opaque" for token in named[1:]):
        return Subject((lexicon().terms["received"],))
    if terms:
        subjects = compose(Phrase(named, [], True), state.sentence)
        return subjects[0] if len(subjects) == 1 else None
    opaque = any(token.kind == "opaque" for token in named)
    if opaque:
        return None
    return state.memory.last.subject if state.memory.last else state.memory.moved


def _quote(state: State, begins: int, ends: int) -> str:
    """The words from where the last claim of this sentence began."""
    said = state.memory.begins
    return state.quote(begins if said is None else min(said, begins), ends)
