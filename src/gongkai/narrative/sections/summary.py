"""The year in one paragraph."""

from __future__ import annotations

from gongkai.narrative.facts import SMALLEST_BASE, Facts
from gongkai.narrative.groups import Finding, grouped
from gongkai.narrative.peers import RECEIVED, Group, standings
from gongkai.narrative.sections.before import against_before
from gongkai.narrative.sections.litigation import is_quiet, is_whole, total
from gongkai.narrative.sections.naming import subject, year
from gongkai.narrative.sections.outcomes import outcome_name
from gongkai.narrative.sections.peers import kind, percentile
from gongkai.narrative.sections.problems import named, titles
from gongkai.narrative.sections.quality import use, verdict
from gongkai.narrative.sentence import Paragraph, Sentence, paragraph
from gongkai.narrative.topics import DISCLOSED, disclosed, litigation, requests
from gongkai.narrative.voice import Slot, Voice

_MOST_THEMES = 4


def write(facts: Facts, voice: Voice, findings: list[Finding], group: Group | None) -> list[Paragraph]:
    """Requests and outcomes, disputes, the organ among its peers, its problems, and whether to trust the figures."""
    said = [
        _requests(facts, voice),
        against_before(requests(facts), facts, voice),
        _ground(facts, voice),
        _disputes(facts, voice),
        _standing(facts, voice, group),
        _problems(facts, voice),
    ]
    if findings:
        said.append(verdict(voice, findings, "summary"))
        if facts.any:
            said.append(voice.say(f"summary.use_{use(grouped(findings, 'fail'))}"))
    return [paragraph(said)]


def _requests(facts: Facts, voice: Voice) -> Sentence | None:
    data = requests(facts)
    slots: dict[str, Slot] = {"organ": subject(facts, voice), "year": year(facts, voice)}
    if data.new is None:
        return voice.say("summary.unknown", slots)
    slots["new"] = data.new
    if data.handled is None:
        return voice.say("summary.new", slots)
    slots["handled"] = data.handled
    if data.new.value == 0 and data.handled.value == 0:
        return voice.say("summary.none", slots)
    given, ends = disclosed(data, facts), [outcome for outcome in data.outcomes or () if outcome.fact.value]
    if given is None or not ends:
        return voice.say("summary.handled", slots)
    if len(ends) == 1:
        key = "summary.one_outcome_once" if data.handled.value == 1 else "summary.one_outcome"
        return voice.say(key, slots, outcome=outcome_name(ends[0], voice))
    share = facts.share(given, data.handled)
    if given.value == 0:
        return voice.say("summary.nothing_given", slots, given=given)
    if given.value == data.handled.value:
        return voice.say("summary.all_given", slots, given=given)
    if share is None:
        return voice.say("summary.some_given", slots, given=given)
    return voice.say("summary.share_given", slots, given=given, share=share)


def _disputes(facts: Facts, voice: Voice) -> Sentence | None:
    tracks = litigation(facts)
    if not is_whole(tracks, facts):
        return None
    disputes, corrected = total(tracks, facts), total(tracks, facts, "corrected")
    if is_quiet(tracks, facts):
        return voice.say("summary.no_disputes", disputes=disputes)
    if disputes is None or disputes.value == 0:
        return None
    key = "summary.disputes" if corrected is not None and corrected.value else "summary.disputes_none_corrected"
    return voice.say(key, disputes=disputes, corrected=corrected)


def _ground(facts: Facts, voice: Voice) -> Sentence | None:
    """The commonest ground on which nothing was given, where it stands out."""
    data = requests(facts)
    if data.handled is None or data.handled.value < SMALLEST_BASE:
        return None
    withheld = [outcome for outcome in data.outcomes or () if outcome.id not in DISCLOSED]
    reasons = sorted((one for outcome in withheld for one in outcome.reasons), key=lambda one: -one.fact.value)
    whole = facts.sum(cell for outcome in withheld for cell in outcome.fact.cells)
    if whole is None or len(reasons) < 2 or reasons[0].fact.value == reasons[1].fact.value:
        return None
    return voice.say("summary.ground", withheld=whole, reason=voice.row(reasons[0].row), n=reasons[0].fact)


def _standing(facts: Facts, voice: Voice, group: Group | None) -> Sentence | None:
    """The percentiles of the number of requests and of disclosure."""
    found = {one.measure: one for one in standings(facts, group) if percentile(one)} if group else {}
    received, given = found.get(RECEIVED), found.get("disclosed")
    if received is None:
        return None
    slots: dict[str, Slot] = {"n": received.peers, "kind": kind(facts, voice), "received": received.percentile}
    if given is None:
        return voice.say("summary.standing_received", slots)
    return voice.say("summary.standing", slots, disclosed=given.percentile)


def _problems(facts: Facts, voice: Voice) -> Sentence | None:
    """The themes of the problems that the organ names, and those of them that it named the year before."""
    found = named(facts)
    themes = list(dict.fromkeys(theme for one in found for theme in one.themes))
    known = list(dict.fromkeys(theme for one in found for theme in one.known))
    if not themes or len(themes) > _MOST_THEMES:
        return None
    if not known:
        return voice.say("summary.problems", themes=titles(themes, voice))
    if known == themes:
        return voice.say("summary.problems_all_known", themes=titles(themes, voice))
    return voice.say("summary.problems_known", themes=titles(themes, voice), known=titles(known, voice))
