"""How long the panel takes over 10,000 reports: `python -m benchmarks.panel_speed --write` renews the table."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import gongkai as gk
from benchmarks.markers import replace_between
from benchmarks.panel_corpus import make
from gongkai.corpus.exports import FORMATS, export

T = TypeVar("T")
README = Path(__file__).with_name("README.md")
QUERIES = {
    "requests by year": "SELECT year, sum(value) FROM long WHERE id = 'requests/new/total' AND preferred GROUP BY year",
    "disclosure by province, with what was deduced": """
        SELECT province, sum(coalesce(value, deduced)) FILTER (id = 'requests/granted/total')
            / sum(coalesce(value, deduced)) FILTER (id = 'requests/total/total')
        FROM long WHERE preferred GROUP BY province""",
    "failed checks by rule and level": """
        SELECT level, rule, count(*) FROM findings JOIN reports USING (report) WHERE outcome = 'fail' GROUP BY ALL""",
    "an indicator by level and year": "SELECT level, year, avg(full_rate) FROM indicators GROUP BY ALL",
    "one organ's cells": "SELECT * FROM long WHERE code = '320813' AND organ_name LIKE '%教育局'",
}


def main() -> None:
    """Measure and print; seconds of processor time, which other work on the machine changes little."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make(f"{folder}/corpus", options.reports)
        rows = _measure(Path(folder), options.runs)
    table = "\n".join(
        [
            f"{options.reports:,} reports; Python {platform.python_version()}, {os.cpu_count()} cores, processor time "
            f"(of all threads); load average {os.getloadavg()[0]:.1f}.",
            "",
            "| what | seconds |",
            "|---|---:|",
            *(f"| {name} | {seconds:.2f} |" for name, seconds in rows),
        ]
    )
    print(table)
    if options.write:
        replace_between(README, "panel", table)


def _measure(folder: Path, runs: int) -> list[tuple[str, float]]:
    corpus = folder / "corpus"
    _opened(corpus).wide()  # the libraries are loaded, and the files in the system's memory
    panel = _opened(corpus)
    rows = [
        ("open, and `reports()`", _median(lambda: corpus, lambda corpus: gk.Panel(corpus).reports(), runs)),
        ("first `wide()`", _median(lambda: _opened(corpus), gk.Panel.wide, runs)),
        ("first `indicators()`", _median(lambda: _opened(corpus), gk.Panel.indicators, runs)),
    ]
    rows += [(f"`sql`: {name}", _median(lambda: panel, partial(_ask, query), runs)) for name, query in QUERIES.items()]
    rows.append(("`long()`, every cell", _median(lambda: panel, gk.Panel.long, 1)))
    for ending in FORMATS:
        seconds = _median(partial(folder.joinpath, f"wide.{ending}"), partial(export, panel), 1)
        rows.append((f"export, wide with indicators, .{ending}", seconds))
    return rows


def _ask(query: str, panel: gk.Panel) -> object:
    return panel.sql(query)


def _opened(corpus: Path) -> gk.Panel:
    panel = gk.Panel(corpus)
    panel.reports()
    return panel


def _median(prepare: Callable[[], T], work: Callable[[T], object], runs: int) -> float:
    """Seconds of `work` on what was prepared for it."""
    times = []
    for _ in range(runs):
        prepared = prepare()
        start = time.process_time()
        work(prepared)
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
