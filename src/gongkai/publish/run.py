"""One report from its file to its folder of pages and data."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from gongkai.publish.data import relative, table_files, write_record, write_tables
from gongkai.publish.folders import RECORD, choose_folder, complete_or_nothing, content_hash
from gongkai.publish.notebooks import NOTEBOOKS, desk, run_notebook
from gongkai.publish.pages import export_page
from gongkai.wording import Language

# Reading and checking, the data, and one step a page.
STEPS = 2 + len(NOTEBOOKS)


def run_report(
    file: str | Path,
    output: str | Path,
    language: Language = "zh",
    previous: str | Path | None = None,
    on_step: Callable[[str], None] = lambda step: None,
    name: str | None = None,
) -> Path:
    """Publish one report and return the folder with its results, a subfolder of `output`.

    The subfolder is called `name`, by default as the file without its ending, or a little longer where that is taken.

    The folder gets a page for each notebook (HTML that fetches nothing), `cells`, `findings` and `repairs` as Parquet
    and CSV, and `report.json`. `previous` is the file of the same organ's report of the year before. `on_step` is told
    what was done, `STEPS` times.

    Raises UnreadableFile or NotAReport for an input that is none, OutputError when the results cannot be written, and
    NotebookError when a notebook broke down; in every case an earlier result stays as it was and nothing new is left.
    """
    import gongkai

    file, output, previous = Path(file), Path(output), None if previous is None else Path(previous)
    report = gongkai.parse(file)
    before = None if previous is None else gongkai.parse(previous)
    findings = gongkai.check(report, before, language=language)
    tables = {"cells": report.cells, "findings": findings, "repairs": gongkai.repair(report, language=language)}
    on_step("parse, check, repair")
    folder = choose_folder(output, file) if name is None else output / name
    with (
        complete_or_nothing(folder) as partial,
        ThreadPoolExecutor(len(NOTEBOOKS)) as pool,
        # Cleared before the pool waits for its threads, so that an interrupted run ends at once.
        desk(file, previous, language) as place,
    ):
        running = {pool.submit(run_notebook, notebook, place): notebook for notebook in NOTEBOOKS}
        write_tables(partial, tables)
        on_step("data")
        for done in as_completed(running):
            notebook = running[done]
            page = export_page(done.result(), notebook, report, language)
            (partial / f"{notebook.name}.html").write_text(page, encoding="utf-8")
            on_step(notebook.name)
        about = {
            "gongkai": gongkai.__version__,
            "language": language,
            "source": relative(file, folder),
            "sha256": content_hash(file),
            "previous": None if previous is None else relative(previous, folder),
            "files": [*(f"{notebook.name}.html" for notebook in NOTEBOOKS), *table_files()],
        }
        write_record(partial, RECORD, report, about)
    return folder
