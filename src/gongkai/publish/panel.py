"""A panel's overview as one web page."""

from __future__ import annotations

from pathlib import Path

from gongkai.corpus.paths import is_local
from gongkai.corpus.store import open_store
from gongkai.publish.folders import whole_file
from gongkai.publish.notebooks import Notebook, new_desk, run_notebook
from gongkai.publish.pages import export_panel_page
from gongkai.wording import Language

PANEL = Notebook("4_panel", "面板", "Panel")
PAGE = f"{PANEL.name}.html"


def publish_panel(panel: str, output: str | Path | None = None, language: Language = "zh") -> str:
    """Write the overview of the panel in the folder or at the URL `panel` into the folder `output`, else beside it;
    returns where the page is.

    A page of an earlier run is replaced only by a complete new one. Raises UnreadableFile when there is no panel,
    OutputError when the page cannot be written, and NotebookError when the notebook broke down.
    """
    store = open_store(panel)
    with new_desk() as place:
        place.parameters.update(panel=place.lay_corpus(store), language=language)
        executed = run_notebook(PANEL, place)
    name = store.root.rstrip("/").rpartition("/")[2]
    page = export_panel_page(executed, PANEL, name, language)
    if output is None and not is_local(store.fs):
        store.write(PAGE, page.encode())
        return f"{panel.rstrip('/')}/{PAGE}"
    file = Path(panel if output is None else output, PAGE)
    with whole_file(file) as path:
        path.write_text(page, encoding="utf-8")
    return str(file)
