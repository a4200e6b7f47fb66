"""Whom and which time a clause speaks of, and whether that is what the report's tables count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gongkai.checks.prose.patterns import Marker
from gongkai.checks.registry import Text

if TYPE_CHECKING:
    from gongkai.checks.prose.sentences import Sentence
    from gongkai.report import Report

# `own`: what the tables count. `wide`: perhaps more than they count. `other`: something else.
Reach = Literal["own", "wide", "other"]
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
OTHER_YEAR: Text = ("说的是 {} 年", "it speaks of {}")


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a clause reaches, and why it is not, or may not be, what the tables count."""

    reach: Reach
    reason: Text = ("", "")


OWN = Scope("own")


def scope_of(sentence: Sentence, start: int, report: Report, markers: tuple[Marker, ...]) -> Scope:
    """The scope of a claim that starts at `start`: of each dimension (organ, time) the last word before it decides."""
    text = (sentence.before if sentence.goes_on else "") + sentence.text[:start]
    latest: dict[str, tuple[int, Scope]] = {"time": (-1, OWN), "organ": (-1, OWN)}
    for marker in markers:
        for match in marker.pattern.finditer(text):
            if match.end() > latest[marker.dimension][0]:
                latest[marker.dimension] = (match.end(), _meaning(marker, match, report.organ))
    for match in _YEAR.finditer(text):
        if match.end() > latest["time"][0] and report.year is not None:
            own = int(match[1]) == report.year
            reason = OTHER_YEAR[0].format(match[1]), OTHER_YEAR[1].format(match[1])
            latest["time"] = (match.end(), OWN if own else Scope("other", reason))
    scopes = [scope for _, scope in latest.values()]
    return next((scope for reach in ("other", "wide") for scope in scopes if scope.reach == reach), OWN)


def _meaning(marker: Marker, match: re.Match[str], organ: str | None) -> Scope:
    if marker.own:
        return OWN
    # 全区 is all that 某区人民政府 itself speaks for, and more than what a bureau of the district does.
    territory = match.groupdict().get("territory")
    governs = territory and organ and re.search(rf"{territory}(?:人民政府|政府|办事处|管理委员会|管委会)$", organ)
    reason = marker.reason[0].format(match[0]), marker.reason[1].format(match[0])
    return Scope("wide" if governs else "other", reason)
