"""From a folder of reports to Stata, as a scholar would: run, panel, export. The figures were read from the files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyreadstat
import pytest

import gongkai as gk
from gongkai.corpus.exports import export
from gongkai.corpus.run import run

EXAMPLES = Path(__file__).parents[1] / "data" / "raw" / "examples"
FIGURES = {
    "req_new_total": 22,
    "req_carried_in_total": 3,
    "req_granted_total": 8,
    "req_partial_total": 6,
    "req_denied_law_total": 1,
    "req_denied_enforce_firm": 1,
    "req_unavail_notheld_person": 4,
    "req_unproc_confirm_total": 1,
    "req_other_other_firm": 1,
    "req_total_total": 25,
    "req_carried_out_total": 0,
    "req_other_all_total": 1,
}
RATES = {"full_rate": 8 / 25, "disclosure_rate": 14 / 25, "not_held_rate": 5 / 25, "carried_over_rate": 0.0}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> gk.Panel:
    corpus = tmp_path_factory.mktemp("corpus")
    shutil.copytree(EXAMPLES, corpus / "in", ignore=shutil.ignore_patterns("scan.pdf"))
    run(str(corpus / "in"), str(corpus / "out"), workers=1)
    return gk.Panel(corpus / "out")


def test_five_files_of_one_report_are_one_row(panel: gk.Panel) -> None:
    assert set(panel.files()["status"]) == {"done", "not_a_report"}
    assert len(panel.reports()) == 5
    assert panel.reports()["n_files"].tolist() == [5] * 5
    (row,) = panel.wide(indicators=True).to_dict("records")
    assert (row["organ"], row["year"], row["preferred"]) == ("靖边市退役军人事务局", 2023, True)
    assert {name: row[name] for name in FIGURES} == FIGURES
    assert {name: row[name] for name in RATES} == pytest.approx(RATES)


def test_every_format_says_the_same(panel: gk.Panel) -> None:
    wide = panel.wide(preferred=False)
    for name, figure in FIGURES.items():
        assert set(wide[name]) == {figure}, name


def test_stata_gets_it(panel: gk.Panel, tmp_path: Path) -> None:
    written = export(panel, tmp_path / "results", "dta")
    data, meta = pyreadstat.read_dta(written[0])
    assert {name: data.loc[0, name] for name in FIGURES} == FIGURES
    assert meta.column_names_to_labels["req_total_total"] == "本年度办理结果·总计·总计"
    assert (
        (tmp_path / "results" / "not_read.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("file,status,reason\nREADME.md,not_a_report,")
    )
