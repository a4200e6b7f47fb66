"""China's units of administration with their codes after GB/T 2260, and the names by which they are called."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

# `full`: as in the list; `short`: 伊犁州, 内蒙古, 长阳县; `bare`: without the word for the unit, 苏州 for 苏州市.
Manner = Literal["full", "short", "bare"]
MANNERS: tuple[Manner, ...] = ("full", "short", "bare")
_FROM_THE_START, _IN_FORCE = 0, 9999
_UNIT = re.compile("(?:自治区|自治州|自治县|自治旗|林区|特区|地区|省|市|州|盟|县|区|旗)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at or above county level; `first` and `last` bound the years at whose end it existed."""

    code: str
    name: str
    first: int
    last: int

    @property
    def level(self) -> str:
        """`province`, `prefecture` or `county`, as the code says it."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def within(self, other: Unit) -> bool:
        """Whether `other` is a unit above this one."""
        if other.level == "county" or self.code == other.code:
            return False
        stem = 2 if other.level == "province" else 4
        return other.code[:stem] in (self.code[:stem], words()["inside"].get(self.code[:4] + "00", "")[:stem])


@cache
def words() -> dict[str, Any]:
    """What names of organs say about places: `words.toml`."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def units() -> dict[str, Unit]:
    """Every unit that existed at the end of 2018 or later, by code; the newest of those that had a code in turn."""
    return {unit.code: unit for unit in _all_units()}


@cache
def index() -> dict[Manner, dict[str, tuple[Unit, ...]]]:
    """The units by the names that they go by, one dict for each manner of naming."""
    found: dict[Manner, defaultdict[str, list[Unit]]] = {manner: defaultdict(list) for manner in MANNERS}
    for unit in _all_units():
        found["full"][unit.name].append(unit)
        stem = _stem(unit.name)
        if unit.level == "province":
            found["short"][stem].append(unit)
        elif len(stem) > 1:
            found["bare"][stem].append(unit)
            short = stem + unit.name[-1]
            if short != unit.name and not unit.name.endswith("地区"):
                found["short"][short].append(unit)
    for short, code in words()["short"].items():
        found["short"][short].append(units()[code])
    return {manner: {name: tuple(named) for name, named in names.items()} for manner, names in found.items()}


@cache
def longest_name() -> int:
    """The length of the longest name, in characters."""
    return max(map(len, index()["full"]))


def the_one(candidates: tuple[Unit, ...]) -> Unit | None:
    """The unit that is meant when all of these fit; None when there is no telling.

    Units of one name of which each begins when the one before has ended are one unit whose code changed: the newest
    stands for it. Of a unit and others inside it, the unit is what is certain.
    """
    if not candidates:
        return None
    last, *earlier = sorted(candidates, key=lambda unit: unit.first, reverse=True)
    if all(other.name == last.name and other.last < last.first for other in earlier):
        return last
    containing = [one for one in candidates if all(other.within(one) for other in candidates if other is not one)]
    return containing[0] if containing else None


@cache
def _all_units() -> tuple[Unit, ...]:
    with resources.files(__package__).joinpath("units.csv").open(encoding="utf-8") as file:
        return tuple(
            Unit(
                row["code"],
                row["name"],
                int(row["first"]) if row["first"] else _FROM_THE_START,
                int(row["last"]) if row["last"] else _IN_FORCE,
            )
            for row in csv.DictReader(file)
        )


def _stem(name: str) -> str:
    """The name without the word for the unit, and without the peoples after whom it is called."""
    stem = _UNIT.sub("", name)
    return _peoples().sub("", stem) or stem.removesuffix("族")


@cache
def _peoples() -> re.Pattern[str]:
    peoples = "|".join(sorted(words()["peoples"], key=len, reverse=True))
    return re.compile(f"(?:(?:{peoples})族|{'|'.join(words()['peoples_alone'])})+$")
