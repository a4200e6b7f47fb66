"""The report in prose: what it says, how far it can be trusted, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongkai.narrative.facts import Facts
from gongkai.narrative.groups import read
from gongkai.narrative.peers import Group, group
from gongkai.narrative.sections import (
    disclosure,
    limits,
    litigation,
    naming,
    problems,
    quality,
    requests,
    summary,
)
from gongkai.narrative.sections import (
    peers as among_peers,
)
from gongkai.narrative.sentence import Section, words
from gongkai.narrative.sources import cited
from gongkai.narrative.story import Story
from gongkai.narrative.voice import voice
from gongkai.wording import Language

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

__all__ = ["Story", "narrate"]


def narrate(
    report: Report,
    findings: pd.DataFrame,
    previous: Report | None = None,
    peers: Iterable[Report] | Group | None = None,
    language: Language = "zh",
) -> Story:
    """Write a report up as an analyst would, in Chinese or English.

    `findings` are those of `gk.check` in the same language (some are quoted); `previous` is the same organ's report of
    the year before, with which requests, outcomes, disputes and problems are compared; `peers` are reports of other
    organs (of a corpus: `Panel.peers`), of which those of the same level, kind and year are compared, or what
    `narrative.peers.group` made of them. Every number cites its cells, and a sentence that needs a number which is
    missing or doubtful is not written. ValueError for another language.
    """
    speaker, facts, checked = voice(language), Facts(report, previous), read(findings)
    others = None if peers is None else group(report, peers)
    written = {
        "summary": summary.write(facts, speaker, checked, others),
        "requests": requests.write(facts, speaker),
        "litigation": litigation.write(facts, speaker),
        "disclosure": disclosure.write(facts, speaker),
        "peers": among_peers.write(facts, speaker, others),
        "problems": problems.write(facts, speaker),
        "quality": quality.write(facts, speaker, checked),
        "limits": limits.write(facts, speaker),
    }
    sections = tuple(
        Section(id, speaker.word(f"title.{id}"), tuple(filter(None, paragraphs)))
        for id, paragraphs in written.items()
        if any(paragraphs)
    )
    cells = [cell for section in sections for one in section.paragraphs for sentence in one for cell in sentence.cells]
    title = speaker.phrase("title.story", organ=naming.name(facts, speaker), year=naming.year(facts, speaker))
    return Story(
        title=words(title or ()),
        language=language,
        sections=sections,
        sources=cited(cells, report, previous, language),
        sources_title=speaker.word("title.sources"),
        separator=speaker.word("style.between_sentences"),
        peers=None if others is None else among_peers.table(facts, speaker, others),
    )
