"""How well `gk.repair` finds the wrong figure: `python -m benchmarks.localisation`; `--write` puts it in the README."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import gongkai as gk
from benchmarks.markers import replace_between
from benchmarks.synthetic.defects import KINDS
from benchmarks.synthetic.make import make_truth
from benchmarks.synthetic.printing import print_cells
from benchmarks.synthetic.truth import CellTruth, Truth
from gongkai.forms import load_form
from gongkai.report import Report
from gongkai.tables import CELLS, frame

README = Path(__file__).with_name("README.md")
Figures = dict[str, float]
Inject = Callable[[Random, Figures, dict[str, str]], Figures]


def _bound(figures: Figures, forms: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Every cell of the two tables that equations bind, as table, row, column."""
    for table in ("requests", "litigation"):
        for row, column in load_form(forms[table]).tables[table].cells():
            yield table, row.id, column.id


def digit_lost(rng: Random, figures: Figures, forms: dict[str, str]) -> Figures:
    """Of a figure with several digits one was not typed."""
    long = [id for id in map("/".join, _bound(figures, forms)) if figures[id] >= 10]
    if not long:
        return {}
    id = rng.choice(long)
    digits = str(int(figures[id]))
    at = rng.randrange(len(digits))
    return {id: int(digits[:at] + digits[at + 1 :])}


def item_left_out(rng: Random, figures: Figures, forms: dict[str, str]) -> Figures:
    """A total was added up without one of its items."""
    rows = [(table, row, column) for table, row, column in _bound(figures, forms) if column != "total"]
    items = [(f"{table}/{row}/total", figures[f"{table}/{row}/{column}"]) for table, row, column in rows]
    filled = [(total, item) for total, item in items if item]
    if not filled:
        return {}
    total, item = rng.choice(filled)
    return {total: figures[total] - item}


def neighbours_exchanged(rng: Random, figures: Figures, forms: dict[str, str]) -> Figures:
    """A figure stands in the next column, and that column's in its own."""
    cells = list(_bound(figures, forms))
    pairs = [("/".join(one), "/".join(other)) for one, other in pairwise(cells) if one[:2] == other[:2]]
    return _exchanged(rng, figures, pairs)


def rows_exchanged(rng: Random, figures: Figures, forms: dict[str, str]) -> Figures:
    """A figure stands in the row below (in table 四: in the next group), and that row's in its own."""
    pairs = [
        (f"{table}/{one.id}/{column.id}", f"{table}/{other.id}/{column.id}")
        for table in ("requests", "litigation")
        for one, other in pairwise(load_form(forms[table]).tables[table].rows)
        for column in one.columns
    ]
    return _exchanged(rng, figures, pairs)


def printed_neighbours_exchanged(rng: Random, figures: Figures, forms: dict[str, str]) -> Figures:
    """The last figure of a group of table 四 and the first one of the next, which stand side by side in print."""
    rows = load_form(forms["litigation"]).tables["litigation"].rows
    pairs = [
        (f"litigation/{one.id}/{one.columns[-1].id}", f"litigation/{other.id}/{other.columns[0].id}")
        for one, other in pairwise(rows)
    ]
    return _exchanged(rng, figures, pairs)


def _exchanged(rng: Random, figures: Figures, pairs: list[tuple[str, str]]) -> Figures:
    differing = [(one, other) for one, other in pairs if figures[one] != figures[other]]
    if not differing:
        return {}
    one, other = rng.choice(differing)
    return {one: figures[other], other: figures[one]}


EXCHANGES: dict[str, Inject] = {
    kind.__name__: kind for kind in (neighbours_exchanged, rows_exchanged, printed_neighbours_exchanged)
}
DEFECTS: dict[str, Inject] = {
    **{kind.__name__.strip("_"): kind for kind in KINDS},
    **{kind.__name__: kind for kind in (digit_lost, item_left_out)},
    **EXCHANGES,
}


@dataclass(frozen=True, slots=True)
class Case:
    """The wrong cells of one group of cells that equations tie together, and what became of them."""

    kind: str
    cells: int
    contradicted: bool
    named: bool
    first: bool
    certain: bool
    valued: bool
    rows: int


def main() -> None:
    """Inject every kind of defect into many reports, localise, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="reports; each kind of defect is put into every one")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the defects that were not named, or not first")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    cases = [case for seed in seeds for case in run(seed, options.show)]
    tables = f"{_table(cases)}\n\n{_speed(seeds)}"
    print(tables)
    if options.write:
        replace_between(README, "localisation", tables)


def run(seed: int, show: bool = False) -> Iterator[Case]:
    """One report with each kind of defect in turn."""
    truth = make_truth(seed, defects=False)
    for kind, inject in DEFECTS.items():
        changes = inject(Random(f"{kind} {seed}"), dict(truth.figures), truth.forms)
        cells = print_cells(Random(f"printing {seed}"), {**truth.figures, **changes}, truth.forms)
        wrong = [id for id, value in changes.items() if _stays_wrong(truth, cells[id], value)]
        if wrong and len(wrong) == sum(truth.figures[id] != value for id, value in changes.items()):
            yield from _judge(kind, truth, cells, wrong, show)


def _stays_wrong(truth: Truth, cell: CellTruth, value: float) -> bool:
    """Whether the wrong figure is printed: a 0 may be left blank, and a table left out."""
    return truth.figures[cell.id] != value and cell.value is not None and truth.cells[cell.id].status != "absent"


def _judge(kind: str, truth: Truth, cells: dict[str, CellTruth], wrong: list[str], show: bool) -> Iterator[Case]:
    repairs = gk.repair(_report(truth, cells))
    repairs = repairs[repairs["method"] == "localised"].set_index("id")
    groups: dict[str, list[str]] = defaultdict(list)
    for id in wrong:
        # An exchange is one error, even where its two cells break groups of their own.
        groups["" if kind in EXCHANGES else _group(id)].append(id)
    for ids in groups.values():
        concerned = {_group(id) for id in ids}
        rows = repairs[[_group(id) in concerned for id in repairs.index]]
        case = Case(
            kind,
            len(ids),
            contradicted=len(rows) > 0,
            named=set(ids) <= set(rows.index),
            first=set(ids) == set(rows.index[: len(ids)]),
            certain=set(ids) == set(rows.index) and set(rows["certainty"]) == {"likely"},
            valued=all(id in rows.index and rows.loc[id, "proposed"] is not None for id in ids)
            and all((rows.loc[ids, "proposed"] == [truth.figures[id] for id in ids]).fillna(False)),
            rows=len(rows),
        )
        if show and case.contradicted and not case.first:
            wanted = {id: (cells[id].value, truth.figures[id]) for id in ids}
            print(kind, truth.seed, "named" if case.named else "MISSED", wanted, "found", list(rows.index))
        yield case


def _group(id: str) -> str:
    """Table 三 is one group of cells, each row of table 四 another."""
    table, row, _ = id.split("/")
    return table if table == "requests" else f"{table}/{row}"


def _report(truth: Truth, cells: Mapping[str, CellTruth]) -> Report:
    """The report as it must be parsed, tables only."""
    rows = []
    for id, cell in cells.items():
        printed = truth.cells[id].status != "absent"
        table, row, column = id.split("/")
        rows.append(
            {
                "id": id,
                "table": table,
                "row": row,
                "column": column,
                "value": cell.value if printed else None,
                "raw": cell.raw if printed else "",
                "status": cell.status if printed else "absent",
                "note": "",
                "flags": "",
            }
        )
    return Report(source=f"{truth.seed}", cells=frame(rows, CELLS), forms=truth.forms, year=truth.year)


def _table(cases: Iterable[Case]) -> str:
    """Cases by kind of defect as a Markdown table, with a row for all defects of a single cell."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[f"{case.kind}, {'one cell' if case.cells == 1 else 'several cells'}"].append(case)
        if case.cells == 1:
            groups["**all of one cell**"].append(case)
    groups["**all of one cell**"] = groups.pop("**all of one cell**")
    head = ("cases", "hidden", "named", "first", "alone", "value", "rows")
    lines = [f"| defect | {' | '.join(head)} |", f"|---|{'---:|' * len(head)}"]
    lines += [f"| {name} | {' | '.join(_figures(group))} |" for name, group in groups.items()]
    return "\n".join(lines)


def _figures(group: list[Case]) -> list[str]:
    seen = [case for case in group if case.contradicted]
    counts = Counter(name for case in seen for name in ("named", "first", "certain", "valued") if getattr(case, name))
    shares = (f"{counts[name] / max(len(seen), 1):.1%}" for name in ("named", "first", "certain", "valued"))
    rows = sum(case.rows for case in seen) / max(len(seen), 1)
    return [str(len(group)), str(len(group) - len(seen)), *shares, f"{rows:.1f}"]


def _speed(seeds: Iterable[int]) -> str:
    """How many reports one processor deals with in a second: a corpus as it comes, with and without contradictions."""
    truths = [make_truth(seed) for seed in seeds]
    reports = [_report(truth, truth.cells) for truth in truths]
    gk.repair(reports[0])
    seconds: dict[str, list[float]] = {"as they come": [], "consistent": [], "contradictory": []}
    for report in reports:
        start = time.process_time()
        repairs = gk.repair(report)
        taken = time.process_time() - start
        seconds["as they come"].append(taken)
        seconds["contradictory" if "localised" in set(repairs["method"]) else "consistent"].append(taken)
    lines = ["| reports | number | a second | slowest |", "|---|---:|---:|---:|"]
    lines += [
        f"| {name} | {len(times)} | {len(times) / sum(times):.0f} | {max(times) * 1000:.0f} ms |"
        for name, times in seconds.items()
        if times
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
