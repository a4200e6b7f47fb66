"""Papermill's own engine beside `gongkai-forked`, by turns in one run: `python -m benchmarks.notebooks --write`.

Both run the same notebooks on the same report and must give the same outputs, PNG bytes included. Wall time is the
plain mean of all rounds. Processor time is that of this process and of all that it started, the warm parent included
as far as it forks; its start, which happens once, is a row of its own.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill
import psutil
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

import gongkai
from benchmarks.markers import replace_between
from gongkai.publish.notebooks import MODULES, NOTEBOOKS
from gongkai.warm import ENGINE

ROOT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
SAMPLE = ROOT / "data" / "raw" / "district_hrss_2021.txt"
CRASH = "import ctypes; ctypes.string_at(0)"


@dataclass(slots=True)
class Times:
    """Seconds of every round."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return sum(self.wall) / len(self.wall)

    @property
    def mean_processor(self) -> float:
        return sum(self.processor) / len(self.processor)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """The time that the block takes."""
        start, used = time.perf_counter(), _processor_time()
        yield
        self.wall.append(time.perf_counter() - start)
        self.processor.append(_processor_time() - used)


def main() -> None:
    """Measure, compare the outputs and print; `--write` renews the table in benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    compileall.compile_dir(str(Path(gongkai.__file__).parent), quiet=1)
    for folder in filter(os.path.isdir, sys.path):
        compileall.compile_dir(folder, quiet=2)
    notebooks = {"trivial": _cells("1 + 1")} | {item.name: _read(item.name) for item in NOTEBOOKS}
    starting = Times()
    with starting.taken():
        _run(notebooks["trivial"], ENGINE)
    rows = [_measured(name, notebook, options.rounds) for name, notebook in notebooks.items()]
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}; "
            f"means of {options.rounds} rounds.",
            "",
            "| notebook | Papermill, s | forked, s | times as fast | Papermill, s of processor | forked | outputs |",
            "|---|---:|---:|---:|---:|---:|---|",
            *rows,
            "",
            f"The first forked notebook, with the start of the warm parent: {starting.mean:.2f} s "
            f"({starting.mean_processor:.2f} s of processor time). {_crashed(notebooks['trivial'])}",
        ]
    )
    print(table)
    if options.write:
        replace_between(README, "notebooks", table)


def _measured(name: str, notebook: NotebookNode, rounds: int) -> str:
    stock, forked = Times(), Times()
    same = True
    for _ in range(rounds):
        with stock.taken():
            expected = _run(notebook, None)
        with forked.taken():
            found = _run(notebook, ENGINE)
        same = same and _outputs(found) == _outputs(expected)
    return (
        f"| {name} | {stock.mean:.2f} | {forked.mean:.2f} | {stock.mean / forked.mean:.1f} | "
        f"{stock.mean_processor:.2f} | {forked.mean_processor:.2f} | {'identical' if same else 'DIFFERENT'} |"
    )


def _run(notebook: NotebookNode, engine: str | None) -> NotebookNode:
    """One notebook, as anybody would run it."""
    settings = {"modules": MODULES} if engine else {}
    with TemporaryDirectory() as folder:
        output = str(Path(folder) / "output.ipynb")
        papermill.execute_notebook(
            notebook, output, {"report": str(SAMPLE)}, engine_name=engine, progress_bar=False, **settings
        )
        return nbformat.read(output, as_version=4)


def _crashed(trivial: NotebookNode) -> str:
    try:
        _run(_cells(CRASH), ENGINE)
    except DeadKernelError as error:
        unharmed = _outputs(_run(trivial, ENGINE)) == _outputs(_run(trivial, None))
        return f"After a segmentation fault in a notebook ({error}), the next is {'as ever' if unharmed else 'HARMED'}."
    return "A segmentation fault WAS NOT NOTICED."


def _cells(*sources: str) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell("report = None", metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _read(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def _outputs(executed: NotebookNode) -> list[object]:
    return [cell.get("outputs") for cell in executed.cells]


def _processor_time() -> float:
    """Seconds used by this process, by those it waited for, and by the warm parent with those that it waited for."""
    processes = [psutil.Process(), *psutil.Process().children()]
    return sum(sum(process.cpu_times()[:4]) for process in processes)


if __name__ == "__main__":
    main()
