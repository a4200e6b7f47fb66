"""The words before and after a number that say what it is of."""

from __future__ import annotations

from gongkai.checks.prose.compose import Phrase, compose, functions, is_plain
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject

# 在214件申请中,
WITHIN = frozenset({"中", "里", "内"})
# What may stand after its number: 21件政府信息公开申请.
_AFTER = ("noun", "case", "document", "decision")


def phrase_at(state: State, i: int) -> tuple[Phrase, int]:
    """What stands before the number at `i`, and the noun after it; where that ends."""
    end = j = i + 1
    while j < len(state.tokens) and state.tokens[j].kind == "skipped":
        j += 1
    if j < len(state.tokens) and (term := state.tokens[j].term) and term.facet in _AFTER:
        end = j + 1
    follows = state.tokens[end] if end < len(state.tokens) else None
    if follows is not None and follows.kind == "number":
        # It is the subject of the next number: 申请21件行政诉讼5件.
        return Phrase(state.pending, [], False), i + 1
    end = _with_ending(state, i, end)
    follows = state.tokens[end] if end < len(state.tokens) else None
    if follows is not None and follows.text in WITHIN and state.tokens[end + 1 : end + 2]:
        follows = state.tokens[end + 1]
    closed = follows is None or follows.kind == "mark" or follows.word in ("and", "among")
    after, last = state.tokens[i + 1 : end], state.memory.last
    of_cases = last is not None and last.subject.table == "litigation"
    return Phrase(state.pending, after, closed, _of_requests(state), of_cases, state.memory.foreign), end


def _with_ending(state: State, i: int, end: int) -> int:
    """Where a clause ends that tells after its number what became of so many: 诉讼尚有6件未审结."""
    last = end
    while last < len(state.tokens) and state.tokens[last].kind in ("term", "skipped"):
        last += 1
    if last < len(state.tokens) and state.tokens[last].kind != "mark" and state.tokens[last].word != "and":
        return end
    before = {token.term.facet for token in (*state.pending, *state.tokens[i + 1 : end]) if token.term}
    told = {token.term.facet for token in state.tokens[end:last] if token.term}
    fits = told == {"result"} if "case" in before else told in ({"outcome"}, {"act"}) and before == {"noun"}
    return last if fits else end


def _of_requests(state: State) -> bool:
    """Whether the number before this one was of requests, and no part of another."""
    last = state.memory.last
    return last is not None and last.subject.table == "requests" and state.memory.head is None


def backwards(state: State, i: int) -> tuple[list[Subject], int]:
    """The subject after a number that none stands before: 10件予以公开; where it ends."""
    if any(token.kind == "opaque" or (token.term and token.term.facet != "noun") for token in state.pending):
        return [], i + 1
    j = i + 1
    while j < len(state.tokens) and (state.tokens[j].kind in ("term", "skipped") or state.tokens[j].word == "each"):
        j += 1
    if j < len(state.tokens) and state.tokens[j].kind != "mark" and state.tokens[j].word not in ("and", "among"):
        return [], i + 1
    after = state.tokens[i + 1 : j]
    facets = {token.term.facet for token in after if token.term}
    whole = (
        (facets == {"noun", "act"} or (facets == {"act"} and _of_requests(state)))
        and "among" not in functions(state.pending)
        and is_plain(state.pending)
    )
    subjects = compose(Phrase(after, [], whole, _of_requests(state)), state.sentence)
    # 36件均由自然人提出 says who the 36 are; 36件均已办结 need not say that no others were.
    if "each" in functions(after) and not all(one.term("applicant", "outcome") for one in subjects):
        return [], i + 1
    return (subjects, j) if len(subjects) == 1 else ([], i + 1)
