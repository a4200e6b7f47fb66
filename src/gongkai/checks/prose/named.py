"""The organ that a sentence names as the one that did something: 区教育局共收到…."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from gongkai.checks.prose.lexicon import lexicon
from gongkai.parsing.organs import within

_CLAUSE = re.compile(r"[^,;:()]+")
_GOVERNMENT = re.compile(r"政府$")
# A government of a territory with organs of its own, whose office is but one of them.
_WITH_ORGANS = re.compile(r"[省市州盟县区旗](?:人民)?政府$")
# The unit that a name begins with (区教育局), and those in a full name (青岚市东澜区教育局); not 市场, 城乡, 乡村.
_LEVEL = re.compile(r"((?<!城)[镇乡](?!村)|市(?!场|容|管|政(?!府))|[省州盟县旗]|区(?!域|划))")


@dataclass(frozen=True, slots=True)
class Named:
    """An organ by its name in the text, which ends at `end`.

    `kind` is `own` for the report's own, `seat` for a government's own house, `other` for any other.
    """

    name: str
    kind: Literal["own", "seat", "other"]
    end: int


def named_organ(text: str, organ: str | None) -> Named | None:
    """The organ that the last clauses of a text begin with, for a report of `organ`; None when they name none."""
    if organ is None:
        return None
    found = None
    for clause in _CLAUSE.finditer(text):
        words = lexicon().named
        last = clause.end() == len(text)
        match = (words.subject if last else words.actor).match(clause[0])
        if match is not None and not words.no_subject.match(match["name"]):
            found = Named(match["name"], _kind(match["name"], match["with"], organ), clause.start() + match.end("name"))
    return found


def _kind(name: str, beside: str | None, organ: str) -> Literal["own", "seat", "other"]:
    if beside or not _level_fits(name, organ):
        return "other"
    if lexicon().named.office.fullmatch(name):
        return "other" if _WITH_ORGANS.search(organ) else "own"
    if not within(name, organ):
        return "other"
    if _GOVERNMENT.search(organ) is None or f"{name}人民政府" in organ:
        return "own"
    if not _GOVERNMENT.search(name):
        return "other"
    return "seat" if _WITH_ORGANS.search(organ) else "own"


def _level_fits(name: str, organ: str) -> bool:
    """Whether 市财政局 may be the report's own organ: not where that is one of a district."""
    level, own = _LEVEL.match(name), _own_level(organ)
    return level is None or own is None or level[1] == own


@cache
def _own_level(organ: str) -> str | None:
    found = _LEVEL.findall(organ[1:])
    return found[-1] if found else None
