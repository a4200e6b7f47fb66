"""The phrases of claims.toml as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.checks.prose.quantities import NUMBER
from gongkai.checks.registry import Text


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A quantity of the tables that prose may state.

    `readings` are the sums of cells that the phrase may mean, the plainest first; each is a tuple of patterns for cell
    ids. `patterns` and `short` have a group `n` around the number, `none` say that there were none; when they count is
    told at the head of claims.toml.
    """

    id: str
    label: Text
    readings: tuple[tuple[str, ...], ...]
    patterns: tuple[re.Pattern[str], ...]
    short: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    about: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Marker:
    """A phrase that tells of which organ or time a sentence speaks."""

    dimension: str
    own: bool
    reason: Text
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that claims.toml holds."""

    kinds: tuple[ClaimKind, ...]
    markers: tuple[Marker, ...]
    skipped_sections: frozenset[str]


@cache
def phrases() -> Phrases:
    """The phrases by which claims are found."""
    text = resources.files(__package__).joinpath("claims.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    words: dict[str, str] = {"n": f"(?P<n>{NUMBER})"}
    for name, pattern in data["words"].items():
        words[name] = _fill(pattern, words)
    return Phrases(
        tuple(_kind(spec, words) for spec in data["claim"]),
        tuple(
            Marker(
                spec["dimension"], spec["own"], tuple(spec.get("reason", ("", ""))), _compile(spec["pattern"], words)
            )
            for spec in data["marker"]
        ),
        frozenset(data["skipped_sections"]),
    )


def _kind(spec: dict[str, Any], words: dict[str, str]) -> ClaimKind:
    about, unless = spec.get("about"), spec.get("unless")
    return ClaimKind(
        id=spec["id"],
        label=tuple(spec["label"]),
        readings=tuple(tuple(reading) for reading in spec["readings"]),
        patterns=tuple(_compile(pattern, words) for pattern in spec.get("patterns", ())),
        short=tuple(_compile(pattern, words) for pattern in spec.get("short", ())),
        none=tuple(_compile(pattern, words) for pattern in spec.get("none", ())),
        about=None if about is None else _compile(about, words),
        unless=None if unless is None else _compile(unless, words),
    )


def _compile(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_fill(pattern, words))


def _fill(pattern: str, words: dict[str, str]) -> str:
    """Put the named words into a pattern: <application> is the pattern of that name."""
    return re.sub(r"(?<!P)<(\w+)>", lambda name: words[name[1]], pattern)
