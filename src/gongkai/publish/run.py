"""One report from its file to its folder of pages and data."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.publish.data import relative, table_files, write_record, write_tables
from gongkai.publish.folders import RECORD, choose_folder, complete_or_nothing, content_hash
from gongkai.publish.notebooks import NOTEBOOKS, desk, run_notebook
from gongkai.publish.pages import export_page
from gongkai.wording import Language

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.corpus.store import Store
    from gongkai.report import Report

# Reading and checking, the data, and one step a page.
STEPS = 2 + len(NOTEBOOKS)


@dataclass(frozen=True, slots=True)
class Published:
    """A report as it is published: its file, what was found in it, and what it was compared with.

    `previous` is the file of the report of the year before, `corpus` where peers are, and that report when no file is
    given; `before` is that report's name in the corpus.
    """

    file: Path
    language: Language
    report: Report
    findings: pd.DataFrame
    repairs: pd.DataFrame
    previous: Path | None = None
    corpus: Store | None = None
    before: str | None = None


def run_report(
    file: str | Path,
    output: str | Path,
    language: Language = "zh",
    previous: str | Path | None = None,
    on_step: Callable[[str], None] = lambda step: None,
    corpus: str | Path | None = None,
) -> Path:
    """Publish one report and return the folder with its results, a subfolder of `output` called as the file without its
    ending, or a little longer where that is taken.

    The folder gets a page for each notebook (HTML that fetches nothing), `cells`, `findings` and `repairs` as Parquet
    and CSV, and `report.json`. `previous` is the file of the same organ's report of the year before. `corpus` is what
    `gongkai run` wrote (a folder or URL): from it come the organs of the same level and kind with which this one is
    compared, and the report of the year before where no file is given. `on_step` is told what was done, `STEPS` times.

    Raises UnreadableFile or NotAReport for an input that is none, OutputError when the results cannot be written, and
    NotebookError when a notebook broke down; in every case an earlier result stays as it was and nothing new is left.
    """
    work = _read(
        Path(file), language, None if previous is None else Path(previous), None if corpus is None else str(corpus)
    )
    on_step("parse, check, repair")
    folder = choose_folder(Path(output), work.file)
    publish(work, folder, on_step)
    return folder


def publish(work: Published, folder: Path, on_step: Callable[[str], None] = lambda step: None) -> None:
    """Write the pages and the data of a report into `folder`; raises OutputError and NotebookError."""
    tables = {"cells": work.report.cells, "findings": work.findings, "repairs": work.repairs}
    with (
        complete_or_nothing(folder) as partial,
        ThreadPoolExecutor(len(NOTEBOOKS)) as pool,
        # Cleared before the pool waits for its threads, so that an interrupted run ends at once.
        desk(work.file, work.previous, work.language, work.corpus) as place,
    ):
        running = {pool.submit(run_notebook, notebook, place): notebook for notebook in NOTEBOOKS}
        write_tables(partial, tables)
        on_step("data")
        for done in as_completed(running):
            notebook = running[done]
            page = export_page(done.result(), notebook, work.report, work.language)
            (partial / f"{notebook.name}.html").write_text(page, encoding="utf-8")
            on_step(notebook.name)
        write_record(partial, RECORD, work.report, _about(work, folder))


def _read(file: Path, language: Language, previous: Path | None, corpus: str | None) -> Published:
    """Read, check and repair the report."""
    import gongkai
    from gongkai.corpus.store import open_store

    report = gongkai.parse(file)
    before = None if previous is None else gongkai.parse(previous)
    if corpus is not None and previous is None:
        before = gongkai.Panel(corpus).previous(report)
    return Published(
        file,
        language,
        report,
        findings=gongkai.check(report, before, language=language),
        repairs=gongkai.repair(report, language=language),
        previous=previous,
        corpus=None if corpus is None else open_store(corpus),
        before=before.source if before is not None and previous is None else None,
    )


def _about(work: Published, folder: Path) -> dict[str, Any]:
    """What the record says of how the results came about."""
    import gongkai
    from gongkai.corpus.paths import is_local

    corpus = work.corpus and (
        relative(Path(work.corpus.root), folder) if is_local(work.corpus.fs) else work.corpus.path
    )
    return {
        "gongkai": gongkai.__version__,
        "language": work.language,
        "source": relative(work.file, folder),
        "sha256": content_hash(work.file),
        "previous": None if work.previous is None else relative(work.previous, folder),
        "corpus": corpus,
        "previous_in_corpus": work.before,
        "files": [*(f"{notebook.name}.html" for notebook in NOTEBOOKS), *table_files()],
    }
