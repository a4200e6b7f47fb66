"""What the organ says of its own problems, quoted, by theme, and against what it said the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.narrative.facts import Facts, count
from gongkai.narrative.quotes import SelfAssessment, self_assessment, shortened
from gongkai.narrative.sentence import Given, Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.themes import Problem, Theme, problems
from gongkai.narrative.voice import Voice

_QUOTED = 4
_COMPARED = 2


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """The problems with their themes, how concrete they are, what is repeated; nothing without such a section."""
    said = _said(facts)
    if said is None:
        return []
    if not said.problems:
        return [paragraph([voice.say("problems.none"), _measures(said, voice)])]
    found = named(facts)
    return [
        paragraph([_problems(found, voice), _by_theme(found, voice), _vagueness(said, voice), _measures(said, voice)]),
        paragraph(_repeated(found, facts, voice)),
    ]


def named(facts: Facts) -> list[Problem]:
    """The problems that the organ names, each with what it has in common with the year before."""
    said = _said(facts)
    before = None if facts.year_before is None else _said(facts.year_before)
    return [] if said is None else problems(said, before)


def titles(themes: Iterable[Theme], voice: Voice) -> Phrase:
    """Themes by name, each once."""
    return voice.join(dict.fromkeys(theme.title(voice.language) for theme in themes))


def _said(facts: Facts) -> SelfAssessment | None:
    text = facts.report.sections.get("problems")
    return None if text is None else self_assessment(text)


def _problems(found: list[Problem], voice: Voice) -> Sentence | None:
    quoted = voice.join((_quote(one, voice) for one in found[:_QUOTED]), "clause")
    if len(found) == 1:
        return voice.say("problems.one", quotes=quoted)
    key = "problems.several" if len(found) <= _QUOTED else "problems.many"
    return voice.say(key, n=count(found, "problems"), quotes=quoted)


def _quote(one: Problem, voice: Voice) -> Phrase | None:
    quote = Given(shortened(one.quote), "quote")
    return voice.phrase("problems.quote", text=quote, themes=titles(one.themes, voice))


def _by_theme(found: list[Problem], voice: Voice) -> Sentence | None:
    """How often each theme occurs, where not every problem is quoted."""
    if len(found) <= _QUOTED:
        return None
    counted = Counter(theme for one in found for theme in one.themes)
    phrases = [
        voice.phrase("problems.theme", theme=theme.title(voice.language), n=count(range(n), f"problems: {theme.id}"))
        for theme, n in counted.most_common()
    ]
    return voice.say("problems.themes", themes=voice.join(phrases))


def _vagueness(said: SelfAssessment, voice: Voice) -> Sentence | None:
    if said.counted:
        return None
    return voice.say("problems.one_uncounted" if len(said.problems) == 1 else "problems.uncounted")


def _measures(said: SelfAssessment, voice: Voice) -> Sentence | None:
    return voice.say("problems.measures", n=count(said.measures, "measures")) if said.measures else None


def _repeated(found: list[Problem], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """Which themes and which sentences the organ named the year before as well."""
    before = None if facts.year_before is None else _said(facts.year_before)
    if before is None or not before.problems:
        return
    known, alike = [one for one in found if one.known], [one for one in found if one.before]
    if not known and not alike:
        yield voice.say("problems.new_themes")
        return
    if known:
        themes = titles((theme for one in known for theme in one.known), voice)
        key = "known_all" if len(known) == len(found) else "known_some"
        yield voice.say(f"problems.{key}", n=count(known, "problems: known"), themes=themes)
    if alike:
        quotes = voice.join((_pair(one, voice) for one in alike[:_COMPARED]), "clause")
        key = "alike" if len(alike) <= _COMPARED else "alike_among"
        yield voice.say(f"problems.{key}", n=count(alike, "problems: alike"), quotes=quotes)
    yield voice.say("problems.why_repeated")


def _pair(one: Problem, voice: Voice) -> Phrase | None:
    quote, before = Given(shortened(one.quote), "quote"), Given(shortened(one.before), "quote")
    if quote == before:
        return voice.phrase("problems.same", text=quote)
    return voice.phrase("problems.changed", text=quote, before=before)
