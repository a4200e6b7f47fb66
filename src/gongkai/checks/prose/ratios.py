"""Percentages and changes in the prose, reckoned again from the cells."""

from __future__ import annotations

from itertools import product

from gongkai.checks.prose.claims import Change, Share
from gongkai.checks.prose.compare import choices, finding, hindrance, money, said, sum_in, total
from gongkai.checks.prose.quantities import may_round, near
from gongkai.checks.prose.subjects import Reading, cells_of
from gongkai.checks.registry import Context, Finding, Outcome
from gongkai.ledger import DIGITS, Ledger
from gongkai.wording import number

_WHOLE_ROWS = ("new", "total")


def share(context: Context, claim: Share) -> Finding | None:
    """Whether a percentage is what the cells give; None when the report's forms have no cells for it."""
    pairs = _pairs(context, claim)
    if not pairs:
        return None
    ratios = {pair: _percent(context.ledger, *pair) for pair in pairs}
    agreeing = [pair for pair, percent in ratios.items() if claim.scope.reach != "other" and _rounds(claim, percent)]
    part, whole = (agreeing or list(ratios))[0]
    percent = ratios[part, whole]
    obstacle = (
        None
        if agreeing
        else hindrance(context, claim, [reading for pair in pairs for reading in pair]) or _no_base(context, percent)
    )
    outcome: Outcome = "pass" if agreeing else "fail" if obstacle is None else "not_assessable"
    label = context.say(*claim.subject.label)
    figures = f"{number(total(context.ledger, part))}/{number(total(context.ledger, whole))}"
    if obstacle is not None:
        end = obstacle
    elif agreeing:
        end = context.say(f"与表中{label}所占比例（{figures}）相符。", f"as in the tables: {label}, {figures}.")
    else:
        shown, where = _shown(percent, claim.step), context.words.where(cells_of(part, whole))
        end = context.say(
            f"而按表中数字，{label}所占比例为 {shown}%（{figures}）{where}。",
            f"but by the tables' figures, {label}: {shown}% ({figures}){where}.",
        )
    return finding(outcome, said(context, claim) + end, cells_of(part, whole), percent, claim.percent)


def _pairs(context: Context, claim: Share) -> list[tuple[Reading, Reading]]:
    """What may be divided by what: a kind of applicant by all of the same rows, anything else by any base."""
    parts = _shown_by(context, choices(context, claim.subject), claim.value)
    if all(subject.term("applicant") for subject in claim.subject.parts or (claim.subject,)):
        return [(part, whole) for part in parts for whole in _of_applicants(part)]
    return list(product(parts, (whole for base in claim.bases for whole in choices(context, base))))


def _of_applicants(part: Reading) -> list[Reading]:
    """Of what a cell of the requests may be a share: its row, or what the same applicants asked for or were told."""
    row = tuple(dict.fromkeys(f"{id.rpartition('/')[0]}/total" for id in part))
    if any(id.split("/")[1] in _WHOLE_ROWS for id in part):
        return [row]
    columns = dict.fromkeys(id.rpartition("/")[2] for id in part)
    return [row, *(tuple(f"requests/{whole}/{column}" for column in columns) for whole in _WHOLE_ROWS)]


def _shown_by(context: Context, of_tables: list[Reading], value: float | None) -> list[Reading]:
    """Those of the sums that are the number just given, where there are any: 商业企业29件，较上年增加11件."""
    return [one for one in of_tables if value is not None and total(context.ledger, one) == value] or of_tables


def change(context: Context, claim: Change) -> Finding | None:
    """Whether a change from the year before is what the two reports give; None where no cells state the subject."""
    of_tables = _shown_by(context, choices(context, claim.subject), claim.value)
    if not of_tables:
        return None
    obstacle = _no_comparison(context) or hindrance(context, claim, of_tables[:1])
    known = {} if obstacle else _differences(context, claim, of_tables)
    agreeing = next((reading for reading, value in known.items() if _matches(claim, value)), None)
    reading = agreeing or next(iter(known), of_tables[0])
    value = known.get(reading)
    if agreeing is None:
        obstacle = obstacle or _unsure(context, known, reading)
    if obstacle is not None or value is None:
        return finding("not_assessable", said(context, claim) + (obstacle or ""), reading, None, claim.amount)
    outcome: Outcome = "fail" if agreeing is None else "pass"
    return finding(outcome, said(context, claim) + _told(context, claim, reading, value), reading, value, claim.amount)


def _differences(context: Context, claim: Change, of_tables: list[Reading]) -> dict[Reading, float]:
    """The change of every sum that both reports give."""
    before = context.before
    if before is None:
        return {}
    sums = {one: [sum_in(context, of, one, claim.unit) for of in (before, context.ledger)] for one in of_tables}
    found = {reading: _difference(both[0], both[1], claim.relative) for reading, both in sums.items()}
    return {reading: value for reading, value in found.items() if value is not None}


def _unsure(context: Context, known: dict[Reading, float], reading: Reading) -> str | None:
    """Why a change that agrees with nothing need not be wrong: nothing to compare, or what may be misread."""
    if not known:
        return _nothing_before(context, reading)
    doubtful = [id for id in cells_of(*known) if context.before is not None and id in context.before.doubtful]
    if not doubtful:
        return None
    cells = context.words.cells(doubtful)
    return context.say(
        f"与上年报告不符，但其中有关各格可能误读（{cells}），不能断定。",
        f"the report of the year before differs, but may be misread ({cells}).",
    )


def _told(context: Context, claim: Change, reading: Reading, value: float) -> str:
    """The change by the two reports, and whether the prose has it."""
    label, unit = context.say(*claim.subject.label), money(context, claim.unit)
    now = number(sum_in(context, context.ledger, reading, claim.unit)) + unit
    then = number(sum_in(context, context.before, reading, claim.unit) if context.before else None) + unit
    if _matches(claim, value):
        zh = f"与两年的报告相符：{label}上年 {then}，本年 {now}。"
        en = f"as in the two reports: {label}, {then} the year before, {now} now."
    else:
        shown = f"{_shown(value, claim.step)}%" if claim.relative else number(value) + unit
        zh = f"而{label}上年报告为 {then}，本年为 {now}，变化为 {shown}。"
        en = f"but {label}: {then} the year before, {now} now, a change of {shown}."
    return context.say(zh, en)


def _no_comparison(context: Context) -> str | None:
    """Why there is no year before to compare with."""
    year, previous = context.report.year, context.previous
    if previous is None:
        return context.say("没有上年的报告，无法核对。", "without the report of the year before it cannot be checked.")
    if year is None or previous.year != year - 1:
        zh, en = (
            "对照的报告不是上一年度的，无法核对。",
            "the report to compare with is not that of the year before; it cannot be checked.",
        )
        return context.say(zh, en)
    return None


def _nothing_before(context: Context, reading: Reading) -> str:
    label = context.words.cells(cells_of(reading))
    return context.say(
        f"上年报告中有关各格没有可比的数字（{label}），无法核对。",
        f"the report of the year before has no figure to compare ({label}); it cannot be checked.",
    )


def _no_base(context: Context, percent: float | None) -> str | None:
    if percent is not None:
        return None
    return context.say("而表中的总数为 0，比例无从计算。", "but the tables' total is 0, of which there is no share.")


def _difference(last: float | None, this: float | None, relative: bool) -> float | None:
    if last is None or this is None or (relative and last == 0):
        return None
    return 100 * (this - last) / last if relative else round(this - last, DIGITS)


def _matches(claim: Change, value: float) -> bool:
    if claim.vague:
        return claim.amount * value > 0
    if not claim.relative:
        return claim.amount == value or (may_round(claim.step) and near(abs(claim.amount), abs(value), claim.step))
    return (claim.amount < 0) == (value < 0) and near(abs(claim.amount), abs(value), claim.step)


def _percent(ledger: Ledger, part: Reading, whole: Reading) -> float | None:
    of, all_ = total(ledger, part), total(ledger, whole)
    return None if of is None or not all_ else 100 * of / all_


def _rounds(claim: Share, percent: float | None) -> bool:
    return percent is not None and near(claim.percent, percent, claim.step)


def _shown(percent: float | None, step: float) -> str:
    """A percentage to one place more than it was stated to."""
    places = 1
    while step < 1 and places < 6:
        step, places = step * 10, places + 1
    return number(percent if percent is None else round(percent, places))
