"""A notebook that has run becomes a web page that fetches nothing and runs nothing."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    import gongkai

    spoken = words(language)
    subject = spoken.text("subject", organ=report.organ or spoken.text("unknown_organ"), year=report.year or "?")
    about = {
        "lang": "zh-CN" if language == "zh" else language,
        "version": gongkai.__version__,
        "code": notebook.code,
        "subject": subject,
        "title": f"{subject} · {notebook.title(language)}",
        "pages": [
            {"href": f"{other.name}.html", "title": other.title(language), "current": other == notebook}
            for other in NOTEBOOKS
        ],
        "data_label": spoken.text("data"),
        "data": table_files(),
        "style": _folder().joinpath(_TEMPLATE, "page.css").read_text(encoding="utf-8"),
    }
    page, _ = _exporter(notebook.code).from_notebook_node(_for_readers(executed), resources={"gongkai": about})
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
