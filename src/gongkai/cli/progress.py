"""How far a run of reports has come, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from gongkai.cli.output import clean


class Steps:
    """A progress bar over all steps of all reports. Only stderr shows it; stdout gets the finished folders."""

    def __init__(self, reports: int, steps: int) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            # A redirected stdout must get its lines even while stderr shows the bar.
            redirect_stdout=sys.stdout.isatty(),
        )
        self._steps = steps
        self._task = self._progress.add_task("", total=reports * steps)
        self._name = ""

    def __enter__(self) -> Steps:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    @contextmanager
    def of(self, file: Path) -> Iterator[None]:
        """The steps of one report; however it ends, all of them count as made."""
        self._name = escape(clean(file.name))
        goal = self._progress.tasks[0].completed + self._steps
        self._progress.update(self._task, description=self._name)
        try:
            yield
        finally:
            self._progress.update(self._task, completed=goal)

    def advance(self, step: str) -> None:
        """One step of the report at hand is made."""
        self._progress.update(self._task, advance=1, description=f"{self._name}: {step}")

    def done(self, folder: Path) -> None:
        """Name the folder that a report's results went to."""
        print(folder)
