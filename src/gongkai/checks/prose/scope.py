"""Whom and which time a clause speaks of, and whether that is what the report's tables count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gongkai.checks.prose.lexicon import Marker, lexicon
from gongkai.checks.registry import Text
from gongkai.parsing.organs import within

if TYPE_CHECKING:
    from gongkai.checks.prose.sentences import Sentence
    from gongkai.report import Report

# `own`: what the tables count. `wide`: perhaps not the same as they count. `other`: something else.
Reach = Literal["own", "wide", "other"]
# Not the year of a comparison (比2022年), of what was carried over (结转至2024年, 2022年结转), nor a document's.
_YEAR = re.compile(r"(?<![\d比较与至到转入])(?<!下)(20\d\d)年(?!度?(?:未办结)?(?:结转|遗留|转结))")
# Words farther back than that say nothing of a claim any more.
_FARTHEST = 1000
_CLOSED = re.compile(r"\([^()]*\)")
OTHER_YEAR: Text = ("说的是 {} 年", "it speaks of {}")
# An organ that is named as the one that did something: 区政府办公室受理….
_ENDINGS = "委员会|人民政府办公[室厅]|政府办公[室厅]|政府办|人民政府|政府|办事处|办公[室厅]|[局委厅院]|中心|街道|[镇乡]"
_NAMED = re.compile(
    rf"(?:^|[,;:、()年度由])(?P<name>[\u4e00-\u9fff]{{1,20}}?(?:{_ENDINGS}))"
    r"(?:(?:20\d\d年)?(?:度|全年|本年度?|年度|累计|共计?|依法|新|已|直接|,)*)$"
)
_SELF = re.compile("[我本各全该]|代表|上级|下级|有关|相关|部门")
OTHER_ORGAN: Text = ("“{}”可能是另一机关", "“{}” may be another organ")


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a clause reaches, and why it is not, or may not be, what the tables count.

    `year` is the year that it speaks of where that is another one and known.
    """

    reach: Reach
    reason: Text = ("", "")
    year: int | None = None


OWN = Scope("own")


def scope_of(sentence: Sentence, start: int, report: Report) -> Scope:
    """The scope of a claim that starts at `start`: of each dimension (organ, time) the last word before it decides."""
    text = f"{sentence.chain},{sentence.text[:start]}" if sentence.chain else sentence.text[:start]
    text = text[-_FARTHEST:]
    text = _CLOSED.sub(lambda closed: "." * len(closed[0]), text)
    latest: dict[str, tuple[int, Scope]] = {"time": (-1, OWN), "organ": (-1, OWN)}
    for marker in lexicon().markers:
        for match in marker.pattern.finditer(text):
            if match.end() > latest[marker.dimension][0]:
                latest[marker.dimension] = (match.end(), _meaning(marker, match, report))
    for match in _YEAR.finditer(text):
        if match.end() > latest["time"][0] and report.year is not None:
            latest["time"] = (match.end(), year_scope(int(match[1]), report.year))
    if latest["organ"][0] < 0 and (name := _other_organ(text, report.organ)):
        latest["organ"] = (0, Scope("wide", (OTHER_ORGAN[0].format(name), OTHER_ORGAN[1].format(name))))
    time, organ = latest["time"][1], latest["organ"][1]
    if OWN in (time, organ):
        return organ if time == OWN else time
    return Scope("other", organ.reason if organ.reach == "other" else time.reason)


def year_scope(year: int, own: int) -> Scope:
    """The scope of a clause that names a year."""
    if year == own:
        return OWN
    return Scope("other", (OTHER_YEAR[0].format(year), OTHER_YEAR[1].format(year)), year)


def _meaning(marker: Marker, match: re.Match[str], report: Report) -> Scope:
    if marker.own:
        return OWN
    # 我区 is how 某区人民政府 calls itself; 全区 is perhaps more than it counts, and certainly more than a bureau does.
    territory = match.groupdict().get("territory")
    governs = (
        territory
        and report.organ
        and re.search(rf"{territory}(?:人民政府|政府|办事处|管理委员会|管委会)$", report.organ)
    )
    if governs and match.groupdict().get("whole") == "我":
        return OWN
    reason = marker.reason[0].format(match[0]), marker.reason[1].format(match[0])
    known = marker.years_ago is not None and report.year is not None
    year = report.year - marker.years_ago if known else None  # type: ignore[operator]
    return Scope("wide" if governs else "other", reason, year)


def _other_organ(text: str, organ: str | None) -> str | None:
    """The organ that the last clause names as its subject, when that cannot be a short name of the report's own."""
    match = _NAMED.search(text)
    if match is None or organ is None or _SELF.search(match["name"]):
        return None
    return None if within(match["name"], organ) else match["name"]
