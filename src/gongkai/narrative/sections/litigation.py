"""Reviews and suits, and how often they ended with a correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.forms import Column
from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.sentence import Paragraph, Sentence, paragraph
from gongkai.narrative.topics import Track, litigation, requests
from gongkai.narrative.voice import Voice

_DECIDED = ("upheld", "corrected", "other")
# A dispute for every twentieth request is worth a sentence.
_NOTEWORTHY = 0.05


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """Every track that was used, the rate of correction, and disputes against the number of requests."""
    tracks = litigation(facts)
    if not tracks:
        return []
    if is_quiet(tracks, facts):
        none = voice.say("litigation.none", cites=_cells(tracks.values()))
        return [paragraph([none, _against_before(facts, voice)])]
    used = [track for track in tracks.values() if track.total.value]
    return [
        paragraph(
            [
                *_tracks(used, voice),
                _disputed_totals(tracks, voice),
                _unused(tracks, facts, voice),
                _against_before(facts, voice),
            ]
        ),
        paragraph([*_corrections(used, facts, voice), _against_requests(facts, voice)]),
    ]


def is_whole(tracks: dict[str, Track], facts: Facts) -> bool:
    """Whether every row of the report's litigation table can be used."""
    return "litigation" in facts.report.forms and len(tracks) == len(facts.report.table("litigation").rows)


def disputes(facts: Facts) -> Fact | None:
    """All reviews and suits of the year; None unless every row can be used."""
    tracks = litigation(facts)
    return total(tracks, facts) if is_whole(tracks, facts) else None


def is_quiet(tracks: dict[str, Track], facts: Facts) -> bool:
    """Whether the table says, without contradiction, that there was no review and no suit."""
    return is_whole(tracks, facts) and all(
        track.total.value == 0 and (track.printed_total is None or track.printed_total.value == 0)
        for track in tracks.values()
    )


def _tracks(used: list[Track], voice: Voice) -> Iterator[Sentence | None]:
    for track in used:
        columns = {column.id: column for column in track.row.columns}
        results = [(columns[id], fact) for id, fact in track.results.items() if fact.value]
        name = _one(track, voice) if track.total.value == 1 else _name(track, voice)
        if len(results) > 1:
            phrases = [
                voice.phrase("litigation.result", result=_result(column, voice), n=fact) for column, fact in results
            ]
            listed = voice.join(phrases)
            yield voice.say("litigation.track", track=name, n=track.total, results=listed)
        else:
            (column, fact), once = results[0], track.total.value == 1
            if column.id == "pending":
                key = "one_pending" if once else "all_pending"
            else:
                key = "one_result_once" if once else "one_result"
            yield voice.say(
                f"litigation.{key}",
                track=name,
                n=fact,
                result=voice.word(f"result.{column.id}", _result(column, voice)),
            )


def _disputed_totals(tracks: dict[str, Track], voice: Voice) -> Sentence | None:
    """Which printed totals are not the sum of their results; the sum is what the text uses."""
    disputed = [
        track
        for track in tracks.values()
        if track.printed_total is not None and track.printed_total.value != track.total.value
    ]
    if not disputed:
        return None
    names = voice.join([_name(track, voice) for track in disputed])
    printed = [cell for track in disputed if track.printed_total for cell in track.printed_total.cells]
    cites = [*printed, *_cells(disputed)]
    return voice.say("litigation.disputed_totals", tracks=names, cites=cites, rules=["litigation_sum"])


def _unused(tracks: dict[str, Track], facts: Facts, voice: Voice) -> Sentence | None:
    """What there was none of; suits of every kind together when there was no suit."""
    empty = [track for track in tracks.values() if not track.total.value]
    agreed = [track for track in empty if track.printed_total is None or not track.printed_total.value]
    if not agreed:
        return None
    suits = {row.id for row in facts.report.table("litigation").rows if row.group}
    if suits == {track.row.id for track in agreed}:
        names = voice.join([voice.word("tracks.suits")])
    else:
        names = voice.join([_name(track, voice) for track in agreed], "or")
    return voice.say("litigation.unused", tracks=names, cites=_cells(agreed))


def _against_before(facts: Facts, voice: Voice) -> Sentence | None:
    """All reviews and suits against those of the year before, where both tables are whole."""
    if facts.year_before is None:
        return None
    now, before = disputes(facts), disputes(facts.year_before)
    if now is None or before is None or not (now.value or before.value):
        return None
    move = "same" if now.value == before.value else "rose" if now.value > before.value else "fell"
    return voice.say(f"litigation.before_{move}", now=now, before=before.earlier())


def _corrections(used: list[Track], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The share of decided cases that ended with a correction, where there are enough of them."""
    for track in used:
        decided = facts.sum(cell for id in _DECIDED for cell in track.results[id].cells)
        corrected = track.results["corrected"]
        share = facts.share(corrected, decided)
        # Where all have one result, the sentence on the track has said so.
        if share is None or sum(fact.value > 0 for fact in track.results.values()) == 1:
            continue
        key = "litigation.never_corrected" if corrected.value == 0 else "litigation.corrected"
        yield voice.say(key, track=_name(track, voice), decided=decided, corrected=corrected, share=share)


def _against_requests(facts: Facts, voice: Voice) -> Sentence | None:
    cases = disputes(facts)
    share = facts.share(cases, requests(facts).handled)
    if share is None or share.value < _NOTEWORTHY:
        return None
    return voice.say("litigation.against_requests", disputes=cases, share=share)


def total(tracks: dict[str, Track], facts: Facts, result: str | None = None) -> Fact | None:
    """All reviews and suits together, or those with one result."""
    return facts.sum(
        cell
        for track in tracks.values()
        for cell in (track.total.cells if result is None else track.results[result].cells)
    )


def _cells(tracks: Iterable[Track]) -> list[str]:
    return [cell for track in tracks for cell in track.total.cells]


def _name(track: Track, voice: Voice) -> str:
    return voice.word(f"tracks.{track.row.id}", voice.row(track.row))


def _one(track: Track, voice: Voice) -> str:
    return voice.word(f"track.{track.row.id}", _name(track, voice))


def _result(column: Column, voice: Voice) -> str:
    return voice.word(f"results.{column.id}", voice.column(column))
