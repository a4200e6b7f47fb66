"""A language: its sentence templates (a TOML file each) and how it writes numbers and lists.

A template's slot is `{name}`, or `{name:spec}` for a number. Specs: `d` digits, `plain` digits with one decimal at
most, `share` a percentage, `word` a numeral in words where there is one, `one|many` the words that fit the number, with
`#` where the number itself goes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, cast

from gongkai.forms import Column, Row
from gongkai.narrative.facts import Fact
from gongkai.narrative.sentence import Given, Number, Part, Phrase, Sentence
from gongkai.parsing.normalise import split_enumerator
from gongkai.wording import Language, percent

Slot = Fact | Given | Phrase | str | None
_NO_SLOTS: Mapping[str, Slot] = MappingProxyType({})


@cache
def voice(language: str) -> Voice:
    """The voice of a language; ValueError for one that gongkai does not write."""
    if language not in languages():
        raise ValueError(f"language must be one of {', '.join(languages())}, not {language!r}")
    file = files(__package__).joinpath("languages", f"{language}.toml")
    return Voice(cast(Language, language), tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def languages() -> tuple[str, ...]:
    """The languages that gongkai writes."""
    names = (file.name for file in files(__package__).joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@dataclass(frozen=True)
class Voice:
    """Writes sentences from templates; a sentence with a missing fact becomes None."""

    language: Language
    templates: dict[str, Any]

    def has(self, key: str) -> bool:
        """Whether there is a template `section.name`."""
        section, _, name = key.partition(".")
        return name in self.templates.get(section, {})

    def word(self, key: str, default: str = "") -> str:
        """A template without slots, or `default`."""
        section, _, name = key.partition(".")
        text: str = self.templates.get(section, {}).get(name, default)
        return text

    def phrase(self, key: str, slots: Mapping[str, Slot] = _NO_SLOTS, /, **named: Slot) -> Phrase | None:
        """A template with its slots filled, from `slots` or by name; None when one of them is missing."""
        filled = {**slots, **named}
        if not self.has(key):
            raise KeyError(key)
        if any(value is None for value in filled.values()):
            return None
        parts: list[Part] = []
        for literal, name, spec, _ in Formatter().parse(self.word(key)):
            parts += [literal] if literal else []
            parts += self._fill(filled[name], spec or "") if name else []
        return tuple(parts)

    def say(
        self,
        key: str,
        slots: Mapping[str, Slot] = _NO_SLOTS,
        /,
        *,
        cites: Iterable[str] = (),
        rules: Iterable[str] = (),
        **named: Slot,
    ) -> Sentence | None:
        """A sentence; it cites the cells of all its facts, written out or not, and those in `cites`."""
        parts = self.phrase(key, slots, **named)
        if parts is None:
            return None
        facts = [value for value in (*slots.values(), *named.values()) if isinstance(value, Fact)]
        facts += [part.fact for part in parts if isinstance(part, Number)]
        cells = [id for fact in facts for id in fact.sources]
        return Sentence(self._capitalised(parts), tuple(dict.fromkeys([*cells, *cites])), tuple(rules))

    def join(self, phrases: Iterable[Phrase | str | None], separator: str = "comma") -> Phrase:
        """A list of what could be written; `separator` names a pair of marks in the language's file."""
        items = [phrase for phrase in phrases if phrase is not None]
        between, last = self.templates["lists"][separator]
        parts: list[Part] = []
        for place, item in enumerate(items):
            if place:
                parts.append(last if place == len(items) - 1 else between)
            parts += [item] if isinstance(item, str) else item
        return tuple(parts)

    def row(self, row: Row) -> str:
        """What a row is called in running text."""
        return (row.short or _short(row.label)) if self._printed else row.en.rpartition(": ")[2]

    def outcome(self, row: Row, several: bool) -> str:
        """What an outcome is called, from one of its rows; `several`: the rows stand under a common label."""
        if self._printed:
            return _short(row.group if several else row.label)
        return row.en.partition(": ")[0]

    def column(self, column: Column) -> str:
        """What a column is called in running text."""
        return _short(column.label) if self._printed else column.en

    def heading(self, column: Column) -> str:
        """What a column is called where it stands alone: other organisations, not only others; without its unit."""
        return self.word(f"applicants.{column.id}", self.column(column).partition(" (")[0])

    def figure(self, value: float, spec: str = "") -> str:
        """A number as the language writes it."""
        style = self.templates["style"]
        thousands = "," if style["thousands"] else ""
        if spec == "share":
            return f"{percent(value)}{style['percent']}"
        if value != int(value):
            return f"{value:{thousands}.1f}" if spec == "plain" else f"{value:{thousands}.2f}"
        words: list[str] = style["numerals"]
        if (spec == "word" or (style["spell"] and spec not in ("d", "plain"))) and 0 <= value < len(words):
            return words[int(value)]
        return f"{value:{thousands}.0f}"

    @property
    def _printed(self) -> bool:
        """Whether labels are taken as the form prints them, not from its English gloss."""
        return bool(self.templates["style"]["printed_labels"])

    def _fill(self, value: Slot, spec: str) -> Phrase:
        if isinstance(value, Fact):
            return self._number(value, spec)
        if isinstance(value, tuple):
            return value
        assert value is not None, "phrase() returns before a missing slot is filled"
        return (value,)

    def _number(self, fact: Fact, spec: str) -> Phrase:
        if "|" not in spec:
            return (Number(self.figure(fact.value, spec), fact),)
        one, _, many = spec.partition("|")
        before, mark, after = (one if fact.value == 1 else many).partition("#")
        number = (Number(self.figure(fact.value), fact),) if mark else ()
        return tuple(part for part in (before, *number, after) if part != "")

    def _capitalised(self, parts: Phrase) -> Phrase:
        first, rest = parts[0], parts[1:]
        if isinstance(first, str):
            return (first[:1].upper() + first[1:], *rest)
        if isinstance(first, Number):
            return (Number(first.text[:1].upper() + first.text[1:], first.fact), *rest)
        return parts


def _short(label: str) -> str:
    """A printed label without its number, its brackets and what follows its first clause."""
    text = split_enumerator(label)[1]
    for mark in "（(、":
        text = text.partition(mark)[0] or text
    return text.strip().replace("“", "‘").replace("”", "’")
