"""Blanks of a template that nobody filled in, and words of another form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from gongkai.checks.copying.shingles import data
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.registry import Text
from gongkai.forms import Form, all_forms
from gongkai.wording import brief

# A column's label of so many characters does not come up in prose by chance.
_TELLING = 6


def placeholders(said: Iterable[Sentence]) -> Iterator[tuple[str, Text]]:
    """Where a blank of a template is left in, titles of documents included."""
    for sentence in said:
        for match in _placeholder().finditer(sentence.printed):
            reason = "是模板中没有填写的占位符", "a blank of a template that was not filled in"
            yield sentence.clause(*match.span()), reason


def older_columns(said: Iterable[Sentence], form: Form) -> Iterator[tuple[str, Text]]:
    """Where the prose names columns that only another form has."""
    foreign = _foreign_labels(form.id)
    for sentence in said:
        for label, used in foreign.items():
            at = sentence.text.find(label)
            if at >= 0:
                zh = f"“{label}”是 {used} 年表式的栏目，本年度的表式没有"
                yield sentence.clause(at, at + len(label)), (zh, f"a column of the form of {used}, not of this year's")


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in data()["placeholders"]))


@cache
def _foreign_labels(form: str) -> dict[str, str]:
    """Labels of columns that other forms have and this one has not, with the form's id."""
    labels = {
        other.id: {
            brief(label) for table in other.tables.values() for _, column in table.cells() for label in column.labels
        }
        for other in all_forms().values()
    }
    return {
        label: other
        for other, theirs in labels.items()
        for label in sorted(theirs)
        if len(label) >= _TELLING and not any(label in own for own in labels[form])
    }
