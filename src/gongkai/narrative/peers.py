"""Where an organ stands among others of its level and kind in the same year.

Every organ is measured alike, and only by numbers that may be written down (`facts`): what is blank, doubtful or at
odds with itself in a peer's report leaves that peer out of that comparison, and so does a base too small for a share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from gongkai.forms import cell_id
from gongkai.narrative.facts import PEERS, Fact, Facts, count
from gongkai.narrative.topics import disclosed, litigation, requests

if TYPE_CHECKING:
    from gongkai.report import Report

# The only measure that is a number of requests; the others are shares of those that were handled.
RECEIVED = "received"
MEASURES = (RECEIVED, "disclosed", "denied", "not_held", "carried_out", "reviews", "suits")
# With fewer peers a percentile is more than they can bear, with still fewer any comparison is.
ENOUGH, FEWEST = 10, 3
_SUITS = ("suit_direct", "suit_after_review")


@dataclass(frozen=True, slots=True)
class Peer:
    """Another organ's name and its measures, as far as its report gives them."""

    name: str
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """The peers that can be compared, and how many reports could not be, for another or an unknown level, kind or year.

    A report of the organ itself and a second one of the same peer are neither.
    """

    peers: tuple[Peer, ...]
    left_out: int

    def values(self, measure: str) -> list[float]:
        """A measure of every peer that has it."""
        return [peer.values[measure] for peer in self.peers if measure in peer.values]


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure of the organ among its peers: how many have it, how many of those are lower and higher.

    `percentile` counts those that are lower and half of those that are equal, of 100; rounded to a whole number.
    """

    measure: str
    own: Fact
    peers: Fact
    lower: Fact
    higher: Fact
    median: Fact
    percentile: Fact


def measures(facts: Facts) -> dict[str, Fact]:
    """What can be compared of one report, by name; see MEASURES."""
    data, tracks = requests(facts), litigation(facts)
    outcomes = {outcome.id: outcome.fact for outcome in data.outcomes or ()}
    held = facts.cell(cell_id("requests", "unavailable_not_held", "total")) if outcomes else None
    over = data.carried_out if facts.holds("balance", "total") else None
    due = facts.sum(data.handled.cells + over.cells) if data.handled and over else None
    reviews = tracks["review"].total if "review" in tracks else None
    suits = [cell for id in _SUITS if id in tracks for cell in tracks[id].total.cells]
    found = {
        RECEIVED: data.new,
        "disclosed": facts.share(disclosed(data, facts), data.handled),
        "denied": facts.share(outcomes.get("denied"), data.handled),
        "not_held": facts.share(held, data.handled),
        "carried_out": facts.share(over, due),
        "reviews": facts.share(reviews, data.handled),
        "suits": facts.share(facts.sum(suits), data.handled) if all(id in tracks for id in _SUITS) else None,
    }
    return {measure: fact for measure, fact in found.items() if fact is not None}


def group(report: Report, others: Iterable[Report] | Group) -> Group:
    """The others that can be compared with a report: of its level, kind and year, and each organ once.

    A Group is taken as it is, so that many reports need be read only once.
    """
    if isinstance(others, Group):
        return others
    peers, seen, left_out = [], {_key(report)}, 0
    for other in others:
        if _key(other) in seen:
            continue
        seen.add(_key(other))
        if comparable(report) and _class(other) == _class(report):
            values = {measure: fact.value for measure, fact in measures(Facts(other)).items()}
            peers.append(Peer(other.organ or "?", values))
        else:
            left_out += 1
    return Group(tuple(peers), left_out)


def comparable(report: Report) -> bool:
    """Whether the level, kind and year are known by which peers are chosen."""
    return None not in _class(report)


def standings(facts: Facts, group: Group) -> list[Standing]:
    """The measures that the organ shares with at least FEWEST peers."""
    return [
        _standing(measure, own, values)
        for measure, own in measures(facts).items()
        if len(values := group.values(measure)) >= FEWEST
    ]


def _standing(measure: str, own: Fact, values: list[float]) -> Standing:
    lower = [value for value in values if value < own.value]
    higher = [value for value in values if value > own.value]
    same = len(values) - len(lower) - len(higher)
    theirs = [id + PEERS for id in own.sources]
    cells = (*own.sources, *theirs)
    return Standing(
        measure,
        own,
        peers=count(values, f"peers: {measure} all", theirs),
        lower=count(lower, f"peers: {measure} lower", cells),
        higher=count(higher, f"peers: {measure} higher", cells),
        median=Fact(median(values), tuple(theirs), counted=f"peers: {measure} median"),
        percentile=Fact(
            float(round(100 * (len(lower) + same / 2) / len(values))), cells, counted=f"peers: {measure} percentile"
        ),
    )


def _class(report: Report) -> tuple[str | None, str | None, int | None]:
    return report.level, report.kind, report.year


def _key(report: Report) -> object:
    """What tells one report from another: organ and year, with the figures where the name is missing or doubtful."""
    if report.organ is not None and "organ" not in report.flags:
        return report.organ, report.year
    return report.organ, report.year, tuple(report.printed().items())
