"""The organ among others of its level and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.narrative.facts import Fact, Facts, count
from gongkai.narrative.peers import ENOUGH, FEWEST, MEASURES, RECEIVED, Group, Standing, comparable, measures, standings
from gongkai.narrative.sections.naming import year
from gongkai.narrative.sentence import Paragraph, Phrase, Sentence, Table, paragraph
from gongkai.narrative.voice import Voice

# Told in a sentence of their own, wherever the organ stands.
_ALWAYS = (RECEIVED, "disclosed")
_LOW, _HIGH = 25, 75


def write(facts: Facts, voice: Voice, group: Group | None) -> list[Paragraph]:
    """How many peers there are and where the organ stands; the other measures by whether they are high or low."""
    if group is None:
        return []
    if not comparable(facts.report):
        return [paragraph([voice.say("peers.unknown")])]
    found = standings(facts, group)
    if not found:
        return [paragraph([_group(group, facts, voice, "incomparable"), _left_out(group, voice)])]
    first = [one for one in found if one.measure in _ALWAYS]
    rest = [one for one in found if one.measure not in _ALWAYS]
    return [
        paragraph([_group(group, facts, voice), _left_out(group, voice), *(_standing(one, voice) for one in first)]),
        paragraph([*_rest(rest, voice), _unusable(facts, voice), _caution(found, voice)]),
    ]


def table(facts: Facts, voice: Voice, group: Group) -> Table | None:
    """The peers with their measures, most requests first, below the organ itself; None without peers."""
    if not group.peers:
        return None
    own = {measure: fact.value for measure, fact in measures(facts).items()}
    peers = sorted(group.peers, key=lambda peer: (-peer.values.get(RECEIVED, -1), peer.name))
    rows = [(facts.report.organ or "?", own), *((peer.name, peer.values) for peer in peers)]
    return Table(
        voice.word("peers.table"),
        (voice.word("peers.organ"), *(voice.word(f"measures.{measure}") for measure in MEASURES)),
        tuple((name, *(_shown(measure, values, voice) for measure in MEASURES)) for name, values in rows),
    )


def percentile(standing: Standing) -> bool:
    """Whether there are peers enough for a percentile to mean anything."""
    return standing.peers.value >= ENOUGH


def value(measure: str, fact: Fact, voice: Voice) -> Phrase:
    """A measure's number as it is written."""
    return voice.phrase("peers.number" if measure == RECEIVED else "peers.share", n=fact) or ()


def kind(facts: Facts, voice: Voice) -> str:
    """What organs of this level and kind are called."""
    of_kind = f"{facts.report.level}_{facts.report.kind}"
    return voice.word(f"organs_many.{of_kind}", voice.word(f"organs.{of_kind}"))


def _group(group: Group, facts: Facts, voice: Voice, many: str = "") -> Sentence | None:
    """How many peers there are; `many` is the wording for peers enough to compare with, by default by their number."""
    n = count(group.peers, "peers")
    many = many or ("enough" if n.value >= ENOUGH else "few")
    key = many if n.value >= FEWEST else "too_few" if n.value else "nobody"
    return voice.say(f"peers.{key}", n=n, kind=kind(facts, voice), year=year(facts, voice))


def _left_out(group: Group, voice: Voice) -> Sentence | None:
    return voice.say("peers.left_out", n=count(range(group.left_out), "peers left out")) if group.left_out else None


def _standing(one: Standing, voice: Voice) -> Sentence | None:
    return voice.say(f"peers.standing{_manner(one)}", _slots(one, voice), cites=_cells([one]))


def _manner(one: Standing) -> str:
    """The wording for where the organ stands: above or below all others, or by percentile if there are enough."""
    if one.lower.value == one.peers.value:
        return "_most"
    if one.higher.value == one.peers.value:
        return "_least"
    return "" if percentile(one) else "_few"


def _slots(one: Standing, voice: Voice) -> dict[str, Fact | Phrase | str]:
    slots: dict[str, Fact | Phrase | str] = {
        "measure": voice.word(f"measures.{one.measure}"),
        "value": value(one.measure, one.own, voice),
        "median": value(one.measure, one.median, voice),
        "n": one.peers,
        "lower": one.lower,
        "higher": one.higher,
    }
    return slots | ({"percentile": one.percentile} if percentile(one) else {})


def _rest(standings: list[Standing], voice: Voice) -> Iterator[Sentence | None]:
    """The other measures, high, low and in between; just listed where there are too few peers."""
    few = [one for one in standings if not percentile(one)]
    high = [one for one in standings if one not in few and _is_high(one)]
    low = [one for one in standings if one not in few and _is_low(one)]
    between = [one for one in standings if one not in (*few, *high, *low)]
    for key, chosen in (("high", high), ("low", low), ("between", between), ("listed", few)):
        if chosen:
            yield voice.say(f"peers.{key}", standings=_listed(chosen, voice), cites=_cells(chosen))


def _is_high(one: Standing) -> bool:
    return one.percentile.value >= _HIGH and one.own.value > one.median.value


def _is_low(one: Standing) -> bool:
    return one.percentile.value <= _LOW and one.own.value < one.median.value


def _listed(standings: list[Standing], voice: Voice) -> Phrase:
    phrases = (voice.phrase(f"peers.item{_manner(one)}", _slots(one, voice)) for one in standings)
    return voice.join(phrases, "clause")


def _unusable(facts: Facts, voice: Voice) -> Sentence | None:
    """What of the organ's own cannot be compared."""
    own = measures(facts)
    lacking = [voice.word(f"measures.{measure}") for measure in MEASURES if measure not in own]
    if set(own) == {RECEIVED}:
        return voice.say("peers.no_share")
    return voice.say("peers.unusable", measures=voice.join(lacking)) if lacking else None


def _caution(found: list[Standing], voice: Voice) -> Sentence | None:
    """What shares do not say, where any was compared."""
    return voice.say("peers.caution") if any(one.measure != RECEIVED for one in found) else None


def _shown(measure: str, values: dict[str, float], voice: Voice) -> str:
    if measure not in values:
        return "–"
    return voice.figure(values[measure], "plain" if measure == RECEIVED else "share")


def _cells(standings: Iterable[Standing]) -> list[str]:
    return [id for one in standings for fact in (one.own, one.percentile, one.median) for id in fact.sources]
