"""The examples in data/raw/examples are one report in every format, and read alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "examples"
SCAN = "scan.pdf"
EXAMPLES = sorted(
    path.name for path in FOLDER.iterdir() if path.name != SCAN and (path.suffix != ".md" or path.name == "table.md")
)


def test_there_is_one_for_each_format() -> None:
    assert {Path(name).suffix for name in EXAMPLES} == {".pdf", ".html", ".docx", ".md", ".txt"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str) -> None:
    report, first = gk.parse(FOLDER / name), gk.parse(FOLDER / EXAMPLES[0])
    assert (report.organ, report.year, report.forms) == (first.organ, first.year, first.forms)
    assert report.organ is not None
    assert report.organ.endswith("靖边市退役军人事务局")
    assert report.year == 2023
    columns = ["id", "value", "status"]
    assert report.cells[columns].equals(first.cells[columns])
    assert report.printed()["requests/new/total"] == 22
    assert report.doubtful() == set()


def test_the_scan_is_the_same_report() -> None:
    pytest.importorskip("rapidocr", reason="scans are read with the extra `ocr`")
    report, first = gk.parse(FOLDER / SCAN), gk.parse(FOLDER / EXAMPLES[0])
    assert (report.organ, report.year, report.forms) == (first.organ, first.year, first.forms)
    sure = ~report.cells["id"].isin(report.doubtful())
    assert sure.sum() >= 0.97 * len(sure)
    assert report.cells.loc[sure, ["id", "value", "status"]].equals(first.cells.loc[sure, ["id", "value", "status"]])
