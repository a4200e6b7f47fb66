"""A notebook that has run becomes a web page that fetches nothing, and that of a report runs nothing either."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.formview.html import tag_of
from gongkai.formview.words import words
from gongkai.publish.data import table_files
from gongkai.publish.notebooks import NOTEBOOKS, Notebook

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

    from gongkai.report import Report

_TEMPLATE = "gongkai"


def export_page(executed: NotebookNode, notebook: Notebook, report: Report, language: str) -> str:
    """The page as HTML: the notebook's text and outputs, its code in the background or, for a reader's page, left out.

    The page's title names the organ, the year and the notebook; it links to the other pages and to the data.
    """
    spoken = words(language)
    subject = spoken.text("subject", organ=report.organ or spoken.text("unknown_organ"), year=report.year or "?")
    pages = [
        {"href": f"{other.name}.html", "title": other.title(language), "current": other == notebook}
        for other in NOTEBOOKS
    ]
    return _page(executed, notebook, language, subject=subject, pages=pages, data=table_files())


def export_panel_page(executed: NotebookNode, notebook: Notebook, name: str, language: str) -> str:
    """The page of a panel, called `name`. The library of its tables is in it and may run; it, too, fetches nothing."""
    return _page(executed, notebook, language, subject=name, scripts=True)


def _page(executed: NotebookNode, notebook: Notebook, language: str, *, subject: str, **about: Any) -> str:
    import gongkai

    known = {
        "lang": tag_of(language),
        "version": gongkai.__version__,
        "code": notebook.code,
        "subject": subject,
        "title": f"{subject} · {notebook.title(language)}",
        "data_label": words(language).text("data"),
        "style": _folder().joinpath(_TEMPLATE, "page.css").read_text(encoding="utf-8"),
        **about,
    }
    page, _ = _exporter(notebook.code).from_notebook_node(_for_readers(executed), resources={"gongkai": known})
    return str(page)


def _for_readers(executed: NotebookNode) -> NotebookNode:
    """The notebook without its default parameters, and with those of this run written as a person would."""
    shown = deepcopy(executed)
    shown.cells = [cell for cell in shown.cells if "parameters" not in cell.metadata.get("tags", [])]
    for cell in shown.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            parameters: dict[str, Any] = executed.metadata.papermill.parameters
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    return shown


@cache
def _exporter(code: bool) -> HTMLExporter:
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name=_TEMPLATE,
        extra_template_basedirs=[str(_folder())],
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )


def _folder() -> Path:
    return Path(str(files("gongkai") / "publish" / "template"))
