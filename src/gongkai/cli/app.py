"""The commands. Each reads files, calls one or two public functions, and shows what they return."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai import __version__
from gongkai.cli.output import (
    INTERRUPTED,
    UNREADABLE,
    as_json,
    complain,
    plain_errors,
    stop_as_if_interrupted,
    survive_any_terminal,
)
from gongkai.errors import FileError, GongkaiError
from gongkai.wording import Language

if TYPE_CHECKING:
    from gongkai.checks.copying.others import Other
    from gongkai.report import Report

app = typer.Typer(
    name="gongkai",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ReportFile = Annotated[Path, typer.Argument(metavar="FILE", help="The report's file.", show_default=False)]
PreviousFile = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="FILE",
        help="The same organ's report of the year before; the rules that span two years need it.",
        show_default=False,
    ),
]
SpokenLanguage = Annotated[
    Language, typer.Option("--language", "-l", help="Language of labels and messages; the report's own text stays.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON (UTF-8) instead of tables.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongkai {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """公开: read, check and explain the annual information-disclosure reports of Chinese government organs
    (政府信息公开工作年度报告).

    gongkai never guesses in silence: what it read with doubt is marked, what it could not read is left out.
    """
    survive_any_terminal()
    warnings.showwarning = lambda message, *_, **__: complain(str(message))


@app.command()
def parse(file: ReportFile, json: AsJson = False, language: SpokenLanguage = "zh") -> None:
    """Read one report and show who reported and every figure of its three tables.

    Examples:

      gongkai parse report.txt

      gongkai parse report.txt --json > report.json

    Exit status: 0, or 2 when the file cannot be read or is no such report.
    """
    with plain_errors():
        report = _read(file)
        if json:
            as_json(report.to_dict())
        else:
            from gongkai.cli.terminal import show_report

            show_report(report, language)


@app.command()
def check(
    file: ReportFile,
    previous: PreviousFile = None,
    corpus: Annotated[
        Path | None,
        typer.Option(
            "--corpus",
            metavar="DIR",
            help="Other organs' reports, to compare the text with: a folder of them, where what is no report is left "
            "out, or what `gongkai run` wrote.",
            show_default=False,
            exists=True,
            file_okay=False,
        ),
    ] = None,
    json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 when any check fails.")] = False,
    language: SpokenLanguage = "zh",
) -> None:
    """Check one report: the form's arithmetic, what must be there, what the text claims; and what can be deduced.

    Examples:

      gongkai check report_2023.txt --previous report_2022.txt

      gongkai check report_2023.txt --corpus county_reports

      gongkai check report_2023.txt --json --language en

    Exit status: 0, or 2 when a file cannot be read or is no such report; with --strict also 1 when a check fails.
    """
    import gongkai
    from gongkai.tables import records

    with plain_errors():
        report = _read(file)
        before = _read(previous) if previous else None
        others = None if corpus is None else _texts(corpus)
        findings = gongkai.check(report, before, language=language, corpus=others)
        repairs = gongkai.repair(report, language=language)
        if json:
            about = {name: value for name, value in report.to_dict().items() if name not in ("cells", "sections")}
            as_json({"report": about, "findings": records(findings), "repairs": records(repairs)})
        else:
            from gongkai.cli.terminal import show_check

            show_check(report, findings, repairs, language)
    if strict and (findings["outcome"] == "fail").any():
        raise typer.Exit(1)


@app.command()
def report(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The reports' files.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where each report gets a folder of its own.")
    ] = Path("data/processed"),
    language: SpokenLanguage = "zh",
    previous: PreviousFile = None,
    corpus: Annotated[
        str | None,
        typer.Option(
            "--corpus",
            metavar="DIR",
            help="What `gongkai run` wrote (a folder or URL): from it come the organs to compare with, of the same "
            "level and kind, and without --previous the report of the year before.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Publish reports: for each a folder with three web pages and the data as Parquet and CSV.

    The pages are the form as it was read, the checks, and an analysis that can be published as it is. A result of an
    earlier run is replaced only by a complete new one; a file that fails does not stop the others.

    Examples:

      gongkai report report_2023.txt

      gongkai report reports/*.txt --output results --language en

      gongkai run reports --output corpus && gongkai report reports/county.txt --corpus corpus

    Exit status: 0, or 2 when any file could not be read or its results could not be written.
    """
    from gongkai.cli.progress import Steps
    from gongkai.publish import STEPS, run_report

    if previous and len(files) > 1:
        raise typer.BadParameter("one report of the year before goes with one report only", param_hint="--previous")
    stop_as_if_interrupted()
    failed = False
    with Steps(len(files), STEPS) as steps:
        for file in files:
            try:
                with steps.of(file):
                    done = run_report(
                        file, output, language=language, previous=previous, on_step=steps.advance, corpus=corpus
                    )
                    steps.done(done)
            except KeyboardInterrupt:
                complain(f"{file}: interrupted; nothing of it was written")
                raise typer.Exit(INTERRUPTED) from None
            except GongkaiError as error:
                failed = True
                names_file = isinstance(error, FileError) and error.path == str(file)
                complain(error if names_file else f"{file}: {error}")
            except Exception as error:
                # A defect in one report's run must not cost the user the others' results.
                failed = True
                complain(f"{file}: unexpected {type(error).__name__}: {error}")
    if failed:
        raise typer.Exit(UNREADABLE)


def _texts(folder: Path) -> Iterator[Other]:
    """The texts of all reports in a folder, or in the corpus that a run wrote there; a file that is none is named on
    stderr."""
    from gongkai.checks.copying.others import Other
    from gongkai.corpus.store import Store

    if Store(str(folder)).exists():
        from gongkai.corpus.panel import Panel

        yield from Panel(folder).others()
        return
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            report = _read(file)
        except FileError as error:
            complain(error)
        else:
            yield Other(report.sections, report.organ, report.year)


def _read(file: Path) -> Report:
    import gongkai

    return gongkai.parse(file)
