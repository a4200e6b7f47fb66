"""The PDF reader beside other table finders, on the same files in one run: `python -m benchmarks.pdf_speed`.

Every program is measured in a process of its own on one core: processor time for tables and text of every file (the
best of several rounds), peak memory, and what the same parser makes of the tables that the program found.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.judge import NOT_READ, Read, judge_cell
from benchmarks.markers import replace_between
from benchmarks.synthetic.corpus import Sample, build
from benchmarks.synthetic.registry import LAYOUTS

README = Path(__file__).with_name("README.md")
ROUNDS = 3
LONG = 300  # pages of the file that memory is measured on
TOO_SLOW = ("PyMuPDF", "Camelot")  # for the long file
LONG_ENOUGH = 1.0  # seconds, after which a time is not taken again

Rows = list[list[str | None]]


class Table(NamedTuple):
    """A table as a program found it: None where a cell goes on."""

    page: int
    top: float
    bottom: float
    rows: Rows


@dataclass(slots=True)
class Result:
    """What a program did with all files."""

    name: str
    seconds: float = 0.0
    megabytes: float = 0.0
    cells: Counter[str] = field(default_factory=Counter)
    time_of: dict[str, float] = field(default_factory=dict)  # by layout
    rows_of: dict[str, Counter[tuple[str, ...]]] = field(default_factory=dict)


def gongkai_tables(path: Path) -> list[Table]:
    from gongkai.document import Grid
    from gongkai.readers.pdf import read

    tables = []
    for grid in read(path).blocks:
        if isinstance(grid, Grid):
            rows = max(cell.row + cell.rowspan for cell in grid.cells)
            columns = max(cell.column + cell.colspan for cell in grid.cells)
            matrix: Rows = [[None] * columns for _ in range(rows)]
            for cell in grid.cells:
                matrix[cell.row][cell.column] = cell.text
            tables.append(Table(grid.place.page or 0, grid.place.top or 0.0, grid.place.bottom or 0.0, matrix))
    return tables


def pdfplumber_tables(path: Path) -> list[Table]:
    import pdfplumber

    tables = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = [(table.bbox, table.extract()) for table in page.find_tables()]
            page.extract_text()
            tables += [Table(page.page_number, box[1], box[3], rows) for box, rows in found]
            page.close()
    return tables


def pymupdf_tables(path: Path) -> list[Table]:
    import pymupdf

    tables = []
    with pymupdf.open(path) as pdf:
        for number, page in enumerate(pdf, start=1):
            found = page.find_tables().tables
            page.get_text()
            tables += [Table(number, table.bbox[1], table.bbox[3], table.extract()) for table in found]
    return tables


def camelot_tables(path: Path) -> list[Table]:
    import camelot

    tables = []
    for table in camelot.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True):
        _, bottom, _, top = table._bbox
        height = table.pdf_size[1]
        tables.append(Table(table.page, height - top, height - bottom, table.df.values.tolist()))
    return tables


# The program's name, the module it needs, and how it is called.
PROGRAMS: dict[str, tuple[str, Callable[[Path], list[Table]]]] = {
    "gongkai": ("gongkai", gongkai_tables),
    "pdfplumber": ("pdfplumber", pdfplumber_tables),
    "PyMuPDF": ("pymupdf", pymupdf_tables),
    "Camelot": ("camelot", camelot_tables),
}


def measure(name: str, samples: Sequence[Sample], extra: Sequence[Path], long_file: Path) -> Result:
    """Everything about one program; runs in a process of its own."""
    logging.disable(logging.CRITICAL)
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    find = PROGRAMS[name][1]
    result = Result(name)
    files = [sample.path for sample in samples] + list(extra)
    find(files[0])  # imports
    for path in files:
        seconds, tables = _timed(find, path)
        result.seconds += seconds
        layout = path.name if path in extra else path.parent.name
        result.time_of[layout] = result.time_of.get(layout, 0.0) + seconds
        result.rows_of[layout] = result.rows_of.get(layout, Counter()) + _rows(path, tables)
    if name not in TOO_SLOW:
        find(long_file)
        result.megabytes = _peak_memory()
    for sample in samples:
        result.cells += _judge(name, sample)
    return result


def _timed(find: Callable[[Path], list[Table]], path: Path) -> tuple[float, list[Table]]:
    best = float("inf")
    tables: list[Table] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        tables = find(path)
        best = min(best, time.process_time() - start)
        if best > LONG_ENOUGH:
            break
    return best, tables


def _rows(path: Path, tables: Iterable[Table]) -> Counter[tuple[str, ...]]:
    """Rows of tables of more than one column as the file and the texts in them: without blanks, radicals unified."""
    from gongkai.readers.unify import UNIFIED

    unified = str.maketrans(UNIFIED)
    rows = (row for table in tables if len(table.rows[0]) > 1 for row in table.rows)
    texts = (["".join((cell or "").split()).translate(unified) for cell in row] for row in rows)
    return Counter((path.name, *filter(None, row)) for row in texts)


def _judge(name: str, sample: Sample) -> Counter[str]:
    """What gongkai's parser makes of the tables that the program found."""
    from gongkai import NotAReport
    from gongkai.parsing import from_document, parse

    try:
        if name == "gongkai":
            report = parse(sample.path)
        else:
            report = from_document(_document(sample.path, PROGRAMS[name][1](sample.path)), sample.path)
    except NotAReport:
        return Counter({"absent": len(sample.truth.cells)})
    cells = report.cells.astype(object).where(report.cells.notna(), None).to_dict("records")
    reads = {row["id"]: Read(row["value"], row["status"], row["raw"], row["flags"]) for row in cells}
    return Counter(judge_cell(cell, reads.get(id, NOT_READ)) for id, cell in sample.truth.cells.items())


def _document(path: Path, tables: Sequence[Table]) -> Any:
    """The tables between the lines of text around them, which pdfplumber gives to every program alike."""
    import pdfplumber

    from gongkai.document import Block, Document, Grid, Paragraph, Place

    placed: list[tuple[tuple[int, float], Block]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for line in page.extract_text_lines(return_chars=False):
                middle = (line["top"] + line["bottom"]) / 2
                number = page.page_number
                if not any(table.page == number and table.top <= middle < table.bottom for table in tables):
                    place = Place(number, line["x0"], line["top"], line["x1"], line["bottom"])
                    placed.append(((number, middle), Paragraph(line["text"], place)))
    for table in tables:
        grid = Grid(tuple(_cells(table)), "ruled", Place(table.page, 0, table.top, 0, table.bottom))
        placed.append(((table.page, table.top), grid))
    placed.sort(key=lambda item: item[0])
    return Document(path.name, "pdf", [block for _, block in placed], wrapped=True)


def _cells(table: Table) -> Iterator[Any]:
    from gongkai.document import Cell, Place

    for r, row in enumerate(table.rows):
        starts = [c for c, text in enumerate(row) if text is not None]
        for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
            yield Cell(row[start] or "", r, start, 1, end - start, Place(table.page, 0, table.top, 0, table.bottom))


def _peak_memory() -> float:
    """Megabytes that this process had at most; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1_048_576)


def lengthened(path: Path, target: Path) -> Path:
    """A PDF of LONG pages, those of `path` over and over."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(path) as source, pdfium.PdfDocument.new() as long:
        long.import_pages(source, pages=[i % len(source) for i in range(LONG)])
        long.save(target)
    return target


def programs_table(results: Sequence[Result], pages: int) -> str:
    """The programs side by side, times held against pdfplumber's."""
    base = next(result for result in results if result.name == "pdfplumber")
    lines = [
        f"| program | ms a page | times as fast | MB for {LONG} pages | exact | flagged | silent | absent |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for result in results:
        total = sum(result.cells.values()) or 1
        exact = result.cells["right"] + result.cells["doubted"] + result.cells["status"]
        shares = [exact, *(result.cells[outcome] for outcome in ("flagged", "silent", "absent"))]
        cells = [
            f"{result.seconds / pages * 1000:.1f}",
            f"{base.seconds / result.seconds:.1f}",
            f"{result.megabytes:.0f}" if result.megabytes else "–",
            *(f"{share / total:.2%}" for share in shares),
        ]
        lines.append(f"| {result.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def layouts_table(ours: Result, base: Result) -> str:
    """gongkai against pdfplumber by layout: time, and how many of pdfplumber's rows gongkai has as well."""
    lines = ["| file | times as fast as pdfplumber | pdfplumber's rows | the same |", "|---|---:|---:|---:|"]
    for layout, rows in base.rows_of.items():
        same = (rows & ours.rows_of[layout]).total()
        ratio = base.time_of[layout] / ours.time_of[layout]
        lines.append(f"| {layout} | {ratio:.1f} | {rows.total()} | {same} |")
    return "\n".join(lines)


def main() -> None:
    """Make the files, measure every program that is installed, print the table."""
    import pypdfium2 as pdfium

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="*", type=Path, help="PDF files of which no truth is known, for speed only")
    parser.add_argument("--count", type=int, default=3, help="reports for each PDF layout")
    parser.add_argument("--program", action="append", choices=list(PROGRAMS), help="default: all that are installed")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    names = options.program or [name for name, (module, _) in PROGRAMS.items() if importlib.util.find_spec(module)]
    layouts = [name for name, layout in LAYOUTS.items() if layout.format == "pdf" and "pictured" not in layout.chain]
    with tempfile.TemporaryDirectory() as folder:
        samples = list(build(layouts, range(options.count), Path(folder)))
        files = [sample.path for sample in samples] + options.file
        long_file = lengthened(files[-1], Path(folder) / "long.pdf")
        pages = sum(len(pdfium.PdfDocument(path)) for path in files)
        results = []
        for name in dict.fromkeys(["gongkai", "pdfplumber", *names]):
            # A fresh process for each, so that its peak of memory is its own.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                results.append(pool.apply(measure, (name, samples, options.file, long_file)))
    text = f"{programs_table(results, pages)}\n\n{layouts_table(results[0], results[1])}"
    print(text)
    if options.write:
        replace_between(README, "pdf", text)


if __name__ == "__main__":
    main()
