"""The words around a number become the subjects that it is said of, or none when they are not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

# Of several acts that one number is said of (受理并答复), the first of these is meant.
_ACTS = ("carried_in", "carried_out", "carried", "due", "received", "concluded", "answered", "handled")
_CARRIED = frozenset(_ACTS[:3])
# Acts that an outcome may be named with (答复予以公开), and acts that may be named with what was carried over.
_WITH_OUTCOME = frozenset({"concluded", "answered", "handled"})
_WITH_CARRIED = frozenset({"received", "handled"})
# Words that relate a number to others say nothing of what it is of.
_RELATING = re.compile("其中|包括|包含|已|共计|累计|合计|总计|分别")
# A number after these is of another year, or a change.
_ELSEWHERE = frozenset({"last", "yoy", "up", "down", "reach", "doubled", "rate"})
# Words that say what a clause is about, or whom it is from; without more they narrow what is counted.
_TOUCHING = re.compile("对|将|因|从|涉及|由于|以|为由|来自|来源于|其余|还有")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens before a number in its clause, the nouns after it, and whether the clause ends with it.

    `goes_on` is true where a number of requests was told just before, `of_cases` where one of reviews or suits was,
    `foreign` where one of something else was.
    """

    before: Sequence[Token]
    after: Sequence[Token]
    closed: bool
    goes_on: bool = False
    of_cases: bool = False
    foreign: bool = False


def compose(phrase: Phrase, sentence: Sentence) -> list[Subject]:
    """The subjects that a phrase names, in the order of its words; none when anything in it is not understood."""
    first = next((i for i, token in enumerate(phrase.before) if token.term), None)
    if first is None:
        if not phrase.after:
            return []
        first = len(phrase.before)
    first = _after_opaque(phrase.before, first)
    if "none" in functions(phrase.before):
        return []
    lead, body = phrase.before[:first], [*phrase.before[first:], *phrase.after]
    terms = _done([token.term for token in body if token.term])
    if any(token.kind == "opaque" for token in body) or functions(body) & _ELSEWHERE or not allowed(terms, sentence):
        return []
    said, of_cases = "".join(token.text for token in lead), any(term.facet == "case" for term in terms)
    if lexicon().narrowing_cases.search(said) if of_cases else narrows(said):
        return []
    received = lexicon().terms["received"]
    if terms and all(term.facet == "noun" for term in terms) and "amount" in functions(body):
        return [Subject((received,))] if allowed([*terms, received], sentence) else []
    return _subjects(terms, body, is_plain(lead), phrase)


def _after_opaque(before: Sequence[Token], first: int) -> int:
    """Where the subject begins: after the last word that is not understood when an act and its object follow it."""
    last = max((i for i, token in enumerate(before) if token.kind == "opaque"), default=-1)
    rest = [token.term for token in before[last + 1 :] if token.term]
    whole = any(term.id == "application" for term in rest) and any(term.facet == "act" for term in rest)
    return last + 1 if last > first and whole else first


def functions(tokens: Sequence[Token]) -> set[str]:
    """The words among tokens that say how quantities belong together."""
    return {token.word for token in tokens if token.kind == "function"}


def narrows(lead: str) -> bool:
    """Whether words before a subject make the clause speak of a part of it only."""
    words = lexicon()
    return bool(words.narrowing.search(lead)) and not words.not_narrowing.search(lead)


def is_plain(lead: Sequence[Token]) -> bool:
    """Whether the words before an act only say who did it and when: 办结22件, not 延期答复1件."""
    told = (token.text for token in lead if token.kind != "skipped" or _TOUCHING.fullmatch(token.text))
    return lexicon().plain.fullmatch(_RELATING.sub("", "".join(told))) is not None


def allowed(terms: Sequence[Term], sentence: Sentence) -> bool:
    """Whether every term may be taken as it is; what was asked for, or how it ended, vouches for the acts."""
    sure = any(term.id == "application" or term.facet == "outcome" for term in terms)
    for term in terms:
        if term.facet == "nothing":
            return False
        if sure and term.facet == "act":
            continue
        if term.about is not None and not _said(term.about, sentence.before, sentence.text):
            return False
        if term.unless is not None and _said(term.unless, "", sentence.text):
            return False
    return True


@lru_cache(maxsize=256)
def _said(pattern: re.Pattern[str], before: str, text: str) -> bool:
    """Whether a pattern is in a sentence or what it refers to; looked for once for all numbers of a sentence."""
    return pattern.search(before + text) is not None


def _subjects(terms: list[Term], body: list[Token], plain: bool, phrase: Phrase) -> list[Subject]:
    # In an order of their own, so that a subject has the same label in every run.
    facets = {facet: _distinct(terms, facet) for facet in sorted({term.facet for term in terms})}
    nouns = {term.id for term in facets.pop("noun", [])}
    kinds = set(facets)
    if kinds & {"case", "result"}:
        facets = _of_cases(facets)
    elif kinds & {"document", "document_act"}:
        facets = facets if kinds <= {"document", "document_act"} else {}
    elif kinds & {"decision", "fee", "item", "purchase"}:
        facets = facets if len(kinds) == 1 and not nouns and plain else {}
    elif kinds:
        facets = _of_requests(facets, nouns, body, plain, phrase)
    elif "application" in nouns and phrase.closed and plain and "among" not in functions(phrase.before):
        facets = {"act": [lexicon().terms["unspecified"]]}
    if not facets or sum(len(same) > 1 for same in facets.values()) > 1:
        return []
    return [Subject(tuple(chosen)) for chosen in product(*facets.values())]


def _done(terms: list[Term]) -> list[Term]:
    """办理行政许可 is no more than 行政许可."""
    decisions = any(term.facet == "decision" for term in terms)
    return [term for term in terms if not (decisions and term.id in ("handled", "concluded"))]


def _distinct(terms: Sequence[Term], facet: str) -> list[Term]:
    """The terms of a facet; one that another specifies (不予公开, 国家秘密) is left out."""
    same = list(dict.fromkeys(term for term in terms if term.facet == facet))
    return [
        term
        for term in same
        if not any(other.id.startswith(f"{term.id}_") for other in same) and not _covers(term, same)
    ]


def _covers(term: Term, same: Sequence[Term]) -> bool:
    """Whether all rows of another term are among this one's: 行政诉讼 beside 复议后起诉."""
    rows = set(term.rows[0]) if term.rows else set()
    return any(other is not term and other.rows and set(other.rows[0]) < rows for other in same)


def _of_cases(facets: dict[str, list[Term]]) -> dict[str, list[Term]]:
    """Reviews and suits against the organ; those that it handles itself as an authority are none of its tables'."""
    if {term.id for term in facets.get("act", ())} <= {"received", "handled"}:
        facets.pop("act", None)
    return facets if set(facets) <= {"case", "result"} else {}


def _of_requests(
    facets: dict[str, list[Term]], nouns: set[str], body: list[Token], plain: bool, phrase: Phrase
) -> dict[str, list[Term]]:
    if not set(facets) <= {"act", "outcome", "applicant"}:
        return {}
    acts = {term.id: term for term in facets.pop("act", [])}
    if "outcome" in facets:
        return facets if acts.keys() <= _WITH_OUTCOME else {}
    if not acts:
        return facets
    if "publish" in functions(body):
        return {}
    carried = acts.keys() & _CARRIED
    if len(acts) > 1 and carried and "and" in functions(body):
        return facets | {"act": list(acts.values())} if acts.keys() <= _CARRIED | {"received"} else {}
    if carried and not acts.keys() - carried <= _WITH_CARRIED:
        return {}
    act = next(acts[id] for id in _ACTS if id in acts)
    vague = "application" not in nouns and not carried and "applicant" not in facets
    if vague and (not plain or not phrase.closed or phrase.foreign or (act.id == "handled" and not phrase.goes_on)):
        return {}
    if vague and phrase.of_cases and act.id != "concluded":
        return {}
    return facets | {"act": [act]}
