"""Which files are reports to work on: found in a folder, compared with the ledger."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import fsspec
import pytest

from gongkai.corpus.run.crew import _local_file
from gongkai.corpus.run.plan import Plan, make_plan
from gongkai.corpus.run.sources import Source, find_sources


def names(folder: Path | str) -> list[str]:
    return [source.file for source in find_sources(str(folder))]


def put(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_every_file_counts_in_sub_folders_too(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "2021/区/a.html", "a", "2021/x.exe")
    assert names(tmp_path) == ["2021/x.exe", "2021/区/a.html", "a", "b.pdf"]


def test_a_source_has_the_hash_of_its_content(tmp_path: Path) -> None:
    put(tmp_path, "a")
    (source,) = find_sources(str(tmp_path))
    assert (source.sha256, source.size) == (sha256(b"a").hexdigest(), 1)


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".a", ".git/b", "c/.d", "c/e")
    assert names(tmp_path) == ["c/e"]


def test_what_gongkai_wrote_is_left_out(tmp_path: Path) -> None:
    put(
        tmp_path, "out/gongkai.json", "out/ledger/1.parquet", "out/panel/p", "out/pages/q", "out/summary.md", "out/mine"
    )
    put(tmp_path, "report/1_parse.html", "theirs/report.json", "theirs/a.html")
    (tmp_path / "report" / "report.json").write_text('{"gongkai": "0.1.0"}', encoding="utf-8")
    assert names(tmp_path) == ["out/mine", "theirs/a.html", "theirs/report.json"]


def test_links_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "in/a")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "in" / "a")
    put(tmp_path, "elsewhere/b")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "in") == ["a", "folder/b", "link"]


@pytest.mark.parametrize("name", ["a::b.txt", "a#b%20c?.txt", "a\nb.txt", "[x] * {y}.txt"])
def test_any_name_is_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (source,) = find_sources(str(tmp_path))
    assert (source.file, source.problem) == (name, "")
    with _local_file(source.path) as path:
        assert path.read_bytes() == b"x"


def test_what_cannot_be_read_has_a_problem(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert [(source.file, source.sha256, source.problem) for source in find_sources(str(tmp_path))] == [
        ("broken", None, "is no regular file"),
        ("pipe", None, "is no regular file"),
    ]


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    name = os.fsdecode("报告.txt".encode("gbk"))
    (tmp_path / name).write_bytes(b"x")
    (source,) = find_sources(str(tmp_path))
    assert source.file == r"\xb1\xa8\xb8\xe6.txt"
    assert source.sha256 == sha256(b"x").hexdigest()


def test_other_file_systems_are_walked_alike() -> None:
    fs = fsspec.filesystem("memory")
    fs.pipe({"/walk/b/a.txt": b"1", "/walk/.hidden": b"2", "/walk/c.txt": b"3"})
    assert names("memory://walk") == ["b/a.txt", "c.txt"]
    fs.rm("/walk", recursive=True)


def plan(
    files: dict[str, str | None], ledger: list[dict] | None = None, pages: bool = False, retry: bool = False
) -> Plan:
    """A plan for files by the hash of their content, where the program's version is `2`."""
    sources = [Source(name, name, 1, content, "" if content else "gone") for name, content in sorted(files.items())]
    return make_plan(sources, ledger or [], "2", pages=pages, retry=retry)


def row(file: str, content: str, **known: object) -> dict:
    return {
        "file": file,
        "sha256": content,
        "status": "done",
        "reason": "",
        "version": "2",
        "report": content[:16],
        "batch": "1",
    } | known


def worked_on(plan: Plan) -> dict[str, list[str]]:
    return {task.report: [source.file for source in (task.source, *task.twins)] for task in plan.tasks}


A, B = "a" * 64, "b" * 64


def test_new_and_changed_files_are_worked_on() -> None:
    made = plan({"x": A, "y": B, "z": "c" * 64}, [row("x", A), row("y", "d" * 64)])
    assert worked_on(made) == {"b" * 16: ["y"], "c" * 16: ["z"]}
    assert (made.unchanged, made.files, made.known) == (1, 2, [])


def test_a_file_that_failed_is_left_alone_unless_told_to_retry() -> None:
    ledger = [row("x", A, status="timeout", report=None), row("y", B)]
    assert worked_on(plan({"x": A, "y": B}, ledger)) == {}
    assert worked_on(plan({"x": A, "y": B}, ledger, retry=True)) == {"a" * 16: ["x"]}


def test_another_version_works_on_everything() -> None:
    assert worked_on(plan({"x": A}, [row("x", A, version="1")])) == {"a" * 16: ["x"]}


def test_pages_are_made_once_and_then_kept() -> None:
    assert worked_on(plan({"x": A}, [row("x", A)], pages=True)) == {"a" * 16: ["x"]}
    assert worked_on(plan({"x": A}, [row("x", A, version="2.pages")], pages=True)) == {}
    assert worked_on(plan({"x": A}, [row("x", A, version="2.pages")])) == {}


def test_the_same_content_is_one_report_of_the_first_by_name() -> None:
    assert worked_on(plan({"b": A, "a": A, "c": B})) == {"a" * 16: ["a", "b"], "b" * 16: ["c"]}


def test_a_copy_that_comes_later_points_to_the_report_that_is_there() -> None:
    made = plan({"a": A, "copy": A}, [row("a", A, batch="7")])
    assert made.tasks == []
    assert [(known["file"], known["report"], known["batch"]) for known in made.known] == [("copy", "a" * 16, "7")]


def test_reports_whose_hashes_start_alike_have_other_ids() -> None:
    alike = "a" * 16 + "0" * 48
    assert list(worked_on(plan({"x": A, "y": alike}))) == ["a" * 16, alike]
    assert list(worked_on(plan({"x": A, "y": alike}, [row("x", A)]))) == [alike]


def test_what_cannot_be_read_is_noted_once() -> None:
    (known,) = plan({"x": None}).known
    assert (known["status"], known["reason"], known["report"]) == ("unreadable", "gone", None)
    assert plan({"x": None}, [{**known, "file": "x"}]).known == []


def test_files_that_are_gone_are_counted() -> None:
    assert plan({"x": A}, [row("x", A), row("y", B)]).gone == 1


@pytest.mark.parametrize("status", ["done", "not_a_report"])
def test_a_copy_has_the_status_of_its_twin(status: str) -> None:
    (known,) = plan({"a": A, "copy": A}, [row("a", A, status=status)]).known
    assert known["status"] == status
