"""A file that hangs, breaks down or takes memory is recorded as such and costs no other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psutil
import pytest

from gongkai.corpus.run.sandbox import Closed, Limits, Sandbox
from gongkai.corpus.run.work import Job, Outcome
from gongkai.errors import RunError


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(seconds=1.5, megabytes=300), "hostile_work:work")
    yield sandbox
    sandbox.close()


@pytest.fixture
def run(sandbox: Sandbox, tmp_path: Path):
    """Work on a file with such a text."""

    def run(text: str) -> Outcome:
        path = tmp_path / "file.txt"
        path.write_text(text, encoding="utf-8")
        return sandbox.run(Job("0", "file.txt", str(path), "0", "1", "zh"), path)

    return run


def test_one_process_works_on_many_files(run) -> None:
    assert run("a").status == "done"
    assert run("b").reason == run("c").reason


def test_a_file_that_hangs_is_ended(run) -> None:
    run("good")
    outcome = run("hang")
    assert (outcome.status, outcome.reason) == ("timeout", "took longer than 1.5 seconds")
    assert 1.5 <= outcome.seconds < 10
    assert run("good").status == "done"


def test_a_segmentation_fault_is_recorded_by_name(run) -> None:
    outcome = run("segfault")
    assert (outcome.status, outcome.reason) == ("crashed", "the process was killed by SIGSEGV")
    assert run("good").status == "done"


def test_an_exit_is_a_crash(run) -> None:
    assert run("exit").reason == "the process ended with status 7"


def test_a_file_that_takes_memory_is_ended(run) -> None:
    outcome = run("memory")
    assert (outcome.status, outcome.reason) == ("memory", "took more than 300 MB")
    assert run("good").status == "done"


def test_a_file_is_not_blamed_for_what_another_left_behind(run) -> None:
    run("good")
    assert run("only the first is well").status == "done"


def test_a_file_that_breaks_a_new_process_too_is_blamed(run) -> None:
    before = run("good").reason
    assert run("segfault").status == "crashed"
    assert run("good").reason != before


def test_closing_ends_what_is_at_work(run, sandbox: Sandbox) -> None:
    pid = int(run("good").reason)
    raised: list[type] = []

    def hang() -> None:
        try:
            run("hang")
        except Closed:
            raised.append(Closed)

    thread = Thread(target=hang)
    thread.start()
    time.sleep(0.3)
    sandbox.close()
    thread.join(5)
    assert raised == [Closed]
    assert not psutil.pid_exists(pid)


def test_nothing_stays_when_the_parent_is_killed(run, sandbox: Sandbox) -> None:
    run("good")
    process, scratch = sandbox._process, Path(sandbox._scratch.name)
    assert scratch.is_dir()
    sandbox._connection.close()  # as the system does for a process that is gone
    process.wait(10)
    assert not scratch.exists()


def test_work_that_cannot_start_is_no_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="cannot be started"):
        Sandbox(Limits(), "no_such_module:work").run(Job("0", "a", "a", "0", "1", "zh"), tmp_path)


def test_nothing_beside_the_reports_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> None:
    (tmp_path / "pandas.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("good").status == "done"
