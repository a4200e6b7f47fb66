"""The panel: long, wide and SQL over a store whose every cell is known."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest
from builders import build_report
from panel_store import add_batch, id_of, make_store

import gongkai as gk
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.database import Database
from gongkai.corpus.store import Store
from gongkai.forms import load_form

HONGZE = {"organ": "淮安市洪泽区教育局", "level": "county", "kind": "department"}
# Granted 3, partial 1 and not held 2 of 6 handled, of which a blank must be deduced; one carried over.
YEAR_2023 = {
    "requests/new/natural_person": "7",
    "requests/new/total": "7",
    "requests/carried_in/business": "",
    "requests/granted/natural_person": "3",
    "requests/granted/total": "3",
    "requests/partial/natural_person": "1",
    "requests/partial/total": "1",
    "requests/unavailable_not_held/natural_person": "2",
    "requests/unavailable_not_held/total": "2",
    "requests/total/natural_person": "6",
    "requests/total/total": "6",
    "requests/carried_out/natural_person": "1",
    "requests/carried_out/total": "1",
    "requests/other_other/total": "/",
    "litigation/review/total": "详见附表",
    "disclosure/fees/amount": None,
}
# On the form of 2019: two requests, both other outcomes.
YEAR_2020 = {
    "requests/new/business": "2",
    "requests/new/total": "2",
    "requests/other/business": "2",
    "requests/other/total": "2",
    "requests/total/business": "2",
    "requests/total/total": "2",
}


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> gk.Panel:
    reports = {
        "2023.pdf": build_report(YEAR_2023, flags={"requests/granted/total": "low_confidence"}, **HONGZE),
        "2020.html": build_report(YEAR_2020, year=2020, **HONGZE),
        "short.txt": build_report(year=2023, organ="区教育局"),
        "nobody.txt": build_report(year=None, organ=None),
    }
    folder = tmp_path_factory.mktemp("corpus")
    make_store(folder, reports, {"letter.pdf": "not_a_report"})
    return gk.Panel(folder)


def row(table: pd.DataFrame, file: str) -> pd.Series:
    (found,) = [found for _, found in table.iterrows() if found["report"] == id_of(file)]
    return found


def test_reports_have_their_identity(panel: gk.Panel) -> None:
    reports = panel.reports()
    assert list(reports.columns) == list(columns("reports"))
    found = row(reports, "2023.pdf")
    assert found[["organ_name", "province", "prefecture", "county", "code", "level", "kind"]].tolist() == [
        "江苏省淮安市洪泽区教育局",
        "江苏省",
        "淮安市",
        "洪泽区",
        "320813",
        "county",
        "department",
    ]
    assert found["identified"]
    assert not row(reports, "short.txt")["identified"]
    assert row(reports, "nobody.txt")[["organ", "year", "code"]].isna().all()
    assert reports["preferred"].all()


def test_long_has_a_row_a_cell_with_printed_and_deduced_side_by_side(panel: gk.Panel) -> None:
    long = panel.long()
    assert list(long.columns) == list(columns("long"))
    assert not long.duplicated(["report", "id"]).any()
    cells = long[long["report"] == id_of("2023.pdf")].set_index("id")
    assert len(cells) == 200
    blank = cells.loc["requests/carried_in/business"]
    assert (blank["status"], blank["deduced"], blank["certainty"]) == ("blank", 0, "certain")
    assert pd.isna(blank["value"])
    granted = cells.loc["requests/granted/total"]
    assert (granted["value"], granted["raw"], granted["flags"], granted["form"]) == (3, "3", "low_confidence", "2021")
    assert pd.isna(granted["deduced"])
    assert cells.loc["disclosure/fees/amount", "status"] == "absent"
    assert long["year"].isna().sum() == 200


def test_suspects_are_marked(tmp_path: Path) -> None:
    wrong = build_report(YEAR_2023 | {"requests/total/natural_person": "5", "requests/total/total": "6"}, **HONGZE)
    make_store(tmp_path, {"a.pdf": wrong})
    suspects = gk.Panel(tmp_path).sql("SELECT id FROM long WHERE suspect")["id"].tolist()
    assert suspects == gk.repair(wrong).query("method == 'localised'")["id"].tolist() != []


def test_wide_has_the_printed_values_of_both_forms(panel: gk.Panel) -> None:
    wide = panel.wide(status=True, flags=True, deduced=True)
    new, old = row(wide, "2023.pdf"), row(wide, "2020.html")
    assert (new["req_new_total"], old["req_new_total"]) == (7, 2)
    assert (new["req_granted_total"], new["req_granted_total_f"]) == (3, "low_confidence")
    assert pd.isna(new["req_carried_in_firm"])
    assert (new["req_carried_in_firm_s"], new["req_carried_in_firm_d"]) == ("blank", 0)
    assert (new["req_other_other_total_s"], new["lit_review_total_s"], new["dis_fees_amount_s"]) == (
        "dash",
        "text",
        "absent",
    )
    assert (old["req_other_other_total_s"], new["req_other_total_s"]) == ("not_on_form", "not_on_form")
    assert pd.isna(old["req_other_other_total"])


def test_wide_agrees_with_long_cell_by_cell(panel: gk.Panel) -> None:
    names = panel.sql("SELECT id, name FROM variables").set_index("id")["name"]
    wide = panel.wide(preferred=False, status=True).set_index("report")
    for cell in panel.long().itertuples():
        printed = wide.loc[cell.report, names[cell.id]]
        assert pd.isna(printed) if pd.isna(cell.value) else printed == cell.value
        assert wide.loc[cell.report, f"{names[cell.id]}_s"] == cell.status


def test_a_sum_across_forms_lacks_no_part(panel: gk.Panel) -> None:
    wide = panel.wide()
    assert row(wide, "2020.html")["req_other_all_total"] == 2
    assert row(wide, "2020.html")["req_other_all_person"] == 0
    # One of its three parts is a dash in 2023.
    assert pd.isna(row(wide, "2023.pdf")["req_other_all_total"])
    assert row(wide, "short.txt")["req_other_all_total"] == 0


def test_names_are_what_stata_takes(panel: gk.Panel) -> None:
    names = list(panel.wide(status=True, flags=True, deduced=True, indicators=True))
    names += list(panel.indicators(parts=True)) + list(panel.long()) + list(panel.reports())
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", name) for name in names)
    wide = list(panel.wide(status=True, flags=True, deduced=True, indicators=True))
    assert len(wide) == len(set(wide))


def test_a_table_that_the_report_lacks_says_so(tmp_path: Path) -> None:
    report = build_report(forms={"requests": "2021"}, **HONGZE)
    make_store(tmp_path, {"a.pdf": report})
    wide = gk.Panel(tmp_path).wide(status=True)
    assert wide["lit_review_total_s"].tolist() == ["no_table"]
    assert wide["req_other_total_s"].tolist() == ["not_on_form"]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({}, {"values": {"requests/new/total": ""}}, "more_cells"),
        ({}, {"values": {"requests/new/total": "3"}}, "fewer_errors"),
        ({}, {"flags": {"requests/new/total": "low_confidence"}}, "fewer_doubtful"),
        # The later one is late, and yet preferred: lateness is no error in a figure.
        ({"published": dt.date(2024, 2, 1)}, {"published": dt.date(2024, 1, 1)}, "later"),
        ({}, {}, "file_name"),
    ],
)
def test_one_of_two_reports_of_an_organ_and_year_is_preferred(
    tmp_path: Path, first: dict, second: dict, reason: str
) -> None:
    pair = {"a.pdf": build_report(**first, **HONGZE), "b.pdf": build_report(**second, **HONGZE)}
    make_store(tmp_path, pair)
    panel = gk.Panel(tmp_path)
    reports = panel.reports()
    assert reports["n_files"].tolist() == [2, 2]
    assert reports.set_index("file")["preferred"].to_dict() == {"a.pdf": True, "b.pdf": False}
    assert reports["preferred_reason"].tolist() == [reason, reason]
    assert panel.wide()["file"].tolist() == ["a.pdf"]
    assert panel.wide(preferred=False)["file"].tolist() == ["a.pdf", "b.pdf"]
    assert len(panel.long()) == 2 * len(panel.long(preferred=True))


def test_a_picture_yields_to_a_digital_file(tmp_path: Path) -> None:
    make_store(tmp_path, {"a.jpg": build_report(**HONGZE), "b.pdf": build_report(**HONGZE)})
    reports = gk.Panel(tmp_path).reports().set_index("file")
    assert reports["preferred"].to_dict() == {"a.jpg": False, "b.pdf": True}
    assert set(reports["preferred_reason"]) == {"not_a_picture"}


@pytest.mark.parametrize("organ", ["区教育局", "鼓楼区教育局"])
def test_reports_of_organs_that_share_a_name_are_not_matched(tmp_path: Path, organ: str) -> None:
    make_store(tmp_path, {file: build_report(organ=organ) for file in ("a.pdf", "b.pdf")})
    reports = gk.Panel(tmp_path).reports()
    assert reports["preferred"].all()
    assert set(reports["preferred_reason"]) == {"unidentified"}


@pytest.mark.parametrize("flags", [{"year": "conflict: 2023, 2022"}, {"organ": "incomplete"}])
def test_a_report_in_doubt_about_itself_is_matched_with_no_other(tmp_path: Path, flags: dict) -> None:
    doubtful = build_report(**HONGZE)
    doubtful.flags = flags
    make_store(tmp_path, {"a.pdf": doubtful, "b.pdf": build_report(**HONGZE)})
    reports = gk.Panel(tmp_path).reports().set_index("file")
    assert reports["preferred"].all()
    assert reports["preferred_reason"].to_dict() == {"a.pdf": "unidentified", "b.pdf": "only"}


def test_a_report_read_anew_is_there_once(tmp_path: Path) -> None:
    store = make_store(tmp_path, {"a.pdf": build_report({"requests/new/total": "1"}, **HONGZE)})
    add_batch(store, "r2", {"a.pdf": build_report({"requests/new/total": "2"}, **HONGZE)})
    panel = gk.Panel(tmp_path)
    assert panel.wide()["req_new_total"].tolist() == [2]
    assert panel.sql("SELECT count(*) AS n FROM cells")["n"].tolist() == [200]


def test_files_say_what_failed(panel: gk.Panel) -> None:
    files = panel.files().set_index("file")
    assert files.loc["letter.pdf", ["status", "reason"]].tolist() == ["not_a_report", "said"]
    assert files.loc["2023.pdf", "report"] == id_of("2023.pdf")


def test_pieces_are_the_whole(panel: gk.Panel) -> None:
    for shape, whole in (("wide", panel.wide(preferred=False)), ("long", panel.long())):
        pieces = list(panel.pieces(shape, size=3, preferred=False))
        assert len(pieces) == 2
        pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), whole)


def test_rows_stand_in_the_order_of_the_reports_and_of_the_form(panel: gk.Panel) -> None:
    long = panel.long()
    assert long["report"].drop_duplicates().tolist() == panel.reports()["report"].tolist()
    printed = [f"{t.id}/{r.id}/{c.id}" for t in load_form("2021").tables.values() for r, c in t.cells()]
    assert long.loc[long["report"] == id_of("2023.pdf"), "id"].tolist() == printed


def test_a_folder_may_be_called_as_it_likes(tmp_path: Path) -> None:
    for name in ("it's", "2023[1]", "a*b?", "{x}", "年报 1"):
        make_store(tmp_path / name, {"a.pdf": build_report(**HONGZE)})
        assert len(gk.Panel(tmp_path / name).long()) == 200
    make_store(tmp_path / "20231", {"b.pdf": build_report(**HONGZE), "c.pdf": build_report(**HONGZE)})
    assert len(gk.Panel(tmp_path / "2023[1]").long()) == 200


def test_texts_findings_and_repairs_name_the_organ(panel: gk.Panel) -> None:
    for table in (panel.texts(), panel.findings(), panel.repairs()):
        assert set(table.loc[table["report"] == id_of("2023.pdf"), "organ"]) == {"淮安市洪泽区教育局"}
    findings = panel.findings()
    assert list(findings.columns) == list(columns("findings"))
    assert "requests/new/total" in set(findings["cells"].explode())


def test_sql_over_every_view(panel: gk.Panel) -> None:
    found = panel.sql(
        "SELECT year, sum(value) AS n FROM long WHERE id = 'requests/new/total' GROUP BY year ORDER BY year"
    )
    assert found["n"].tolist() == [2, 7, 0]
    assert panel.sql("SELECT req_new_total FROM wide WHERE year = 2020")["req_new_total"].tolist() == [2]
    assert panel.sql("SELECT full_rate FROM indicators WHERE code = '320813' AND year = 2023")[
        "full_rate"
    ].tolist() == [0.5]
    sums = panel.sql("SELECT sum(year) AS years, avg(n_printed) AS mean, sum(0.5) AS halves FROM reports")
    assert sums.dtypes.astype(str).tolist() == ["Int64", "Float64", "Float64"]
    assert sums.loc[0, "years"] == 2023 + 2020 + 2023
    for view in ("reports", "cells", "findings", "repairs", "texts", "files", "variables"):
        assert len(panel.sql(f"FROM {view}")) == panel.sql(f"SELECT count(*) AS n FROM {view}").loc[0, "n"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '{secret}'",
        "COPY (SELECT 1 AS a) TO '{part}' (FORMAT parquet, USE_TMP_FILE false)",
        "COPY (PIVOT reports ON year USING count(*)) TO '{part}' (FORMAT parquet, USE_TMP_FILE false)",
        "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{part}' (FORMAT parquet, USE_TMP_FILE false)",
        "CREATE TABLE mine AS SELECT 1",
        "DROP TABLE reports",
        "SET enable_external_access = true",
        "ATTACH '{secret}'",
        "INSTALL httpfs",
        "SELECT 1; SELECT 2",
        "SELECT no_such_column FROM long",
        "",
    ],
)
def test_sql_touches_nothing_but_the_corpus(panel: gk.Panel, tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("password\n")
    (part, *_) = Store(panel.path).parts("cells")
    files = [path for folder in (tmp_path, Path(panel.path)) for path in folder.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    with pytest.raises(gk.GongkaiError):
        panel.sql(query.format(secret=secret, part=part))
    assert {path: path.read_bytes() for path in files} == before
    assert len(panel.sql("SELECT * FROM reports")) == 4


def test_a_panel_over_another_file_system() -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    MemoryFileSystem.store.clear()
    make_store("memory://corpus", {"2023.pdf": build_report(YEAR_2023, **HONGZE), "n.txt": build_report(year=None)})
    remote = gk.Panel("memory://corpus")
    assert row(remote.wide(), "2023.pdf")["req_new_total"] == 7
    assert remote.sql("SELECT count(*) AS n FROM long WHERE year IS NULL")["n"].tolist() == [200]


def test_an_empty_corpus_has_empty_tables(tmp_path: Path) -> None:
    Store(str(tmp_path)).create()
    panel = gk.Panel(tmp_path)
    for table in (panel.reports(), panel.long(), panel.wide(deduced=True), panel.indicators(), panel.files()):
        assert len(table) == 0
        assert len(table.columns) > 5


def test_where_there_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(gk.UnreadableFile, match="gongkai run"):
        gk.Panel(tmp_path / "nowhere")


def test_a_cell_of_an_unknown_form_is_left_out_with_a_warning(tmp_path: Path) -> None:
    report = build_report(**HONGZE)
    report.cells.loc[0, "id"] = "disclosure/newer/row"
    make_store(tmp_path, {"a.pdf": report})
    with pytest.warns(UserWarning, match="does not know"):
        gk.Panel(tmp_path).wide()


def test_what_organs_are_called_is_escaped_when_a_panel_shows_itself(tmp_path: Path) -> None:
    make_store(tmp_path / "<b>", {"a.pdf": build_report(**HONGZE)}, {"<img>": "unreadable"})
    html = gk.Panel(tmp_path / "<b>")._repr_html_()
    assert "&lt;b&gt;" in html
    assert "unreadable: 1" in html
    assert ">2023<" in html


def test_the_store_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    store = make_store(tmp_path, {"a.pdf": build_report(**HONGZE)})
    database = Database(store)
    add_batch(store, "r2", {"b.pdf": build_report(year=2022, **HONGZE)})
    assert len(database.query("FROM cells")) == 200
    assert len(Database(store).query("FROM cells")) == 400
