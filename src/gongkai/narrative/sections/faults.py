"""What failed, rule by rule: which figures disagree, and what that means for someone who wants to use them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from gongkai.forms import Equation, all_forms, form_for_year, load_form
from gongkai.formview.page import rule_title
from gongkai.narrative.facts import PREVIOUS, Facts, count
from gongkai.narrative.groups import Finding, Group
from gongkai.narrative.sentence import Given, Phrase, Sentence
from gongkai.narrative.voice import Slot, Voice

_DETAILED = 3
_NAMED = 6


def fault(group: Group, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    equations = [facts.equation(one.rule, one.column if one.column else one.row) for one in group.findings]
    if any(equations) and voice.has(f"unequal.{group.rule}"):
        yield from _unequal(group, facts, voice)
    elif voice.has(f"fail.{group.rule}") and (sentence := _known(group, facts, voice)):
        yield sentence
    else:
        yield from _messages(group, voice)
    for key in _meanings(group, facts, voice):
        yield voice.say(f"meaning.{key}", rules=[group.rule])


def _meanings(group: Group, facts: Facts, voice: Voice) -> list[str]:
    """The names under which a language says what a failed rule means: for each table where it can, else of itself."""
    totals = [finding.cells[0] for finding in group.findings if finding.cells]
    unfilled = group.rule == "litigation_sum" and all((fact := facts.cell(id)) and not fact.value for id in totals)
    own = f"{group.rule}_unfilled" if unfilled else group.rule
    tables = [f"{group.rule}_{table}" for table in dict.fromkeys(one.table for one in group.findings)]
    known = [key for key in tables if voice.has(f"meaning.{key}")]
    return known or [own] * voice.has(f"meaning.{own}")


def _unequal(group: Group, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The sums that do not agree: each in full when they are few, otherwise the widest gap."""
    gaps = []
    for finding in group.findings:
        equation = facts.equation(finding.rule, finding.column or finding.row)
        sides = facts.sides(equation) if equation else None
        if equation and sides and sides[0].value != sides[1].value:
            gaps.append((finding, equation, *sides))
    if not gaps:
        yield from _messages(group, voice)
        return
    gaps.sort(key=lambda gap: -abs(gap[2].value - gap[3].value))
    if len(group.findings) > _DETAILED:
        places = listed([_place(finding, facts, voice) for finding in group.findings], voice)
        yield voice.say(
            f"unequal_many.{group.rule}",
            n=count(group.findings, f"findings: fail {group.rule}", group.cells),
            places=places,
            rules=[group.rule],
        )
    for finding, equation, left, right in gaps if len(gaps) <= _DETAILED else gaps[:1]:
        larger, smaller = (left, right) if left.value > right.value else (right, left)
        gap = facts.difference(larger.cells + smaller.minus, smaller.cells + larger.minus)
        place = _place(finding, facts, voice)
        key = f"unequal.{group.rule}"
        yield voice.say(key, place=place, left=left, right=right, gap=gap, cites=_ids(equation), rules=[group.rule])


def _known(group: Group, facts: Facts, voice: Voice) -> Sentence | None:
    """A rule that has its own template; None when the findings do not name what the template speaks of."""
    key = f"fail.{group.rule}"
    form = form_for_year(facts.report.year)
    tables = list(dict.fromkeys(one.table for one in group.findings if one.table in facts.report.forms))
    used = list(dict.fromkeys(load_form(facts.report.forms[id]).issued for id in tables))
    names = [name for one in group.findings if (name := _section(one, facts, voice))]
    slots: dict[str, Slot] = {
        "n": count(group.findings, f"findings: fail {group.rule}", group.cells),
        "empty": count(group.cells, "cells", group.cells) if group.cells else None,
        "year": Given(str(facts.report.year), "year") if facts.report.year else None,
        "tables": listed([voice.word(f"tables.{id}", id) for id in tables], voice) or None,
        "due": Given(form.issued, "form") if form else None,
        "used": Given(used[0], "form") if len(used) == 1 else None,
        "sections": listed(names, voice) or None,
    }
    needed = {name for _, name, _, _ in Formatter().parse(voice.word(key)) if name}
    chosen = {name: slots[name] for name in sorted(needed)}
    return voice.say(key, chosen, cites=group.cells, rules=[group.rule])


def message(finding: Finding) -> Given:
    """A finding in the words of the check that made it."""
    return Given(finding.message.strip().rstrip("。.；;"), "finding")


def _messages(group: Group, voice: Voice) -> Iterator[Sentence | None]:
    for finding in group.findings[:_DETAILED]:
        yield voice.say("quality.message", message=message(finding), cites=finding.cells, rules=[group.rule])
    rest = group.findings[_DETAILED:]
    if rest:
        name = rule_title(group.rule, voice.language)
        yield voice.say("quality.more_messages", n=count(rest, f"findings: more of {group.rule}"), rule=name)


def _place(finding: Finding, facts: Facts, voice: Voice) -> str:
    """The column or row that a finding is about."""
    table = facts.report.table(finding.table)
    if finding.column and not finding.row:
        return voice.heading(next(one for row in table.rows for one in row.columns if one.id == finding.column))
    return voice.word(f"tracks.{finding.row}", voice.row(table.row(finding.row)))


def _section(finding: Finding, facts: Facts, voice: Voice) -> str | None:
    """The section that a finding names in its `table` or `row`."""
    named = {finding.table, finding.row, finding.column}
    sections = [section for form in all_forms().values() for section in form.sections]
    section = next((section for section in sections if section.id in named), None)
    return voice.word(f"sections.{section.id}", section.label) if section else None


def listed(names: Sequence[Phrase | str | None], voice: Voice, most: int = _NAMED) -> Phrase:
    """A list of at most so many names, which says so when there are others."""
    if len(names) <= most:
        return voice.join(names)
    return voice.phrase("lists.among_others", names=voice.join(names[:most], "open")) or ()


def _ids(equation: Equation) -> list[str]:
    return [term.id + PREVIOUS * term.previous for term in equation.terms]
