"""Forked kernels: who dies with whom, and what happens where none can be forked."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from warm_notebooks import MODULES, forked, said, stock

from gongkai.publish.notebooks import MODULES as OURS
from gongkai.publish.notebooks import desk
from gongkai.warm import ENGINE, parents
from gongkai.warm.imports import KERNEL
from gongkai.warm.kernel import LAUNCHER
from gongkai.warm.manager import _split

pytestmark = pytest.mark.skipif(not parents.can_fork(), reason="kernels are forked on Linux alone")

ROOT = Path(__file__).parents[1]
CRASH = "import ctypes; ctypes.string_at(0)"
FORKED = "import os, psutil; print('gongkai' in ' '.join(psutil.Process(os.getppid()).cmdline()))"


def gone(pid: int) -> bool:
    """Whether a process ends within five seconds."""
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_a_crash_costs_one_notebook_and_is_told_of_the_right_cell(tmp_path: Path) -> None:
    output = tmp_path / "crashed.ipynb"
    with pytest.raises(DeadKernelError):
        forked("1 + 1", CRASH, "'never'", output=output)
    assert said(forked(FORKED)) == "True"
    crashed = nbformat.read(output, as_version=4)
    assert [cell.metadata.papermill.status for cell in crashed.cells] == ["completed", "failed", "pending"]
    assert [cell.metadata.papermill.exception for cell in crashed.cells] == [False, True, None]
    assert crashed.metadata.papermill.exception is True


def test_a_cell_that_takes_too_long_ends_with_its_kernel(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(CellTimeoutError):
        forked(
            f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid()))", "time.sleep(60)", execution_timeout=2
        )
    assert gone(int(note.read_text()))


def test_when_the_warm_parent_is_killed_its_notebook_fails_and_the_next_has_another() -> None:
    with pytest.raises(DeadKernelError):
        forked("import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)")
    assert said(forked(FORKED)) == "True"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_kernels_and_parent_die_with_the_program_that_runs_notebooks(number: int, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    tell = f"import os, time; open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}.'); time.sleep(60)"
    program = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from warm_notebooks import forked
forked({tell!r}, modules=())
"""
    running = subprocess.Popen([sys.executable, "-c", program])
    while not (note.exists() and note.read_text().endswith(".")):
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(number)
    running.wait()
    assert [gone(int(pid)) for pid in note.read_text().rstrip(".").split()] == [True, True]


def test_a_fork_of_the_program_has_none_of_its_parents_and_leaves_its_kernels_alone() -> None:
    fork = multiprocessing.get_context("fork").Process(target=lambda: sys.exit(len(parents._parents)))
    running = ThreadPoolExecutor(1).submit(forked, "import time; time.sleep(2); print('still there')")
    time.sleep(1)
    fork.start()
    fork.join()
    assert fork.exitcode == 0
    assert said(running.result()) == "still there"


@pytest.mark.parametrize(
    ("modules", "why"),
    [(["no_such_module"], "No module named"), (["a_module_with_a_thread"], "threads that a fork would lose: python")],
)
def test_where_none_can_be_forked_a_kernel_is_started_and_the_log_says_why(
    modules: list[str], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    (tmp_path / "a_module_with_a_thread.py").write_text(waiting)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    logger = logging.getLogger("traitlets")
    monkeypatch.setattr(logger, "propagate", True)
    assert said(forked(FORKED, modules=modules)) == "False"
    assert why in caplog.text


def test_on_a_platform_without_fork_kernels_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.warm.manager.can_fork", lambda: False)
    assert said(forked(FORKED)) == "False"


def test_only_kernels_of_this_python_are_forked() -> None:
    arguments = ["-m", LAUNCHER, "-f", "connection.json"]
    assert _split([sys.executable, "-Xfrozen_modules=off", *arguments]) == (
        [sys.executable, "-Xfrozen_modules=off"],
        ["-f", "connection.json"],
    )
    assert _split(["/usr/bin/R", "--slave"]) == ([], [])
    assert _split(["/no/such/python", *arguments]) == ([], [])


@pytest.mark.parametrize("modules", [MODULES, OURS])
def test_imports_start_no_thread_and_leave_the_environment_alone(modules: tuple[str, ...]) -> None:
    program = f"""
import os
from gongkai.warm.imports import import_all, lasting_threads
import_all({[*KERNEL, *modules]!r})
assert "MPLBACKEND" not in os.environ
assert "JE_ARROW_MALLOC_CONF" not in os.environ
assert lasting_threads() == [], lasting_threads()
import sys
assert "matplotlib_inline.backend_inline" not in sys.modules
"""
    outside = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    subprocess.run([sys.executable, "-c", program], check=True, env=outside)


def test_what_lies_in_the_folder_of_the_program_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "psutil.py").write_text("raise SystemExit('imported')")
    (tmp_path / "gongkai.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRESH", "parent")
    folder = str(ROOT)
    assert said(forked(FORKED, modules=(), resources={"metadata": {"path": folder}})) == "True"


def test_neither_kernel_nor_parent_opens_a_port() -> None:
    ports = (
        "[[at.laddr.port for at in psutil.Process(pid).net_connections('inet')] for pid in (os.getpid(), os.getppid())]"
    )
    # ipykernel's own ear for what child processes print, which is deaf to whoever does not know its secret.
    own = "get_ipython().kernel.iopub_thread._pipe_port"
    with desk(ROOT / "data" / "raw" / "district_hrss_2021.txt", None, "zh") as place:
        look = f"import os, psutil; print({ports} == [[{own}], []])"
        assert said(stock(look, engine_name=ENGINE, km=place.new_kernel("look"))) == "True"
