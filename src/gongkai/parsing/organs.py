"""Names of government organs: find them, tell their level and kind, and whether they are complete."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any

_HAN = r"[\u4e00-\u9fff·]"
_NOISE = re.compile(
    r"^(?:现公布|现将|特?向社会公布|关于|发布|公布|根据|附件\d*[:：]?|标题[:：]|来源[:：]?|发布机构[:：]?|发布单位[:：]?|信息来源[:：]?|首页|当前位置[:：]?)+"
    r"|(?:20\d\d年?度?|年度|关于|工作|的|本级|发布的?|公布的?)+$|^(?:20\d\d年?度?)+"
)
# Names of places one after the other, and characters that point to a place instead of naming it.
_PLACES = re.compile(rf"(?:{_HAN}{{2,4}}?(?:省|自治区|市|州|盟|地区|县|区|旗)){{1,3}}")
# A sentence, not a name: a government with other words behind it than those of its own offices, or a verb.
_RUNS_ON = re.compile(
    "人民政府(?!$|办公|驻|研究|外事|参事|国有|信访|政务)|认真|执行|落实|贯彻|按照|根据|依据|要求|编制|.国务院"
)
_DEICTIC = "我本各该全"
# Words before which the name of an organ begins in prose.
_BOUNDARY = r"(?:^|[，。；：、,.;:!！?？\s“”\"'（）()]|由|在|对|向|经|和|与|及)"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("organs.toml").read_text(encoding="utf-8"))


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _data()['endings']))})$")


def tidy_name(text: str) -> str | None:
    """The organ named by a piece of text that holds little else, or None."""
    text = re.sub(r"[\s\d_|>《》<]+(?=[^\d年])|[《》\s]", "", text)
    previous = None
    while previous != text:
        previous, text = text, _NOISE.sub("", text)
    text = re.sub(r"20\d\d年?度?", "", text).strip("-—_:：·,，()（）")
    if not 2 <= len(text) <= 40 or not re.fullmatch(rf"(?:{_HAN}|[（）()、])+", text):
        return None
    named = _ending().search(text) or re.search("(?:部|委|办|队|所|站|处|会|司|公司|大学|学院|医院)$", text)
    return text if named and not _RUNS_ON.search(text) else None


def find_in_prose(prose: str) -> str | None:
    """The name that the prose uses most for the organ itself, e.g. 区人社局; None when there is none."""
    units = "省市区县旗州盟镇乡"
    endings = "|".join(_data()["short_endings"])
    pattern = re.compile(
        rf"{_BOUNDARY}((?:{_HAN}{{0,12}}?[{units}])?{_HAN}{{0,10}}?(?:{endings}))(?!员会)(?={_HAN}|[，。；,])"
    )
    counts: Counter[str] = Counter()
    for match in pattern.finditer(prose):
        name = match[1]
        if name[0] not in _DEICTIC and any(unit in name for unit in units):
            counts[name] += 1
    if not counts:
        return None
    most = max(counts.values())
    return min((name for name, count in counts.items() if count == most), key=len)


def full_name(organ: str, text: str) -> str:
    """The name with the places above it, where the text puts them before it."""
    counts: Counter[str] = Counter()
    provinces = (*_data()["names"]["municipalities"], *_data()["names"]["provinces"])
    for match in re.finditer(rf"({_HAN}{{3,20}}){re.escape(organ)}", text):
        province = max((name for name in provinces if name in match[1]), key=len, default="")
        cut = re.split("[由与对向在经是据照将及为至到请]", match[1])[-1]
        above = match[1][match[1].index(province) :] if province else _NOISE.sub("", cut)
        if _PLACES.fullmatch(above) and above[0] not in _DEICTIC:
            counts[above] += 1
    return counts.most_common(1)[0][0] + organ if counts else organ


def level_of(organ: str) -> str | None:
    """`central`, `province`, `prefecture`, `county` or `township`: the lowest unit of administration in the name."""
    names = _data()["names"]
    if any(organ.startswith(name) for name in names["central"]):
        return "central"
    if any(zone in organ for zone in names["zones"]):
        return None
    rest, found = organ, None
    for name in (*names["municipalities"], *names["provinces"]):
        if rest.startswith(name):
            rest, found = rest[len(name) :], "province"
            break
    for match in _units().finditer(rest if is_complete(organ) else f"某{rest}"):
        level = next(name for name, unit in match.groupdict().items() if unit)
        if level == found == "prefecture":
            level = "county"  # a county-level city under its prefecture
        if found is None or _RANK[level] < _RANK[found]:
            found = level
    return found


@cache
def _units() -> re.Pattern[str]:
    """A place's name and its unit of administration, in a group called after the level."""
    groups = (f"(?P<{level}>{'|'.join(units)})" for level, units in _data()["levels"].items())
    return re.compile(rf"{_HAN}{{1,8}}?(?:{'|'.join(groups)})")


_RANK = {"central": 4, "province": 3, "prefecture": 2, "county": 1, "township": 0}


def kind_of(organ: str) -> str:
    """`government` for a people's government itself, `department` for every other organ."""
    return "government" if organ.endswith(tuple(_data()["governments"])) else "department"


def is_complete(organ: str) -> bool:
    """Whether the name says which place the organ belongs to: 洪泽区财政局, not 区财政局 or 财政局."""
    if any(organ.startswith(name) for name in _data()["names"]["central"]):
        return True
    return bool(_units().match(organ)) and organ[0] not in _DEICTIC
