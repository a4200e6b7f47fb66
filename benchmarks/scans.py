"""Scans read with gongkai and with other programs (`scan_baselines`), cell by cell.

`python -m benchmarks.scans` prints the tables; `--write` puts them in SCANS.md; with `--results` a long run can be made
in pieces of some seeds each. Processor time is counted, with one thread for each program, since a shared machine's
clock tells little.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import gongkai as gk
from benchmarks.judge import EXACT, NOT_READ, OUTCOMES, Read, judge_cell
from benchmarks.markers import replace_between
from benchmarks.scan_baselines import read_plainly, read_with_img2table, shots
from benchmarks.synthetic.corpus import Sample, build
from benchmarks.synthetic.layouts import scanned  # noqa: F401  (scans become layouts)
from benchmarks.synthetic.scanning import SCANNERS
from gongkai.report import Report

RESULTS = Path(__file__).with_name("SCANS.md")
_COLUMNS = ("reports", "cells", "exact", *OUTCOMES[1:-1], "failed", "s a page", "worse")


@dataclass(slots=True)
class Result:
    """What a program made of a file: the outcome and the reading of every cell, processor time, pages."""

    path: str
    kind: str
    program: str
    outcomes: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0
    error: str = ""


def main() -> None:
    """Make the scans, read them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", choices=sorted(SCANNERS), help="default: every kind")
    parser.add_argument("--count", type=int, default=10, help="reports of each kind")
    parser.add_argument("--program", action="append", choices=_PROGRAMS, help="default: gongkai and RapidOCR")
    parser.add_argument("--few", type=int, default=3, help="how many of them programs other than gongkai read")
    parser.add_argument("--first-seed", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the files here (default: a temporary folder)")
    parser.add_argument("--results", type=Path, help="add the results to this file; the table is of all that it holds")
    parser.add_argument("--show", action="append", choices=OUTCOMES, default=[], help="print such cells")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/SCANS.md")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(options.jobs) as pool:
        samples = list(build(options.kind or sorted(SCANNERS), seeds, options.folder or Path(temporary)))
        few = [sample for i, sample in enumerate(samples) if i % options.count < options.few]
        results = [
            result
            for program in options.program or ("gongkai", "RapidOCR")
            for result in pool.map(partial(run, program), samples if program == "gongkai" else few)
        ]
    for result in results:
        if result.error:
            print(f"{result.path} {result.program}: {result.error}")
        for line in result.wrong:
            if any(f" {name} " in line for name in options.show):
                print(line)
    if options.results:
        results = _with_earlier(results, options.results)
    table = _table(results)
    print(table)
    if options.write:
        replace_between(RESULTS, "scans", table)


def _with_earlier(results: Sequence[Result], path: Path) -> list[Result]:
    """The results added to the file, a line of JSON each, and all that it then holds."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(result), ensure_ascii=False) + "\n" for result in results)
    return [Result(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def run(program: str, sample: Sample) -> Result:
    """Read the file with the program and judge every cell."""
    result = Result(sample.path.name, sample.layout, program)
    result.pages = sum(1 for _ in shots(sample.path))
    start = time.process_time()
    try:
        report = _PROGRAMS[program](sample.path)
    except Exception as error:  # a benchmark counts every failure and names it
        result.error = f"{type(error).__name__}: {error}"
        result.outcomes = dict.fromkeys(sample.truth.cells, "absent")
        return result
    result.seconds = time.process_time() - start
    cells = report.cells.astype(object).where(report.cells.notna(), None)
    reads = {row["id"]: Read(row["value"], row["status"], row["raw"], row["flags"]) for row in cells.to_dict("records")}
    for id, truth in sample.truth.cells.items():
        read = reads.get(id, NOT_READ)
        outcome = result.outcomes[id] = judge_cell(truth, read)
        if outcome not in EXACT:
            result.wrong.append(f"{result.path} {program} {outcome} {id}: printed {truth.raw!r}, read {read.raw!r}")
    return result


_PROGRAMS: dict[str, Callable[[Path], Report]] = {
    "gongkai": gk.parse,
    "RapidOCR": read_plainly,
    "img2table": read_with_img2table,
}


def _table(results: Sequence[Result]) -> str:
    """The results by kind and program as a Markdown table."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        groups[result.kind, result.program].append(result)
    plain = {result.path: result.outcomes for result in results if result.program == "RapidOCR"}
    lines = [f"| scans | program | {' | '.join(_COLUMNS)} |", f"|---|---|{'---:|' * len(_COLUMNS)}"]
    for (kind, program), group in sorted(groups.items()):
        lines.append(f"| {kind} | {program} | {' | '.join(_figures(group, plain))} |")
    return "\n".join(lines)


def _figures(group: Sequence[Result], plain: dict[str, dict[str, str]]) -> Iterable[str]:
    outcomes = Counter(outcome for result in group for outcome in result.outcomes.values())
    exact = sum(outcomes[outcome] for outcome in EXACT)
    worse = sum(
        outcome not in EXACT and plain.get(result.path, {}).get(id) in EXACT
        for result in group
        for id, outcome in result.outcomes.items()
    )
    yield from (str(len(group)), str(outcomes.total()), f"{int(exact / outcomes.total() * 10000) / 100:.2f} %")
    yield from (str(outcomes[outcome]) for outcome in OUTCOMES[1:-1])
    yield str(sum(bool(result.error) for result in group))
    yield f"{sum(result.seconds for result in group) / sum(result.pages for result in group):.2f}"
    yield str(worse)


if __name__ == "__main__":
    main()
