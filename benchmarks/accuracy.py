"""How well `gk.parse` reads synthetic reports: `python -m benchmarks.accuracy`; `--write` puts it in the README."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.judge import EXACT, IDENTITY, OUTCOMES, Read, Verdict, judge_file
from benchmarks.markers import replace_between
from benchmarks.synthetic.corpus import build
from benchmarks.synthetic.registry import LAYOUTS
from benchmarks.synthetic.truth import CellTruth

README = Path(__file__).with_name("README.md")
_COLUMNS = ("reports", "cells", "exact", *OUTCOMES[1:], *IDENTITY, "placed", "failed")


def main() -> None:
    """Build the corpus, read it, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layout", action="append", choices=sorted(LAYOUTS), help="default: every layout")
    parser.add_argument("--format", action="append", help="only layouts of this format (txt, md, html, docx, pdf)")
    parser.add_argument("--count", type=int, default=100, help="reports for each layout")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the files here (default: a temporary folder)")
    parser.add_argument("--show-silent", action="store_true", help="print every silent error")
    parser.add_argument(
        "--show", action="append", choices=(*OUTCOMES[2:-1], "misplaced"), default=[], help="print such cells as well"
    )
    parser.add_argument(
        "--show-identity", action="store_true", help="print the files whose organ, year or forms are wrong"
    )
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    options = parser.parse_args()
    names = [
        name
        for name, layout in LAYOUTS.items()
        if (not options.layout or name in options.layout) and (not options.format or layout.format in options.format)
    ]
    seeds = range(options.first_seed, options.first_seed + options.count)
    with tempfile.TemporaryDirectory() as temporary:
        verdicts = run(names, seeds, options.folder or Path(temporary), options.jobs)
    show_cells(verdicts, {*options.show, *(["silent"] if options.show_silent else [])})
    if options.show_identity:
        show_identity(verdicts)
    tables = f"{_table('layout', verdicts, lambda verdict: [verdict.layout])}\n\n" + _table(
        "damage", verdicts, lambda verdict: verdict.damages or ["(none)"]
    )
    print(tables)
    if options.write:
        replace_between(README, "accuracy", tables)


def run(names: Sequence[str], seeds: Iterable[int], folder: Path, jobs: int) -> list[Verdict]:
    """Build and judge; the verdicts in the order of layouts and seeds."""
    samples = build(names, seeds, folder)
    if jobs == 1:
        return [judge_file(sample) for sample in samples]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(judge_file, samples, chunksize=8))


def show_cells(verdicts: Iterable[Verdict], outcomes: Collection[str]) -> None:
    """Every cell with one of these outcomes: file, damages, id, truth and reading; and every file that failed."""
    for verdict in verdicts:
        name = f"{verdict.path} [{','.join(verdict.damages)}]"
        if verdict.error:
            print(f"{name} {verdict.error}")
        for cell in verdict.wrong:
            if cell.outcome in outcomes:
                print(f"{name} {cell.outcome} {cell.id}: printed {_printed(cell.truth)}, read {_as_read(cell.read)}")


def _printed(truth: CellTruth | None) -> str:
    if truth is None:
        return "on another form"
    return f"{truth.raw!r} ({truth.status}{', unplaceable' if truth.uncertain else ''})"


def _as_read(read: Read) -> str:
    return f"{read.raw!r} ({read.status}{', ' + read.flags if read.flags else ''}) {read.value}"


def show_identity(verdicts: Iterable[Verdict]) -> None:
    """The files whose organ, year or forms are wrong."""
    for verdict in verdicts:
        for what in IDENTITY if not verdict.error else ():
            if not verdict.identified(what):
                printed, read = verdict.identity[what]
                print(f"{verdict.path} [{','.join(verdict.damages)}] {what}: printed {printed}, read {read!r}")


def _table(title: str, verdicts: Iterable[Verdict], keys: Callable[[Verdict], Iterable[str]]) -> str:
    """Verdicts by key as a Markdown table, with a row for all of them."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    verdicts = list(verdicts)
    for verdict in verdicts:
        for key in keys(verdict):
            groups[key].append(verdict)
    rows = [*groups.items(), ("**all**", verdicts)]
    lines = [f"| {title} | {' | '.join(_COLUMNS)} |", f"|---|{'---:|' * len(_COLUMNS)}"]
    lines += [f"| {name} | {' | '.join(_figures(group))} |" for name, group in rows]
    return "\n".join(lines)


def _figures(group: list[Verdict]) -> list[str]:
    cells: Counter[str] = sum((verdict.cells for verdict in group), Counter())
    placed: Counter[bool] = sum((verdict.placed for verdict in group), Counter())
    total = cells.total() - cells["unplaceable"]
    return [
        str(len(group)),
        str(total),
        _percent(sum(cells[outcome] for outcome in EXACT), total),
        *(str(cells[outcome]) for outcome in OUTCOMES[1:]),
        *(_percent(sum(verdict.identified(what) for verdict in group), len(group)) for what in IDENTITY),
        _percent(placed[True], placed.total()),
        str(sum(bool(verdict.error) for verdict in group)),
    ]


def _percent(part: int, whole: int) -> str:
    """Rounded down, so that 100 % means every one."""
    return f"{int(part / whole * 10000) / 100:.2f} %" if whole else "–"


if __name__ == "__main__":
    main()
