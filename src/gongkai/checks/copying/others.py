"""Text that a report shares with other organs' reports, but for what many of them have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from gongkai.checks.copying.shingles import Reuse, reuse_of, shingles

if TYPE_CHECKING:
    from gongkai.report import Report

# Words that so large a share of the other organs have, and at least so many of them, are nobody's own.
COMMON_SHARE = 1 / 3
COMMON_LEAST = 5


@dataclass(frozen=True, slots=True)
class Other:
    """Another report's text by section; organ and year where they are known."""

    sections: Mapping[str, str]
    organ: str | None = None
    year: int | None = None

    @property
    def name(self) -> str:
        return f"{self.organ or '?'} {self.year}" if self.year else self.organ or "?"


# What a corpus may consist of.
AnyText = Union["Report", Other, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Shared:
    """How much of a section stands in others' text: in that of the `nearest` one, and in all of them together.

    `others` is with how many it was compared.
    """

    nearest: Other | None
    alone: Reuse
    together: Reuse
    others: int


def others_of(corpus: Iterable[AnyText]) -> tuple[Other, ...]:
    """The texts of a corpus: of Reports, of Others, and of mappings of a section's id to its text."""
    return tuple(_other(one) for one in corpus)


def _other(one: AnyText) -> Other:
    if isinstance(one, Other):
        return one
    if isinstance(one, Mapping):
        return Other(one)
    return Other(one.sections, one.organ, one.year)


def shared(text: str, section: str, others: Sequence[Other]) -> Shared:
    """How much of a section's `text` the same section of the others has."""
    own = shingles(text)
    found = [(other, own & shingles(other.sections[section])) for other in others if other.sections.get(section)]
    counts = Counter(one for _, has in found for one in has)
    common = frozenset(one for one, count in counts.items() if count >= max(COMMON_LEAST, COMMON_SHARE * len(found)))
    nearest, has = max(found, key=lambda pair: len(pair[1] - common), default=(None, frozenset()))
    return Shared(nearest, reuse_of(text, has, common), reuse_of(text, frozenset(counts), common), len(found))
