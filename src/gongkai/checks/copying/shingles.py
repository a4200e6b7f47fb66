"""How much of a text stands in others as well, word for word, and in which passages.

Texts are compared by shingles: every run of SIZE characters, counted without blanks and marks, in simplified script,
all numbers alike, so that a copied sentence with this year's numbers is still a copied sentence. What every report says
in the same words does not count: the phrases in copying.toml are taken out first, and the wording of the law and of the
usual preface (law.txt) is nobody's own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.parsing.normalise import simplify

# Characters of a shingle: shorter ones meet by chance, longer ones miss a passage with a word changed.
SIZE = 10
# A passage is shown when it has at least so many characters.
PASSAGE = 20
_KEPT = re.compile(r"[A-Za-z\u3400-\u9fff]|\d+")


@dataclass(frozen=True, slots=True)
class Reuse:
    """`share` of the compared characters stand in copied passages (0 to 1); `size` is how many were compared.

    `passages` are the copied passages as printed, the longest first.
    """

    share: float
    size: int
    passages: tuple[str, ...]


def reuse(text: str, others: Iterable[str]) -> Reuse:
    """How much of `text` is in any of the `others`."""
    return reuse_of(text, frozenset().union(*(shingles(other) for other in others)))


def reuse_of(text: str, known: frozenset[str], common: frozenset[str] = frozenset()) -> Reuse:
    """How much of `text` is made of `known` shingles; what is made of `common` ones only is not compared."""
    size, copied = 0, 0
    spans: list[tuple[int, int]] = []
    runs = _runs(text)
    nobodys = common | law()
    for letters, places in runs:
        # What stands between two set phrases may be too short to be compared.
        if len(letters) < SIZE:
            continue
        covered, shared = [False] * len(letters), [False] * len(letters)
        for i in range(len(letters) - SIZE + 1):
            shingle = letters[i : i + SIZE]
            if shingle in nobodys:
                shared[i : i + SIZE] = [True] * SIZE
            elif shingle in known:
                covered[i : i + SIZE] = [True] * SIZE
        copied += sum(covered)
        size += sum(own or not other for own, other in zip(covered, shared, strict=True))
        spans += [(places[start], places[end - 1] + 1) for start, end in _covered_runs(covered)]
    counted = [place for _, places in runs for place in places]
    passages = sorted((text[start:end] for start, end in _joined(spans, counted)), key=len, reverse=True)
    passages = [passage for passage in passages if len(passage) >= PASSAGE]
    return Reuse(copied / size if size else 0.0, size, tuple(dict.fromkeys(passages)))


def shingles(text: str) -> frozenset[str]:
    """The shingles of a text."""
    return frozenset(letters[i : i + SIZE] for letters, _ in _runs(text) for i in range(len(letters) - SIZE + 1))


@cache
def law() -> frozenset[str]:
    """The shingles of the law's and the usual preface's wording."""
    return shingles(resources.files(__package__).joinpath("law.txt").read_text(encoding="utf-8"))


def _runs(text: str) -> list[tuple[str, list[int]]]:
    """The text between boilerplate, as the characters that count and where each of them stands."""
    plain, runs, start = _plain(text), [], 0
    for match in [*boilerplate().finditer(plain), None]:
        end = len(plain) if match is None else match.start()
        kept = list(_KEPT.finditer(plain, start, end))
        letters = "".join("0" if one[0][0].isdigit() else one[0] for one in kept)
        runs.append((letters, [one.start() for one in kept]))
        start = end if match is None else match.end()
    return runs


def _plain(text: str) -> str:
    """The text in simplified script and half width, character by character, so that places stay the same."""
    simple = simplify(text)
    plain = "".join(unicodedata.normalize("NFKC", char)[:1] or " " for char in simple)
    return plain if len(plain) == len(text) else text


def _covered_runs(covered: list[bool]) -> list[tuple[int, int]]:
    runs, start = [], None
    for i, one in enumerate([*covered, False]):
        if one and start is None:
            start = i
        elif not one and start is not None:
            runs.append((start, i))
            start = None
    return runs


def _joined(spans: list[tuple[int, int]], counted: list[int]) -> list[tuple[int, int]]:
    """Spans with nothing that counts between them (marks, set phrases) are one passage."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and bisect_left(counted, joined[-1][1]) == bisect_left(counted, start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@cache
def data() -> dict[str, Any]:
    """What copying.toml holds."""
    return tomllib.loads(resources.files(__package__).joinpath("copying.toml").read_text(encoding="utf-8"))


@cache
def boilerplate() -> re.Pattern[str]:
    """The phrases that every report has."""
    return re.compile("|".join(data()["boilerplate"]["phrases"]))
