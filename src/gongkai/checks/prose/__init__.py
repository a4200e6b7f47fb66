"""Prose against tables: sentences, the numbers in them, what they are said of, and the cells that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from gongkai.checks.prose.claims import Claim, find_claims
from gongkai.checks.registry import Context, Finding, Outcome, rule
from gongkai.ledger import DIGITS
from gongkai.wording import number

__all__ = ["Claim", "find_claims", "prose_claim"]


@rule(
    "prose_claim",
    title=("文表一致", "The text agrees with the tables"),
    why=(
        "正文与统计表说的是同一件事，数字应当一致；不一致时总有一处是错的。",
        "Text and tables speak of the same thing; where their numbers differ, one of them is wrong.",
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
    """One finding for each claim that the report's tables have cells for, or one that says there is none."""
    found = False
    for claim in find_claims(context.report):
        readings = _readings(context, claim)
        if readings:
            found = True
            yield _compared(context, claim, readings)
    if not found:
        zh, en = "正文中没有找到可与统计表核对的数字。", "The text states no number that the tables state as well."
        yield Finding("not_assessable", context.say(zh, en))


def _readings(context: Context, claim: Claim) -> list[tuple[str, ...]]:
    """The sums of cells that the claim may mean and that the report's forms have, the plainest first."""
    found = []
    for reading in claim.kind.readings:
        parts = [[id for id in context.ledger.status if fnmatchcase(id, pattern)] for pattern in reading]
        if all(parts):
            found.append(tuple(id for part in parts for id in part))
    return found


def _compared(context: Context, claim: Claim, readings: list[tuple[str, ...]]) -> Finding:
    sums = {reading: _sum(context, reading) for reading in readings}
    agreeing = [reading for reading, value in sums.items() if value == claim.value and claim.scope.reach != "other"]
    reading = (agreeing or readings)[0]
    obstacle = None if agreeing else _obstacle(context, claim, sums)
    outcome: Outcome = "pass" if agreeing else "fail" if obstacle is None else "not_assessable"
    section, label = context.words.section(claim.section), context.say(*claim.kind.label)
    table, places = number(sums[reading]), context.words.where(reading) if outcome == "fail" else ""
    begin = context.say(f"「{section}」称“{claim.quote}”，", f"“{section}” says “{claim.quote}”; ")
    if obstacle is not None:
        end = obstacle
    elif agreeing:
        end = context.say(f"与表中{label} {table} 相符。", f"the tables agree: {label} {table}.")
    else:
        delta = number(claim.value - sum(context.ledger.values[id] for id in reading))
        zh, en = (
            f"而表中{label}为 {table}{places}，相差 {delta}。",
            f"but in the tables {label}: {table}{places}, a difference of {delta}.",
        )
        end = context.say(zh, en)
    tables = {id.split("/")[0] for id in reading}
    row, column = reading[0].split("/")[1:] if len(reading) == 1 else (None, None)
    return Finding(
        outcome,
        begin + end,
        table=tables.pop() if len(tables) == 1 else None,
        row=row,
        column=column,
        expected=sums[reading],
        observed=claim.value,
        cells=reading,
    )


def _obstacle(context: Context, claim: Claim, sums: dict[tuple[str, ...], float | None]) -> str | None:
    """Why a claim that agrees with no reading need not be wrong; None when it must be."""
    ids = list(dict.fromkeys(id for reading in sums for id in reading))
    lacking = [id for id in ids if id not in context.ledger.values]
    doubtful = [id for id in ids if id in context.ledger.doubtful]
    if claim.scope.reach != "own":
        zh, en = claim.scope.reason
        return context.say(
            f"{zh}，与表的口径可能不同，不作比较。", f"{en}, which the tables may not count; not compared."
        )
    if lacking:
        cells = context.words.cells(lacking)
        return context.say(
            f"而表中有关各格没有数字（{cells}），无法核对。",
            f"the cells have no number ({cells}); it cannot be checked.",
        )
    if doubtful:
        cells = context.words.cells(doubtful)
        return context.say(
            f"与表不符，但表中有关各格可能误读（{cells}），不能断定。",
            f"the tables differ, but may be misread ({cells}).",
        )
    return None


def _sum(context: Context, ids: tuple[str, ...]) -> float | None:
    values = [context.ledger.values[id] for id in ids if id in context.ledger.values]
    return round(sum(values), DIGITS) if len(values) == len(ids) else None
