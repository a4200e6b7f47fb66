"""`export` writes a table of the panel to a file, or to a folder with its codebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from gongkai.corpus.codebook import codebook
from gongkai.corpus.exports.files import write_csv, write_excel, write_parquet
from gongkai.corpus.exports.outgoing import Outgoing, outgoing
from gongkai.corpus.exports.stata import write_stata
from gongkai.errors import OutputError
from gongkai.publish.data import for_spreadsheets
from gongkai.publish.folders import whole_file
from gongkai.wording import Language

if TYPE_CHECKING:
    from gongkai.corpus.panel import Panel
    from gongkai.corpus.panel.panel import Shape

Format = Literal["csv", "xlsx", "dta", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(
    panel: Panel,
    to: str | os.PathLike[str],
    format: Format | None = None,
    shape: Shape = "wide",
    *,
    language: Language = "zh",
    bom: bool = True,
    indicators: bool = True,
    **options: bool,
) -> list[Path]:
    """Write a table of the panel; the paths that were written are returned.

    `to` is a file whose ending names its format, or a folder: that gets `wide` or `long` as a file of `format` (default
    csv), the codebook as Markdown and HTML, and `not_read.csv`, the files that gave no report and why. `language` is
    that of labels and codebook, `bom` marks a CSV for Excel; `indicators` and the `options` `preferred`, `status`,
    `flags` and `deduced` are those of `Panel.wide`. CSV and Parquet are written in pieces, so that the corpus may be
    larger than memory. A file is written whole or not at all. Raises OutputError, and TableError when the table is at
    fault.
    """
    target = Path(to)
    ending = target.suffix.removeprefix(".").lower()
    folder = target.is_dir() or not ending
    chosen = format or ("csv" if folder else ending)
    if chosen not in FORMATS:
        raise OutputError(target, f"{chosen!r} is no format that a panel is written in; use {', '.join(FORMATS)}")
    if not folder and ending in FORMATS and ending != chosen:
        raise OutputError(target, f"the ending says {ending}, the format {chosen}")
    found = outgoing(panel, shape, indicators=indicators, **options)
    file = target / f"{shape}.{chosen}" if folder else target
    with whole_file(file) as path:
        _writers(language, bom)[chosen](path, found)
    return [file, *_beside(panel, target, language)] if folder else [file]


def _writers(language: Language, bom: bool) -> dict[str, Callable[[Path, Outgoing], None]]:
    return {
        "csv": lambda path, found: write_csv(path, found, bom),
        "xlsx": lambda path, found: write_excel(path, found, language),
        "dta": lambda path, found: write_stata(path, found, language),
        "parquet": write_parquet,
    }


def _beside(panel: Panel, folder: Path, language: Language) -> Iterator[Path]:
    """What a folder gets beside the table."""
    for ending in ("md", "html"):
        file = folder / f"codebook.{ending}"
        with whole_file(file) as path:
            path.write_text(codebook(language, html=ending == "html"), encoding="utf-8")
        yield file
    files = panel.files()
    unread = files.loc[files["status"] != "done", ["file", "status", "reason"]]
    file = folder / "not_read.csv"
    with whole_file(file) as path:
        for_spreadsheets(unread).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    yield file
