"""Indicators: what they are reckoned from, and when they are missing or marked. Expected rates are reckoned by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import build_report
from panel_store import make_store

import gongkai as gk
from gongkai.corpus.panel.columns import labels
from gongkai.corpus.panel.indicators import indicators, variables
from gongkai.corpus.panel.variables import cell_variables, expand
from gongkai.forms import all_forms

# Ten handled: 4 granted, 2 partial, 2 denied (one secret, one internal), 1 not held, 1 other; 5 carried over of 15.
YEAR = {
    **{f"requests/new/{column}": "12" for column in ("natural_person", "total")},
    **{f"requests/carried_in/{column}": "3" for column in ("natural_person", "total")},
    **{f"requests/granted/{column}": "4" for column in ("natural_person", "total")},
    **{f"requests/partial/{column}": "2" for column in ("natural_person", "total")},
    **{f"requests/denied_state_secret/{column}": "1" for column in ("natural_person", "total")},
    **{f"requests/denied_internal_affairs/{column}": "1" for column in ("natural_person", "total")},
    **{f"requests/unavailable_not_held/{column}": "1" for column in ("natural_person", "total")},
    **{f"requests/total/{column}": "10" for column in ("natural_person", "total")},
    **{f"requests/carried_out/{column}": "5" for column in ("natural_person", "total")},
    "litigation/review/upheld": "2",
    "litigation/review/corrected": "1",
    "litigation/review/pending": "1",
    "litigation/review/total": "4",
    "litigation/suit_direct/upheld": "1",
    "litigation/suit_direct/total": "1",
    "litigation/suit_after_review/corrected": "1",
    "litigation/suit_after_review/total": "1",
}
OTHER = {f"requests/other_other/{column}": "1" for column in ("natural_person", "total")}
OTHER_2019 = {f"requests/other/{column}": "1" for column in ("natural_person", "total")}
RATES = {
    "full_rate": 4 / 10,
    "partial_rate": 2 / 10,
    "disclosure_rate": 6 / 10,
    "denial_rate": 2 / 10,
    "denied_secret_share": 1 / 2,
    "denied_internal_share": 1 / 2,
    "denied_law_share": 0,
    "not_held_rate": 1 / 10,
    "unavailable_rate": 1 / 10,
    "unprocessed_rate": 0,
    "other_rate": 1 / 10,
    "carried_over_rate": 5 / 15,
    "natural_person_share": 1,
    "review_rate": 4 / 10,
    "suit_rate": 2 / 10,
    "review_correction_rate": 1 / 3,
    "suit_correction_rate": 1 / 2,
    "correction_rate": 2 / 5,
    "pending_rate": 1 / 6,
}


def reckon(path: Path, values: Mapping[str, str | None], year: int = 2023, **more: Any) -> pd.Series:
    """The indicators of one report, with their parts."""
    make_store(path, {"a.pdf": build_report(values, year=year, organ="淮安市洪泽区教育局", **more)})
    return gk.Panel(path).indicators(parts=True).iloc[0]


@pytest.mark.parametrize(("year", "other"), [(2023, OTHER), (2020, OTHER_2019)])
def test_rates_of_a_clean_report_on_either_form(tmp_path: Path, year: int, other: dict) -> None:
    found = reckon(tmp_path, YEAR | other, year)
    for id, rate in RATES.items():
        assert found[id] == pytest.approx(rate), id
        assert found[f"{id}_why"] == ""


def test_a_published_disclosure_rate_comes_out(tmp_path: Path) -> None:
    """Putuo district of Shanghai, first half of 2022: 263 answers, 81 of them in full or in part, 30.80 %."""
    found = reckon(
        tmp_path, {"requests/granted/total": "60", "requests/partial/total": "21", "requests/total/total": "263"}
    )
    assert round(found["disclosure_rate"] * 100, 2) == 30.80


def test_numerator_and_denominator_stand_beside(tmp_path: Path) -> None:
    found = reckon(tmp_path, YEAR | OTHER)
    assert found[["carried_over_rate_num", "carried_over_rate_den"]].tolist() == [5, 15]
    assert found[["correction_rate_num", "correction_rate_den"]].tolist() == [2, 5]


def test_a_cell_without_a_number_is_not_taken_for_zero(tmp_path: Path) -> None:
    # Six between the two rows, and nothing tells how many in each.
    blank = {f"requests/{row}/{column}": "" for row in ("granted", "partial") for column in ("natural_person", "total")}
    found = reckon(tmp_path, YEAR | OTHER | blank)
    for id in ("full_rate", "partial_rate", "disclosure_rate"):
        assert pd.isna(found[id])
        assert found[f"{id}_why"] == "missing_cell"
    assert found["denial_rate"] == pytest.approx(2 / 10)


def test_a_deduced_value_counts_and_is_marked(tmp_path: Path) -> None:
    found = reckon(tmp_path, YEAR | OTHER | {"requests/granted/total": ""})
    assert found["full_rate"] == pytest.approx(4 / 10)
    assert found["full_rate_why"] == "deduced"


def test_nothing_over_nothing_is_missing_with_a_reason(tmp_path: Path) -> None:
    found = reckon(tmp_path, {})
    for id in ("full_rate", "denied_secret_share", "correction_rate", "carried_over_rate"):
        assert pd.isna(found[id])
        assert found[f"{id}_why"] == "zero_denominator"
        assert found[f"{id}_den"] == 0


def test_a_doubtful_reading_marks_what_uses_it(tmp_path: Path) -> None:
    found = reckon(tmp_path, YEAR | OTHER, flags={"requests/partial/total": "low_confidence"})
    assert found["partial_rate"] == pytest.approx(2 / 10)
    assert found[["full_rate_why", "partial_rate_why", "disclosure_rate_why"]].tolist() == [
        "",
        "doubtful_reading",
        "doubtful_reading",
    ]


def test_a_failed_check_marks_every_rate_it_touches(tmp_path: Path) -> None:
    wrong = {"litigation/review/upheld": "7"}
    found = reckon(tmp_path, YEAR | OTHER | wrong)
    assert found["review_correction_rate_why"] == found["review_rate_why"] == "failed_check"
    assert found["suit_correction_rate_why"] == found["full_rate_why"] == ""


def test_a_part_greater_than_the_whole_says_so(tmp_path: Path) -> None:
    found = reckon(tmp_path, YEAR | OTHER | {"requests/granted/total": "40"})
    assert (found["full_rate"], found["full_rate_why"]) == (4, "above_one")
    # Reviews may outnumber the requests of the year.
    many = reckon(tmp_path / "b", YEAR | OTHER | {"litigation/review/upheld": "20", "litigation/review/total": "22"})
    assert (many["review_rate"], many["review_rate_why"]) == (2.2, "")


def test_a_report_without_the_table_has_no_rate(tmp_path: Path) -> None:
    make_store(tmp_path, {"a.pdf": build_report(forms={"requests": "2021"}, organ="淮安市洪泽区教育局")})
    found = gk.Panel(tmp_path).indicators().iloc[0]
    assert pd.isna(found["correction_rate"])
    assert found["correction_rate_why"] == "not_on_form"
    assert found["full_rate_why"] == "zero_denominator"


def test_every_pattern_means_cells_on_every_form() -> None:
    for indicator in indicators().values():
        for pattern in (*indicator.numerator, *indicator.denominator):
            assert all(expand(pattern, form) for form in all_forms()), (indicator.id, pattern)


def test_every_indicator_is_defined_named_and_sourced() -> None:
    assert set(RATES) <= set(indicators())
    grounds = [id for id in cell_variables() if re.fullmatch(r"requests/denied_\w+/total", id)]
    assert len([id for id in indicators() if id.endswith("_share") and id.startswith("denied_")]) == len(grounds) == 8
    for indicator in indicators().values():
        assert all((*indicator.label, *indicator.definition))
        assert indicator.source
        assert indicator.works
    assert all(len(name) <= 32 for name in variables(parts=True))


def test_remarks_are_those_of_the_codebook(tmp_path: Path) -> None:
    found = reckon(tmp_path, YEAR | {"requests/new/total": ""})
    used = {found[name] for name in found.index if name.endswith("_why")}
    assert used <= {"", *labels("indicator_note")}
