"""Reads percentages and changes: what they are of, and what they are said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.checks.prose.bases import bases_of
from gongkai.checks.prose.claims import Change, Share
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

if TYPE_CHECKING:
    from gongkai.checks.prose.reading import Reader


def read_shares(reader: Reader, i: int) -> int:
    """The percentage at `i`, or as many as things were said before (分别占…); where they end."""
    pending, memory = reader.pending, reader.memory
    several = "respectively" in functions(pending)
    at = next(k for k, token in enumerate(pending) if token.word == "share")
    percents, after = reader.row_of("percent", i) if several else ([reader.tokens[i]], i + 1)
    subjects = compose(Phrase(pending[:at], [], False), reader.sentence)
    if not any(token.term for token in pending[:at]):
        claims = memory.beside[-len(percents) :] if several else [memory.last] if memory.last else []
        subjects = [claim.subject for claim in claims]
    if len(subjects) != len(percents):
        return after
    of = reader.sentence.text[pending[at].end : percents[0].start]
    for subject, percent in zip(subjects, percents, strict=True):
        bases = bases_of(of, subject, memory.head)
        if bases is not None:
            scope = memory.last.scope if memory.last else reader.scope(pending[at].start)
            quote = _quote(reader, pending[0].start, percents[-1].end)
            section = reader.sentence.section
            reader.found.append(Share(subject, percent.value, percent.step, bases, section, quote, scope))
    return after


def read_change(reader: Reader, token: Token, relative: bool) -> None:
    """A change from the year before, of the subject in its clause or else of the last claim."""
    pending, memory = reader.pending, reader.memory
    words = functions(pending)
    at = next(k for k, one in enumerate(pending) if one.word in ("up", "down"))
    clear = all(one.kind == "skipped" for one in pending[at + 1 :])
    compared = "yoy" in words or memory.compared
    subject = _changed(reader, pending[:at])
    if not (subject and clear and compared):
        memory.last = None
        return
    amount = -token.value if pending[at].word == "down" else token.value
    scope = memory.last.scope if memory.last else reader.scope(pending[0].start)
    quote = _quote(reader, pending[0].start, token.end)
    section = reader.sentence.section
    reader.found.append(Change(subject, amount, token.step, relative, section, quote, scope))
    memory.compared = True


def _changed(reader: Reader, before: list[Token]) -> Subject | None:
    named = [token for token in before if token.word != "yoy"]
    if any(token.term for token in named):
        subjects = compose(Phrase(named, [], True), reader.sentence)
        return subjects[0] if len(subjects) == 1 else None
    opaque = any(token.kind == "opaque" for token in named)
    return reader.memory.last.subject if reader.memory.last and not opaque else None


def _quote(reader: Reader, begins: int, ends: int) -> str:
    """The words from where the last claim of this sentence began."""
    said = reader.memory.begins
    return reader.quote(begins if said is None else min(said, begins), ends)
