"""Runs over a folder: what is new gets into the panel, whatever happens on the way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.cli.progress import FilesDone
from gongkai.corpus.columns import PANEL
from gongkai.corpus.run import Limits, Progress, Summary, run
from gongkai.corpus.store import Store
from gongkai.errors import OutputError, RunError, UnreadableFile

RAW = Path(__file__).parents[1] / "data" / "raw"
TEXT = (RAW / "district_hrss_2021.txt").read_text(encoding="utf-8")


def content(output: Path | str) -> dict[str, list[str]]:
    """All that a store holds, in a fixed order and without times and the names of runs and batches."""
    store = Store(str(output))
    ledger = store.current().drop_columns(["seconds", "run", "finished", "batch"])
    tables = {"ledger": ledger, **{name: store.rows(name) for name in PANEL}}
    return {name: sorted(map(repr, table.to_pylist())) for name, table in tables.items()}


def statuses(output: Path | str) -> dict[str, str]:
    current = Store(str(output)).current()
    return dict(zip(current["file"].to_pylist(), current["status"].to_pylist(), strict=True))


def many(folder: Path, count: int) -> Path:
    """A folder with so many reports that differ."""
    for number in range(count):
        path = folder / f"{number % 3}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.replace("134条", f"{134 + number}条"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Summary]:
    """The example reports, with a copy and files that are none, and the store of a run over them."""
    folder = tmp_path_factory.mktemp("raw")
    shutil.copytree(RAW, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("scan.pdf"))
    shutil.copy(RAW / "district_hrss_2021.txt", folder / "examples" / "copy.txt")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "broken.pdf").write_bytes((RAW / "examples" / "ruled.pdf").read_bytes()[:2000])
    (folder / "table.xlsx").write_bytes(b"PAR1" + bytes(100))
    (folder / "letter.txt").write_text("尊敬的先生：您好。", encoding="utf-8")
    output = tmp_path_factory.mktemp("processed")
    return folder, output, run(str(folder), str(output), workers=2)


def test_every_file_has_a_status_and_a_reason_unless_done(corpus) -> None:
    _, output, summary = corpus
    assert statuses(output) == {
        "broken.pdf": "unreadable",
        "district_hrss_2021.txt": "done",
        "empty.pdf": "unreadable",
        "examples/README.md": "not_a_report",
        "examples/copy.txt": "done",
        "examples/ruled.pdf": "done",
        "examples/table.md": "done",
        "examples/text.txt": "done",
        "examples/web_page.html": "done",
        "examples/word.docx": "done",
        "letter.txt": "not_a_report",
        "table.xlsx": "unreadable",
    }
    assert all(row["reason"] for row in Store(str(output)).current().to_pylist() if row["status"] != "done")
    assert summary.counts == {"done": 7, "unreadable": 3, "not_a_report": 2}
    assert ("empty.pdf", "unreadable", "the file is empty") in summary.failures


def test_the_panel_has_what_a_report_says(corpus) -> None:
    _, output, _ = corpus
    reports = {row["file"]: row for row in Store(str(output)).rows("reports").to_pylist()}
    assert len(reports) == 6
    hrss = reports["district_hrss_2021.txt"]
    assert (hrss["organ"], hrss["year"], hrss["form_requests"], hrss["flags"]) == (
        "区人社局",
        2021,
        "2019",
        "organ:incomplete",
    )
    cells = Store(str(output)).rows("cells").to_pylist()
    (new,) = [row for row in cells if row["report"] == hrss["report"] and row["id"] == "requests/new/total"]
    assert (new["value"], new["raw"], new["status"]) == (2, "2", "number")


def test_a_copy_is_the_same_report(corpus) -> None:
    _, output, _ = corpus
    rows = {row["file"]: row for row in Store(str(output)).current().to_pylist()}
    first, copy = rows["district_hrss_2021.txt"], rows["examples/copy.txt"]
    assert copy["report"] == first["report"] == first["sha256"][:16]
    assert copy["reason"] == "same content as district_hrss_2021.txt"


def test_the_summary_names_what_failed(corpus) -> None:
    _, output, _ = corpus
    text = (output / "summary.md").read_text(encoding="utf-8")
    assert "| unreadable | 3 | 3 |" in text
    assert "| `empty.pdf` | unreadable | `the file is empty` |" in text


def test_a_rerun_works_on_what_is_new_or_changed(tmp_path: Path) -> None:
    folder, output = many(tmp_path / "raw", 3), tmp_path / "out"
    run(str(folder), str(output))
    before = content(output)
    again = run(str(folder), str(output))
    assert (again.files, again.plan.unchanged) == (0, 3)
    assert content(output) == before
    (folder / "0" / "000.txt").write_text(TEXT.replace("134条", "8条"), encoding="utf-8")
    (folder / "new.txt").write_text(TEXT.replace("134条", "9条"), encoding="utf-8")
    assert run(str(folder), str(output)).counts == {"done": 2}
    reports = Store(str(output)).rows("reports").to_pylist()
    assert sorted(row["file"] for row in reports) == ["0/000.txt", "1/001.txt", "2/002.txt", "new.txt"]
    assert Store(str(output)).rows("cells").num_rows == 4 * len(before["cells"]) // 3


def test_a_new_version_replaces_every_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = many(tmp_path / "raw", 2), tmp_path / "out"
    run(str(folder), str(output))
    monkeypatch.setattr("gongkai.corpus.run.main.version", lambda: "9")
    assert run(str(folder), str(output)).counts == {"done": 2}
    assert [row["version"] for row in Store(str(output)).rows("reports").to_pylist()] == ["9.zh"] * 2
    assert Store(str(output)).ledger().num_rows == 4


def test_any_file_system_gives_the_same(tmp_path: Path) -> None:
    folder = many(tmp_path / "raw", 2)
    run(str(folder), str(tmp_path / "out"))
    fs = fsspec.filesystem("memory")
    fs.put(str(folder), "/raw", recursive=True)
    run("memory://raw", "memory://out")
    assert content("memory://out") == content(tmp_path / "out")
    fs.rm("/raw", recursive=True)
    fs.rm("/out", recursive=True)


def test_hostile_files_cost_no_other(tmp_path: Path) -> None:
    for name in ("a", "hang", "b", "segfault", "c", "memory", "d"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    output = tmp_path / "out"
    limits = Limits(seconds=2, megabytes=300)
    run(str(tmp_path), str(output), workers=1, limits=limits, work="hostile_work:work")
    failed = {"hang.txt": "timeout", "segfault.txt": "crashed", "memory.txt": "memory"}
    assert statuses(output) == {f"{name}.txt": "done" for name in "abcd"} | failed


def test_progress_counts_files(tmp_path: Path) -> None:
    folder, seen = many(tmp_path / "raw", 3), list[Progress]()
    (folder / "copy.txt").write_text(TEXT, encoding="utf-8")
    run(str(folder), str(tmp_path / "out"), on_progress=seen.append)
    assert seen[0] == Progress(0, 4, 0)
    assert seen[-1] == Progress(4, 4, 0)


def test_pages_are_made_on_request(tmp_path: Path) -> None:
    folder = many(tmp_path / "raw", 1)
    assert run(str(folder), str(tmp_path / "out"), pages=True).failures == []
    pages = {path.name for path in (tmp_path / "out" / "pages" / "0" / "000.txt").iterdir()}
    assert {"1_parse.html", "2_check.html", "3_narrative.html", "report.json"} <= pages
    assert run(str(folder), str(tmp_path / "out"), pages=True).files == 0
    with pytest.raises(OutputError, match="--notebooks"):
        run(str(folder), "memory://out", pages=True)


@pytest.mark.parametrize("place", ["disk", "memory"])
def test_two_runs_at_once_are_refused(tmp_path: Path, place: str) -> None:
    folder, output = many(tmp_path / "raw", 1), str(tmp_path / "out") if place == "disk" else "memory://busy"

    def second(progress: Progress) -> None:
        with pytest.raises(OutputError, match=rf"another run is at work there \(process {os.getpid()} on "):
            run(str(folder), output)

    assert run(str(folder), output, on_progress=second).counts == {"done": 1}
    assert run(str(folder), output).files == 0


def test_a_lock_that_a_dead_run_left_elsewhere_is_taken_over(tmp_path: Path) -> None:
    fsspec.filesystem("memory").pipe("/dead/.run.lock", b"1000000 process 1 on another")
    assert run(str(many(tmp_path / "raw", 1)), "memory://dead").counts == {"done": 1}


def test_a_store_belongs_to_one_folder(tmp_path: Path) -> None:
    one, other = many(tmp_path / "one", 1), many(tmp_path / "other", 1)
    run(str(one), str(tmp_path / "out"))
    with pytest.raises(OutputError, match=f"holds the reports of {one}"):
        run(str(other), str(tmp_path / "out"))
    one.rename(tmp_path / "moved")
    assert run(str(tmp_path / "moved"), str(tmp_path / "out")).files == 0


def test_a_mistyped_folder_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such folder"):
        run(str(tmp_path / "nowhere"), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_kind_of_url_that_is_not_known_is_one_plain_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="nosuch://bucket/out"):
        run(str(tmp_path), "nosuch://bucket/out")


def test_an_output_that_is_no_folder_is_one_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        run(str(many(tmp_path / "raw", 1)), str(tmp_path / "file"))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_disk_that_fills_up_costs_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = many(tmp_path / "raw", 4), tmp_path / "out"
    monkeypatch.setattr("gongkai.corpus.run.batch._MOST_REPORTS", 1)
    write, room = Store._write, [12]

    def fill_up(store: Store, path: str, content: bytes) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OutputError(store.path, "cannot be written (No space left on device)")
        write(store, path, content)

    with monkeypatch.context() as full:
        full.setattr(Store, "_write", fill_up)
        with pytest.raises(OutputError, match="No space left"):
            run(str(folder), str(output), workers=1)
    assert list(statuses(output).values()) == ["done"]
    run(str(folder), str(output))
    run(str(folder), str(tmp_path / "undisturbed"))
    assert content(output) == content(tmp_path / "undisturbed")


def test_an_interrupted_run_keeps_what_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, output = many(tmp_path / "raw", 4), tmp_path / "out"

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(str(folder), str(output), workers=1, on_progress=interrupt)
    kept = Store(str(output)).current().num_rows
    assert 1 <= kept < 4
    assert run(str(folder), str(output)).files == 4 - kept


def test_killed_at_any_moment_a_run_goes_on_as_if_undisturbed(tmp_path: Path) -> None:
    folder, output = many(tmp_path / "raw", 12), tmp_path / "out"
    script = (
        "import sys; from gongkai.corpus.run import batch, run; batch._MOST_REPORTS = 2; run(*sys.argv[1:], workers=2)"
    )
    chance = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", script, str(folder), str(output)])
        deadline = time.monotonic() + 30
        while not list(output.glob("ledger/*")) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(chance.random() * 0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
    run(str(folder), str(output))
    run(str(folder), str(tmp_path / "undisturbed"))
    assert content(output) == content(tmp_path / "undisturbed")
    assert Store(str(output)).ledger().num_rows == 12
    assert not list(output.rglob("*.partial"))


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    folder, output = many(tmp_path / "raw", 1), tmp_path / "out"
    (folder / "evil\x1b[31m.txt").write_text("no report", encoding="utf-8")
    result = CliRunner().invoke(app, ["run", str(folder), "--output", str(output)])
    assert result.exit_code == 0
    assert result.stdout.startswith("2 files worked on, 0 unchanged")
    assert "evil.txt: not_a_report" in result.stdout
    assert result.stdout.endswith(f"{output / 'summary.md'}\n")
    assert "\x1b" not in (output / "summary.md").read_text(encoding="utf-8")


def test_the_command_fails_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(tmp_path / "nowhere"), "--output", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"gongkai: {tmp_path / 'nowhere'}: no such folder"]


def test_an_interrupted_command_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai.corpus.run.run", interrupt)
    result = CliRunner().invoke(app, ["run", str(tmp_path), "--output", "out"])
    assert result.exit_code == 130
    assert "the same command goes on from there" in result.stderr


def test_where_there_is_no_terminal_a_line_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gongkai.cli.progress._SECONDS_A_LINE", 0)
    with FilesDone() as bar:
        bar.show(Progress(0, 4000, 0))
        bar.show(Progress(1000, 4000, 2))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("1,000 of 4,000 files, 2 failed, ")
    assert line.endswith("minutes left")
