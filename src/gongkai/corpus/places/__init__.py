"""Whose report it is, so that organs can be joined with other data: place, code after GB/T 2260, level, kind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from gongkai.corpus.places.units import MANNERS, Manner, Unit, index, longest_name, the_one, units, words
from gongkai.parsing.normalise import simplify, tidy
from gongkai.parsing.organs import is_complete, kind_of, level_of, tidy_name

_HAN = r"[\u4e00-\u9fff·]"
_TOWNSHIP = re.compile(
    rf"(?:人民政府)?((?:(?![局委厅]){_HAN}){{1,8}}?(?:街道(?!管理)|(?<!城|乡)镇|(?:民族)?乡(?!村|建|镇)|苏木))"
)
# A name of a unit that goes on like this is part of a township's name: 东区街道办事处.
_IN_A_TOWNSHIP = re.compile("街道(?!管理)|[镇乡](?:人民)?政府|路街道")
# A province's short form that goes on like this is part of another name: 上海路, 河北区, 山东庄镇, 湖南大学.
_NO_PROVINCE = re.compile(
    rf"[路街村省市州盟县区旗]|{_HAN}{{0,6}}?(?:街道|[镇乡](?:人民)?政府)|{_HAN}*(?:大学|学院|学校|医院|公司|银行)$"
)
_UNIT_LIKE = re.compile(
    rf"(?:(?![局委厅办会院所队]){_HAN}){{0,6}}?(?:县(?!级|直)|地区|(?<!社)区(?!域|级|直)|旗|(?<!城)市(?!场|政|容|民|辖))(?={_HAN}{{2}})"
)


@dataclass(frozen=True, slots=True)
class Organ:
    """What the name of an organ says about it; None where it does not say.

    `name` is the name tidied up; `full_name` has every unit above it and is the same however the report shortens the
    name, so that it identifies an organ over the years. `province`, `prefecture` and `county` are names of units;
    districts of the four municipalities and counties directly under a province have no prefecture. `below` is the
    township or the zone (开发区, which has no code) under them. `code` is that of the smallest unit of GB/T 2260 in
    which the name puts the organ, six digits: of the county for a township or a county's zone. A unit that was
    abolished after 2018 keeps its code; one whose code changed has the newest.

    `match` says how the code was found: `full` names only, from a prefecture or province downwards; `unique`, the only
    county of that name in the country; `short`, a short form such as 内蒙古 or 伊犁州; or why there is none:
    `ambiguous`, several units have the name; `unknown`, the name gives a place that is not in the list; `central`;
    `none`, the name gives no place.
    """

    name: str
    full_name: str
    province: str | None
    prefecture: str | None
    county: str | None
    below: str | None
    code: str | None
    match: str
    level: str | None
    kind: str


class _Place(NamedTuple):
    """Units that fit the beginning of a name, what is left of it, and how they were called."""

    units: tuple[Unit, ...]
    rest: str
    match: str


@lru_cache(maxsize=65536)
def identify(organ: str) -> Organ:
    """What the name of an organ says about it. Never guesses: a name that fits several units gives no code."""
    name = _tidied(organ)
    head = next((organ for organ in words()["central_offices"] if name.startswith(organ)), "")
    place = _walk(name[len(head) :], None)
    if place is None:
        return _without_place(name)
    unit, match, below, level = the_one(place.units), place.match, None, level_of(name)
    office = next((found[1] for pattern in _offices() if (found := pattern.search(place.rest))), None)
    if unit is None:
        match = "ambiguous"
    elif office:
        # Not the city's own: without its county nothing says at which level it is.
        unit, level = _named_in(unit, office), None
        match = "short" if unit else "unknown"
    elif zone := _zone().match(place.rest):
        below, level = zone[0], None
    elif township := _TOWNSHIP.match(place.rest):
        below, level = township[1], "township"
    elif _names_another_unit(place.rest):
        match, unit = "unknown", None
    if unit and not below and not head:
        level = unit.level
    province, prefecture, county = _above(place.units, unit, match)
    printed = "" if office else county or ""
    code = unit.code if unit else None
    full = f"{head}{province or ''}{prefecture or ''}{printed}{place.rest}" if unit else name
    return Organ(name, full, province, prefecture, county, below, code, match, level, kind_of(name))


def _tidied(organ: str) -> str:
    """The name in one width and script, without blanks and what is not part of it; brackets as Chinese writes them."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", simplify(tidy(organ))))
    name = (tidy_name(text) or text).translate({ord("("): "（", ord(")"): "）"})
    return name + "）" * (name.count("（") - name.count("）"))


def _without_place(name: str) -> Organ:
    level = level_of(name)
    match = "central" if level == "central" else "unknown" if level and is_complete(name) else "none"
    return Organ(name, name, None, None, None, None, None, match, level, kind_of(name))


def _walk(text: str, above: tuple[Unit, ...] | None) -> _Place | None:
    """The units named at the beginning of `text`, one inside the other, the longest names first."""
    if above and (between := _between().match(text)):
        return _walk(text[between.end() :], above)
    for length in range(min(longest_name(), len(text)), 1, -1):
        for manner in MANNERS:
            named = index()[manner].get(text[:length], ())
            found = tuple(unit for unit in named if above is None or any(unit.within(one) for one in above))
            rest = text[length:]
            if not found:
                continue
            if _IN_A_TOWNSHIP.match(rest):
                return None
            deeper = _walk(rest, found)
            if deeper:
                return deeper._replace(match="short" if manner != "full" else _from(found, deeper))
            if manner == "full":
                return _Place(found, rest, "unique" if found[0].level == "county" else "full")
            if _goes_without_more(manner, found, rest):
                return _Place(found, rest, "short")
    # A zone may be named before the county in it: 雄安新区容城县.
    zone = _zone().match(text) if above else None
    return _walk(text[zone.end() :], above) if zone else None


def _goes_without_more(manner: Manner, found: tuple[Unit, ...], rest: str) -> bool:
    """Whether a short form says enough with no smaller unit behind it.

    Bare names of districts are all over the country (东湖, 滨江); a city's before its zone is a city's: 昆山高新区.
    """
    if manner == "bare":
        unit = the_one(found)
        return unit is not None and not unit.name.endswith(("区", "县", "旗")) and bool(_zone().match(rest))
    return found[0].level != "province" or not _NO_PROVINCE.match(rest)


def _from(found: tuple[Unit, ...], deeper: _Place) -> str:
    """How a place below a unit called by its full name was found."""
    return "short" if deeper.match == "short" else "full"


def _named_in(unit: Unit, name: str) -> Unit | None:
    """The county in `unit` that goes by this name, with or without the word for what it is."""
    named = [*index()["full"].get(name, ()), *index()["bare"].get(name, ())]
    return the_one(tuple(one for one in named if one.within(unit)))


def _names_another_unit(rest: str) -> bool:
    """Whether a unit stands next in the name that the list does not have there."""
    found = _UNIT_LIKE.match(rest)
    return found is not None and not _no_unit().search(found[0])


def _above(found: tuple[Unit, ...], unit: Unit | None, match: str) -> tuple[str | None, str | None, str | None]:
    """Names of province, prefecture and county: of `unit`, else as far as all the units found have them in common."""
    certain = (unit,) if unit else found
    provinces = {one.code[:2] + "0000" for one in certain}
    prefectures = {one.code[:4] + "00" for one in certain if one.level != "province"}
    province = units()[provinces.pop()].name if len(provinces) == 1 else None
    prefecture = units().get(prefectures.pop()) if len(prefectures) == 1 else None
    county = found[0].name if len(found) == 1 and found[0].level == "county" else None
    if unit:
        county = unit.name if unit.level == "county" else None
    return province, prefecture.name if prefecture else None, county


@cache
def _zone() -> re.Pattern[str]:
    return re.compile(rf"(?:(?![局委厅]){_HAN}){{0,20}}?(?:{'|'.join(words()['zones'])})")


@cache
def _no_unit() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words()['no_units'])})$")


@cache
def _offices() -> list[re.Pattern[str]]:
    return [re.compile(pattern.format(name=f"{_HAN}{{2,6}}?")) for pattern in words()["county_offices"]]


@cache
def _between() -> re.Pattern[str]:
    return re.compile(words()["between"])
