"""How many reports an hour `gongkai run` works on, with how much memory, and what kills cost.

`python -m benchmarks.scale` with parts `kinds`, `sizes`, `kills`; `--write` renews their tables in benchmarks/SCALE.md.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.markers import replace_between
from benchmarks.scale_corpus import KINDS, MIXED, write_corpus
from gongkai.corpus.columns import PANEL
from gongkai.corpus.store import Store

PAGE = Path(__file__).with_name("SCALE.md")
NATION = 1_300_000
# Of a cluster's processors; the driver has one of its own.
_CLUSTERS = (2, 16, 64, 256)
_FEW = {"scan": 10, "old Word (.doc)": 40}
_RUN = (
    "import sys; from gongkai.corpus.run import batch, run; batch._SECONDS = float(sys.argv[3]);"
    " run(sys.argv[1], sys.argv[2], workers=2)"
)


@dataclass(slots=True)
class Run:
    """What a run took: seconds by the clock and of processors, and how its memory (MB) went over time."""

    wall: float = 0.0
    processor: float = 0.0
    driver: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def of_driver(self) -> list[float]:
        return [driver for driver, _ in self.memory]

    @property
    def of_worker(self) -> list[float]:
        return [worker for _, worker in self.memory if worker]


def main() -> None:
    """Measure the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="kinds, sizes, kills (default: all)")
    parser.add_argument("--sizes", default="1000,3000,10000")
    parser.add_argument("--of-a-kind", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--killed-reports", type=int, default=600)
    parser.add_argument("--folder", type=Path, help="keep reports and stores here (default: a temporary folder)")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/SCALE.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        sizes = [int(size) for size in options.sizes.split(",")]
        parts = {
            "kinds": lambda: kinds(folder, options.of_a_kind),
            "sizes": lambda: growth(folder, sizes),
            "kills": lambda: kills(folder, options.killed_reports, options.kills),
        }
        for name in options.parts or parts:
            table = parts[name]()
            print(table, flush=True)
            if options.write:
                replace_between(PAGE, name, table)


def kinds(folder: Path, count: int) -> str:
    """Reports an hour by kind, as a Markdown table."""
    rows = []
    for kind in KINDS:
        number = min(count, _FEW.get(kind, count))
        write_corpus(folder / "kinds" / kind, kind, number)
        took = measure(folder / "kinds" / kind, _new(folder / "out"))
        nothing = measure(folder / "kinds" / kind, folder / "out")
        each = (took.processor - nothing.processor - _starting()) / number
        rows.append(
            [kind, f"{number:,}", f"{each * 1000:,.0f}", f"{2 * 3600 / each:,.0f}", f"{max(took.of_worker):,.0f}"]
        )
    return _markdown(("kind", "reports", "ms each", "an hour on 2 cores", "worker, MB"), rows)


def growth(folder: Path, sizes: Sequence[int]) -> str:
    """Time and memory as the corpus grows, a rerun with nothing new, and what follows for a nation, as Markdown."""
    rows, took = [], Run()
    for size in sizes:
        write_corpus(folder / f"mixed{size}", MIXED, size)
        output = _new(folder / f"out{size}")
        took = measure(folder / f"mixed{size}", output)
        again = measure(folder / f"mixed{size}", output)
        stored = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
        rows.append(
            [
                f"{size:,}",
                f"{took.processor / size * 1000:,.1f}",
                f"{2 * 3600 * size / took.processor:,.0f}",
                f"{took.driver / size * 1000:,.1f}",
                _over_time(took.of_driver),
                _over_time(took.of_worker),
                f"{again.wall:,.1f} ({again.processor:,.1f})",
                f"{stored / size / 1e3:,.1f}",
            ]
        )
    head = ("reports", "ms each", "an hour on 2 cores", "of it driver, ms", "driver, MB", "worker, MB")
    table = _markdown((*head, "rerun, s (processor)", "KB stored each"), rows)
    return f"{table}\n\n{_nation(took.processor / sizes[-1], took.driver / sizes[-1], stored / sizes[-1])}"


def kills(folder: Path, count: int, times: int) -> str:
    """Kill a run at random moments, let it finish, and compare with an undisturbed one; a sentence in Markdown."""
    write_corpus(folder / f"mixed{count}", MIXED, count)
    source, killed, undisturbed = folder / f"mixed{count}", _new(folder / "killed"), _new(folder / "undisturbed")
    chance, lived = random.Random(20), []
    for _ in range(times):
        process = subprocess.Popen([sys.executable, "-c", _RUN, str(source), str(killed), "1"])
        while process.poll() is None and not psutil.Process(process.pid).children():
            time.sleep(0.05)  # it looks for new files
        time.sleep(chance.uniform(0, 15))
        process.kill()
        process.wait()
        lived.append(Store(str(killed)).current().num_rows)
    measure(source, killed)
    measure(source, undisturbed)
    same = content(killed) == content(undisturbed)
    rows = Store(str(killed)).ledger().num_rows
    return (
        f"{times} kills (`-9`) of a run over {count:,} reports, up to 15 seconds after its workers started,"
        f" a batch every second. Files in the ledger after each: {', '.join(map(str, lived))}."
        f" After a last run the ledger has {rows:,} rows, and ledger and panel are"
        f" {'identical to' if same else '**not the same as**'} those of an undisturbed run."
    )


def content(output: Path) -> dict[str, list[str]]:
    """All that a store holds, in a fixed order and without times and the names of runs and batches."""
    store = Store(str(output))
    ledger = store.current().drop_columns(["seconds", "run", "finished", "batch"])
    tables = {"ledger": ledger, **{name: store.rows(name) for name in PANEL}}
    return {name: sorted(map(repr, table.to_pylist())) for name, table in tables.items()}


def measure(source: Path, output: Path, seconds: float = 60) -> Run:
    """Run over a folder, in a process of its own with two workers."""
    took, start = Run(), time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", _RUN, str(source), str(output), str(seconds)])
    watched = psutil.Process(process.pid)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        try:
            times, workers = watched.cpu_times(), watched.children()
            took.driver = times.user + times.system
            held = [worker.memory_info().rss / 1e6 for worker in workers]
            took.memory.append((watched.memory_info().rss / 1e6, max(held, default=0.0)))
        except psutil.Error:  # it ended just now
            continue
        time.sleep(0.5)
    if status:
        raise RuntimeError(f"the run over {source} failed")
    took.wall, took.processor = time.monotonic() - start, used.ru_utime + used.ru_stime
    return took


def _starting() -> float:
    """The processor time of two workers that start, which a run over many reports hardly notices."""
    start = os.times()
    code = "import gongkai.corpus.run.work as work, gongkai; gongkai.parse, gongkai.check, gongkai.repair"
    subprocess.run([sys.executable, "-c", code], check=True)
    end = os.times()
    return 2 * (end.children_user + end.children_system - start.children_user - start.children_system)


def _over_time(held: Sequence[float]) -> str:
    """Memory after a tenth, a half and all of the time."""
    return " · ".join(f"{held[min(int(len(held) * part), len(held) - 1)]:,.0f}" for part in (0.1, 0.5, 0.95))


def _nation(each: float, driver: float, stored: float) -> str:
    """How long all reports of the country take on clusters of several sizes."""
    rows = []
    for processors in _CLUSTERS:
        workers, alone = NATION * (each - driver) / processors, NATION * driver
        rows.append(
            [
                f"{processors}",
                f"{max(workers, alone) / 3600:,.1f}",
                "workers" if workers > alone else "the driver, which writes",
            ]
        )
    hours = f"{NATION * each / 3600:,.0f} processor hours"
    told = f"{NATION:,} digital reports: {hours}, {NATION * stored / 1e9:,.0f} GB of Parquet."
    return f"{told}\n\n{_markdown(('worker cores', 'hours', 'bound by'), rows)}"


def _new(folder: Path) -> Path:
    """A place where nothing is yet."""
    if folder.exists():
        shutil.rmtree(folder)
    return folder


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    main()
