"""How long gongkai takes: `python -m benchmarks.speed --write` renews the table in the README."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import gongkai as gk
from benchmarks.markers import replace_between

ROOT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
SAMPLE = ROOT / "data" / "raw" / "district_hrss_2021.txt"
EXAMPLES = ROOT / "data" / "raw" / "examples"


def main() -> None:
    """Measure and print; medians in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    files = [SAMPLE, *sorted(path for path in EXAMPLES.iterdir() if path.name != "README.md")]
    rows = [("`import gongkai`, a new process less a bare one", _importing(options.runs))]
    rows += [(f"`gk.parse`, {file.name}", _median(lambda file=file: gk.parse(file), options.runs)) for file in files]
    report = gk.parse(SAMPLE)
    findings = gk.check(report)
    rows += [
        ("`gk.check`", _median(lambda: gk.check(report), options.runs)),
        ("`gk.repair`", _median(lambda: gk.repair(report), options.runs)),
        ("`gk.narrate`", _median(lambda: gk.narrate(report, findings), options.runs)),
    ]
    table = "\n".join(
        [
            f"Python {platform.python_version()}, one thread, processor time; load average {os.getloadavg()[0]:.1f}.",
            "",
            "| what | ms (median) |",
            "|---|---:|",
            *(f"| {name} | {milliseconds:.1f} |" for name, milliseconds in rows),
        ]
    )
    print(table)
    if options.write:
        replace_between(README, "speed", table)


def _median(work: Callable[[], object], runs: int, clock: Callable[[], float] = time.process_time) -> float:
    """Milliseconds of one call, the first not counted; processor time, which other work changes little."""
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times) * 1000


def _importing(runs: int) -> float:
    def starting(code: str) -> float:
        return _median(lambda: subprocess.run([sys.executable, "-c", code], check=True), runs, _children)

    return starting("import gongkai") - starting("pass")


def _children() -> float:
    """Processor time of the processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
