"""Prose against tables: sentences, the numbers in them, what they are said of, and the cells that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.checks.prose.averages import average
from gongkai.checks.prose.claims import AnyClaim, Average, Change, Claim, Mention, Share
from gongkai.checks.prose.compare import compared
from gongkai.checks.prose.contradictions import contradictions
from gongkai.checks.prose.coverage import coverage, scope_by
from gongkai.checks.prose.find import find_claims
from gongkai.checks.prose.ratios import change, share
from gongkai.checks.prose.restated import restated
from gongkai.checks.registry import Context, Finding, rule

__all__ = ["Change", "Claim", "Mention", "Share", "find_claims", "prose_claim", "restated"]


@rule(
    "prose_claim",
    title=("文表一致", "The text agrees with the tables"),
    why=(
        "正文与统计表说的是同一件事，数字应当一致；正文前后也应一致。不一致时总有一处是错的。",
        "Text and tables speak of the same thing, and so do two sentences; where their numbers differ, one is wrong.",
    ),
    source="《政府信息公开条例》第五十条；国办公开办函〔2021〕30号（内容准确）",
    severity="error",
    example=(
        "正文称“共收到政府信息公开申请32件”，而表三本年新收总计为 23。",
        "The text speaks of 32 requests received; in table 3, new requests total 23.",
    ),
    topic="prose",
)
def prose_claim(context: Context) -> Iterator[Finding]:
    """One finding for each claim that the report's tables have cells for, and one for each contradiction in the text.

    Where the text states nothing that could be compared, one finding says so.
    """
    claims = context.once(find_claims)
    covered = coverage(context, claims)
    assessed = [
        (claim, _assessed(context, replace(claim, scope=scope_by(context, covered, claim)))) for claim in claims
    ]
    outcomes = {id(claim): finding.outcome for claim, finding in assessed if finding is not None}
    found = [finding for _, finding in assessed if finding is not None]
    found += contradictions(context, claims, outcomes)
    yield from found
    if not found:
        zh, en = "正文中没有找到可与统计表核对的数字。", "The text states no number that the tables state as well."
        yield Finding("not_assessable", context.say(zh, en))


def _assessed(context: Context, claim: AnyClaim) -> Finding | None:
    if isinstance(claim, Share):
        return share(context, claim)
    if isinstance(claim, Change):
        return change(context, claim)
    if isinstance(claim, Average):
        return average(context, claim)
    return compared(context, claim) if isinstance(claim, Claim) else None
