"""The command line: readable tables, strict JSON, plain errors, exit statuses that scripts can rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from builders import HRSS_2021, build_report, hrss_2021
from typer.testing import CliRunner, Result

import gongkai
from gongkai.cli import app
from gongkai.cli.output import clean
from gongkai.errors import NotebookError, OutputError, UnreadableFile

SAMPLE = str(Path(__file__).parents[1] / "data" / "raw" / "district_hrss_2021.txt")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "100"})


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def one_line(result: Result) -> str:
    """The only line on stderr, of a command that failed with nothing on stdout."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch):
    """Let `parse` return a report that a test has built."""
    return lambda report: monkeypatch.setitem(vars(gongkai), "parse", lambda file: report)


@pytest.mark.parametrize("command", [(), ("parse",), ("check",), ("report",)])
def test_help_explains_the_command(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples" in result.stdout or not command


def test_version() -> None:
    assert run("--version").stdout == f"gongkai {gongkai.__version__}\n"


def test_parse_shows_identity_and_every_row() -> None:
    result = run("parse", SAMPLE)
    assert result.exit_code == 0
    assert "区人社局 (不完整)" in result.stdout
    for label in ("规章", "政府集中采购", "（三）不予公开", "8.属于行政查询事项", "复议后起诉"):
        assert label in result.stdout
    assert f"□ 空白 × {list(HRSS_2021.values()).count('')}" in result.stdout


def test_parse_speaks_english() -> None:
    result = run("parse", SAMPLE, "--language", "en")
    assert "granted in part" in result.stdout
    assert "（二）部分公开" not in result.stdout


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_no_column_is_lost_at_any_width(width: str) -> None:
    stdout = CliRunner().invoke(app, ["parse", SAMPLE], env={"COLUMNS": width}).stdout
    (line,) = [line for line in stdout.splitlines() if line.strip().startswith("本年新收")]
    assert line.split()[1:] == ["2", "0", "0", "0", "0", "0", "2"]


def test_parse_json_is_strict_and_complete() -> None:
    report = json.loads(run("parse", SAMPLE, "--json").stdout, parse_constant=refuse)
    values = {cell["id"]: cell["raw"] for cell in report["cells"]}
    assert report["year"] == 2021
    assert {id: values[id] for id in HRSS_2021} == HRSS_2021
    assert set(values) == set(hrss_2021().cells["id"])


def test_json_is_utf8_whatever_the_terminal_speaks() -> None:
    command = [sys.executable, "-c", "from gongkai.cli import app; app()", "parse", SAMPLE, "--json"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["organ"] == "区人社局"


def test_tables_survive_a_terminal_without_chinese() -> None:
    command = [sys.executable, "-c", "from gongkai.cli import app; app()", "parse", SAMPLE]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stderr == b""


def test_check_shows_failures_first_then_what_is_deduced() -> None:
    stdout = run("check", SAMPLE).stdout
    assert stdout.index("未通过") < stdout.rindex("无法判断") < stdout.index("推定与疑误")
    assert "requests/carried_in/business" in stdout


def test_check_json_has_findings_and_repairs() -> None:
    data = json.loads(run("check", SAMPLE, "--json", "--language", "en").stdout, parse_constant=refuse)
    assert data["report"]["forms"] == dict.fromkeys(("disclosure", "requests", "litigation"), "2019")
    assert {repair["id"]: repair["proposed"] for repair in data["repairs"]}["requests/carried_in/business"] == 0
    assert {finding["outcome"] for finding in data["findings"]} == {"pass", "fail", "not_assessable"}
    assert isinstance(data["findings"][0]["cells"], list)


def test_findings_do_not_change_the_exit_status_unless_strict() -> None:
    assert run("check", SAMPLE).exit_code == 0
    assert run("check", SAMPLE, "--strict").exit_code == 1


def test_strict_is_content_with_a_report_that_passes(parsed, monkeypatch: pytest.MonkeyPatch) -> None:
    report = build_report()
    findings = gongkai.check(report)
    monkeypatch.setitem(vars(gongkai), "check", lambda *_, **__: findings[findings["outcome"] != "fail"])
    parsed(report)
    assert run("check", "x", "--strict").exit_code == 0


def test_check_uses_the_report_of_the_year_before() -> None:
    with_previous = json.loads(run("check", SAMPLE, "--previous", SAMPLE, "--json").stdout)
    assert "carry_over" in {finding["rule"] for finding in with_previous["findings"]}


@pytest.mark.parametrize("command", ["parse", "check", "report"])
@pytest.mark.parametrize("content", [None, "folder", b"", b"\x00\x01\x02\xff" * 50, "尊敬的先生：您好。".encode()])
def test_bad_input_is_one_plain_line(tmp_path: Path, command: str, content: bytes | str | None) -> None:
    file = tmp_path / "报告.txt"
    if content == "folder":
        file.mkdir()
    elif content is not None:
        file.write_bytes(content)
    line = one_line(run(command, file, *(["--output", tmp_path / "out"] if command == "report" else [])))
    assert line.startswith(f"gongkai: {file}: ")
    assert not (tmp_path / "out").exists()


def test_a_bad_report_of_the_year_before_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "no") in one_line(run("check", SAMPLE, "--previous", tmp_path / "no"))


def test_one_failed_report_does_not_cost_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = {
        "a": UnreadableFile("a", "empty"),
        "c": NotebookError("2_check", "ValueError: x"),
        "d": ZeroDivisionError("a defect\nof two lines"),
        "e": OutputError("out", "full"),
    }

    def run_report(file: Path, output: Path, **_: object) -> Path:
        if file.name in failures:
            raise failures[file.name]
        return output / file.name

    monkeypatch.setattr("gongkai.publish.run_report", run_report)
    result = run("report", "a", "b", "c", "d", "e", "f", "--output", tmp_path)
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [str(tmp_path / "b"), str(tmp_path / "f")]
    assert result.stderr.splitlines() == [
        "gongkai: a: empty",
        "gongkai: c: notebook 2_check failed: ValueError: x",
        "gongkai: d: unexpected ZeroDivisionError: a defect of two lines",
        "gongkai: e: out: full",
    ]


def test_one_previous_report_cannot_serve_several() -> None:
    assert run("report", SAMPLE, SAMPLE, "--previous", SAMPLE).exit_code == 2


def test_an_output_that_cannot_be_written_is_one_plain_line() -> None:
    assert "cannot be written" in one_line(run("report", SAMPLE, "--output", "/proc/gongkai"))


def test_interrupted_by_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai.publish.run_report", interrupt)
    result = run("report", SAMPLE)
    assert result.exit_code == 130
    assert result.stderr.splitlines() == [f"gongkai: {SAMPLE}: interrupted; nothing of it was written"]


def test_markup_in_a_report_is_shown_not_obeyed(parsed) -> None:
    parsed(build_report({"disclosure/penalties/decisions": "[red]1[/red]"}, organ="[bold]局[/nothing]"))
    stdout = run("parse", "x").stdout
    assert "[bold]局[/nothing]" in stdout
    assert "[red]1[/red]" in stdout


def test_a_report_cannot_drive_the_terminal(parsed) -> None:
    parsed(build_report({"requests/new/total": "\x1b[31m7"}, organ="局\x1b]0;title\x07\u202e名\x9b2J"))
    stdout = run("parse", "x").stdout
    assert not set("\x1b\x07\u202e\x9b") & set(stdout)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("two\nlines", "two lines"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link"),
        ("a\u200bb\u202ec", "abc"),
        ("机关　名", "机关 名"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_check_shows_what_would_do_as_well_as_a_proposed_value(parsed) -> None:
    parsed(build_report({"litigation/review/upheld": "10", "litigation/review/total": "9"}))
    shown = run("check", "any.txt").stdout
    assert "其他可能：「行政复议」行「结果维持」 = 9" in " ".join(shown.split())


def test_check_compares_the_text_with_a_folder_of_other_organs(tmp_path: Path) -> None:
    text = Path(SAMPLE).read_text(encoding="utf-8")
    (tmp_path / "other.txt").write_text(text.replace("区人社局", "永和县水利局"), encoding="utf-8")
    (tmp_path / "none.txt").write_text("尊敬的先生：您好。", encoding="utf-8")
    result = run("check", SAMPLE, "--corpus", tmp_path, "--json")
    (line,) = result.stderr.splitlines()
    assert "none.txt" in line
    reused = [one for one in json.loads(result.stdout)["findings"] if one["rule"] == "text_reuse"]
    assert [(one["row"], one["outcome"]) for one in reused] == [("overview", "fail"), ("problems", "fail")]
    assert "永和县水利局 2021" in reused[0]["message"]
