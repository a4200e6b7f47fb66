"""`gongkai run`: a folder of reports becomes a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.app import SpokenLanguage, app
from gongkai.cli.output import INTERRUPTED, clean, complain, plain_errors, stop_as_if_interrupted

if TYPE_CHECKING:
    from gongkai.corpus.run import Summary

_FAILURES_SHOWN = 10


@app.command()
def run(
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help="The folder with the reports.")] = "data/raw",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="Where the panel and the ledger go.")
    ] = "data/processed",
    notebooks: Annotated[
        bool,
        typer.Option("--notebooks/--no-notebooks", help="Also make the web pages of every report; takes far longer."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many files are worked on at a time; one a processor by default.", show_default=False
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="tcp://…", help="The Dask scheduler whose workers do the work.", show_default=False),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="What one file may take.")] = 300,
    memory_limit: Annotated[int, typer.Option(min=200, metavar="MB", help="What one file may take.")] = 3000,
    retry: Annotated[
        bool, typer.Option("--retry", help="Work again on files that failed, for instance after an installation.")
    ] = False,
    language: SpokenLanguage = "zh",
) -> None:
    """Read, check and repair every report in a folder and its sub-folders, and gather them in a panel.

    Only files that are new or changed are worked on, or all when gongkai or the language changed. Each is worked on by
    itself: one that hangs, breaks down or takes too much memory is recorded with the reason and costs no other. A run
    can be stopped at any time; the same command goes on where it was. Left out are hidden files and what gongkai itself
    wrote. The pages of --notebooks compare a report with no other; `gongkai report FILE --corpus DIR` makes those that
    do, once the run is complete. DIR/summary.md says what was done, which files failed and why.

    FOLDER and DIR may be URLs that fsspec knows, such as s3://bucket/reports, where its package for them is installed.

    Examples:

      gongkai run reports --output corpus

      gongkai run s3://bucket/reports --output s3://bucket/corpus --scheduler tcp://10.0.0.5:8786

    Exit status: 0 when the run is complete, whatever the files; 2 when it cannot start or go on; 130 when interrupted.
    """
    from gongkai.cli.progress import FilesDone
    from gongkai.corpus.run import Limits
    from gongkai.corpus.run import run as run_corpus

    stop_as_if_interrupted()
    try:
        with plain_errors(), FilesDone() as progress:
            summary = run_corpus(
                folder,
                output,
                language=language,
                pages=notebooks,
                workers=workers,
                scheduler=scheduler,
                limits=Limits(time_limit, memory_limit),
                retry=retry,
                on_progress=progress.show,
            )
    except KeyboardInterrupt:
        complain(f"interrupted; what was done is kept in {output}, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None
    _show(summary)


def _show(summary: Summary) -> None:
    """Print what a run did."""
    print(f"{summary.files:,} files worked on, {summary.plan.unchanged:,} unchanged, in {summary.seconds:,.1f} s")
    for status, count in summary.counts.most_common():
        print(f"  {status:14}{count:>10,}")
    for file, status, reason in summary.failures[:_FAILURES_SHOWN]:
        print(f"    {clean(file)}: {status}, {clean(reason)}")
    if len(summary.failures) > _FAILURES_SHOWN:
        print(f"    … and {len(summary.failures) - _FAILURES_SHOWN:,} more")
    print(Path(summary.output) / "summary.md" if "://" not in summary.output else f"{summary.output}/summary.md")
