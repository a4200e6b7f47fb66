"""The embedded example: every cell as a reader of data/raw/district_hrss_2021.txt finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import HRSS_2021, hrss_2021

import gongkai as gk

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "district_hrss_2021.txt"


@pytest.fixture(scope="module")
def report() -> gk.Report:
    return gk.parse(SAMPLE)


def test_every_cell(report: gk.Report) -> None:
    expected = hrss_2021().cells
    columns = ["id", "value", "raw", "status"]
    assert report.cells[columns].equals(expected[columns])


def test_no_cell_is_doubtful(report: gk.Report) -> None:
    assert report.doubtful() == set()


def test_places_hold_what_was_read(report: gk.Report) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    cells = report.cells[report.cells["raw"] != ""]
    assert len(cells) == 198 - sum(raw == "" for raw in HRSS_2021.values())
    for cell in cells.itertuples():
        assert lines[int(cell.top) - 1][int(cell.x0) : int(cell.x1)] == cell.raw


def test_identity(report: gk.Report) -> None:
    assert (report.organ, report.level, report.kind, report.year) == ("区人社局", "county", "department", 2021)
    assert report.flags == {"organ": "incomplete"}
    assert report.published is None


def test_all_tables_are_on_the_2019_form(report: gk.Report) -> None:
    assert report.forms == {"disclosure": "2019", "requests": "2019", "litigation": "2019"}


def test_sections(report: gk.Report) -> None:
    assert list(report.sections) == ["overview", "disclosure", "requests", "litigation", "problems", "other"]
    assert report.sections["overview"].endswith("其他需公开的各类信息。")
    assert "一是进一步加强人社部门" in report.sections["problems"]  # a page break parted 进一 and 步
    assert report.sections["other"].startswith("2021年度本机关未收取信息处理费。")
    assert report.sections["requests"] == ""
