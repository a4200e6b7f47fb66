"""A real published PDF, where it is at hand: exactly its true faults, found by reading it, and no false alarm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import gongkai as gk

SAMPLE = Path(__file__).parents[2] / "shared" / "samples" / "hongze_2023.pdf"


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    if not SAMPLE.exists():
        pytest.skip(f"the sample is not at hand: {SAMPLE.name}")
    return gk.check(gk.parse(SAMPLE))


def test_it_has_three_faults_and_no_other(findings: pd.DataFrame) -> None:
    failed = findings[findings["outcome"] == "fail"]
    found = [
        (fault.rule, fault.table, None if pd.isna(fault.row) else fault.row, fault.severity)
        for fault in failed.itertuples()
    ]
    assert found == [
        ("litigation_sum", "litigation", "review", "error"),
        ("litigation_sum", "litigation", "suit_after_review", "error"),
        ("form_year", "requests", None, "warning"),
    ]


def test_its_one_claim_agrees_with_the_table(findings: pd.DataFrame) -> None:
    claims = findings[findings["rule"] == "prose_claim"]
    assert claims["outcome"].tolist() == ["pass"]
    assert "“2023年全区受理政府信息公开申请21件”" in claims["message"].iloc[0]


def test_it_is_signed_without_a_date(findings: pd.DataFrame) -> None:
    assert findings.loc[findings["rule"] == "late", "outcome"].tolist() == ["not_assessable"]


def test_its_text_has_nothing_left_over(findings: pd.DataFrame) -> None:
    assert findings.loc[findings["rule"] == "stale_text", "outcome"].tolist() == ["pass"]
