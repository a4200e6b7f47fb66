"""A scanned copy of the published sample gives the same cells as the sample itself."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("rapidocr")

import gongkai as gk
from benchmarks.synthetic.scanning import SCANNERS, scan

SAMPLE = Path(__file__).parents[2] / "shared/samples/hongze_2023.pdf"

pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample report is not on this machine")


def test_a_scanned_copy_gives_the_same_cells(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(SAMPLE.read_bytes(), SCANNERS["scan_mild"]))
    printed, scanned = gk.parse(SAMPLE), gk.parse(path)
    assert scanned.organ == printed.organ
    assert scanned.year == printed.year
    assert scanned.forms == printed.forms
    columns = ["id", "value", "status"]
    assert scanned.cells[columns].equals(printed.cells[columns])
    for there, here in zip(
        printed.cells[["page", "x0", "top"]].itertuples(),
        scanned.cells[["page", "x0", "top"]].itertuples(),
        strict=True,
    ):
        assert here.page == there.page
        assert here.x0 == pytest.approx(there.x0, abs=20)  # up to a degree askew
        assert here.top == pytest.approx(there.top, abs=20)
