"""Exports of the panel, opened again by the libraries that others open them with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from builders import build_report
from panel_store import make_store
from typer.testing import CliRunner

import gongkai as gk
from gongkai.cli import app
from gongkai.corpus.exports import export, outgoing
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.variables import cell_variables

HONGZE = {"organ": "淮安市洪泽区教育局", "level": "county", "kind": "department"}
# A text as a hostile report may have it, and one longer than Stata's plain texts.
FORMULA = '=HYPERLINK("http://x.test","1")'
LONG = "详见附表" * 400
PRINTED = {
    "requests/new/natural_person": "7",
    "requests/new/total": "7",
    "requests/carried_in/business": "",
    "requests/other_other/total": "/",
    "litigation/review/total": FORMULA,
    "litigation/review/upheld": LONG,
    "disclosure/fees/amount": None,
    "disclosure/normative_documents/made": "22（其中修订16件）",
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> gk.Panel:
    reports = {
        "2023.pdf": build_report(PRINTED, published=dt.date(2024, 1, 20), title=FORMULA, **HONGZE),
        "2020.html": build_report({"requests/new/total": "2"}, year=2020, **HONGZE),
        "=cmd.txt": build_report(year=2023, organ="区教育局"),
    }
    folder = tmp_path_factory.mktemp("exports") / "corpus"
    make_store(folder, reports, {"=scan.pdf": "unreadable"})
    return gk.Panel(folder)


def test_stata_has_labels_and_says_why_a_value_is_missing(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "panel.dta")
    data, meta = pyreadstat.read_dta(tmp_path / "panel.dta", user_missing=True)
    assert meta.column_names_to_labels["req_new_total"] == "本年新收·总计"
    row = data[data["file"] == "2023.pdf"].iloc[0]
    missing = {"req_carried_in_firm": "b", "req_other_other_total": "d", "lit_review_total": "t"}
    missing |= {"dis_fees_amount": "a", "req_other_total": "n"}
    assert {name: row[name] for name in missing} == missing
    assert (row["req_new_total"], row["dis_normative_made"], row["year"]) == (7, 22, 2023)
    assert meta.variable_value_labels["req_new_total"]["b"] == "空白"
    assert meta.variable_value_labels["req_new_total"]["n"] == "该表式无此格"
    assert meta.variable_value_labels["level"][row["level"]] == "县（区）级"
    assert meta.variable_value_labels["kind"][row["kind"]] == "政府部门"
    assert meta.variable_value_labels["identified"] == {0: "否", 1: "是"}
    assert row["published"] == dt.date(2024, 1, 20)
    other = data[data["file"] == "=cmd.txt"].iloc[0]
    assert (other["identified"], other["code"]) == (0, "")
    assert pd.isna(other["published"])


def test_stata_reads_numbers_as_numbers_and_missing_as_missing(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "panel.dta")
    data, _ = pyreadstat.read_dta(tmp_path / "panel.dta")
    wide = panel.wide(indicators=True)
    for name in (variable.name for variable in cell_variables().values()):
        assert data[name].dtype == float
        assert data[name].isna().tolist() == wide[name].isna().tolist()
        assert data[name].dropna().tolist() == wide[name].dropna().tolist()
    assert data["full_rate"].isna().all()
    categories = pyreadstat.read_dta(tmp_path / "panel.dta", apply_value_formats=True)[0]["full_rate_why"]
    assert set(categories) == {"分母为零"}


def test_stata_labels_in_english(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "panel.dta", language="en")
    meta = pyreadstat.read_dta(tmp_path / "panel.dta", metadataonly=True)[1]
    assert meta.column_names_to_labels["req_granted_person"] == "granted in full · natural persons"
    assert meta.variable_value_labels["level"][4] == "county or district"
    assert all(len(label) <= 80 for label in meta.column_names_to_labels.values())


def test_stata_has_every_companion(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "panel.dta", status=True, flags=True, deduced=True)
    data, meta = pyreadstat.read_dta(tmp_path / "panel.dta")
    row = data[data["file"] == "2023.pdf"].iloc[0]
    assert row["req_carried_in_firm_d"] == 0
    assert meta.variable_value_labels["req_carried_in_firm_s"][row["req_carried_in_firm_s"]] == "空白"
    assert len(data.columns) == len(panel.wide(status=True, flags=True, deduced=True, indicators=True).columns)


def test_stata_keeps_long_texts_whole(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "cells.dta", shape="long")
    data, meta = pyreadstat.read_dta(tmp_path / "cells.dta")
    assert len(data) == len(panel.long(preferred=True)) == 598
    assert data.loc[data["id"] == "litigation/review/upheld", "raw"].tolist().count(LONG) == 1
    assert meta.variable_value_labels["status"] == {
        1: "数字",
        2: "数字附说明",
        3: "空白",
        4: "横线或“无”",
        5: "文字",
        6: "无法辨认",
        7: "报告缺此格",
    }
    assert set(data["status"]) == {1, 2, 3, 4, 5, 7}


@pytest.mark.parametrize(("bom", "start"), [(True, b"\xef\xbb\xbfreport,"), (False, b"report,")])
def test_csv_is_utf_8_and_runs_nothing(panel: gk.Panel, tmp_path: Path, bom: bool, start: bytes) -> None:
    export(panel, tmp_path / "cells.csv", shape="long", bom=bom)
    assert (tmp_path / "cells.csv").read_bytes().startswith(start)
    cells = pd.read_csv(tmp_path / "cells.csv", keep_default_na=False, encoding="utf-8-sig")
    raw = cells.loc[cells["id"] == "litigation/review/total", "raw"].tolist()
    assert f"'{FORMULA}" in raw
    assert FORMULA not in raw
    assert not any(str(value).startswith(("=", "+", "@")) for value in cells.to_numpy().ravel())
    export(panel, tmp_path / "panel.csv", bom=bom)
    wide = pd.read_csv(tmp_path / "panel.csv", encoding="utf-8-sig").set_index("report")
    assert (
        wide["req_new_total"].sort_index().tolist()
        == panel.wide().set_index("report")["req_new_total"].sort_index().tolist()
    )
    assert "'=cmd.txt" in wide["file"].tolist()


def test_excel_opens_with_the_codebook_beside(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "panel.xlsx", language="en", status=True)
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx")
    assert book.sheetnames == ["wide", "codebook"]
    names, *rows = book["wide"].iter_rows(values_only=True)
    table = pd.DataFrame(rows, columns=names).set_index("file")
    assert table.loc["2023.pdf", ["req_new_total", "year", "organ_name"]].tolist() == [
        7,
        2023,
        "江苏省淮安市洪泽区教育局",
    ]
    assert table.loc["2023.pdf", "req_carried_in_firm"] is None or pd.isna(table.loc["2023.pdf", "req_carried_in_firm"])
    assert table.loc["2023.pdf", "published"].date() == dt.date(2024, 1, 20)
    assert "'=cmd.txt" in table.index
    assert not [cell for row in book["wide"].iter_rows() for cell in row if cell.data_type == "f"]
    described = {row[0]: row[1] for row in book["codebook"].iter_rows(values_only=True)}
    assert set(names) <= set(described)
    assert described["req_granted_total"] == "granted in full · total"


def test_excel_has_no_characters_that_xml_forbids(tmp_path: Path) -> None:
    make_store(tmp_path / "corpus", {"a\x0bb.pdf": build_report({"requests/new/total": "\x07"}, **HONGZE)})
    export(gk.Panel(tmp_path / "corpus"), tmp_path / "panel.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "panel.xlsx")["wide"].iter_rows(values_only=True)
    assert "ab.pdf" in list(rows)[1]


def test_parquet_has_everything_as_it_is(panel: gk.Panel, tmp_path: Path) -> None:
    export(panel, tmp_path / "cells.parquet", shape="long", preferred=False)
    read = pd.read_parquet(tmp_path / "cells.parquet")
    assert list(read.columns) == list(columns("long"))
    assert FORMULA in set(read["raw"])
    assert read["value"].sum() == panel.long()["value"].sum() == 7 + 7 + 22 + 2


@pytest.mark.parametrize(("ending", "read"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_pieces_make_one_file(panel: gk.Panel, tmp_path: Path, ending: str, read: Callable, shape: str) -> None:
    (whole,) = export(panel, tmp_path / f"whole.{ending}", shape=shape)
    pieces = type(panel).pieces
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(panel), "pieces", lambda self, shape, **options: pieces(self, shape, size=1, **options))
        (joined,) = export(panel, tmp_path / f"joined.{ending}", shape=shape)
    pd.testing.assert_frame_equal(read(whole), read(joined))
    assert len(read(whole)) == {"wide": 3, "long": 598}[shape]


def test_a_folder_gets_table_codebook_and_what_was_not_read(panel: gk.Panel, tmp_path: Path) -> None:
    written = export(panel, tmp_path / "results", "dta")
    assert [path.name for path in written] == ["wide.dta", "codebook.md", "codebook.html", "not_read.csv"]
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == sorted(path.name for path in written)
    unread = (tmp_path / "results" / "not_read.csv").read_text(encoding="utf-8-sig")
    assert unread == "file,status,reason\n'=scan.pdf,unreadable,said\n"


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_an_empty_panel_can_be_exported(tmp_path: Path, shape: str) -> None:
    make_store(tmp_path / "corpus", {}, {"a.pdf": "unreadable"})
    for ending in ("csv", "xlsx", "dta", "parquet"):
        (path,) = export(gk.Panel(tmp_path / "corpus"), tmp_path / f"e.{ending}", shape=shape)
        assert path.stat().st_size > 0


def test_a_table_at_fault_is_not_written(panel: gk.Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = panel.long()
    bad.loc[0, "status"] = "guessed"
    monkeypatch.setattr(type(panel), "pieces", lambda self, shape, **options: iter([panel.long(), bad]))
    with pytest.raises(gk.GongkaiError, match="status"):
        export(panel, tmp_path / "cells.csv", shape="long")
    assert not (tmp_path / "cells.csv").exists()


def test_more_rows_than_a_sheet_holds_are_a_plain_error(
    panel: gk.Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.corpus.exports.files._EXCEL_ROWS", 100)
    with pytest.raises(gk.GongkaiError, match="100 rows of an Excel sheet"):
        export(panel, tmp_path / "cells.xlsx", shape="long")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["panel.sav", "a_file/panel.csv"])
def test_where_nothing_can_be_written(panel: gk.Panel, tmp_path: Path, name: str) -> None:
    (tmp_path / "a_file").write_text("")
    with pytest.raises(gk.OutputError):
        export(panel, tmp_path / name)


def test_an_ending_must_not_belie_the_format(panel: gk.Panel, tmp_path: Path) -> None:
    with pytest.raises(gk.OutputError, match="csv"):
        export(panel, tmp_path / "panel.csv", "dta")


def test_the_commands(panel: gk.Panel, tmp_path: Path) -> None:
    runner = CliRunner()
    target = tmp_path / "panel.dta"
    done = runner.invoke(app, ["export", panel.path, "--to", str(target), "--language", "en", "--all"])
    assert (done.exit_code, done.stdout.strip()) == (0, str(target))
    assert pyreadstat.read_dta(target, metadataonly=True)[1].number_rows == 3
    long = runner.invoke(app, ["export", panel.path, "--to", str(tmp_path / "out"), "--long", "--format", "parquet"])
    assert long.stdout.splitlines()[0] == str(tmp_path / "out" / "long.parquet")
    nothing = runner.invoke(app, ["export", str(tmp_path / "none"), "--to", str(target)])
    assert nothing.exit_code == 2
    assert "gongkai run" in nothing.stderr
    assert runner.invoke(app, ["export", panel.path, "--to", str(tmp_path / "x"), "-f", "sav"]).exit_code == 2


def test_what_leaves_is_described_column_by_column(panel: gk.Panel) -> None:
    found = outgoing.outgoing(panel, "wide", status=True, flags=True, deduced=True, indicators=True)
    assert list(found.variables) == list(found.whole().columns)
    assert all(all(variable.label) for variable in found.variables.values())
