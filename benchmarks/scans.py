"""Scans read with gongkai, and with plain RapidOCR on whole pages and the same alignment to the form.

`python -m benchmarks.scans` prints the tables; `--write` puts them in SCANS.md. Processor time is counted, with one
thread for each program, since a shared machine's clock tells little.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import gongkai as gk
from benchmarks.judge import EXACT, NOT_READ, OUTCOMES, Read, judge_cell
from benchmarks.markers import replace_between
from benchmarks.synthetic.corpus import Sample, build
from benchmarks.synthetic.layouts import scanned  # noqa: F401  (scans become layouts)
from benchmarks.synthetic.scanning import SCANNERS
from gongkai.document import Document
from gongkai.parsing import from_document
from gongkai.readers.pdf.layout import blocks_of
from gongkai.readers.pdf.page import Char, Page
from gongkai.readers.scan.picture import Shot
from gongkai.readers.scan.sources import shot_of_pdf_page, shots_of
from gongkai.report import Report

RESULTS = Path(__file__).with_name("SCANS.md")
_COLUMNS = ("reports", "cells", "exact", *OUTCOMES[1:-1], "failed", "s a page", "worse")
_MOST_PAGES = 100


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
    parser.add_argument("--plain", type=int, default=3, help="how many of them plain RapidOCR reads as well")
    parser.add_argument("--first-seed", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the files here (default: a temporary folder)")
    parser.add_argument("--show", action="append", choices=OUTCOMES, default=[], help="print such cells")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/SCANS.md")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(options.jobs) as pool:
        samples = list(build(options.kind or sorted(SCANNERS), seeds, options.folder or Path(temporary)))
        some = [sample for i, sample in enumerate(samples) if i % options.count < options.plain]
        results = list(pool.map(partial(run, "gongkai"), samples)) + list(pool.map(partial(run, "RapidOCR"), some))
    for result in results:
        if result.error:
            print(f"{result.path} {result.program}: {result.error}")
        for line in result.wrong:
            if any(f" {name} " in line for name in options.show):
                print(line)
    table = _table(results)
    print(table)
    if options.write:
        replace_between(RESULTS, "scans", table)


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


def shots(path: Path) -> Iterator[Shot]:
    """The pages of a scan as pictures."""
    if path.suffix != ".pdf":
        yield from shots_of(path, _MOST_PAGES)
        return
    import pypdfium2 as pdfium

    for index, page in enumerate(pdfium.PdfDocument(path)):
        yield shot_of_pdf_page(page, index + 1)


def read_plainly(path: Path) -> Report:
    """The report in what RapidOCR finds on whole pages; its boxes become lines and columns as those of a PDF do."""
    document = Document(path.name, "scan", wrapped=True)
    for shot in shots(path):
        height, width = (side * 72 / shot.dpi for side in shot.picture.shape[:2])
        page = Page(shot.number, width, height, chars=list(_boxes(shot)))
        document.blocks += blocks_of(page)
    return from_document(document, path)


def _boxes(shot: Shot) -> Iterator[Char]:
    found = _rapidocr()(shot.picture)
    if found.txts is None:
        return
    for text, corners in zip(found.txts, found.boxes, strict=True):
        (x0, top), (x1, bottom) = corners.min(axis=0) * 72 / shot.dpi, corners.max(axis=0) * 72 / shot.dpi
        yield Char(text, x0, top, x1, bottom, bottom, bottom - top)


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{name}_op_num_threads": 1 for name in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **threads})


_PROGRAMS: dict[str, Callable[[Path], Report]] = {"gongkai": gk.parse, "RapidOCR": read_plainly}


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
