"""What people are shown besides the form's own labels: the words of each language, a TOML file each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from gongkai.document import Place


class Words:
    """The words of one language."""

    def __init__(self, language: str, texts: dict[str, dict[str, str]]) -> None:
        self.language = language
        self._texts = texts

    def get(self, kind: str, key: str) -> str:
        """The word for `key`; the key itself when the language has none (a flag or a rule that is newer than it)."""
        return self._texts[kind].get(key, key)

    def text(self, key: str, **slots: object) -> str:
        """A phrase with its slots filled; KeyError for a phrase that does not exist."""
        return self._texts["text"][key].format(**slots)

    def flag(self, flag: str) -> str:
        """Why something is doubtful, in words; what follows a colon is shown as it is."""
        code, colon, detail = flag.partition(":")
        return self.get("flag", code) + colon + detail

    def flags(self, flags: str) -> str:
        """A cell's flags, as a list in words; empty when there are none."""
        return self.text("comma").join(self.flag(flag) for flag in flags.split(",") if flag)

    def place(self, place: Place) -> str:
        """Where something was printed; empty when that is not known."""
        if place.path is not None:
            return place.path
        if place.page is not None:
            return self.text("page", page=place.page)
        return "" if place.top is None else self.text("line", line=f"{place.top:.0f}")


@cache
def words(language: str) -> Words:
    """The words of `language`; ValueError for one that gongkai does not speak."""
    file = resources.files(__package__).joinpath(f"{language}.toml")
    if not language.isalpha() or not file.is_file():
        raise ValueError(f"unknown language {language!r}: use one of {', '.join(languages())}")
    return Words(language, tomllib.loads(file.read_text(encoding="utf-8")))


def languages() -> list[str]:
    """The languages that gongkai speaks."""
    names = [file.name for file in resources.files(__package__).iterdir()]
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def plain(value: float) -> str:
    """A number as people write it: whole numbers without a point."""
    return f"{value:.0f}" if value == int(value) else repr(float(value))
