"""Organs with invented names, built as real ones are: province, prefecture, county, township, and their departments."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

_WORDS = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
LEVELS = ("province", "prefecture", "county", "township")


@dataclass(frozen=True, slots=True)
class Organ:
    """`areas` above it from the province down, its `own` name, what it calls itself (`name`) and `we` in prose."""

    areas: tuple[str, ...]
    own: str
    name: str
    level: str
    kind: str
    we: str

    @property
    def full(self) -> str:
        return "".join(self.areas) + self.own

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that leaves nobody in doubt: from any of its areas on."""
        return tuple("".join(self.areas[start:]) + self.own for start in range(len(self.areas) + 1))


def make_organ(rng: Random) -> Organ:
    """An organ; departments of counties are the most common, as in life."""
    level = rng.choices(LEVELS, (4, 20, 62, 14))[0]
    chain = _chain(rng, level)
    area = chain[-1]
    if level == "township":
        office = "办事处" if area.endswith("街道") else "人民政府"
        kind, name, we = "government", area + office, "我街道" if office == "办事处" else f"我{area[-1]}"
    elif rng.random() < 0.25:
        kind, name, we = "government", area + "人民政府", "我" + _short(area)
    else:
        kind, (stem, endings) = "department", rng.choice(list(_WORDS["departments"].items()))
        ending = endings[LEVELS.index(level)]
        name, we = area + stem + ending, "我委" if ending == "委员会" else f"我{ending[-1]}"
    # Between the shortest self-name and the full one, organs begin at any level of the chain.
    start = rng.choices(range(len(chain)), [1] * (len(chain) - 1) + [3])[0]
    return Organ(tuple(chain[:-1]), name, "".join(chain[start:-1]) + name, level, kind, we)


def _chain(rng: Random, level: str) -> list[str]:
    """The areas from the province down to this level; municipalities have no prefectures."""
    stems = rng.sample(_WORDS["stems"], 3)
    municipality = level in ("county", "township") and rng.random() < 0.1
    if municipality:
        chain = [rng.choice(_WORDS["municipalities"]), stems[1] + "区"]
    else:
        chain = [rng.choice(_WORDS["provinces"]), stems[0] + "市", stems[1] + rng.choice(("县", "区", "市", "县"))]
    chain = chain[: {"province": 1, "prefecture": 2}.get(level, len(chain))]
    return [*chain, stems[2] + rng.choice(("镇", "乡", "街道", "镇"))] if level == "township" else chain


def _short(area: str) -> str:
    return "区" if area.endswith("自治区") else area[-1]
