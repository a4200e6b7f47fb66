"""The ways in which people get figures wrong: how to tell them, and which of several corrections they make likelier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from gongkai.forms import Equation, Term
from gongkai.ledger import DIGITS, Ledger
from gongkai.repairs.localise import Correction
from gongkai.repairs.moves import Move, catalogue


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is supposed to be wrong, and what it should be if that is known.

    `sums` are the equations whose total it is, `items` the printed terms of those with their figures; `habit` tells
    that another total of the kind was printed as 0 though its items are not.
    """

    printed: float
    proposed: float | None
    sums: tuple[Equation, ...]
    items: tuple[tuple[Equation, Term, float], ...]
    habit: bool = False

    @classmethod
    def of(cls, id: str, proposed: float | None, ledger: Ledger) -> Change:
        sums = tuple(equation for equation in ledger.report.equations() if _adds_up(equation, id))
        items = tuple(
            (equation, term, ledger.values[term.id])
            for equation in sums
            for term in equation.right
            if term.id in ledger.values
        )
        kinds = {(equation.table, equation.rule) for equation in sums}
        habit = any(
            (other.table, other.rule) in kinds and other not in sums and _left_at_zero(other, ledger)
            for other in ledger.report.equations()
        )
        return cls(ledger.values[id], proposed, sums, items, habit)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known way of getting a figure wrong, seen in a correction; `items` are the terms of a sum that it speaks of."""

    kind: str
    items: tuple[tuple[Equation, Term], ...] = ()

    @property
    def weight(self) -> float:
        return float(catalogue()["kind"][self.kind]["weight"])

    @property
    def settles(self) -> bool:
        return bool(catalogue()["kind"][self.kind].get("settles", False))


@dataclass(frozen=True, slots=True)
class Judged:
    """A correction and, for each of its errors, the mistake that it looks like."""

    correction: Correction
    mistakes: tuple[Mistake | None, ...]

    @property
    def evidence(self) -> float:
        """What the errors weigh by mistakes that settle; the least is the likeliest."""
        weights = (mistake.weight if mistake and mistake.settles else 1.0 for mistake in self.mistakes)
        return round(sum(weights), DIGITS)

    @property
    def rank(self) -> float:
        """What the errors weigh by all mistakes; only for the order of corrections that remain equal."""
        return round(sum(mistake.weight if mistake else 1.0 for mistake in self.mistakes), DIGITS)


def likeliest(corrections: list[Correction], ledger: Ledger) -> list[Judged]:
    """The corrections than which none is likelier: the most plausible first, then in the form's order."""
    judged = [_judge(correction, ledger) for correction in corrections]
    best = min(one.evidence for one in judged)
    order = {id: at for at, id in enumerate(ledger.status)}
    return sorted(
        (one for one in judged if one.evidence == best),
        key=lambda one: (one.rank, [order[id] for id in one.correction.values]),
    )


def _judge(correction: Correction, ledger: Ledger) -> Judged:
    return Judged(correction, tuple(_mistake(move, correction, ledger) for move in correction.moves))


def _mistake(move: Move, correction: Correction, ledger: Ledger) -> Mistake | None:
    """The likeliest mistake that an error looks like, or None."""
    if move.kind != "cell":
        moved = move.kind == "exchange" and len(move.fixes) == 2 and 0 in move.fixes.values()
        return Mistake("misplaced" if moved else move.kind)
    (id,) = move.frees
    change = Change.of(id, correction.values[id], ledger)
    seen = [mistake for kind, look in _KINDS.items() if (mistake := look(kind, change))]
    return min(seen, key=lambda mistake: mistake.weight, default=None)


def _adds_up(equation: Equation, id: str) -> bool:
    """Whether an equation says that this cell is the total of others."""
    return (
        [term.id for term in equation.left] == [id]
        and len(equation.right) > 1
        and all(term.sign > 0 and not term.previous for term in equation.right)
    )


def total_is_zero(equation: Equation, ledger: Ledger) -> bool:
    """Whether one cell alone stands on an equation's left side, and was printed as 0."""
    return len(equation.left) == 1 and ledger.values.get(equation.left[0].id) == 0


def _left_at_zero(equation: Equation, ledger: Ledger) -> bool:
    """Whether an equation's total was printed as 0 though its items are not."""
    return total_is_zero(equation, ledger) and sum(ledger.values.get(term.id, 0) for term in equation.right) > 0


def _total(kind: str, change: Change) -> Mistake | None:
    return Mistake(kind) if change.sums else None


def _total_left_zero(kind: str, change: Change) -> Mistake | None:
    sums = [sum(value for equation, _, value in change.items if equation is one) for one in change.sums]
    # A small total may as well be right and an item wrong, unless others were not added up either.
    least = 1 if change.habit else _least(kind)
    return Mistake(kind) if change.printed == 0 and max(sums, default=0) >= least else None


def _item(sign: int) -> Callable[[str, Change], Mistake | None]:
    """A total that lacks (1), or has too much (-1), just one of its items."""

    def look(kind: str, change: Change) -> Mistake | None:
        if change.proposed is None:
            return None
        missing = round(sign * (change.proposed - change.printed), DIGITS)
        items = tuple((equation, term) for equation, term, value in change.items if value == missing > 0)
        return Mistake(kind, items) if items else None

    return look


def _digits(alike: Callable[[str, str], bool]) -> Callable[[str, Change], Mistake | None]:
    """The digits of the printed figure and of the proposed one are related in this way."""

    def look(kind: str, change: Change) -> Mistake | None:
        if change.proposed is None:
            return None
        figures = (change.printed, change.proposed)
        if min(figures) < _least(kind) or not all(figure.is_integer() for figure in figures):
            return None
        printed, proposed = (str(int(figure)) for figure in figures)
        return Mistake(kind) if alike(printed, proposed) else None

    return look


def _exchanged(printed: str, proposed: str) -> bool:
    """Exactly two digits changed places; a leading 0 is not printed."""
    width = max(len(printed), len(proposed))
    one, other = printed.zfill(width), proposed.zfill(width)
    differing = [at for at in range(width) if one[at] != other[at]]
    return len(differing) == 2 and one[differing[0]] == other[differing[1]] and one[differing[1]] == other[differing[0]]


def _zero_lost(short: str, long: str) -> bool:
    """Digits changed places and a 0 came first, which looks as if it had been lost: 60 became 6."""
    return _exchanged(short, long) and len(long) == len(short) + 1 and long.replace("0", "", 1) == short


def _shorter_by_one(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and any("".join(kept) == short for kept in combinations(long, len(short)))


def _least(kind: str) -> float:
    return float(catalogue()["kind"][kind]["least"])


_KINDS: dict[str, Callable[[str, Change], Mistake | None]] = {
    "total_left_zero": _total_left_zero,
    "zero_lost": _digits(_zero_lost),
    "zero_added": _digits(lambda printed, proposed: _zero_lost(proposed, printed)),
    "digits_exchanged": _digits(_exchanged),
    "digit_lost": _digits(_shorter_by_one),
    "digit_added": _digits(lambda printed, proposed: _shorter_by_one(proposed, printed)),
    "item_left_out": _item(1),
    "item_counted_twice": _item(-1),
    "total": _total,
}
