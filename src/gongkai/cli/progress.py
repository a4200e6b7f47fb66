"""How far reports have come: a bar on a terminal, elsewhere nothing or a line now and then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from gongkai.cli.output import clean

if TYPE_CHECKING:
    from gongkai.corpus.run import Progress as Far

# Where stderr is no terminal, a line as often as this says how far a run is.
_SECONDS_A_LINE = 60.0


class _Bar:
    """A bar with one task, on stderr where that is a terminal; `more` are the columns that stand last."""

    def __init__(self, *more: ProgressColumn) -> None:
        console = Console(stderr=True)
        self._shown = console.is_terminal
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            *more,
            console=console,
            disable=not self._shown,
            # A redirected stdout must get its lines even while stderr shows the bar.
            redirect_stdout=sys.stdout.isatty(),
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class Steps(_Bar):
    """A progress bar over all steps of all reports. Only stderr shows it; stdout gets the finished folders."""

    def __init__(self, reports: int, steps: int) -> None:
        super().__init__(TimeElapsedColumn())
        self._steps = steps
        self._task = self._progress.add_task("", total=reports * steps)
        self._name = ""

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


class FilesDone(_Bar):
    """Files done and failed, files an hour, time left: a bar on a terminal, a line a minute where stderr is none."""

    def __init__(self) -> None:
        super().__init__(TextColumn("{task.fields[more]}"), TimeRemainingColumn())
        self._task = self._progress.add_task("looking for new files", total=None, more="")
        self._start: float | None = None  # of the work; files are looked for before
        self._said = monotonic()

    def show(self, far: Far) -> None:
        """Say how far the run is."""
        now = monotonic()
        if self._start is None:
            self._start = now
        an_hour = far.done / max(now - self._start, 1e-3) * 3600
        more = f"{far.failed:,} failed, {an_hour:,.0f} an hour"
        self._progress.update(self._task, description="reports", total=far.total, completed=far.done, more=more)
        if not self._shown and far.done and now - self._said > _SECONDS_A_LINE:
            self._said = now
            left = (far.total - far.done) / an_hour * 60
            print(f"{far.done:,} of {far.total:,} files, {more}, {left:,.0f} minutes left", file=sys.stderr, flush=True)
