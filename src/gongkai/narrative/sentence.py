"""Sentences that remember where every number and every quotation in them comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.narrative.facts import Fact


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written in the text, and the fact it states."""

    text: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Given:
    """Words taken as they are.

    `what` says what they are: `organ` and `year` of the report, the name of a `form`, a `quote` of the report, or a
    `finding` in the words of its check, a `repair` in those of the search for the wrong figure.
    """

    text: str
    what: str


Part = str | Number | Given
Phrase = tuple[Part, ...]


def words(parts: Iterable[Part]) -> str:
    """The plain text of parts."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in parts, the cells it rests on, and the rules of the findings it speaks of."""

    parts: Phrase
    cells: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return words(self.parts)

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(part for part in self.parts if isinstance(part, Number))

    def __str__(self) -> str:
        return self.text


Paragraph = tuple[Sentence, ...]


def paragraph(sentences: Iterable[Sentence | None]) -> Paragraph:
    """The sentences that could be written."""
    return tuple(sentence for sentence in sentences if sentence is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts: a title, the names of its columns, and rows of which the first is the organ's own."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
