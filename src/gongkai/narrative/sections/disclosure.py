"""What the organ published of its own accord."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.forms import Column
from gongkai.narrative.facts import Fact, Facts
from gongkai.narrative.quotes import shortened
from gongkai.narrative.sentence import Given, Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.topics import Entry, disclosure
from gongkai.narrative.voice import Voice

_MILLION = 1e6
_LONGEST_NOTE = 30


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """The rows that are not zero; decisions together in one sentence, other rows one by one; then the zeros."""
    entries = [entry for entry in disclosure(facts) if entry.values]
    if not entries:
        return []
    zero = [entry for entry in entries if not any(fact.value for _, fact in entry.values)]
    if len(zero) == len(entries):
        return [paragraph(_all_zero(zero, facts, voice))]
    return [paragraph([*_used([entry for entry in entries if entry not in zero], facts, voice), _zeros(zero, voice)])]


def _used(entries: list[Entry], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The rows in the form's order, decisions of all kinds where the first of them stands."""
    decisions = [entry for entry in entries if [column.id for column, _ in entry.values] == ["decisions"]]
    for entry in entries:
        if entry not in decisions:
            yield _entry(entry, facts, voice)
        elif entry == decisions[0]:
            yield _decisions(decisions, voice)


def _all_zero(zero: list[Entry], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """That all is zero, as far as there are figures; nothing more where some are printed that cannot be used."""
    printed = facts.report.printed()
    cells = list(facts.report.table("disclosure").ids())
    if any(printed.get(cell) for cell in cells):
        yield voice.say("disclosure.all_usable_zero", cites=_cells(zero))
        return
    complete = len(_cells(zero)) == len(cells)
    yield voice.say("disclosure.all_zero" if complete else "disclosure.all_printed_zero", cites=_cells(zero))
    yield voice.say("disclosure.all_zero_caveat")


def _entry(entry: Entry, facts: Facts, voice: Voice) -> Sentence | None:
    phrases = [_value(column, fact, facts, voice) for column, fact in entry.values if fact.value]
    values = voice.join(phrases)
    cites = [cell for _, fact in entry.values for cell in fact.cells]
    return voice.say("disclosure.entry", row=voice.row(entry.row), values=values, cites=cites)


def _decisions(entries: list[Entry], voice: Voice) -> Sentence | None:
    phrases = [voice.phrase("disclosure.decision", row=voice.row(entry.row), n=entry.values[0][1]) for entry in entries]
    return voice.say("disclosure.decisions", decisions=voice.join(phrases))


def _zeros(zero: list[Entry], voice: Voice) -> Sentence | None:
    if not zero:
        return None
    return voice.say("disclosure.zeros", rows=voice.join([voice.row(entry.row) for entry in zero]), cites=_cells(zero))


def _value(column: Column, fact: Fact, facts: Facts, voice: Voice) -> Phrase | None:
    note = _note(facts, fact)
    if column.kind == "amount":
        phrase = _amount(column, fact, facts, voice)
    elif column.kind == "change" and fact.value < 0:
        phrase = voice.phrase("columns.decrease", n=fact.scaled(-1))
    else:
        key = f"columns.{column.id}"
        phrase = voice.phrase(key if voice.has(key) else "columns.any", n=fact, column=voice.column(column))
    if phrase and note and not _unit(note):
        phrase += voice.phrase("disclosure.noted", note=Given(shortened(note, _LONGEST_NOTE), "quote")) or ()
    return phrase


def money(column: Column, fact: Fact, facts: Facts, voice: Voice) -> tuple[Fact, str]:
    """A sum of money with its unit as printed, or in yuan for a language that does not count in 万.

    The unit is that of the cell, else that of the column, else empty.
    """
    unit = _unit(_note(facts, fact)) or column.unit
    factor = voice.templates["units"].get(unit)
    if factor is None:
        return fact, unit
    if fact.value * factor >= _MILLION:
        return fact.scaled(factor / _MILLION), voice.word("columns.million")
    return fact.scaled(factor), voice.word("columns.yuan")


def _amount(column: Column, fact: Fact, facts: Facts, voice: Voice) -> Phrase | None:
    amount, unit = money(column, fact, facts, voice)
    return voice.phrase("columns.amount" if unit else "columns.amount_without_unit", n=amount, unit=unit)


def _note(facts: Facts, fact: Fact) -> str:
    cells = facts.report.cells
    return str(cells.loc[cells["id"] == fact.cells[0], "note"].iloc[0]).strip("()（） ")


def _unit(note: str) -> str:
    return note if note in ("元", "万元", "亿元") else ""


def _cells(entries: list[Entry]) -> list[str]:
    return [cell for entry in entries for _, fact in entry.values for cell in fact.cells]
