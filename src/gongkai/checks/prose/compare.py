"""A number in the prose held against the cells that state the same."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.checks.prose.claims import AnyClaim, Claim
from gongkai.checks.prose.quantities import may_round, near
from gongkai.checks.prose.subjects import Reading, Subject, cells_of, readings
from gongkai.checks.registry import Context, Finding, Outcome
from gongkai.checks.units import in_yuan
from gongkai.ledger import DIGITS, Ledger
from gongkai.wording import number


def compared(context: Context, claim: Claim) -> Finding | None:
    """Whether the tables agree with a claim; None when the report's forms have no cell for it."""
    of_tables = choices(context, claim.subject)
    if not of_tables:
        return None
    sums = {reading: sum_in(context, context.ledger, reading, claim.unit) for reading in of_tables}
    agreeing = [reading for reading in of_tables if claim.scope.reach != "other" and same(claim, sums[reading])]
    reading = (agreeing or of_tables)[0]
    open_ = [reading for reading in of_tables if _may_be(context, claim, reading)]
    obstacle = None if agreeing else hindrance(context, claim, open_)
    outcome: Outcome = "pass" if agreeing else "fail" if obstacle is None else "not_assessable"
    label, shown = context.say(*claim.subject.label), number(sums[reading]) + money(context, claim.unit)
    if obstacle is not None:
        end = obstacle
    elif agreeing:
        end = context.say(f"与表中{label} {shown} 相符。", f"the tables agree: {label} {shown}.")
    else:
        places = context.words.where(cells_of(reading))
        gap = _gap(claim, sums[reading])
        end = context.say(
            f"而表中{label}为 {shown}{places}" + (f"，相差 {gap}。" if gap else "。"),
            f"but in the tables {label}: {shown}{places}" + (f", a difference of {gap}." if gap else "."),
        )
    return finding(outcome, said(context, claim) + end, reading, sums[reading], claim.value)


def agrees(context: Context, claim: Claim) -> bool:
    """Whether any of the sums that a claim may mean is its number, whoever it speaks of."""
    return any(
        same(claim, sum_in(context, context.ledger, reading, claim.unit)) for reading in choices(context, claim.subject)
    )


def choices(context: Context, subject: Subject) -> list[Reading]:
    """The sums of cells that a subject may mean; a dash says that there is nothing to add to the plainest of them."""
    found = readings(subject, context.ledger.by_table)
    status = context.ledger.status
    return [one for i, one in enumerate(found) if i == 0 or all(status[id] != "dash" for id in cells_of(one))]


def _gap(claim: Claim, printed: float | None) -> str:
    """How much a number differs; nothing where the clause says without one that there were none."""
    return number(claim.value - printed) if printed is not None and claim.value else ""


def money(context: Context, unit: str) -> str:
    """The unit of an amount of money as a message says it; nothing for other numbers."""
    return context.say(" 元", " yuan") if unit == "元" else ""


def same(claim: Claim, printed: float | None) -> bool:
    """Whether a printed sum is the claim's number, which may be rounded or cut off at its last digit."""
    if printed is None:
        return False
    return claim.value == printed or (may_round(claim.step) and near(claim.value, printed, claim.step))


def _may_be(context: Context, claim: Claim, reading: Reading) -> bool:
    """Whether a reading is undecided: a cell of it has no number, and the others do not exceed the claim's."""
    values = [context.ledger.values[id] for id in reading if id in context.ledger.values]
    if any(id.startswith("-") for id in reading):
        return total(context.ledger, reading) is None
    doubtful = any(id in context.ledger.doubtful for id in cells_of(reading))
    lacking = len(values) < len(reading)
    return doubtful or (lacking and (claim.unit == "元" or sum(values) <= claim.value))


def sum_in(context: Context, ledger: Ledger, reading: Reading, unit: str) -> float | None:
    """The sum of a ledger's cells, of amounts in yuan when `unit` is 元."""
    if unit != "元":
        return total(ledger, reading)
    amounts = []
    for id in reading:
        table, row, column = id.split("/")
        columns = context.report.table(table).row(row).columns
        amounts.append(in_yuan(ledger, id, next(one for one in columns if one.id == column)))
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known), DIGITS) if len(known) == len(amounts) else None


def finding(
    outcome: Outcome, message: str, reading: Reading, expected: float | None, observed: float | None
) -> Finding:
    """A finding on a sum of cells; it names row and column where that is a single cell."""
    ids = cells_of(reading)
    tables = {id.split("/")[0] for id in ids}
    row, column = reading[0].split("/")[1:] if len(reading) == 1 else (None, None)
    return Finding(
        outcome,
        message,
        table=tables.pop() if len(tables) == 1 else None,
        row=row,
        column=column,
        expected=expected,
        observed=observed,
        cells=ids,
    )


def said(context: Context, claim: AnyClaim) -> str:
    """How a message on a claim begins: where it stands, and its words."""
    section = context.words.section(claim.section)
    return context.say(f"「{section}」称“{claim.quote}”，", f"“{section}” says “{claim.quote}”; ")


def hindrance(context: Context, claim: AnyClaim, of_tables: Iterable[Reading]) -> str | None:
    """Why a claim that agrees with no reading need not be wrong; None when it must be."""
    ids = cells_of(*of_tables)
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


def total(ledger: Ledger, ids: Reading) -> float | None:
    """The sum of cells; None when one of them has no number."""
    values = [
        -ledger.values[id[1:]] if id.startswith("-") else ledger.values[id]
        for id in ids
        if id.removeprefix("-") in ledger.values
    ]
    return round(sum(values), DIGITS) if len(values) == len(ids) else None
