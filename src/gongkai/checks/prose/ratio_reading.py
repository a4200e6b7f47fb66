"""Reads percentages and changes: what they are of, and what they are said of."""

from __future__ import annotations

import re

from gongkai.checks.prose.bases import bases_of
from gongkai.checks.prose.claims import Change, Claim, Share
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.scope import OWN, Scope, year_scope
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

_YEAR = re.compile(r"20\d\d")
_SIGNS = {"up": 1, "down": -1}
# What a clause says of a change without a number; 翻番 is in percent, and not meant to the last one.
_TRENDS = {"up": 1.0, "down": -1.0, "level": 0.0, "doubled": 100.0}
_ABOUT = 30.0
_CONCLUDED = re.compile("(?:申请)?(?:总体?|全年|年度)?办结率(?:为|是|达到?)*")
_UP_TO = frozenset({"到", "达", "达到", "为", "至"})


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
    subjects = [state.in_context(one, pending) if one.term("result") else one for one in subjects]
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
            quote = _quote(state, pending[0].start, percents[-1].end)
            section = state.sentence.section
            state.found.append(Share(subject, percent.value, percent.step, bases, section, quote, scope))
    return after


def _is_rate_of_concluded(state: State, said: list[Token], percent: Token) -> bool:
    """Whether a rate is that of the requests concluded, just told, to those that there were; 100 % is said of those due."""
    last = state.memory.last if state.memory.begins is not None else None
    told = last is not None and last.subject.key in (("concluded",), ("due",))
    return told and percent.value < 100 and _CONCLUDED.fullmatch("".join(token.text for token in said)) is not None


def _rate_of_concluded(state: State, percent: Token, after: int) -> int:
    terms, memory = lexicon().terms, state.memory
    subject, bases = Subject((terms["concluded"],)), (Subject((terms["received"],)),)
    scope = memory.last.scope if memory.last else OWN
    quote = _quote(state, state.pending[0].start, percent.end)
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
        section, quote = state.sentence.section, _quote(state, percent.start, percent.end)
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


def read_last_year(state: State, token: Token, rises: bool) -> bool:
    """A number of the year before: 上年同期30件, 申请由上年的52件; whether it is one.

    `rises` is true where the words after it say what it went up or down to (由52件增加到59件).
    """
    pending, memory, year = state.pending, state.memory, state.report.year
    at = next((k for k, one in enumerate(pending) if one.word in ("last", "yoy") and one.text != "同比"), None)
    if rises and at is None:
        at = next((k for k, one in enumerate(pending) if one.text in ("由", "从")), None)
    if at is None or year is None or not all(one.kind == "skipped" for one in pending[at + 1 :]):
        return False
    subject = _changed(state, pending[:at])
    if subject is None or not subject.complete:
        # 较2022年的95件，申请量增长…: what it is of is said after it.
        memory.compared = True
        return not any(one.kind == "opaque" for one in pending)
    if pending[at].kind == "skipped" and not memory.compared:
        memory.moved = subject
        return True
    named, last = _YEAR.search(pending[at].text), memory.last
    own = year_scope(int(named[0]) if named else year - 1, year)
    same = last is None or last.scope.reach in ("own", "whole", "seat")
    scope = own if same or any(one.term for one in pending[:at]) or last is None else last.scope
    begins = next((one.start for one in pending[: at + 1] if one.term), pending[at].start)
    quote = state.quote(begins, token.end)
    section = state.sentence.section
    state.found.append(Claim(subject, token.value, token.unit, section, quote, scope, token.step))
    memory.compared, memory.moved = True, subject
    return True


def read_reached(state: State, token: Token) -> None:
    """The number that something went up or down to: 由上年的52件增加到59件."""
    at = next(k for k, one in enumerate(state.pending) if one.word == "reach")
    subject = _changed(state, state.pending[:at])
    own = f"{state.report.year}年"
    clear = all(one.kind == "skipped" or one.text.startswith(own) for one in state.pending[at + 1 :])
    if subject is not None and clear:
        start = next((one.start for one in state.pending if one.term), token.start)
        scope = state.scope(start)
        state.claim(subject, token, start, scope=OWN if scope.year is not None else scope)
        state.memory.compared = True
    else:
        state.memory.last = None


def read_change(state: State, token: Token, relative: bool) -> None:
    """A change from the year before, of the subject in its clause or else of the last claim."""
    pending, memory = state.pending, state.memory
    words = functions(pending)
    at = next(k for k, one in enumerate(pending) if one.word in ("up", "down"))
    pending = [*pending[:at], *(one for one in pending[at:] if one.word != "rate")]
    clear = all(one.kind == "skipped" for one in pending[at + 1 :])
    # 增加到32件 gives the number itself, and 分别增长 speaks of several things.
    reaches = any(one.text in _UP_TO for one in pending[at + 1 :]) and pending[at].text[-1] not in "幅率度"
    clear = clear and not reaches and "respectively" not in words
    compared = "yoy" in words or memory.compared
    subject = _changed(state, pending[:at])
    if not (subject and clear and compared):
        memory.last = None
        return
    amount = -token.value if pending[at].word == "down" else token.value
    scope = _scope(state)
    quote = _quote(state, pending[0].start, token.end)
    section = state.sentence.section
    state.found.append(Change(subject, amount, token.step, relative, section, quote, scope))
    memory.compared, memory.moved = True, subject


def read_changes(state: State, i: int) -> int:
    """The changes of as many things as are named, or were told before, each with its direction; where they end.

    同比分别增加14件、9件; 分别增长7.8%、下降10.9%.
    """
    pending, memory, words = state.pending, state.memory, functions(state.pending)
    at = next(k for k, one in enumerate(pending) if one.word in _SIGNS)
    row, after = _signed(state, i, _SIGNS[pending[at].word])
    named = [one for one in pending[:at] if one.word not in ("yoy", "respectively")]
    subjects = _told_before(state, len(row))
    if any(one.term for one in named):
        subjects = compose(Phrase(named, [], False), state.sentence)
    if len(subjects) == len(row) and ("yoy" in words or memory.compared):
        section, scope = state.sentence.section, _scope(state)
        quote = _quote(state, pending[0].start, state.tokens[after - 1].end)
        for subject, (token, sign) in zip(subjects, row, strict=True):
            relative = token.kind == "percent"
            state.found.append(Change(subject, sign * token.value, token.step, relative, section, quote, scope))
    memory.last = None
    return after


def _signed(state: State, i: int, sign: int) -> tuple[list[tuple[Token, int]], int]:
    """The numbers from `i` on with their signs, the first one's and those that words between them give; where they end."""
    row, after = [(state.tokens[i], sign)], i + 1
    for j in range(i + 1, len(state.tokens)):
        token = state.tokens[j]
        if token.kind in ("number", "percent"):
            row.append((token, sign))
            after = j + 1
        elif token.word in _SIGNS:
            sign = _SIGNS[token.word]
        elif not (token.word == "and" or token.text == "," or token.kind == "skipped"):
            break
    return row, after


def _told_before(state: State, count: int) -> list[Subject]:
    """The last things told that stand side by side, or all that the sentence told when there are so many."""
    beside = state.memory.beside[-count:]
    claims = [one for one in state.found if isinstance(one, Claim)]
    if len(beside) != count and len(claims) == count:
        beside = claims
    return [claim.subject for claim in beside] if len(beside) == count else []


def read_times(state: State, token: Token) -> None:
    """How many times as many as the year before: 是上年的2倍."""
    memory = state.memory
    if memory.last is None or any(one.kind == "opaque" or one.term for one in state.pending):
        memory.last = None
        return
    quote, section = _quote(state, state.pending[0].start, token.end), state.sentence.section
    amount = token.value - 100
    state.found.append(Change(memory.last.subject, amount, token.step, True, section, quote, memory.last.scope))


def read_trend(state: State) -> None:
    """A clause without a number that says which way a subject went from the year before, or that it is what it was."""
    pending, memory = state.pending, state.memory
    named = [token for token in pending if token.kind != "skipped"]
    words = functions(pending)
    if named[-1].word not in _TRENDS or (subject := _changed(state, named[:-1])) is None:
        return
    if not ("yoy" in words or memory.compared):
        # 申请总量有所回落，比上年减少…: how much, the next clause may tell.
        memory.moved = subject
        return
    amount = _TRENDS[named[-1].word]
    scope = _scope(state)
    quote, section = _quote(state, pending[0].start, pending[-1].end), state.sentence.section
    twice = named[-1].word == "doubled"
    vague = named[-1].word in ("up", "down")
    state.found.append(Change(subject, amount, _ABOUT if twice else 1.0, twice, section, quote, scope, vague))


def _changed(state: State, before: list[Token]) -> Subject | None:
    named = [token for token in before if token.word != "yoy"]
    terms = [token.term for token in named if token.term]
    if {term.id for term in terms} == {"application"} and not any(token.kind == "opaque" for token in named[1:]):
        return Subject((lexicon().terms["received"],))
    if terms:
        subjects = compose(Phrase(named, [], True), state.sentence)
        return subjects[0] if len(subjects) == 1 else None
    opaque = any(token.kind == "opaque" for token in named)
    if opaque:
        return None
    return state.memory.moved or (state.memory.last.subject if state.memory.last else None)


def _scope(state: State) -> Scope:
    """Of whom and when a clause speaks that names its subject, or goes on with the last claim's."""
    named = next((token.start for token in state.pending if token.term), None)
    if named is None and state.memory.last is not None:
        return state.memory.last.scope
    return state.scope(state.pending[0].start if named is None else named)


def _quote(state: State, begins: int, ends: int) -> str:
    """The words from where the last claim of this sentence began."""
    said = state.memory.begins
    return state.quote(begins if said is None else min(said, begins), ends)
