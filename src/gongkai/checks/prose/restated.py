"""Figures of the year before that this year's prose tells again, held against the report of that year."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.prose.claims import Claim
from gongkai.checks.prose.compare import finding, money, said, same, sum_in
from gongkai.checks.prose.find import find_claims
from gongkai.checks.prose.subjects import cells_of, readings
from gongkai.checks.registry import Context, Finding, Outcome, rule
from gongkai.ledger import Ledger
from gongkai.wording import number


@rule(
    "restated",
    title=("转述的上年数字与上年报告一致", "Last year's figures are told as they were reported"),
    why=(
        "本年报告转述的上年数字若与上年报告不同，其中一份有误，或数字已被更改而未作说明。",
        "Where this report gives a figure of the year before that differs from that year's report, one of them is "
        "wrong, or the figure was revised without a word.",
    ),
    source="《政府信息公开条例》第五十条；国办公开办函〔2021〕30号（内容准确）",
    severity="warning",
    example=(
        "正文称“2022年收到申请30件”，而 2022 年度报告表三本年新收总计为 28。",
        "The text says that 30 requests were received in 2022; in the report for 2022, new requests total 28.",
    ),
    topic="years",
)
def restated(context: Context) -> Iterator[Finding]:
    """One finding for each number that the prose gives for the year before; none without that year's report."""
    previous, before, year = context.previous, context.before, context.report.year
    if previous is None or before is None:
        return
    told = [
        claim
        for claim in context.once(find_claims)
        if isinstance(claim, Claim) and year is not None and claim.scope.year == previous.year == year - 1
    ]
    found = [one for claim in told if (one := _compared(context, before, claim)) is not None]
    yield from found
    if not found:
        zh, en = "正文没有转述上年报告的数字。", "The text gives no figure of the year before."
        yield Finding("not_assessable", context.say(zh, en))


def _compared(context: Context, before: Ledger, claim: Claim) -> Finding | None:
    of_tables = readings(claim.subject, before.by_table)
    if not of_tables:
        return None
    sums = {reading: sum_in(context, before, reading, claim.unit) for reading in of_tables}
    agreeing = [reading for reading in of_tables if same(claim, sums[reading])]
    reading = (agreeing or of_tables)[0]
    label, shown = context.say(*claim.subject.label), number(sums[reading]) + money(context, claim.unit)
    unsure = [id for id in cells_of(*of_tables) if id not in before.values or id in before.doubtful]
    outcome: Outcome = "pass" if agreeing else "not_assessable" if unsure else "fail"
    if agreeing:
        end = context.say(f"与上年报告中{label} {shown} 相符。", f"so does the report of that year: {label} {shown}.")
    elif unsure:
        cells = context.words.cells(unsure)
        end = context.say(
            f"而上年报告中有关各格没有数字或可能误读（{cells}），无法核对。",
            f"in that year's report the cells have no number or may be misread ({cells}); it cannot be checked.",
        )
    else:
        gap = number(claim.value - (sums[reading] or 0))
        end = context.say(
            f"而上年报告中{label}为 {shown}，相差 {gap}。",
            f"but in the report of that year {label}: {shown}, a difference of {gap}.",
        )
    return finding(outcome, said(context, claim) + end, reading, sums[reading], claim.value)
