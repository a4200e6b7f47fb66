"""`gongkai panel`: the overview of a corpus as a web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.app import SpokenLanguage, app
from gongkai.cli.output import plain_errors


@app.command()
def panel(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder, or the URL, that gongkai run wrote to.")
    ] = "data/processed",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where the page goes; DIR itself by default."),
    ] = None,
    language: SpokenLanguage = "zh",
) -> None:
    """Publish the overview of a corpus as one web page, 4_panel.html.

    It shows which organs and years there are, how the figures are spread and how they change, outcomes by level and
    kind of organ, the quality of the data, and the most copied texts, with tables to search and sort.

    Examples:

      gongkai panel data/processed

      gongkai panel s3://bucket/corpus --output . --language en

    Exit status: 0, or 2 when there is no corpus or the page could not be written.
    """
    from gongkai.publish.panel import publish_panel

    with plain_errors():
        print(publish_panel(folder, output, language))
