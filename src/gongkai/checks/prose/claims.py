"""Claims: quantities in the prose that the tables state as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.checks.prose.patterns import ClaimKind, phrases
from gongkai.checks.prose.quantities import value_of
from gongkai.checks.prose.scope import Scope, scope_of
from gongkai.checks.prose.sentences import Sentence, sentences
from gongkai.forms import all_forms
from gongkai.report import Report


@dataclass(frozen=True, slots=True)
class Claim:
    """A number (`value`) that a clause (`quote`, as printed) of a section gives for a kind of quantity."""

    kind: ClaimKind
    value: float
    section: str
    quote: str
    scope: Scope


def find_claims(report: Report) -> list[Claim]:
    """Every claim in the report's sections, in the order in which they stand."""
    known = phrases()
    headings = {section.id: section.label for form in all_forms().values() for section in form.sections}
    return [
        claim
        for section, text in report.sections.items()
        if section not in known.skipped_sections
        for sentence in sentences(section, headings.get(section, ""), text)
        for claim in _in_sentence(sentence, report)
    ]


def _in_sentence(sentence: Sentence, report: Report) -> Iterator[Claim]:
    """The claims of a sentence; a number goes to the first kind that knows its phrase."""
    known = phrases()
    taken: dict[tuple[int, int], tuple[ClaimKind, float, re.Match[str]]] = {}
    for kind in known.kinds:
        for match, value, span in _matches(kind, sentence):
            if not any(start < span[1] and span[0] < end for start, end in taken):
                taken[span] = (kind, value, match)
    for _, (kind, value, match) in sorted(taken.items()):
        scope = scope_of(sentence, match.start(), report, known.markers)
        yield Claim(kind, value, sentence.section, sentence.clause(*match.span()), scope)


def _matches(kind: ClaimKind, sentence: Sentence) -> Iterator[tuple[re.Match[str], float, tuple[int, int]]]:
    """Where a kind is stated, with the number and the piece of text that is used up by it."""
    about = kind.about is None or kind.about.search(sentence.before + sentence.text)
    unless = kind.unless is not None and kind.unless.search(sentence.text)
    for pattern in (*kind.patterns, *(kind.short if about and not unless else ())):
        for match in pattern.finditer(sentence.text):
            value = value_of(match["n"])
            if value is not None:
                yield match, value, match.span("n")
    for pattern in kind.none if about else ():
        for match in pattern.finditer(sentence.text):
            yield match, 0.0, match.span()
