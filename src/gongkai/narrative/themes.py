"""What an organ's problems are about, and whether it named the same ones the year before.

The themes and their words are data (themes.toml). Problems are quotations (`quotes`), so nothing here is in words of
gongkai's own but the names of the themes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from gongkai.narrative.quotes import SelfAssessment
from gongkai.parsing.normalise import simplify
from gongkai.wording import in_language

# From this likeness on (normalised edit distance of letters, 0 to 100) a sentence is last year's with a word changed.
NEARLY_THE_SAME = 80
_NO_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of problem; its `faint` words count only where no theme has one of its `words`."""

    id: str
    zh: str
    en: str
    words: re.Pattern[str]
    faint: re.Pattern[str]

    def title(self, language: str) -> str:
        return in_language((self.zh, self.en), language)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as the organ words it, with its themes.

    `known` are those of its themes that the organ named the year before as well; `before` is last year's sentence where
    this one is nearly the same, else empty.
    """

    quote: str
    themes: tuple[Theme, ...]
    known: tuple[Theme, ...] = ()
    before: str = ""


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme, the last of which takes what belongs to no other."""
    data = tomllib.loads(files(__package__).joinpath("themes.toml").read_text(encoding="utf-8"))
    return tuple(
        Theme(one["id"], one["zh"], one["en"], _any(one.get("words", [])), _any(one.get("faint", [])))
        for one in data["theme"]
    )


def themes_of(quote: str, account: str = "") -> tuple[Theme, ...]:
    """The themes of a problem; what else is said of it (`account`) counts only where its own words tell nothing."""
    plain = simplify(quote)
    found = [theme for theme in themes() if theme.words.search(plain)]
    found = found or [theme for theme in themes() if theme.faint.search(plain)]
    if found:
        return tuple(found)
    return themes_of(account) if account else themes()[-1:]


def problems(said: SelfAssessment, before: SelfAssessment | None = None) -> list[Problem]:
    """The problems with their themes; with `before`, what the organ said the year before, what of them it repeats."""
    named = set() if before is None else {theme for theme in _all_themes(before) if theme != themes()[-1]}
    found = []
    for quote, account in zip(said.problems, said.accounts, strict=True):
        own = themes_of(quote, account)
        known = tuple(theme for theme in own if theme in named)
        found.append(Problem(quote, own, known, "" if before is None else _alike(quote, before.problems)))
    return found


def _any(words: list[str]) -> re.Pattern[str]:
    """One pattern for all of these; without any it fits nothing."""
    return re.compile("|".join(words) or r"(?!)")


def _all_themes(said: SelfAssessment) -> list[Theme]:
    return [theme for pair in zip(said.problems, said.accounts, strict=True) for theme in themes_of(*pair)]


def _alike(quote: str, others: tuple[str, ...]) -> str:
    """The one of the others that is nearly the same, or nothing."""
    match = process.extractOne(quote, others, scorer=fuzz.ratio, processor=_letters, score_cutoff=NEARLY_THE_SAME)
    return match[0] if match else ""


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", simplify(text))
