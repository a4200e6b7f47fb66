"""The explorer of single reports: what is chosen is what is shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from IPython.display import HTML

from gongkai.errors import UnreadableFile
from gongkai.explore import Explorer, open_case

RAW = Path(__file__).parents[1] / "data" / "raw"
SAMPLE = "district_hrss_2021.txt"


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return Explorer(str(RAW), SAMPLE)


def visible(html: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S)


def test_it_begins_with_a_cell_of_a_failed_check(explorer: Explorer) -> None:
    case = open_case(RAW / SAMPLE)
    failed = case.findings.loc[case.findings["outcome"] == "fail", "cells"]
    assert explorer.cell in {id for cells in failed for id in cells}
    assert explorer.cell in visible(explorer.html("cell"))


def test_a_chosen_cell_is_shown_with_what_was_printed() -> None:
    explorer = Explorer(str(RAW), SAMPLE, "en")
    explorer.table.value = "requests"
    explorer.row.value = "new"
    explorer.column.value = "total"
    assert explorer.cell == "requests/new/total"
    shown = " ".join(visible(explorer.html("cell")).split())
    assert "Printed 2 Number 2 Status number" in shown
    printed = next(
        at for at, line in enumerate((RAW / SAMPLE).read_text("utf-8").splitlines(), 1) if "本年新收" in line
    )
    assert f"Place line {printed} " in shown


def test_a_table_s_rows_and_columns_are_offered(explorer: Explorer) -> None:
    explorer.table.value = "litigation"
    assert [id for _, id in explorer.row.options] == ["review", "suit_direct", "suit_after_review"]
    assert [id for _, id in explorer.column.options] == ["upheld", "corrected", "other", "pending", "total"]
    explorer.column.value = "total"
    explorer.row.value = "suit_direct"
    assert explorer.cell == "litigation/suit_direct/total"  # the column is kept where the row has it


def test_findings_are_filtered(explorer: Explorer) -> None:
    case = open_case(RAW / SAMPLE)
    explorer.outcome.value = ("fail",)
    everything = explorer.html("findings")
    failed = case.findings[case.findings["outcome"] == "fail"]
    assert all(message in visible(everything) for message in failed["message"])
    rule = failed["rule"].iloc[0]
    explorer.rule.value = rule
    one = explorer.html("findings")
    assert one.count("<tr>") - 1 == (failed["rule"] == rule).sum()
    explorer.severity.value = ()
    assert "没有这样的检查结果" in explorer.html("findings")
    explorer.severity.value, explorer.rule.value = ("error", "warning", "note"), ""
    assert explorer.html("findings") == everything


def test_another_report_is_opened() -> None:
    explorer = Explorer(str(RAW), SAMPLE)
    explorer.report.value = "examples/table.md"
    assert "靖边市退役军人事务局" in visible(explorer.html("form"))
    assert explorer.cell == "requests/new/total"
    assert "22" in visible(explorer.html("cell"))


def test_a_file_that_is_no_report_is_told_and_left_again() -> None:
    explorer = Explorer(str(RAW), SAMPLE)
    explorer.report.value = "examples/README.md"
    assert "not an annual information-disclosure report" in visible(explorer.html("cell"))
    assert explorer.html("form") == explorer.html("findings") == ""
    explorer.report.value = SAMPLE
    assert "区人社局" in visible(explorer.html("form"))


class Handle:
    """A place in a notebook that remembers what was put there."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def display(self, html: HTML) -> None:
        self.shown.append(html.data)

    update = display


def test_what_is_shown_changes_with_the_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    explorer, handles = Explorer(str(RAW), SAMPLE), [Handle() for _ in range(3)]
    waiting = iter(handles)
    monkeypatch.setattr("gongkai.explore.explorer.display", lambda controls: None)
    monkeypatch.setattr("gongkai.explore.explorer.DisplayHandle", lambda: next(waiting))
    explorer.show()
    cell, findings, form = handles
    assert [len(handle.shown) for handle in handles] == [1, 1, 1]
    explorer.column.value = explorer.column.options[0][1]
    assert explorer.cell in cell.shown[-1]
    assert [len(findings.shown), len(form.shown)] == [1, 1]
    explorer.outcome.value = ("pass",)
    assert findings.shown[-1] == explorer.html("findings") != findings.shown[0]
    explorer.report.value = "examples/table.md"
    assert "靖边市退役军人事务局" in form.shown[-1]


def test_no_path_of_the_machine_is_shown(tmp_path: Path) -> None:
    shutil.copyfile(RAW / SAMPLE, tmp_path / "a <b>report.txt")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    explorer = Explorer(str(tmp_path))
    shown = "".join(explorer.html(area) for area in ("cell", "findings", "form"))
    assert str(tmp_path) not in shown
    assert "<b>report" not in shown
    explorer.report.value = "empty.txt"
    assert explorer.html("cell")
    assert str(tmp_path) not in explorer.html("cell")


def test_hidden_files_are_left_out_and_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        Explorer(str(tmp_path))
    with pytest.raises(UnreadableFile):
        Explorer(str(RAW), "no such file.txt")
