"""Deduced values: what follows from the arithmetic, what does not, and how certain it is."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from builders import HRSS_2021, build_report, hrss_2021
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import gongkai as gk
from gongkai.forms import load_form
from gongkai.ledger import Ledger
from gongkai.repairs.bounds import propagate
from gongkai.repairs.system import components
from gongkai.report import Report
from gongkai.tables import REPAIRS

KINDS = ["natural_person", "business", "research", "public_interest", "legal_service", "other_org"]
EDGES = {"new", "carried_in", "total", "carried_out"}
ROWS = [row.id for row in load_form("2021").tables["requests"].rows]
OUTCOMES = [row for row in ROWS if row not in EDGES]


def deduced(report: Report) -> dict[str, float]:
    repairs = gk.repair(report)
    repairs = repairs[repairs["method"] == "deduced"]
    return dict(zip(repairs["id"], repairs["proposed"], strict=True))


def ids(rows: list[str], columns: list[str]) -> list[str]:
    return [f"requests/{row}/{column}" for row in rows for column in columns]


def consistent_requests(seed: int) -> dict[str, int]:
    """A full table of requests that satisfies FORM.md's rules 1 to 3, by construction."""
    chance = random.Random(seed)
    table: dict[str, int] = {}
    for kind in KINDS:
        outcomes = {row: chance.choice([0, 0, 0, 1, 2, 5]) for row in OUTCOMES}
        total, out = sum(outcomes.values()), chance.choice([0, 0, 1])
        carried_in = chance.randint(0, min(1, total + out))
        edges = {"new": total + out - carried_in, "carried_in": carried_in, "total": total, "carried_out": out}
        table |= {f"requests/{row}/{kind}": value for row, value in (outcomes | edges).items()}
    for row in ROWS:
        table[f"requests/{row}/total"] = sum(table[f"requests/{row}/{kind}"] for kind in KINDS)
    return table


def printed(table: Mapping[str, int], lost: list[str]) -> Report:
    return build_report({id: None if id in set(lost) else str(value) for id, value in table.items()})


class TestWhatFollows:
    def test_the_blanks_of_the_sample(self) -> None:
        repairs = gk.repair(hrss_2021()).set_index("id")
        assert repairs["proposed"].to_dict() == {
            "requests/carried_in/natural_person": 0,
            "requests/carried_in/business": 0,
            "requests/carried_out/natural_person": 0,
        }
        # No equation knows what was spent on procurement.
        assert HRSS_2021["disclosure/procurement/amount"] == ""
        assert set(repairs["certainty"]) == {"certain"}
        assert set(repairs["method"]) == {"deduced"}

    def test_a_blank_row_with_total_zero_is_zero(self) -> None:
        blank = dict.fromkeys(ids(["unprocessed_repeat"], KINDS), "")
        assert deduced(build_report(blank)) == dict.fromkeys(blank, 0)

    def test_a_missing_total(self) -> None:
        report = build_report(
            {"litigation/review/upheld": "3", "litigation/review/pending": "2", "litigation/review/total": ""}
        )
        assert deduced(report) == {"litigation/review/total": 5}

    def test_one_value_after_the_other(self) -> None:
        # new/total follows from the balance only once total/total is known from the outcomes.
        values = {"requests/granted/natural_person": "4", "requests/granted/total": "4"}
        values |= {"requests/total/natural_person": "4", "requests/new/natural_person": ""}
        values |= {"requests/total/total": "", "requests/new/total": ""}
        report = build_report(values)
        assert deduced(report) == {
            "requests/new/natural_person": 4,
            "requests/new/total": 4,
            "requests/total/total": 4,
        }

    def test_a_value_that_only_non_negativity_fixes(self) -> None:
        # Two unknown kinds of applicant add up to 0, so that both are 0; were they to add up to 1, either could be it.
        lost = dict.fromkeys(ids(["granted"], ["business", "research"]))
        assert deduced(build_report(lost)) == dict.fromkeys(lost, 0)
        one = {"requests/granted/total": "1", "requests/total/total": "1", "requests/carried_out/total": "0"}
        both = dict.fromkeys(ids(["granted", "total", "new"], ["business", "research"]))
        assert deduced(build_report(both | one | {"requests/new/total": "1"})) == {}

    def test_a_value_that_only_several_equations_together_fix(self) -> None:
        # Two rows of 5 and 3 over two columns of 4 and 4: each of the four cells can vary, yet together they leave
        # nothing over for a fifth unknown cell in the second column.
        table = dict.fromkeys(ids(ROWS, [*KINDS, "total"]), 0)
        table |= {"requests/granted/natural_person": 3, "requests/granted/business": 2, "requests/granted/total": 5}
        table |= {"requests/partial/natural_person": 1, "requests/partial/business": 2, "requests/partial/total": 3}
        for row in ("total", "new"):
            table |= {f"requests/{row}/{column}": 4 for column in ("natural_person", "business")}
            table[f"requests/{row}/total"] = 8
        square = ids(["granted", "partial"], ["natural_person", "business"])
        # A third column is lost as well, and with it every total that would say the same in one equation.
        third = ids(["other_other", "total", "new"], ["legal_service", "total"])
        report = printed(table, [*square, "requests/other_other/business", *third])
        (component,) = components(Ledger.of(report))
        assert not any(range.settled for range in propagate(component).values())
        assert deduced(report) == {"requests/other_other/business": 0}

    def test_amounts_and_cells_without_equation_are_left_alone(self) -> None:
        assert deduced(build_report({"disclosure/fees/amount": "", "disclosure/licensing/decisions": ""})) == {}

    @pytest.mark.parametrize("raw", ["", "—", "详见附表", "2/3", None])
    def test_whatever_stands_there_instead_of_a_number(self, raw: str | None) -> None:
        assert deduced(build_report({"litigation/review/total": raw})) == {"litigation/review/total": 0}


class TestWhatDoesNotFollow:
    def test_figures_that_contradict_each_other_prove_nothing(self) -> None:
        # 3 upheld of 2 in all: no number of corrected ones makes that right.
        values = {"litigation/review/upheld": "3", "litigation/review/corrected": "", "litigation/review/total": "2"}
        assert deduced(build_report(values)) == {}

    def test_equations_that_want_different_values_prove_nothing(self) -> None:
        values = {"requests/granted/natural_person": "1", "requests/total/natural_person": ""}
        assert deduced(build_report(values)) == {}

    def test_half_a_request_proves_nothing(self) -> None:
        assert deduced(build_report({"litigation/review/upheld": "0.5", "litigation/review/total": ""})) == {}

    def test_one_contradiction_does_not_stop_the_rest(self) -> None:
        values = {"litigation/review/upheld": "3", "litigation/review/corrected": "", "litigation/review/total": "2"}
        assert deduced(build_report(values | {"litigation/suit_direct/total": ""})) == {
            "litigation/suit_direct/total": 0
        }

    def test_a_table_that_is_not_there_is_not_made_up(self) -> None:
        absent = dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("requests/"))
        assert len(absent) == 175
        start = time.perf_counter()
        assert deduced(build_report(absent)) == {}
        assert time.perf_counter() - start < 10

    def test_too_large_a_question_is_given_up_aloud(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongkai.repairs.exact.MOST_UNKNOWNS", 10)
        absent = dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("requests/granted/"))
        absent |= dict.fromkeys(id for id in build_report().cells["id"] if id.startswith("requests/partial/"))
        one = {"requests/total/total": "1", "requests/new/total": "1"}
        one |= {"requests/total/business": "1", "requests/new/business": "1"}
        report = build_report(absent | one)
        with pytest.warns(UserWarning, match="14 cells were not examined"):
            assert deduced(report) == {}


class TestCertainty:
    def test_a_doubtful_basis_makes_it_conditional(self) -> None:
        report = build_report({"litigation/review/total": ""}, flags={"litigation/review/upheld": "low_confidence"})
        repair = gk.repair(report).iloc[0]
        assert repair["certainty"] == "conditional"
        assert "「行政复议」行结果维持可能误读" in repair["message"]

    def test_doubt_elsewhere_does_not_matter(self) -> None:
        report = build_report(
            {"litigation/review/total": ""}, flags={"litigation/suit_direct/upheld": "low_confidence"}
        )
        assert gk.repair(report)["certainty"].tolist() == ["certain"]

    def test_a_figure_of_a_failed_equation_is_no_certain_basis(self) -> None:
        # new/total enters the balance, which fails; the row's missing cell follows from the same doubtful figure.
        values = {"requests/new/total": "7", "requests/new/business": ""}
        values |= {"requests/total/business": "7", "requests/granted/business": "7"}
        report = build_report(values)
        repair = gk.repair(report).set_index("id").loc["requests/new/business"]
        assert (repair["proposed"], repair["certainty"]) == (7, "conditional")


class TestMessages:
    def test_it_names_cell_equations_and_value(self) -> None:
        repair = gk.repair(build_report({"litigation/review/total": ""})).iloc[0]
        assert repair["message"] == (
            "「行政复议」行「总计」空白；由「行政复议」行“总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结”，"
            "且件数不为负，只能是 0。"
        )

    def test_in_english(self) -> None:
        repair = gk.repair(build_report({"litigation/review/total": ""}), language="en").iloc[0]
        assert repair["message"] == (
            "“administrative review”, “total” is left blank; by “total = upheld + corrected + other result + pending” "
            "in row “administrative review”, counts not being negative, it can only be 0."
        )

    def test_columns_are_those_that_the_package_promises(self) -> None:
        for report in (hrss_2021(), build_report()):
            repairs = gk.repair(report)
            assert {name: str(dtype) for name, dtype in repairs.dtypes.items()} == REPAIRS
        assert gk.repair(hrss_2021())["printed"].isna().all()
        assert gk.repair(hrss_2021())["alternatives"].tolist() == [[], [], []]


def test_the_report_stays_as_printed_and_a_completed_one_repairs_the_same() -> None:
    report = hrss_2021()
    before = report.cells.copy()
    repairs = gk.repair(report)
    pd.testing.assert_frame_equal(report.cells, before)
    pd.testing.assert_frame_equal(gk.repair(report.completed(repairs)), repairs)
    pd.testing.assert_frame_equal(gk.repair(report), repairs)


def possible(report: Report, id: str) -> tuple[float, float]:
    """The least and the most that a cell can be, by linear programming over the equations of the form."""
    cells, values = report.cells["id"].tolist(), report.printed()
    equations = [equation for equation in report.equations() if not equation.across_years]
    matrix = np.zeros((len(equations), len(cells)))
    for row, equation in enumerate(equations):
        for side, terms in ((1, equation.left), (-1, equation.right)):
            for term in terms:
                matrix[row, cells.index(term.id)] += side * term.sign
    bounds = [(value, value) if (value := values[cell]) is not None else (0, 1000) for cell in cells]
    cost = np.zeros(len(cells))
    cost[cells.index(id)] = 1
    least, most = (linprog(sign * cost, A_eq=matrix, b_eq=np.zeros(len(equations)), bounds=bounds) for sign in (1, -1))
    return float(least.fun), -float(most.fun)


@given(seed=st.integers(0, 10_000), share=st.floats(0.02, 0.6))
@settings(max_examples=25, deadline=None)
def test_whatever_is_lost_is_deduced_exactly_when_it_can_be(seed: int, share: float) -> None:
    table = consistent_requests(seed)
    chance = random.Random(seed)
    lost = [id for id in table if chance.random() < share]
    report = printed(table, lost)
    found = deduced(report)
    assert {id: table[id] for id in found} == found
    for id in chance.sample(lost, min(3, len(lost))):
        least, most = possible(report, id)
        if most - least < 1e-6:
            assert id in found
        else:
            # A linear programme may see room where whole numbers have none, but never the other way round.
            assert id not in found or most - least < 1
