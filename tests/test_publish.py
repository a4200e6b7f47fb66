"""Publishing: pages that stand alone, data that agree with the report, folders that are complete or not there."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import nbformat
import pandas as pd
import pytest
from builders import build_report, hrss_2021
from lxml import html
from nbformat.v4 import new_code_cell, new_notebook, new_output
from panel_store import make_store

import gongkai
from gongkai.errors import NotAReport, NotebookError, OutputError, TableError, UnreadableFile
from gongkai.publish import STEPS, run_report
from gongkai.publish.data import for_spreadsheets, table_files
from gongkai.publish.folders import choose_folder, complete_or_nothing
from gongkai.publish.notebooks import NOTEBOOKS, desk, run_notebook
from gongkai.publish.pages import export_page
from gongkai.publish.schemas import hold_to_schema
from gongkai.tables import REPAIRS, frame

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "raw" / "district_hrss_2021.txt"
LOGS = """
import logging
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("gongkai.checks.run").exception("a rule broke down")
print("seen")
"""
PAGES = [f"{notebook.name}.html" for notebook in NOTEBOOKS]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, published in Chinese."""
    return run_report(SAMPLE, tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a name full of quotes and markup, in English, with a report of the year before."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / """报告 "x" 'y' <b>${HOME}.txt"""
    shutil.copyfile(SAMPLE, file)
    return run_report(file, folder / "results", language="en", previous=SAMPLE)


@pytest.fixture
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks that are done at once."""
    monkeypatch.setattr("gongkai.publish.run.run_notebook", lambda notebook, desk: executed(notebook.name))


def executed(text: str) -> nbformat.NotebookNode:
    cell = new_code_cell("show()", outputs=[new_output("stream", text=text)], execution_count=1)
    return new_notebook(cells=[cell])


def page(folder: Path, name: str) -> html.HtmlElement:
    return html.fromstring((folder / name).read_text(encoding="utf-8"))


def test_folder_holds_pages_data_and_record(published: Path) -> None:
    assert published.name == SAMPLE.stem
    assert {file.name for file in published.iterdir()} == {*PAGES, *table_files(), "report.json"}
    assert [file.name for file in published.parent.iterdir()] == [published.name]


@pytest.mark.parametrize("name", PAGES)
def test_page_stands_alone(published: Path, name: str) -> None:
    text = (published / name).read_text(encoding="utf-8")
    tree = html.fromstring(text)
    assert not tree.xpath("//script | //link | //iframe | //object")
    assert not re.search(r"https?://|@import|url\(", text)
    assert all(source.startswith("data:") for source in tree.xpath("//@src"))
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


@pytest.mark.parametrize("name", PAGES)
def test_page_says_whose_report_it_is_and_links_to_the_others(published: Path, name: str) -> None:
    tree = page(published, name)
    assert tree.get("lang") == "zh-CN"
    assert tree.findtext(".//title").startswith("区人社局 2021 年政府信息公开工作年度报告 · ")
    assert tree.xpath("//nav/a/@href") == PAGES
    assert tree.xpath("//nav/a[@aria-current]/@href") == [name]
    assert all((published / href).is_file() for href in tree.xpath("//footer//a/@href"))


@pytest.mark.parametrize("name", PAGES)
def test_page_names_no_place_on_this_machine(published: Path, name: str) -> None:
    text = (published / name).read_text(encoding="utf-8")
    assert not [place for place in (str(ROOT), str(published), str(Path.home()), "/tmp/") if place in text]


def test_links_to_cells_lead_to_cells(published: Path) -> None:
    tree = page(published, "2_check.html")
    targets = {href.removeprefix("#") for href in tree.xpath("//main//a/@href") if href.startswith("#")}
    assert targets
    assert targets <= set(tree.xpath("//td/@id"))


def test_code_is_quiet_in_the_working_pages_and_absent_from_the_narrative(published: Path) -> None:
    assert page(published, "1_parse.html").xpath("//pre[@class='code']")
    assert not page(published, "3_narrative.html").xpath("//pre[@class='code']")


def test_page_shows_the_parameters_of_this_run_once_and_readably(hostile: Path) -> None:
    code = [pre.text_content() for pre in page(hostile, "1_parse.html").xpath("//pre[@class='code']")]
    assert [text for text in code if "report = " in text] == [
        "report = '报告 \"x\" \\'y\\' <b>${HOME}.txt'\nlanguage = 'en'\n"
        "previous = '../previous/district_hrss_2021.txt'\ncorpus = None"
    ]


def test_a_hostile_name_stays_text(hostile: Path) -> None:
    assert hostile.name == """报告 "x" 'y' <b>${HOME}"""
    for name in PAGES:
        assert not page(hostile, name).xpath("//main//b")


def test_the_report_of_the_year_before_is_used(hostile: Path) -> None:
    findings = pd.read_parquet(hostile / "findings.parquet")
    assert "carry_over" in set(findings["rule"])
    record = json.loads((hostile / "report.json").read_text(encoding="utf-8"))
    assert (hostile / record["previous"]).resolve() == SAMPLE


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose corpus has its organ's report of the year before, and peers."""
    folder = tmp_path_factory.mktemp("compared")
    file = folder / "now.txt"
    text = SAMPLE.read_text(encoding="utf-8").replace("区人社局", "南京市某某区人力资源和社会保障局")
    file.write_text(text, encoding="utf-8")
    own = gongkai.parse(file)
    assert (own.level, own.kind, own.year) == ("county", "department", 2021)
    others = [
        build_report(organ=f"南京市{name}区教育局", year=2021, kind="department") for name in "甲乙丙丁戊己庚辛壬癸"
    ]
    before = build_report(organ=own.organ, year=2020, kind="department")
    make_store(folder / "corpus", {f"{one.organ}_{one.year}.html": one for one in (*others, before)})
    return run_report(file, folder / "out", corpus=folder / "corpus")


def test_a_corpus_gives_the_year_before_and_the_peers(compared: Path) -> None:
    assert "carry_over" in set(pd.read_parquet(compared / "findings.parquet")["rule"])
    record = json.loads((compared / "report.json").read_text(encoding="utf-8"))
    assert record["previous"] is None
    assert (compared / record["corpus"]).resolve() == compared.parents[1] / "corpus"
    assert record["previous_in_corpus"] == "南京市某某区人力资源和社会保障局_2020.html"
    said = page(compared, "3_narrative.html").text_content()
    assert "与2021年其他县级部门比较，可比的报告有10份" in said
    assert "没有上一年的报告可以对照" not in said


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_not_say_where_the_corpus_is(compared: Path, name: str) -> None:
    assert str(compared.parents[1]) not in (compared / name).read_text(encoding="utf-8")


def test_no_corpus_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no corpus"):
        run_report(SAMPLE, tmp_path / "out", corpus=tmp_path)
    assert not (tmp_path / "out").exists()


def test_data_are_those_of_the_report(published: Path) -> None:
    cells = gongkai.parse(SAMPLE).cells
    pd.testing.assert_frame_equal(pd.read_parquet(published / "cells.parquet"), cells, check_dtype=False)
    with (published / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == list(cells["id"])
    assert {row["value"] for row in rows} == {"", "0", "2"}


def test_record_is_strict_json_and_leads_back_to_the_source(published: Path) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    record = json.loads((published / "report.json").read_text(encoding="utf-8"), parse_constant=refuse)
    assert (published / record["source"]).resolve() == SAMPLE
    assert record["year"] == 2021
    assert record["flags"] == {"organ": "incomplete"}


@pytest.mark.usefixtures("no_kernels")
def test_every_step_is_told(tmp_path: Path) -> None:
    steps: list[str] = []
    run_report(SAMPLE, tmp_path, on_step=steps.append)
    assert len(steps) == STEPS


@pytest.mark.usefixtures("no_kernels")
def test_running_again_replaces_the_result_and_keeps_what_a_person_added(tmp_path: Path) -> None:
    folder = run_report(SAMPLE, tmp_path)
    (folder / "notes.txt").write_text("mine")
    (folder / "cells.csv").write_text("old")
    assert run_report(SAMPLE, tmp_path) == folder
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "cells.csv").read_text(encoding="utf-8-sig").startswith("id,")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.usefixtures("no_kernels")
@pytest.mark.parametrize(
    "failure", [NotebookError("2_check", "ValueError: x"), KeyboardInterrupt(), OSError(28, "full")]
)
def test_a_run_that_fails_leaves_the_earlier_result_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    folder = run_report(SAMPLE, tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("gongkai.publish.run.export_page", fail)
    with pytest.raises((type(failure), OutputError)):
        run_report(SAMPLE, tmp_path)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.usefixtures("no_kernels")
def test_two_files_of_one_name_get_two_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    other = tmp_path / "a" / SAMPLE.name
    other.write_text(SAMPLE.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    first, second = run_report(SAMPLE, tmp_path / "out"), run_report(other, tmp_path / "out")
    assert first.name == SAMPLE.stem
    assert re.fullmatch(rf"{SAMPLE.stem}-[0-9a-f]{{8}}", second.name)
    assert run_report(SAMPLE, tmp_path / "out") == first
    assert run_report(other, tmp_path / "out") == second


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / SAMPLE.stem).mkdir()
    numbered = choose_folder(tmp_path, SAMPLE)
    assert numbered.name != SAMPLE.stem
    numbered.mkdir()
    with pytest.raises(OutputError, match="left alone"):
        choose_folder(tmp_path, SAMPLE)


def test_no_report_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("尊敬的先生：您好。\n", encoding="utf-8")
    with pytest.raises(NotAReport):
        run_report(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("output", ["/proc/gongkai", "a file"])
def test_output_that_cannot_be_written_is_a_plain_error(tmp_path: Path, output: str) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(OutputError) as raised, complete_or_nothing(tmp_path / output / "x"):
        pass
    assert "cannot be written" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_error_in_a_notebook_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "not_a_report.txt"
    file.write_text("nothing", encoding="utf-8")
    with desk(file, None, "zh") as place, pytest.raises(NotebookError, match="1_parse failed: NotAReport"):
        run_notebook(NOTEBOOKS[0], place)


def test_what_goes_to_a_log_is_not_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    logs = nbformat.read(ROOT / "notebooks" / "1_parse.ipynb", as_version=4)
    del logs.cells[3:]
    logs.cells.append(new_code_cell(LOGS))
    monkeypatch.setattr(nbformat, "read", lambda *_, **__: logs)
    with desk(SAMPLE, None, "zh") as place:
        outputs = run_notebook(NOTEBOOKS[0], place).cells[-1].outputs
    assert [output.text for output in outputs] == ["seen\n"]


def test_clearing_the_desk_ends_a_running_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = nbformat.read(ROOT / "notebooks" / "1_parse.ipynb", as_version=4)
    endless.cells.append(new_code_cell("while True: pass"))
    monkeypatch.setattr(nbformat, "read", lambda *_, **__: endless)
    with ThreadPoolExecutor(1) as pool, desk(SAMPLE, None, "zh") as place:
        running = pool.submit(run_notebook, NOTEBOOKS[0], place)
        while not any(kernel.has_kernel for kernel in place.kernels):
            assert not running.done()
            sleep(0.1)
    with pytest.raises(NotebookError, match="died"):
        running.result(timeout=30)


def test_a_report_named_like_a_module_cannot_be_imported(tmp_path: Path) -> None:
    file = tmp_path / "json.py"
    file.write_text("raise SystemExit")
    with desk(file, None, "zh") as place:
        assert place.parameters["report"] == "json.py.txt"
        assert [copy.name for copy in place.folder.iterdir()] == ["json.py.txt"]


def test_output_of_a_notebook_is_escaped_unless_it_is_html() -> None:
    text = export_page(executed("<script>1</script>"), NOTEBOOKS[0], build_report(organ="<script>2</script>"), "en")
    assert "<script" not in text
    assert "&lt;script&gt;1" in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("-2", "-2"),
        ("-", "-"),
        ("+3.5", "+3.5"),
        ("22（其中修订16件）", "22（其中修订16件）"),
        ("", ""),
    ],
)
def test_no_text_of_a_report_is_a_formula(text: str, safe: str) -> None:
    cells = hrss_2021().cells.head(1).assign(raw=text)
    assert for_spreadsheets(cells)["raw"].tolist() == [safe]
    assert for_spreadsheets(cells)["value"].tolist() == [0.0]


def test_lists_are_joined_for_spreadsheets() -> None:
    findings = gongkai.check(hrss_2021())
    cells = for_spreadsheets(findings)["cells"]
    assert cells[0] == " ".join(findings["cells"][0])


@pytest.mark.parametrize(
    "damage",
    [
        {"status": "fine"},
        {"id": "requests/new/total"},
        {"value": 5.0, "status": "blank"},
        {"value": None},
        {"raw": None},
        {"extra": 1},
    ],
)
def test_a_table_that_breaks_its_schema_is_not_written(damage: dict) -> None:
    cells = hrss_2021().cells
    hold_to_schema("cells", cells)
    with pytest.raises(TableError, match="table cells is at fault"):
        hold_to_schema("cells", cells.assign(**damage))


def test_tables_of_the_public_functions_keep_their_schemas() -> None:
    report = hrss_2021()
    hold_to_schema("findings", gongkai.check(report))
    hold_to_schema("repairs", gongkai.repair(report))
    hold_to_schema("repairs", frame([], REPAIRS))


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_committed_notebook_has_parameters_and_outputs(notebook: Path) -> None:
    node = nbformat.read(notebook, as_version=4)
    code = [cell for cell in node.cells if cell.cell_type == "code"]
    assert code[0].metadata.tags == ["parameters"]
    for count, cell in enumerate(code, 1):
        # What makes tables interactive is large and is not kept.
        if "interactive-setup" not in cell.metadata.get("tags", []):
            assert cell.execution_count == count
            assert cell.outputs or count == 1
    assert not [output for cell in code for output in cell.outputs if output.output_type in ("error", "stream")]


def test_every_published_notebook_is_committed() -> None:
    for notebook in NOTEBOOKS:
        assert (ROOT / "notebooks" / f"{notebook.name}.ipynb").is_file()


def test_a_changed_value_fails_the_comparison_of_outputs(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    text = (ROOT / "notebooks" / "1_parse.ipynb").read_text(encoding="utf-8")
    changed, count = re.subn(r'(id=\\"cell-requests-new-total\\"[^>]*>)2<', r"\g<1>3<", text)
    assert count == 1
    (tmp_path / "notebooks" / "1_parse.ipynb").write_text(changed, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env", "notebooks"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    assert "1 failed" in done.stdout
