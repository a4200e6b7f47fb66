"""The cases of the rules' benchmark: deterministic, consistent, and judged as they must be on a small run."""

from __future__ import annotations

import pytest

from benchmarks.rules import Score, direct, table
from benchmarks.synthetic.cases import KINDS, make_case
from benchmarks.synthetic.reports import report_of
from gongkai.ledger import Ledger, tie

SEEDS = range(40)


def test_one_seed_is_one_case() -> None:
    assert [make_case(seed) for seed in range(len(KINDS))] == [make_case(seed) for seed in range(len(KINDS))]


def test_every_kind_of_fault_comes_up() -> None:
    kinds = {make_case(seed).kind for seed in range(100)}
    assert kinds == {"clean", "arithmetic", "prose", "leftover", "years", "jump", "copied", "impossible"}


@pytest.mark.parametrize("seed", [0, 10, 20, 30, 40, 50, 60, 70])
def test_a_clean_pair_of_years_breaks_no_equation(seed: int) -> None:
    case = make_case(seed)
    assert case.kind == "clean"
    now, before = report_of(case.truth), report_of(case.before) if case.before else None
    ledgers = Ledger.of(now), Ledger.of(before) if before else None
    assert not [equation.rule for equation in now.equations() if tie(equation, *ledgers).failed]


def test_what_is_due_is_found_and_nothing_else() -> None:
    score = direct(SEEDS)
    assert score.shown == []
    assert score.due == score.found
    assert sum(score.due.values()) > len(SEEDS)


def test_the_table_counts_what_was_missed_and_what_was_false() -> None:
    score = Score()
    score.add("balance", 4, 3, 1)
    assert "| `balance` | 4 | 3 | 1 | 0.750 | 0.750 |" in table(score)
