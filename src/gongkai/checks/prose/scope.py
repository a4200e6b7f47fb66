"""Whom and which time a clause speaks of, and whether that is what the report's tables count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gongkai.checks.prose.lexicon import Marker, lexicon
from gongkai.checks.prose.named import named_organ
from gongkai.checks.registry import Text

if TYPE_CHECKING:
    from gongkai.checks.prose.sentences import Sentence
    from gongkai.report import Report

# `own`: what the tables count. `whole`: a government's whole territory, and `seat`: its own house; which of them its
# tables count, the report shows (coverage.py). `wide`: perhaps not what they count. `other`: something else.
Reach = Literal["own", "whole", "seat", "wide", "other"]
# Not the year of a comparison (比2022年), of what was carried over (结转至2024年, 2022年结转), nor a document's.
_YEAR = re.compile(r"(?<![\d比较与至到转入])(?<!下)(20\d\d)年(?!度?(?:未办结)?(?:结转|遗留|转结|转入))")
# Words farther back than that say nothing of a claim any more.
_FARTHEST = 1000
_CLOSED = re.compile(r"\([^()]*\)")
OTHER_YEAR: Text = ("说的是 {} 年", "it speaks of {}")
OTHER_ORGAN: Text = ("“{}”可能是另一机关", "“{}” may be another organ")
_GOVERNMENTS = "道?(?:人民政府|政府|办事处|管理委员会|管委会)$"


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a clause reaches, and why it is not, or may not be, what the tables count.

    `year` is the year that it speaks of where that is another one and known.
    """

    reach: Reach
    reason: Text = ("", "")
    year: int | None = None

    @property
    def own_organ(self) -> bool:
        """Whether it is the organ itself in this year, or what its tables count instead: its territory, its house."""
        return self.reach in ("own", "whole", "seat")


OWN = Scope("own")


def scope_of(sentence: Sentence, start: int, report: Report) -> Scope:
    """The scope of a claim that starts at `start`: of each dimension (organ, time) the last word before it decides."""
    here = _CLOSED.sub(_blanked, sentence.text[:start][-_FARTHEST:])
    before = _CLOSED.sub(_blanked, sentence.chain[-_FARTHEST:])
    text = f"{before},{here}" if before else here
    latest: dict[str, tuple[int, Scope]] = {"time": (-1, OWN), "organ": (-1, OWN)}
    for marker in lexicon().markers:
        for match in marker.pattern.finditer(text):
            if match.end() > latest[marker.dimension][0]:
                latest[marker.dimension] = (match.end(), _meaning(marker, match, report))
    for match in _YEAR.finditer(text):
        if match.end() > latest["time"][0] and report.year is not None:
            latest["time"] = (match.end(), year_scope(int(match[1]), report.year))
    if (named := named_organ(here, report.organ)) and named.end + len(text) - len(here) > latest["organ"][0]:
        latest["organ"] = (0, _of_named(named.name, named.kind))
    time, organ = latest["time"][1], latest["organ"][1]
    if organ.own_organ:
        return organ if time == OWN else time
    return organ if time == OWN else Scope("other", organ.reason if organ.reach == "other" else time.reason)


def year_scope(year: int, own: int) -> Scope:
    """The scope of a clause that names a year."""
    if year == own:
        return OWN
    return Scope("other", (OTHER_YEAR[0].format(year), OTHER_YEAR[1].format(year)), year)


def _blanked(closed: re.Match[str]) -> str:
    return "." * len(closed[0])


def _of_named(name: str, kind: str) -> Scope:
    if kind == "own":
        return OWN
    reason = OTHER_ORGAN[0].format(name), OTHER_ORGAN[1].format(name)
    return Scope("seat" if kind == "seat" else "wide", reason)


def _meaning(marker: Marker, match: re.Match[str], report: Report) -> Scope:
    if marker.reach == "own":
        return OWN
    reason = marker.reason[0].format(match[0]), marker.reason[1].format(match[0])
    if marker.reach == "whole":
        # 我区, 全区 and all of its organs are how a government calls itself, and certainly more than a bureau is.
        territory = match.groupdict().get("territory") or ""
        governs = report.organ is not None and re.search(territory + _GOVERNMENTS, report.organ)
        return Scope("whole" if governs else "other", reason)
    year = None if marker.years_ago is None or report.year is None else report.year - marker.years_ago
    return Scope("wide" if marker.reach == "wide" else "other", reason, year)
