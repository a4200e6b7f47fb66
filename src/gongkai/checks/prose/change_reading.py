"""Reads changes from the year before, and figures of that year: what they are said of."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.checks.prose.claims import Change, Claim
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.scope import OWN, Scope, year_scope
from gongkai.checks.prose.state import State, joins
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

_YEAR = re.compile(r"20\d\d")
_SIGNS = {"up": 1, "down": -1}
# What a clause says of a change without a number; 翻番 is in percent, and not meant to the last one.
_TRENDS = {"up": 1.0, "down": -1.0, "level": 0.0, "doubled": 100.0}
_ABOUT = 30.0
_UP_TO = frozenset({"到", "达", "达到", "为", "至"})


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
    if subject is not None and (item := subject.term("item")) and pending[at].text[0] in "上去":
        state.claim(Subject((item, lexicon().terms["items_prior"])), token, pending[0].start)
        return True
    if subject is None or not subject.complete:
        # 较2022年的95件，申请量增长…: what it is of is said after it.
        memory.compared = True
        return not any(one.kind == "opaque" for one in pending)
    if pending[at].kind == "skipped" and not memory.compared:
        memory.moved = subject
        return True
    named, last = _YEAR.search(pending[at].text), memory.last
    scope = year_scope(int(named[0]) if named else year - 1, year)
    # What goes on with a number of another organ is that one's.
    if last and not last.scope.own_organ and last.scope.year is None and not any(one.term for one in pending[:at]):
        scope = last.scope
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
    at = next(k for k, one in enumerate(pending) if one.word in _SIGNS)
    pending = [*pending[:at], *(one for one in pending[at:] if one.word != "rate")]
    subject = _changed(state, pending[:at])
    # 办结172件，比上年多办15件: the act told before.
    acts = [one for one in subject.terms if one.facet == "act"] if subject else []
    clear = all(one.kind == "skipped" or one.term in acts for one in pending[at + 1 :])
    # 增加到32件 gives the number itself, and 分别增长 speaks of several things.
    reaches = any(one.text in _UP_TO for one in pending[at + 1 :]) and pending[at].text[-1] not in "幅率度"
    clear = clear and not reaches and "respectively" not in words
    compared = "yoy" in words or memory.compared or pending[at].text == "净增"
    if not (subject and clear and (compared or subject.term("item"))):
        memory.last = None
        return
    amount = _SIGNS[pending[at].word] * token.value
    if item := subject.term("item"):
        # 行政许可事项减少63项: the form has a column for it.
        if not relative:
            change = Subject((item, lexicon().terms["items_change"]))
            told = state.scope(token.start)
            number, scope = replace(token, value=amount), OWN if told.year is not None else told
            state.claim(change, number, pending[0].start, scope=scope)
        return
    scope = _scope(state)
    quote = state.quote_back(pending[0].start, token.end)
    section = state.sentence.section
    unit = "元" if token.kind == "money" else ""
    value = memory.given(subject)
    state.found.append(Change(subject, amount, token.step, relative, section, quote, scope, False, value, unit))
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
        quote = state.quote_back(pending[0].start, state.tokens[after - 1].end)
        for subject, (token, sign) in zip(subjects, row, strict=True):
            relative = token.kind == "percent"
            value = memory.given(subject)
            amount = sign * token.value
            state.found.append(Change(subject, amount, token.step, relative, section, quote, scope, False, value))
    memory.last = None
    return after


def _signed(state: State, i: int, sign: int) -> tuple[list[tuple[Token, int]], int]:
    """The numbers from `i` on, each with the sign that the last word on it gives; where they end."""
    row, after = [(state.tokens[i], sign)], i + 1
    for j in range(i + 1, len(state.tokens)):
        token = state.tokens[j]
        if token.kind in ("number", "percent"):
            row.append((token, sign))
            after = j + 1
        elif token.word in _SIGNS:
            sign = _SIGNS[token.word]
        elif not joins(token):
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
    quote, section = state.quote_back(state.pending[0].start, token.end), state.sentence.section
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
    quote, section = state.quote_back(pending[0].start, pending[-1].end), state.sentence.section
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
