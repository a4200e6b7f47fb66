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
    r"^(?:现将|[现特并]?向社会公?开?[公发]布|[现特]?编制(?:形成)?|[现特]?(?:[发公]布|公开)|关于|根据|结合|附件\d*[:：]?|标题[:：]|信?息?来源[:：]?|发布机构[:：]?|发布单位[:：]?|首页"
    r"|当前位置[:：]?|20\d\d年?度?)+"
    r"|(?:20\d\d年?度?|年度|关于|工作|的|本级|[现特]?编制的?|[现特]?[发公]布的?)+$"
)
# Names of places one after the other, and characters that point to a place instead of naming it.
_PLACES = re.compile(rf"(?:{_HAN}{{2,4}}?(?:省|自治区|市|州|盟|地区|县|区|旗)){{1,3}}")
# A sentence, not a name: a government with other words behind it than those of its own offices, or a verb.
_RUNS_ON = re.compile(
    "人民政府(?!$|驻|研究|外事|参事|国有|信访|政务|[\u4e00-\u9fff]{0,12}(?:办公室|办公厅|办|局|中心|委员会)$)"
    "|认真|坚持|围绕|积极|执行|落实|贯彻|按照|根据|依据|要求|编制|.国务院"
)
# What the branches of central organs put before their own names.
_BRANCH = re.compile(r"^国家\w{1,6}?总?局(?=\w)")
_DEICTIC = "我本各该全"
# What is no longer than this and begins so points to an organ: 我局, 本街道办.
_SELF = 5


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("organs.toml").read_text(encoding="utf-8"))


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _data()['endings']))})$")


def tidy_name(text: str, *, places: bool = False) -> str | None:
    """The organ named by a piece of text that holds little else, or None; with `places` also a place alone (河包镇)."""
    text = re.sub(r"[\s\d_|>《》<]+(?=[^\d年])|[《》\s]", "", text)
    previous = None
    while previous != text:
        previous, text = text, _NOISE.sub("", text)
    text = re.sub(r"20\d\d年?度?", "", text).strip("-—_:：·,，()（）")
    if any(opening in text and closing not in text for opening, closing in ("()", "（）")):
        return None  # cut out of something longer
    if not 2 <= len(text) <= 40 or not re.fullmatch(rf"(?:{_HAN}|[（）()、])+", text):
        return None
    if is_deictic(text) and len(text) <= _SELF:
        return None
    named = (
        text.endswith(tuple(_data()["governments"]))
        or _ending().search(text)
        or re.search("(?:部|委|办|队|所|站|处|会|司|公司|大学|学院|医院)$", text)
    )
    return text if (named and not _RUNS_ON.search(text)) or (places and is_place(text)) else None


def full_name(organ: str, text: str) -> str:
    """The name with the places above it, where the text puts them before it."""
    counts: Counter[str] = Counter()
    provinces = (*_data()["names"]["municipalities"], *_data()["names"]["provinces"])
    for match in re.finditer(rf"({_HAN}{{3,20}}){re.escape(organ)}", text):
        province = max((name for name in provinces if name in match[1]), key=len, default="")
        cut = re.split("[由与对向在经是据照将及为至到请]", match[1])[-1]
        above = match[1][match[1].index(province) :] if province else _NOISE.sub("", cut)
        if _PLACES.fullmatch(above) and not is_deictic(above):
            counts[above] += 1
    return counts.most_common(1)[0][0] + organ if counts else organ


def level_of(organ: str) -> str | None:
    """`central`, `province`, `prefecture`, `county` or `township`: the lowest unit of administration in the name."""
    names = _data()["names"]
    if any(organ.startswith(name) for name in names["central"]):
        branch = _BRANCH.sub("", organ)
        return level_of(branch) or "central" if branch != organ else "central"
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
    """`government` for a people's government itself, or a place alone; `department` for every other organ."""
    itself = organ.endswith(tuple(_data()["governments"])) or is_place(organ)
    return "government" if itself else "department"


def is_place(name: str) -> bool:
    """Whether a name is that of a place alone: 河包镇, 上海市."""
    rest, found = name, _units().match(name)
    while found:
        rest = rest[found.end() :]
        found = _units().match(rest)
    return not rest and not is_deictic(name) and is_complete(name)


def self_of(prose: str) -> str | None:
    """What the organ calls itself after 我 or 本 most often: 局, 镇, 街道, …; None when that does not tell."""
    for selves in _data()["selves"]:
        counts = Counter(match[1] for match in re.finditer(rf"[我本]({'|'.join(selves)})(?!域|级)", prose))
        if counts:
            return counts.most_common(1)[0][0]
    return None


def suits(name: str, self: str | None) -> bool:
    """Whether an organ of this name can call itself so; every name suits one that does not speak of itself."""
    return self is None or self in name[-4:] or (level_of(name) == "township" and self in name)


def short_endings() -> tuple[str, ...]:
    """Endings that prose shortens organs' names to."""
    return tuple(_data()["short_endings"])


def within(short: str, long: str) -> bool:
    """Whether all characters of a name stand in another one in the same order: 区人社局, 某区人力资源和社会保障局."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def is_complete(organ: str) -> bool:
    """Whether the name says which place the organ belongs to: 洪泽区财政局, not 区财政局 or 财政局."""
    if any(organ.startswith(name) for name in _data()["names"]["central"]):
        return True
    return bool(_units().match(organ)) and not is_deictic(organ)


def is_deictic(name: str) -> bool:
    """Whether a name points to a place or an organ instead of naming it: 我局, 全市."""
    return name.startswith(tuple(_DEICTIC))
