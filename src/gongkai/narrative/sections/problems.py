"""What the organ says of its own problems, quoted."""

from __future__ import annotations

from gongkai.narrative.facts import Facts, count
from gongkai.narrative.quotes import SelfAssessment, self_assessment, shortened
from gongkai.narrative.sentence import Given, Paragraph, Sentence, paragraph
from gongkai.narrative.voice import Voice

_QUOTED = 4


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """The problems named, how concrete they are, and how many measures follow; nothing without such a section."""
    text = facts.report.sections.get("problems")
    if text is None:
        return []
    said = self_assessment(text)
    if not said.problems:
        return [paragraph([voice.say("problems.none"), _measures(said, voice)])]
    return [paragraph([_problems(said, voice), _vagueness(said, voice), _measures(said, voice)])]


def _problems(said: SelfAssessment, voice: Voice) -> Sentence | None:
    quotes = [Given(shortened(problem), "quote") for problem in said.problems[:_QUOTED]]
    quoted = voice.join(
        (phrase for quote in quotes if (phrase := voice.phrase("problems.quote", text=quote))), "clause"
    )
    if len(said.problems) == 1:
        return voice.say("problems.one", quotes=quoted)
    key = "problems.several" if len(said.problems) <= _QUOTED else "problems.many"
    return voice.say(key, n=count(said.problems, "problems"), quotes=quoted)


def _vagueness(said: SelfAssessment, voice: Voice) -> Sentence | None:
    if said.counted:
        return None
    return voice.say("problems.one_uncounted" if len(said.problems) == 1 else "problems.uncounted")


def _measures(said: SelfAssessment, voice: Voice) -> Sentence | None:
    return voice.say("problems.measures", n=count(said.measures, "measures")) if said.measures else None
