"""Claims: what sentences say of quantities that the tables, or other sentences, state as well."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.checks.prose.lexicon import Statement
from gongkai.checks.prose.scope import Scope
from gongkai.checks.prose.subjects import Subject


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
    """A percentage that a clause gives of a subject, of one of `bases`; empty: of all that the subject is one of.

    `value` is the number that was just given for the subject.
    """

    subject: Subject
    percent: float
    step: float
    bases: tuple[Subject, ...]
    section: str
    quote: str
    scope: Scope
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a clause says that a subject differs from the year before: in percent where `relative`.

    Where it says only which way (`vague`), `amount` is 1 or -1. `value` is the number that was just given for the
    subject, `unit` is 元 where amounts are in yuan.
    """

    subject: Subject
    amount: float
    step: float
    relative: bool
    section: str
    quote: str
    scope: Scope
    vague: bool = False
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Average:
    """How many a month a clause says there were, on average."""

    subject: Subject
    value: float
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


ReadClaim = Claim | Share | Change
AnyClaim = ReadClaim | Average | Mention
