"""`gongkai compare`: two reports side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.app import AsJson, SpokenLanguage, app
from gongkai.cli.output import as_json, plain_errors


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A report's file.", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="B", help="The file to compare with it.", show_default=False)],
    json: AsJson = False,
    language: SpokenLanguage = "zh",
) -> None:
    """Compare two reports: two years of one organ, or two versions of one report. Which of these it is, is told by
    the years; a warning says when the organs differ.

    Shown are the cells that changed, with differences and percentages, and the sentences that were changed, removed or
    added, section by section, with the share of the text that was taken over.

    Examples:

      gongkai compare report_2022.pdf report_2023.pdf

      gongkai compare first.html corrected.html --json > changes.json

    Exit status: 0, or 2 when a file cannot be read or is no such report.
    """
    import gongkai

    with plain_errors():
        comparison = gongkai.compare(gongkai.parse(first), gongkai.parse(second), language)
        if json:
            as_json(comparison.to_dict())
        else:
            from gongkai.cli.compared import show_comparison

            show_comparison(comparison)
