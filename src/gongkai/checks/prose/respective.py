"""As many numbers as things were listed before: 予以公开、部分公开分别为10件、2件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.checks.prose.compose import Phrase, compose
from gongkai.checks.prose.scope import year_scope
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token, tokens

_YEARS = re.compile(r"20\d\d(?=年)")
# 因第三方权益、内部事务信息等原因不予公开: the reasons are within the word for the outcome.
_REASONS = re.compile("(?:因|由于|以)(?P<listed>.+?)等")


def is_specified(pending: Sequence[Token]) -> bool:
    """Whether something is named after 分别: 分别为国家秘密1件、过程性信息2件."""
    at = next(i for i, token in enumerate(pending) if token.word == "respectively")
    return any(token.term and token.term.facet in ("outcome", "applicant", "result") for token in pending[at:])


def read_respectively(state: State, i: int) -> int:
    """Claims for the numbers from `i` on, one for each thing or year listed; where the numbers end."""
    numbers, after = state.row_of("number", i)
    subjects = compose(Phrase(state.pending, [], False), state.sentence)
    acts = list(dict.fromkeys(one.term for one in state.pending if one.term and one.term.facet == "act"))
    years = _years(state)
    if len(subjects) == 1 and len(acts) == len(numbers):  # 新收、办理申请分别为21件、20件
        subjects = [Subject((act,)) for act in acts]
    elif len(subjects) == 1 and len(years) == len(numbers):
        _by_year(state, subjects[0], numbers, years)
        return after
    elif len(subjects) == 1 and (reasons := _reasons(state.pending)):
        subjects = compose(Phrase(reasons, [], False), state.sentence)
    elif len(subjects) < 2:
        subjects = compose(Phrase(state.memory.listed, [], False), state.sentence)
    if len(numbers) == len(subjects):
        start = min(token.start for token in (*state.memory.listed, *state.pending))
        for subject, number in zip(subjects, numbers, strict=True):
            state.claim(state.memory.in_context(subject), replace(number, end=numbers[-1].end), start)
    else:
        state.memory.last = None
    return after


def _reasons(pending: Sequence[Token]) -> list[Token]:
    """The reasons that stand within the one outcome of a clause."""
    found = [_REASONS.match(token.text) for token in pending if token.term and token.term.facet == "outcome"]
    return tokens(found[0]["listed"]) if len(found) == 1 and found[0] else []


def _years(state: State) -> list[int]:
    """The years that stand before the numbers in their clause, the report's own among them."""
    begins = max(state.sentence.text.rfind(mark, 0, state.pending[-1].start) for mark in ",;:") + 1
    years = [int(year) for year in _YEARS.findall(state.sentence.text[begins : state.pending[-1].end])]
    return years if state.report.year in years else []


def _by_year(state: State, subject: Subject, numbers: Sequence[Token], years: Sequence[int]) -> None:
    """2021年、2022年分别收到178件、214件."""
    own, start = state.report.year, state.pending[0].start
    scope = state.scope(state.pending[-1].end)
    if own is None or not scope.own_organ:
        return
    for number, year in zip(numbers, years, strict=True):
        state.claim(subject, number, start, scope=scope if year == own else year_scope(year, own))
