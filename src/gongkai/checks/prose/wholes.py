"""What is said of all, or of none: 均为自然人申请, 全部予以公开, 无废止的规范性文件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.checks.prose.around import WITHIN
from gongkai.checks.prose.claims import Claim, Share
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.memory import Memory
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

# How all of them came (均为自然人网上申请), and when all were done.
_WAY = re.compile(
    r"(?:通过)?(?:网上|网络|线上|线下|当面|书面|信函|邮寄|现场)(?:方式|渠道)?|(?:在|于)?(?:当年度?|年内|本年度?内?|年底前)(?:内)?"
)
_APPLICANTS = re.compile("申请(?:人|主体)$")
_REST = re.compile("其余|余下|剩余|剩下")
_NEW = (("received",), ("unspecified",))
_OF_ALL = frozenset({"application", "request", "received"})
# What may stand around the things that there were none of.
_AROUND = re.compile(
    r"(?:等|之)?(?:情况|情形|事件|案件|案例|现象|事项|事宜|发生|出现|存在|需要?|收取|征收|作出|做出|实施|采取|[,件])*"
)
_ANYONE = frozenset({"organisations", "natural_person", "units"})
_ALL = re.compile("任何|所有|各类|公民|个人|公众|群众|单位")
_NONE_OF = frozenset({"received", "handled", "unspecified", "carried_in", "carried_out", "carried"})


def read_all(state: State) -> None:
    """A clause without a number that gives that of the whole to one of its parts."""
    pending, memory = state.pending, state.memory
    at = max(i for i, token in enumerate(pending) if token.word == "each")
    said = [token for token in pending[at + 1 :] if not _WAY.fullmatch(token.text)]
    if any(token.kind == "opaque" for token in said):
        return
    subjects = compose(Phrase(said, [], True), state.sentence)
    if len(subjects) > 1 and all(len(one.terms) == 1 and one.term("applicant", "outcome") for one in subjects):
        subjects = [Subject(parts=tuple(subjects))]
    if len(subjects) != 1:
        return
    before = [token for token in pending[:at] if not _WAY.fullmatch(token.text)]
    # What is said of all does not become what later words refer to.
    remembered = memory.copy()
    if _REST.search("".join(token.text for token in before)):
        _of_rest(state, subjects[0], pending[at].start)
    elif subjects[0].term("applicant") and _APPLICANTS.search("".join(token.text for token in before)):
        _share(state, subjects[0], (Subject((lexicon().terms["received"],)),))
    elif any(token.term for token in before):
        _of_named(state, before, subjects[0])
    elif (whole := _whole(memory)) is not None and not any(token.kind == "opaque" for token in before):
        _of_whole(state, whole, subjects[0], pending[at].start)
    state.memory = remembered


def _whole(memory: Memory) -> Claim | None:
    """What 均 is said of: the requests told last in the sentence, or else the last claim that may have parts."""
    last = memory.last if memory.begins is not None else None
    if memory.unknown:
        return None
    return last if last is not None and last.subject.table == "requests" else memory.whole


def _of_rest(state: State, subject: Subject, start: int) -> None:
    """企业14件、其他3件，其余均为自然人: those that were listed are all that organisations asked for."""
    listed = state.memory.beside
    if subject.key == ("natural_person",) and listed and all(claim.subject.term("applicant") for claim in listed):
        number = replace(told(state.pending[-1].end), value=sum(claim.value for claim in listed))
        state.claim(state.in_context(Subject((lexicon().terms["organisations"],)), []), number, start)


def _of_whole(state: State, whole: Claim, subject: Subject, start: int) -> None:
    """What is said of all that the last number counted."""
    end = state.pending[-1].end
    if subject.key == ("concluded",):
        if whole.subject.key in _NEW:
            state.claim(Subject((lexicon().terms["carried_out"],)), told(end), start)
    elif result := subject.term("result"):
        cases = [claim for claim in state.memory.beside if claim.subject.term("case")] or [whole]
        for claim in cases:
            if case := claim.subject.term("case"):
                state.claim(Subject((case, result)), told(end, claim), start)
    elif subject.term("outcome", "applicant") and not subject.term("act"):
        state.claim(state.in_context(subject, []), told(end, whole), start)


def _of_named(state: State, before: Sequence[Token], subject: Subject) -> None:
    """What is said of all requests, or of all cases of a kind, that the clause itself names: it is all of them."""
    terms, ids = lexicon().terms, {token.term.id for token in before if token.term}
    start, end = state.pending[0].start, state.pending[-1].end
    opaque = [token.text for token in before if token.kind == "opaque"]
    cases = [token.term for token in before if token.term and token.term.facet == "case"]
    if "among" in functions(before) or not all(map(lexicon().plain.fullmatch, opaque)):
        return
    rows = [token.term for token in before if token.term and token.term.facet in ("act", "outcome")]
    if subject.term("applicant") and len(rows) == 1 and rows[0].id != "received":
        _share(state, Subject((rows[0], *subject.terms)), ())
    elif ids <= _OF_ALL and _of_requests(state, ids):
        if subject.key == ("concluded",):
            state.claim(Subject((terms["carried_out"],)), told(end), start)
        elif subject.parts or (subject.term("outcome", "applicant") and not subject.term("act")):
            _share(state, subject, (Subject((terms["concluded"],)), Subject((terms["received"],))))
    elif len(cases) == len(ids) == 1 and subject.term("case"):
        _share(state, subject, (Subject((cases[0],)),))
    elif cases and len(cases) == len(ids) and (result := subject.term("result")):
        for case in cases:
            if compose(Phrase([token for token in before if token.term is case], [], True), state.sentence):
                _share(state, Subject((case, result)), (Subject((case,)),))


def _of_requests(state: State, ids: set[str]) -> bool:
    """Whether 申请 alone can only be the requests: where nothing else that is applied for is spoken of."""
    other = lexicon().terms["received"].unless
    return "application" in ids or ("request" in ids and not (other and other.search(state.sentence.text)))


def _share(state: State, subject: Subject, bases: tuple[Subject, ...]) -> None:
    start, end = state.pending[0].start, state.pending[-1].end
    section = state.sentence.section
    state.found.append(Share(subject, 100.0, 0.01, bases, section, state.quote(start, end), state.scope(start)))


def read_only(state: State) -> None:
    """A clause that says nothing but what became of the only one told before: 行政复议1件，结果维持."""
    last = state.memory.last
    named = [token for token in state.pending if token.kind != "skipped"]
    if last is None or last.value != 1 or len(named) != 1 or (term := named[0].term) is None:
        return
    case, act = last.subject.term("case"), last.subject.term("act")
    end, start = state.pending[-1].end, state.pending[0].start
    if term.facet == "result" and case is not None and last.subject.terms == (case,):
        state.claim(Subject((case, term)), told(end, last), start)
    elif term.facet == "outcome" and act is not None and last.subject.terms == (act,) and act.id == "received":
        state.claim(Subject((term,)), told(end, last), start)


def read_none(state: State) -> None:
    """A clause without a number that says of things which it names, and of nothing else, that there were none."""
    plain = lexicon().plain
    for part in _parts_of(state.pending):
        named = [token for token in part if token.word != "none" and not _AROUND.fullmatch(token.text)]
        ends = next((i for i, token in enumerate(part) if token.word == "none"), 0)
        # 申请中没有…: of what there were none among them.
        if ends and part[ends - 1].text in WITHIN:
            part, named, ends = part[ends:], [token for token in named if token.start > part[ends].start], 0
        when = [token for token in part[:ends] if token.kind == "opaque"]
        named = [token for token in named if token not in when]
        understood = all(plain.fullmatch(token.text) for token in when)
        if not understood or functions(named) - {"and", "amount"} or any(token.kind == "opaque" for token in named):
            continue
        start, end = part[0].start, part[-1].end
        for subject in compose(Phrase(named, [], True), state.sentence):
            act, applicant = subject.term("act"), subject.term("applicant")
            # 公民、法人或其他组织 is anyone.
            several = sum(one.term is not None and one.term.facet == "applicant" for one in part) > 1
            anyone = applicant is not None and applicant.id in _ANYONE and (several or _is_anyone(part))
            # 案例 are no requests.
            other = subject.table == "requests" and any("案" in token.text for token in part)
            if (act is None or act.id in _NONE_OF) and not anyone and not other:
                state.claim(state.in_context(subject, part), told(end), start)


def _is_anyone(part: Sequence[Token]) -> bool:
    return _ALL.search("".join(token.text for token in part)) is not None


def _parts_of(pending: Sequence[Token]) -> list[list[Token]]:
    """The tokens with each word that denies, and those before the first; none where one denial is within another."""
    at = [i for i, token in enumerate(pending) if token.word == "none"]
    if any(second - first == 1 for first, second in pairwise(at)):
        return []
    ends = [*at[1:], len(pending)]
    return [
        list(pending[(0 if i == 0 else first) : last]) for i, (first, last) in enumerate(zip(at, ends, strict=True))
    ]


def told(end: int, of: Claim | None = None) -> Token:
    """The number of a clause that ends at `end` and says without a number that there were none, or all of a claim's."""
    return Token("number", end, end, "", value=of.value if of else 0.0, unit=of.unit if of else "")
