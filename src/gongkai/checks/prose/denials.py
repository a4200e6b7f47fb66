"""Where a sentence says that there were none: 未收到政府信息公开申请."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.subjects import Subject


@dataclass(frozen=True, slots=True)
class Denied:
    """What there was none of, and where in the sentence that is said."""

    start: int
    end: int
    subject: Subject


def denied(sentence: Sentence) -> list[Denied]:
    """What a sentence denies, from left to right; of phrases that overlap the longest that begins first."""
    context = sentence.before + sentence.text
    found = [
        Denied(*match.span(), _subject(phrase.terms))
        for phrase in lexicon().denials
        if phrase.about.search(context)
        for match in phrase.pattern.finditer(sentence.text)
        if not (phrase.unless and phrase.unless.search(match[0]))
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    return [one for i, one in enumerate(found) if i == 0 or one.start >= found[i - 1].end]


def _subject(terms: tuple[Term, ...]) -> Subject:
    """What terms say together when each tells another facet, or else all of them."""
    if len({term.facet for term in terms}) == len(terms):
        return Subject(terms)
    return Subject(parts=tuple(Subject((term,)) for term in terms))
