"""Reads percentages: what they are shares of, and what they are said of."""

from __future__ import annotations

import re

from gongkai.checks.prose.bases import bases_of
from gongkai.checks.prose.claims import Share
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.narrowed import of_applicants, of_row
from gongkai.checks.prose.scope import OWN
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

_CONCLUDED = re.compile("(?:申请)?(?:总体?|全年|年度|年内)?办结率(?:为|是|达到?)*")


def read_shares(state: State, i: int) -> int:
    """The percentage at `i`, or as many as things were said before (分别占…); where they end."""
    pending, memory = state.pending, state.memory
    several = "respectively" in functions(pending)
    at = next(k for k, token in enumerate(pending) if token.word in ("share", "rate"))
    rate = pending[at].word == "rate"
    percents, after = state.row_of("percent", i) if several else ([state.tokens[i]], i + 1)
    subjects = compose(Phrase(pending[:at], [], False), state.sentence)
    if not any(token.term for token in pending[:at]):
        subjects = _before(state, pending[:at], len(percents) if several else 1)
    if any(map(of_row, subjects)) and memory.last is not None and memory.last.subject.term("applicant"):
        return after  # 自然人171件，予以公开占…: of theirs, or of all
    subjects = [state.in_context(one, pending) if one.term("result") or of_applicants(one) else one for one in subjects]
    if cases := [case for one in subjects if (case := one.term("case"))]:
        memory.named = cases[-1]
    if not subjects and _is_rate_of_concluded(state, pending, percents[0]):
        return _rate_of_concluded(state, percents[0], after)
    if len(subjects) > 1 and not several:
        subjects = [Subject(parts=tuple(subjects))]
    if len(subjects) != len(percents) or (
        rate and not all(one.parts or one.term("outcome", "result") for one in subjects)
    ):
        return after
    of = state.sentence.text[pending[at].end : percents[0].start]
    for subject, percent in zip(subjects, percents, strict=True):
        bases = bases_of(of, subject, memory.head)
        if bases is not None:
            scope = memory.last.scope if memory.last else state.scope(pending[at].start)
            quote = state.quote_back(pending[0].start, percents[-1].end)
            section, value = state.sentence.section, memory.given(subject)
            state.found.append(Share(subject, percent.value, percent.step, bases, section, quote, scope, value))
    return after


def _is_rate_of_concluded(state: State, said: list[Token], percent: Token) -> bool:
    """Whether a rate is that of the requests just told to be concluded; 100 % is said of those that fell due."""
    last = state.memory.last if state.memory.begins is not None else None
    told = last is not None and last.subject.key in (("concluded",), ("due",))
    return told and percent.value < 100 and _CONCLUDED.fullmatch("".join(token.text for token in said)) is not None


def _rate_of_concluded(state: State, percent: Token, after: int) -> int:
    terms, memory = lexicon().terms, state.memory
    subject, received = Subject((terms["concluded"],)), Subject((terms["received"],))
    due = memory.last is not None and memory.last.subject.key == ("due",)
    bases = (memory.last.subject, received) if memory.last and due else (received,)
    scope = memory.last.scope if memory.last else OWN
    quote = state.quote_back(state.pending[0].start, percent.end)
    state.found.append(Share(subject, percent.value, percent.step, bases, state.sentence.section, quote, scope))
    return after


def _before(state: State, said: list[Token], count: int) -> list[Subject]:
    """What a percentage is said of where its clause names nothing: so many of the things told last, or their sum."""
    memory, words = state.memory, functions(said)
    if any(token.kind == "opaque" for token in said) or memory.last is None:
        return []
    if count > 1:
        return [claim.subject for claim in memory.beside[-count:]]
    if parts := memory.summed(said) if words & {"together", "sum"} else []:
        return [Subject(parts=tuple(claim.subject for claim in parts))]
    return [] if "together" in words else [memory.last.subject]


def read_bracketed(state: State, percent: Token) -> None:
    """A percentage in a bracket after a number: 予以公开21件（33.9%）."""
    last = state.memory.last
    if last is None or not last.subject.term("outcome", "applicant", "result"):
        return
    bases = bases_of("", last.subject, state.memory.head)
    if bases is not None:
        section, quote = state.sentence.section, state.quote_back(percent.start, percent.end)
        state.found.append(Share(last.subject, percent.value, percent.step, bases, section, quote, last.scope))


def read_share_of(state: State, i: int) -> int:
    """A percentage of what stands before or after it, whose kind the words after it tell: 申请的92%由自然人提出."""
    end = i + 1
    while end < len(state.tokens) and state.tokens[end].kind in ("term", "skipped"):
        end += 1
    if end < len(state.tokens) and state.tokens[end].kind != "mark":
        return i + 1
    after, percent = state.tokens[i + 1 : end], state.tokens[i]
    subjects = compose(Phrase(after, [], True), state.sentence)
    nouns = [one.term.id for one in (*state.pending, *after) if one.term and one.term.facet in ("noun", "act")]
    opaque = any(one.kind == "opaque" for one in state.pending)
    named = nouns or (not state.pending and "申请" in state.sentence.text)
    if len(subjects) != 1 or not subjects[0].term("applicant", "outcome") or not named or opaque:
        return i + 1
    text = "".join(one.text for one in state.pending)
    bases = bases_of(text, subjects[0], None)
    if bases is not None:
        begins = (state.pending or [percent])[0].start
        quote, section = state.quote(begins, after[-1].end), state.sentence.section
        scope = state.scope(begins)
        state.found.append(Share(subjects[0], percent.value, percent.step, bases, section, quote, scope))
    return end
