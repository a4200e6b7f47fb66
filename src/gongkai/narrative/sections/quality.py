"""What is inconsistent, how serious that is, and what it means for someone who wants to use the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from gongkai.checks import rules
from gongkai.forms import Equation, all_forms, form_for_year, load_form
from gongkai.narrative.facts import Facts, count
from gongkai.narrative.groups import Finding, Group, grouped
from gongkai.narrative.sentence import Given, Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.voice import Slot, Voice
from gongkai.tables import OUTCOMES

# Rules whose cells the section on limits lists.
_IN_LIMITS = ("doubtful_cells",)
_DETAILED = 3
_NAMED = 6


def write(facts: Facts, voice: Voice, findings: list[Finding]) -> list[Paragraph]:
    """The balance of the checks; every rule that failed; what could not be checked; what follows from it."""
    if not findings:
        return [paragraph([voice.say("quality.unchecked")])]
    failed = grouped(findings, "fail")
    grave = [group for group in failed if group.severity == "error"]
    light = [group for group in failed if group.severity != "error"]
    return [
        paragraph([verdict(voice, findings), _severity(failed, voice)]),
        *(paragraph(_group(group, facts, voice)) for group in grave),
        paragraph(sentence for group in light for sentence in _group(group, facts, voice)),
        paragraph(_undecided(grouped(findings, "not_assessable"), facts, voice)),
        paragraph([_conclusion(failed, voice) if facts.any else None]),
    ]


def verdict(voice: Voice, findings: list[Finding], section: str = "quality") -> Sentence | None:
    """How many checks passed, failed and could not be decided."""
    passed, failed, open_ = (
        count((one for one in findings if one.outcome == outcome), f"findings: {outcome}") for outcome in OUTCOMES
    )
    key = "failed" if failed.value else "passed"
    key += "_some_open" if open_.value else ""
    slots: dict[str, Slot] = {"n": count(findings, "findings"), "passed": passed}
    slots |= {"failed": failed} if failed.value else {}
    slots |= {"open": open_} if open_.value else {}
    broken = list(dict.fromkeys(one.rule for one in findings if one.outcome == "fail"))
    return voice.say(f"{section}.verdict_{key}", slots, rules=broken)


def _severity(failed: list[Group], voice: Voice) -> Sentence | None:
    """How many of the failures are wrong figures; nothing where none is."""
    found = [finding for group in failed for finding in group.findings]
    errors = [finding for finding in found if finding.severity == "error"]
    if not errors or len(found) == 1:
        return None
    if len(errors) == len(found):
        return voice.say("quality.only_errors")
    rest = count(found[len(errors) :], "findings: fail, no error")
    counted = count(errors, "findings: fail error")
    return voice.say("quality.by_severity", failed=count(found, "findings: fail"), errors=counted, rest=rest)


def _group(group: Group, facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    equations = [facts.equation(one.rule, one.column if one.column else one.row) for one in group.findings]
    if any(equations) and voice.has(f"unequal.{group.rule}"):
        yield from _unequal(group, facts, voice)
    elif voice.has(f"fail.{group.rule}") and (sentence := _known(group, facts, voice)):
        yield sentence
    else:
        yield from _messages(group, voice)
    for key in _meanings(group, facts):
        if voice.has(f"meaning.{key}"):
            yield voice.say(f"meaning.{key}", rules=[group.rule])


def _meanings(group: Group, facts: Facts) -> list[str]:
    """The names under which a language may say what a failed rule means: of itself, and for each table."""
    totals = [finding.cells[0] for finding in group.findings if finding.cells]
    unfilled = group.rule == "litigation_sum" and all((fact := facts.cell(id)) and not fact.value for id in totals)
    return [f"{group.rule}_unfilled" if unfilled else group.rule] + [
        f"{group.rule}_{table}" for table in dict.fromkeys(one.table for one in group.findings)
    ]


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
        places = _list([_place(finding, facts, voice) for finding in group.findings], voice)
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
        "tables": _list([voice.word(f"tables.{id}", id) for id in tables], voice) or None,
        "due": Given(form.issued, "form") if form else None,
        "used": Given(used[0], "form") if len(used) == 1 else None,
        "sections": _list(names, voice) or None,
    }
    needed = {name for _, name, _, _ in Formatter().parse(voice.word(key)) if name}
    chosen = {name: slots[name] for name in sorted(needed)}
    return voice.say(key, chosen, cites=group.cells, rules=[group.rule])


def _messages(group: Group, voice: Voice, key: str = "quality.message") -> Iterator[Sentence | None]:
    """Findings in the words of the check that made them."""
    for finding in group.findings[:_DETAILED]:
        message = Given(finding.message.strip().rstrip("。.；;"), "finding")
        yield voice.say(key, message=message, cites=finding.cells, rules=[group.rule])
    rest = group.findings[_DETAILED:]
    if rest:
        name = title(group.rule, voice)
        yield voice.say("quality.more_messages", n=count(rest, f"findings: more of {group.rule}"), rule=name)


def _undecided(groups: list[Group], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The sums that lack a figure, by rule; what other rules could not decide, in their words."""
    sums = [group for group in groups if _is_arithmetic(group.rule, facts)]
    phrases = [
        voice.phrase(
            "quality.open_rule",
            rule=title(group.rule, voice),
            n=count(group.findings, f"findings: not_assessable {group.rule}", group.cells),
        )
        for group in sums
    ]
    if phrases:
        listed = voice.join(phrase for phrase in phrases if phrase)
        yield voice.say("quality.open", rules=[group.rule for group in sums], list=listed)
    for group in groups:
        if group not in sums and group.rule not in _IN_LIMITS:
            yield from _messages(group, voice, "quality.open_message")
    if facts.previous is None:
        yield voice.say("quality.no_previous")


def _conclusion(failed: list[Group], voice: Voice) -> Sentence | None:
    """What a user of the data should do."""
    grave = [group for group in failed if group.severity == "error"]
    key_figures = [
        cell for group in grave for cell in group.cells if cell.startswith("requests/") and cell.endswith("/total")
    ]
    if key_figures:
        return voice.say("quality.conclusion_key_figures")
    if grave:
        return voice.say("quality.conclusion_error")
    return voice.say("quality.conclusion_warning" if failed else "quality.conclusion_clean")


def _is_arithmetic(rule: str, facts: Facts) -> bool:
    return any(equation.rule == rule for equation in facts.report.equations())


def title(rule: str, voice: Voice) -> str:
    """What people call a rule; its id for one that is not registered here."""
    titles = {known.id: known.title[0 if voice.language == "zh" else 1] for known in rules()}
    return titles.get(rule, rule)


def _place(finding: Finding, facts: Facts, voice: Voice) -> str:
    """The column or row that a finding is about."""
    table = facts.report.table(finding.table)
    if finding.column and not finding.row:
        return voice.column(next(one for row in table.rows for one in row.columns if one.id == finding.column))
    return voice.word(f"tracks.{finding.row}", voice.row(table.row(finding.row)))


def _section(finding: Finding, facts: Facts, voice: Voice) -> str | None:
    """The section that a finding names in its `table` or `row`."""
    named = {finding.table, finding.row, finding.column}
    sections = [section for form in all_forms().values() for section in form.sections]
    section = next((section for section in sections if section.id in named), None)
    return voice.word(f"sections.{section.id}", section.label) if section else None


def _list(names: Iterable[str], voice: Voice) -> Phrase:
    names = list(names)
    if len(names) <= _NAMED:
        return voice.join(names)
    return voice.phrase("lists.among_others", names=voice.join(names[:_NAMED], "open")) or ()


def _ids(equation: Equation) -> list[str]:
    return [term.id + "@previous" * term.previous for term in equation.terms]
