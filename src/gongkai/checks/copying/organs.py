"""Other organs where a report names, or calls, its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from gongkai.checks.copying.shingles import data
from gongkai.checks.prose.lexicon import Filler, lexicon
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.registry import Text
from gongkai.parsing.organs import within
from gongkai.report import Report

# Words that point to the organ itself, whatever stands before them: 本年度我局.
_OWN = re.compile("[我本](?=[\u4e00-\u9fff]{1,4}$)(?!年)|^[我本](?:[局委厅办院所县区市镇乡]|街道|机关|单位)")
# A place's name with its unit that is no longer was not put together from two.
_SHORT = 3
# What a name may be written shorter or longer by.
_GENERAL = re.compile("[省市县区州旗盟镇乡]|.*(?:开发|园|景|示范|度假|保税|高新|经开|功能)")


def other_organs(said: Sequence[Sentence], report: Report) -> Iterator[tuple[str, Text]]:
    """Where another organ stands in the place of the report's own name."""
    own = _own_name(report)
    if own is None:
        return
    for sentence in said:
        for pattern in _slots("patterns"):
            for match in pattern.finditer(sentence.text):
                name = match["name"]
                if _another(name, own):
                    yield sentence.clause(*match.span("name")), _not_own(name, own)


def other_places(said: Sequence[Sentence], report: Report) -> Iterator[tuple[str, Text]]:
    """Where another place of the organ's own rank stands in its stead: 青口县政务公开办公室 in 怀平县's report."""
    own = _own_name(report)
    if own is None or not _places(own):
        return
    place = _places(own)[-1]
    patterns = _slots("places", own.rpartition(place)[2])
    for sentence in said:
        for match in (match for pattern in patterns if (match := pattern.search(sentence.text))):
            name = match["name"]
            if name[-1] == place[-1] and name not in own and not _on_purpose(sentence.text, name, own):
                yield sentence.clause(*match.span("name")), _not_own(name, own)


def _own_name(report: Report) -> str | None:
    """The name of the report's own organ where it is sure."""
    return None if report.flags.get("organ", "").startswith(("conflict", "missing")) else report.organ


def _on_purpose(text: str, name: str, own: str) -> bool:
    """Whether a sentence may well speak of another place: what it did, or had to do with the organ."""
    slots = data()["slots"]
    if lexicon().named.no_subject.match(name) or re.search(slots["visits"], text):
        return True
    if any(place in text for place in _places(own)):
        return True
    return name.endswith("市") and (own.endswith("政府") or re.search(slots["of_cities"], text) is not None)


def _not_own(name: str, own: str) -> Text:
    return f"“{name}”不是本机关（{own}）", f"another organ than the report's own ({own})"


def other_selves(said: Sequence[Sentence], report: Report) -> Iterator[tuple[str, Text]]:
    """Where the organ calls itself what it is not: 我局 in a committee's report."""
    own = _own_name(report)
    if own is None:
        return
    for sentence in said:
        for word, needs, places in _selves():
            if any(part in own for part in needs) or (places and not any(part in own for part in places)):
                continue
            if match := word.search(sentence.text):
                zh, en = f"“{match[0]}”不是{own}的自称", f"not what {own} would call itself"
                yield sentence.clause(*match.span()), (zh, en)


def _another(name: str, own: str) -> bool:
    """Whether a name cannot be one of the report's own organ: of another place, or another body of the same place."""
    if _OWN.search(name):
        return False
    if _other_place(name, own):
        return True
    if within(name, own) or within(own, name):
        return False
    if _part_ways(_places(name), _places(own)):
        return True
    if re.search(data()["slots"]["offices"], name) and _shared_place(name, own):
        return False
    places = _places(name)
    if places and not _shared_place(name, own):
        return True
    bodies = re.compile(data()["slots"]["bodies"])
    return bool(bodies.search(name)) and bool(bodies.search(own))


def _other_place(name: str, own: str) -> bool:
    """Whether a name begins with a short place's that the own one lacks, though of the same unit: 白石镇, 黑石镇."""
    places, mine = _places(name), _places(own)
    if not places or len(places[0]) > _SHORT or not name.startswith(places[0]):
        return False
    return places[0][-1] in {place[-1] for place in mine} and places[0] not in own


def same_organ(one: str, other: str) -> bool:
    """Whether two names are of one organ, perhaps without the places above it: 洪泽区教育局, 淮安市洪泽区教育局."""
    short, long = sorted((one, other), key=len)
    return one == other or (within(short, long) and bool(_places(short)))


def _part_ways(one: list[str], other: list[str]) -> bool:
    """Whether places go on differently below one that both have: 广东省长岭市 and 广东省太康市, not 广东省 alone."""
    shared = next((place for place in one if place in other), None)
    if shared is None:
        return False
    below = one[one.index(shared) + 1 :], other[other.index(shared) + 1 :]
    return all(below) and not set(below[0]) & set(below[1])


def _shared_place(name: str, own: str) -> bool:
    mine = _places(own)
    return any(place in own for place in _places(name)) or any(place in name for place in mine) or not mine


def _places(name: str) -> list[str]:
    """The places that a name gives by their own names (洪泽区, not 区)."""
    return [
        place for place in re.findall(data()["slots"]["place"], name) if not _GENERAL.fullmatch(place[:-1] or place)
    ]


@lru_cache(maxsize=256)
def _slots(listed: str, body: str = "") -> tuple[re.Pattern[str], ...]:
    """The slots of a list in the file, for an organ whose name goes on with `body` after its place."""
    fill = Filler(data()["slots"]["words"])
    # Put in as it is: a report's name for its organ is no pattern.
    fill.words["own"] = re.escape(body) or "(?!)"
    return tuple(map(fill.compiled, data()["slots"][listed]))


@cache
def _selves() -> tuple[tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(spec["word"]), tuple(spec["needs"]), tuple(spec.get("places", ()))) for spec in data()["self"]
    )
