"""Which row of the table the applicants are of that a clause counts: 予以公开的83件申请，由自然人提出62件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.checks.prose.lexicon import Term
from gongkai.checks.prose.subjects import Subject

# So many rows that were named before a number may be meant by it.
_MOST_ROWS = 6
_ROWS = ("act", "outcome")
# What is noted while a sentence is read.
NAMED = (*_ROWS, "applicant")


def of_applicants(subject: Subject) -> bool:
    """Whether a subject names applicants and nothing else."""
    return bool(subject.terms) and all(term.facet == "applicant" for term in subject.terms)


def of_row(subject: Subject) -> bool:
    """Whether a subject is a row that is named, and nothing else."""
    return len(subject.terms) == 1 and subject.terms[0].facet in _ROWS and subject.terms[0].id != "unspecified"


def perhaps_of(subject: Subject, applicants: Sequence[Term]) -> Subject:
    """A row, of all or of any of the applicants that the sentence has spoken of: 自然人的申请中，予以公开62件."""
    found = subject
    for applicant in applicants[-_MOST_ROWS:]:
        found = replace(found, also=Subject((*subject.terms, applicant), also=found.also))
    return found


def narrowed(subject: Subject, rows: Sequence[Term]) -> Subject:
    """Applicants of any of the rows that the sentence has spoken of, or else of all that were received.

    Which of them is meant only the reader can tell, so that a number that fits one of them is not held to be wrong.
    """
    if [term.id for term in rows] in ([], ["received"]):
        return subject
    found = subject
    for row in rows[-_MOST_ROWS:]:
        found = Subject((row, *subject.terms), also=found)
    return found
