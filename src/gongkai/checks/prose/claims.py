"""Claims: quantities in the prose that the tables, or other sentences, state as well."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gongkai.checks.prose.lexicon import Statement, lexicon
from gongkai.checks.prose.quantities import value_of
from gongkai.checks.prose.scope import Scope, scope_of
from gongkai.checks.prose.sentences import Sentence, sentences
from gongkai.checks.prose.subjects import Subject
from gongkai.forms import all_forms
from gongkai.report import Report

# A sentence without any of these states no quantity.
_QUANTITY = re.compile(
    r"\d|[一二三四五六七八九十两零百][件份宗起例条次项]|百分之|(?:未|没|无|不存在).{0,40}(?:申请|复议|诉讼|结转|规范性文件)|均|全部"
)
_MATTER = re.compile("申请|公开|复议|诉讼|规范性|规章|决定|收费|信息处理费|结转|维持|纠正")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number (`value`, in `unit`) that a clause (`quote`, as printed) of a section gives for a subject.

    `step` is how finely the number is given. `parts` are the claims of which the clause says that they make up this one
    (共), `group` the claims that are stated to be parts of it (其中).
    """

    subject: Subject
    value: float
    unit: str
    section: str
    quote: str
    scope: Scope
    step: float = 1.0
    parts: tuple[Claim, ...] = ()
    group: list[Claim] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that a clause gives of a subject, of one of `bases`; empty: of all that the subject is one of."""

    subject: Subject
    percent: float
    step: float
    bases: tuple[Subject, ...]
    section: str
    quote: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a clause says that a subject differs from the year before: in percent where `relative`."""

    subject: Subject
    amount: float
    step: float
    relative: bool
    section: str
    quote: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity that no table has, as a clause states it."""

    statement: Statement
    value: float
    section: str
    quote: str
    scope: Scope


AnyClaim = Claim | Share | Change | Mention


def find_claims(report: Report) -> list[AnyClaim]:
    """Every claim in the report's sections, in the order in which they stand."""
    from gongkai.checks.prose.reading import Reader

    headings = {section.id: section.label for form in all_forms().values() for section in form.sections}
    found: list[AnyClaim] = []
    for section, text in report.sections.items():
        if section in lexicon().skipped_sections:
            continue
        reader = Reader(report)
        for sentence in sentences(section, headings.get(section, ""), text):
            if _QUANTITY.search(sentence.text) and _MATTER.search(sentence.before + sentence.text):
                found += _plain(reader.read(sentence))
                found += _mentions(sentence, report)
            else:
                reader.forget()
    return found


def _plain(claims: list[Claim | Share | Change]) -> list[Claim | Share | Change]:
    """The claims of a sentence, each with the readings that the others leave to it."""
    stated = {claim.subject.key for claim in claims}
    subjects = [claim.subject.plain_beside(stated) for claim in claims]
    return [
        claim if subject is claim.subject else replace(claim, subject=subject)
        for claim, subject in zip(claims, subjects, strict=True)
    ]


def _mentions(sentence: Sentence, report: Report) -> list[Mention]:
    found = []
    for statement in lexicon().stated:
        for match in statement.pattern.finditer(sentence.text):
            value = value_of(match["n"])
            if value is not None:
                quote = sentence.clause(*match.span("n"))
                scope = scope_of(sentence, match.start("n"), report)
                found.append(Mention(statement, value, sentence.section, quote, scope))
    return found
