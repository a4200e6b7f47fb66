"""The explorer's controls, and what they do."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import ipywidgets as ui
from IPython.display import HTML, DisplayHandle, display

from gongkai.errors import FileError, UnreadableFile
from gongkai.explore.views import Case, open_case
from gongkai.forms import Row, load_form
from gongkai.formview.html import element, framed
from gongkai.formview.layout import section_titles
from gongkai.formview.words import words
from gongkai.tables import OUTCOMES, SEVERITIES
from gongkai.wording import Language

_AREAS = ("cell", "findings", "form")
_KEPT = 16
_count = count()


class _Controls(ui.VBox):  # type: ignore[misc]
    """Controls that say, where they cannot be shown, what would be there."""

    text = ""

    def __repr__(self) -> str:
        return self.text


class Explorer:
    """Reports under `folder`, one at a time, beginning with the file `report` (its path in the folder) or the first.

    `language` is "zh" or "en". Raises UnreadableFile when the folder has no such file.
    """

    def __init__(self, folder: str, report: str | None = None, language: Language = "zh") -> None:
        self.language = language
        self._spoken = words(language)
        self._folder = Path(folder)
        self.files = [path.relative_to(self._folder).as_posix() for path in _files(self._folder)]
        if not self.files or (report is not None and report not in self.files):
            raise UnreadableFile(self._folder / (report or ""), self._spoken.text("no_file"))
        self._open = lru_cache(maxsize=_KEPT)(lambda file: open_case(self._folder / file, language))
        self._case: Case | None = None
        self._areas: dict[str, DisplayHandle] = {}
        self._make_controls(report or self.files[0])
        self._load()

    def show(self) -> None:
        """Display the controls, and below them the chosen cell, the chosen findings and the form."""
        display(self.controls)
        for name in _AREAS:
            self._areas[name] = DisplayHandle()
            self._areas[name].display(HTML(self.html(name)))

    def html(self, area: str) -> str:
        """What stands in an area now: `cell`, `findings` or `form`; in the first, why there is no report if so."""
        if self._case is None:
            return self._problem if area == _AREAS[0] else ""
        if area == "form":
            return self._case.form()
        if area == "cell":
            return self._case.cell(self.cell)
        return self._case.choose(self.outcome.value, self.severity.value, self.rule.value or None)

    @property
    def cell(self) -> str:
        """The id of the chosen cell."""
        return f"{self.table.value}/{self.row.value}/{self.column.value}"

    def _make_controls(self, file: str) -> None:
        self.report = ui.Dropdown(value=file, options=self.files, layout={"width": "36em"})
        self.table, self.row, self.column, self.rule = (ui.Dropdown() for _ in range(4))
        self.outcome = self._several("outcome", OUTCOMES, ["fail"])
        self.severity = self._several("severity", SEVERITIES, SEVERITIES)
        for name in ("report", "table", "row", "column", "rule"):
            getattr(self, name).description = self._spoken.get("field", name)
        cell, findings = [self.table, self.row, self.column], [self.outcome, self.severity, self.rule]
        # Counted, so that a notebook that runs again holds the same.
        name = f"gongkai-explorer-{next(_count)}"
        self.controls = _Controls([self.report, ui.HBox(cell), ui.HBox(findings)], model_id=name)
        self.controls.text = self._spoken.text("controls")
        self.report.observe(lambda _: self._load(), "value")
        self.table.observe(lambda _: self._fill_rows(), "value")
        self.row.observe(lambda _: self._fill_columns(), "value")
        self.column.observe(lambda _: self._update("cell"), "value")
        for one in (self.outcome, self.severity, self.rule):
            one.observe(lambda _: self._update("findings"), "value")

    def _several(self, name: str, values: tuple[str, ...], chosen: Any) -> ui.SelectMultiple:
        options = [(self._spoken.get(name, value), value) for value in values]
        return ui.SelectMultiple(
            options=options, value=list(chosen), rows=len(options), description=self._spoken.get("field", name)
        )

    def _load(self) -> None:
        """Open the chosen report and offer what it has."""
        try:
            self._case = self._open(self.report.value)
        except FileError as error:
            self._case = None
            # Its path is that of this machine; the report's name stands in the control.
            self._problem = framed(element("p", error.reason), language="en")
        else:
            self._fill(self._case)
        self._update(*_AREAS)

    def _fill(self, case: Case) -> None:
        table, row, column = case.first_cell.split("/")
        forms = case.report.forms
        titles = [(section_titles(load_form(form), self.language)[id], id) for id, form in forms.items()]
        self.table.options, self.table.value = titles, table
        self._fill_rows()
        self.row.value, self.column.value = row, column
        self.rule.options = [(self._spoken.text("all"), ""), *case.rules().items()]
        self.rule.value = ""

    def _fill_rows(self) -> None:
        if self._case is not None and self.table.value is not None:
            names = self._case.names
            self.row.options = [(names.row(row), row.id) for row in self._case.report.table(self.table.value).rows]
            self._fill_columns()

    def _fill_columns(self) -> None:
        if self._case is not None and self.row.value is not None:
            names = self._case.names
            row: Row = self._case.report.table(self.table.value).row(self.row.value)
            kept = self.column.value
            self.column.options = [(names.column(column), column.id) for column in row.columns]
            if kept in {column.id for column in row.columns}:
                self.column.value = kept
            self._update("cell")

    def _update(self, *areas: str) -> None:
        for area in areas:
            if area in self._areas:
                self._areas[area].update(HTML(self.html(area)))


def _files(folder: Path) -> list[Path]:
    """The files under a folder, without hidden ones."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
