"""What is inconsistent, how serious that is, and what it means for someone who wants to use the data."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.formview.page import rule_title
from gongkai.narrative.facts import Facts, count
from gongkai.narrative.groups import Finding, Group, grouped
from gongkai.narrative.sections.faults import fault, listed, message
from gongkai.narrative.sentence import Given, Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.voice import Slot, Voice
from gongkai.repairs import repair
from gongkai.tables import OUTCOMES, SEVERITIES, records

# Rules whose cells the section on limits lists.
_IN_LIMITS = ("doubtful_cells",)
# Rules by which the tables do not contradict themselves.
_OF_TEXT = ("prose_claim", "restated")
_NAMED = 3
_QUOTED = 3


def write(facts: Facts, voice: Voice, findings: list[Finding]) -> list[Paragraph]:
    """The balance of the checks; what failed by severity; what could not be checked; what follows from it."""
    if not findings:
        return [paragraph([voice.say("quality.unchecked")])]
    failed = grouped(findings, "fail")
    conclusion = [_sound(findings, facts, voice), _conclusion(failed, voice)] if facts.any else []
    return [
        paragraph([verdict(voice, findings), _severity(failed, voice)]),
        *_faults(failed, facts, voice),
        paragraph(_undecided(grouped(findings, "not_assessable"), facts, voice)),
        paragraph(conclusion),
    ]


def verdict(voice: Voice, findings: list[Finding], section: str = "quality") -> Sentence | None:
    """How many checks passed, failed and could not be decided; `section` is whose wording is used."""
    passed, failed, open_ = (
        count((one for one in findings if one.outcome == outcome), f"findings: {outcome}") for outcome in OUTCOMES
    )
    key = "failed" if failed.value else "passed"
    key += "_some_open" if open_.value else ""
    broken = list(dict.fromkeys(group.rule for group in grouped(findings, "fail")))
    slots: dict[str, Slot] = {"n": count(findings, "findings"), "passed": passed, "rules": _named(broken, voice)}
    slots |= {"failed": failed} if failed.value else {}
    slots |= {"open": open_} if open_.value else {}
    return voice.say(f"{section}.verdict_{key}", slots, rules=broken)


def use(failed: list[Group]) -> str:
    """What a user of the data should mind: nothing (`clean`), a `warning`, an `error`, one that reaches `key_figures`,
    or only that the `text` is at odds with the tables."""
    grave = [group for group in failed if group.severity == "error"]
    if grave and all(group.rule in _OF_TEXT for group in grave):
        return "text"
    cells = {cell for group in grave for cell in group.cells}
    if any(cell.startswith("requests/") and cell.endswith("/total") for cell in cells):
        return "key_figures"
    return "error" if grave else "warning" if failed else "clean"


def _named(broken: list[str], voice: Voice) -> Phrase:
    """What the gravest rules that failed found, or their titles where the language has no name for it."""
    names = [
        voice.word(f"faults.{rule}") or voice.phrase("quality.rule", rule=rule_title(rule, voice.language))
        for rule in broken
    ]
    return listed(names, voice, _NAMED)


def _faults(failed: list[Group], facts: Facts, voice: Voice) -> Iterator[Paragraph]:
    """Every failed rule: those of one severity after each other, errors with a paragraph each."""
    several = len({group.severity for group in failed}) > 1
    for severity in SEVERITIES:
        groups = [group for group in failed if group.severity == severity]
        told = [list(fault(group, facts, voice)) for group in groups]
        lead = [voice.say(f"quality.lead_{severity}")] if several and groups else []
        if severity == "error":
            for place, sentences in enumerate(told):
                yield paragraph([*(lead if place == 0 else []), *sentences])
            yield paragraph(_likely(failed, facts, voice))
        else:
            yield paragraph([*lead, *(sentence for sentences in told for sentence in sentences)])


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


def _likely(failed: list[Group], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """Which figure is most likely the wrong one, where one change explains what fails."""
    if not any(group.severity == "error" for group in failed):
        return
    found = records(repair(facts.report, language=voice.language))
    chosen = [one for one in found if one["method"] == "localised" and one["certainty"] == "likely"]
    # That totals of reviews and suits were left at zero is told with them.
    chosen = [one for one in chosen if one["printed"] or not one["id"].startswith("litigation/")]
    # Figures of one table that are wrong together name each other.
    first = {one["id"].partition("/")[0]: one for one in reversed(chosen)}
    for one in reversed(first.values()):
        message = Given(one["message"].strip().rstrip("。."), "repair")
        yield voice.say("quality.likely", message=message, cites=[one["id"]])


def _undecided(groups: list[Group], facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The sums that lack a figure, by rule; what other rules could not decide, in their words."""
    sums = [group for group in groups if _is_arithmetic(group.rule, facts)]
    phrases = [
        voice.phrase(
            "quality.open_rule",
            rule=rule_title(group.rule, voice.language),
            n=count(group.findings, f"findings: not_assessable {group.rule}", group.cells),
        )
        for group in sums
    ]
    if phrases:
        names = voice.join(phrases)
        yield voice.say("quality.open", rules=[group.rule for group in sums], list=names)
    others = [group for group in groups if group not in sums and group.rule not in _IN_LIMITS]
    quoted = [one for group in others for one in group.findings[:_QUOTED]]
    messages = [voice.phrase("quality.open_item", message=message(one)) for one in quoted]
    if messages:
        cites = [cell for one in quoted for cell in one.cells]
        rules = [group.rule for group in others]
        yield voice.say("quality.open_messages", list=voice.join(messages, "message"), cites=cites, rules=rules)
    if facts.previous is None:
        yield voice.say("quality.no_previous")


def _sound(findings: list[Finding], facts: Facts, voice: Voice) -> Sentence | None:
    """The tables whose every sum holds, where others' do not."""
    sums = [one for one in findings if _is_arithmetic(one.rule, facts)]
    if all(one.outcome == "pass" for one in sums):
        return None
    sound = [table for table in facts.report.forms if {one.outcome for one in sums if one.table == table} == {"pass"}]
    names = listed([voice.word(f"tables.{table}", table) for table in sound], voice)
    return voice.say("quality.sound", tables=names) if sound else None


def _conclusion(failed: list[Group], voice: Voice) -> Sentence | None:
    return voice.say(f"quality.conclusion_{use(failed)}")


def _is_arithmetic(rule: str, facts: Facts) -> bool:
    return any(equation.rule == rule for equation in facts.report.equations())
