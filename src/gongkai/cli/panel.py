"""`gongkai export` and `gongkai codebook`: the corpus for Stata, R, pandas and spreadsheets, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.app import SpokenLanguage, app
from gongkai.cli.output import plain_errors

if TYPE_CHECKING:
    from gongkai.corpus.exports import Format


@app.command()
def export(
    to: Annotated[
        Path,
        typer.Option(
            metavar="FILE-or-FOLDER", help="A file whose ending names the format, or a folder.", show_default=False
        ),
    ],
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="What the run wrote.")] = "data/processed",
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="csv|xlsx|dta|parquet", help="The format in a folder; csv by default."),
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide/--long", help="A row an organ and year, or a row a cell of the form.")
    ] = True,
    indicators: Annotated[
        bool, typer.Option("--indicators/--no-indicators", help="Add the indicators to the wide table.")
    ] = True,
    deduced: Annotated[
        bool, typer.Option("--deduced", help="Beside every cell of the wide table, the value deduced for it (_d).")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Beside every cell of the wide table, what was printed (_s).")
    ] = False,
    flags: Annotated[
        bool, typer.Option("--flags", help="Beside every cell of the wide table, doubts about its reading (_f).")
    ] = False,
    all_reports: Annotated[
        bool, typer.Option("--all", help="Also the reports of an organ and year that are not the preferred one.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom/--no-bom", help="Mark a CSV as UTF-8, so that Excel shows its Chinese.")
    ] = True,
    language: SpokenLanguage = "zh",
) -> None:
    """Write the panel for Stata, R, pandas or a spreadsheet.

    A folder gets the table, the codebook as Markdown and HTML, and not_read.csv with the files that gave no report and
    why. In Stata's files variables and values have labels, and a cell without a number is a missing value that says
    why. In a CSV or a workbook a text that a spreadsheet would take for a formula starts with an apostrophe.

    Examples:

      gongkai export corpus --to panel.dta --language en

      gongkai export corpus --to results --format xlsx

      gongkai export corpus --to cells.parquet --long

    Exit status: 0, or 2 when there is no corpus or the table cannot be written.
    """
    import gongkai
    from gongkai.corpus.exports import FORMATS
    from gongkai.corpus.exports import export as write

    if format is not None and format not in FORMATS:
        raise typer.BadParameter(f"one of {', '.join(FORMATS)}", param_hint="--format")
    chosen: Format | None = next((known for known in FORMATS if known == format), None)
    with plain_errors():
        for path in write(
            gongkai.Panel(folder),
            to,
            chosen,
            "wide" if wide else "long",
            language=language,
            bom=bom,
            preferred=not all_reports,
            status=status,
            flags=flags,
            deduced=deduced,
            indicators=indicators,
        ):
            print(path)


@app.command()
def codebook(
    html: Annotated[bool, typer.Option("--html", help="Print a web page instead of Markdown.")] = False,
    language: SpokenLanguage = "zh",
) -> None:
    """Print the codebook: every variable of the panel, the indicators, and how the forms correspond.

    Examples:

      gongkai codebook > codebook.md

      gongkai codebook --html --language en > codebook.html
    """
    from gongkai.corpus.codebook import codebook as text_of

    typer.echo(text_of(language, html).encode("utf-8"), nl=False)
