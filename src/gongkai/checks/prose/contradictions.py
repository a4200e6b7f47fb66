"""Sentences that contradict each other, whatever the tables say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from gongkai.checks.prose.claims import AnyClaim, Claim, Mention
from gongkai.checks.registry import Context, Finding, Outcome
from gongkai.wording import number

# What only the trial form's tables count; in reports on another form the same words may be of lists of any kind.
_OF_TRIAL_FORM = frozenset({"items_prior", "items_change", "procurement", "total_public"})


def contradictions(context: Context, claims: Sequence[AnyClaim], outcomes: Mapping[int, Outcome]) -> Iterator[Finding]:
    """Two numbers for one thing, parts that exceed their whole, sums that are not those of their parts.

    `outcomes` says by `id(claim)` what the tables made of a claim: a claim that they decide is not judged again, and
    one that they show to be wrong casts no blame on another.
    """
    claims = [one for one in claims if isinstance(one, Mention) or _OF_TRIAL_FORM.isdisjoint(one.subject.key)]
    seen: dict[tuple[object, ...], Claim | Mention] = {}
    carried = {claim.value for claim in claims if isinstance(claim, Claim) and claim.subject.key == ("carried_in",)}
    for claim in claims:
        if not isinstance(claim, Claim | Mention) or outcomes.get(id(claim)) in ("pass", "fail"):
            continue
        first = seen.setdefault(_thing(claim), claim)
        # What was received may be told with and without what was carried in.
        if first.value != claim.value and abs(first.value - claim.value) not in carried:
            yield _two_numbers(context, first, claim)
    wrong = {claim for claim, outcome in outcomes.items() if outcome == "fail"}
    right = {claim for claim, outcome in outcomes.items() if outcome == "pass"}
    for claim in claims:
        if isinstance(claim, Claim) and id(claim) not in wrong:
            yield from _parts(context, claim, wrong, right)


def _thing(claim: Claim | Mention) -> tuple[object, ...]:
    """Tells whether two claims speak of the same thing, of the same organ and the same time."""
    scope = (claim.scope.reach, claim.scope.reason[0], claim.scope.year)
    if isinstance(claim, Mention):
        return (claim.statement.id, *scope)
    return (claim.subject.key, bool(claim.subject.parts), *scope)


def _two_numbers(context: Context, first: Claim | Mention, second: Claim | Mention) -> Finding:
    label = context.say(*(first.statement.label if isinstance(first, Mention) else first.subject.label))
    places = [context.words.section(claim.section) for claim in (first, second)]
    zh = f"「{places[0]}」称“{first.quote}”，而「{places[1]}」称“{second.quote}”：{label}前后不一，至少有一处有误。"
    en = f"“{places[0]}” says “{first.quote}”, but “{places[1]}” says “{second.quote}”: two numbers for {label}."
    return Finding("fail", context.say(zh, en), expected=first.value, observed=second.value)


def _parts(context: Context, claim: Claim, wrong: Collection[int], right: Collection[int]) -> Iterator[Finding]:
    if claim.parts:
        together = sum(part.value for part in claim.parts)
        if together != claim.value and not any(id(part) in wrong for part in claim.parts):
            sums = " + ".join(number(part.value) for part in claim.parts)
            zh = f"称“{claim.quote}”，而其所列各项相加为 {sums} = {number(together)}。"
            en = f"says “{claim.quote}”, but the items it lists add up to {sums} = {number(together)}."
            yield _finding(context, claim, zh, en, together)
    # Outcomes are no parts of what was received: they include what was carried in.
    group = [
        part for part in claim.group if part.subject.table == claim.subject.table and not _outcome_of_act(part, claim)
    ]
    alike = [part for part in group if _facets(part) == _facets(group[0])]
    together = sum(part.value for part in alike)
    # Where the tables have them all, they are parts of something else: 新收214件，上年结转9件，其中自然人171件.
    sure = any(id(one) not in right for one in (claim, *alike))
    if together > claim.value and sure and not any(id(part) in wrong for part in alike):
        sums = " + ".join(number(part.value) for part in alike)
        zh = f"称“{claim.quote}”，而其中各项（{sums}）已超过此数。"
        en = f"says “{claim.quote}”, but the parts that it names ({sums}) exceed that."
        yield _finding(context, claim, zh, en, together)


def _finding(context: Context, claim: Claim, zh: str, en: str, expected: float) -> Finding:
    section = context.words.section(claim.section)
    return Finding(
        "fail", context.say(f"「{section}」{zh}", f"“{section}” {en}"), expected=expected, observed=claim.value
    )


def _outcome_of_act(part: Claim, whole: Claim) -> bool:
    applicant = part.subject.term("applicant") is not None
    return part.subject.term("outcome", "act") is not None and whole.subject.term("outcome") is None and not applicant


def _facets(claim: Claim) -> set[str]:
    return {term.facet for term in claim.subject.terms}
