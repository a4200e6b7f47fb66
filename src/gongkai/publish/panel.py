"""A panel's overview as one web page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from gongkai.corpus.paths import is_local
from gongkai.corpus.store import Store
from gongkai.errors import OutputError, UnreadableFile
from gongkai.publish.notebooks import Desk, Notebook, run_notebook
from gongkai.publish.pages import export_panel_page
from gongkai.wording import Language

PANEL = Notebook("4_panel", "面板", "Panel")
PAGE = f"{PANEL.name}.html"


def publish_panel(panel: str, output: str | Path, language: Language = "zh") -> Path:
    """Write the overview of the panel in the folder or at the URL `panel` into the folder `output`; returns the page.

    A page of an earlier run is replaced only by a complete new one. Raises UnreadableFile when there is no panel,
    OutputError when the page cannot be written, and NotebookError when the notebook broke down.
    """
    store = Store(panel)
    if not store.exists():
        raise UnreadableFile(panel, "holds no corpus; make one with: gongkai run FOLDER --output DIR")
    with _panel_desk(store, language) as place:
        executed = run_notebook(PANEL, place)
    name = store.root.rstrip("/").rpartition("/")[2]
    return _write(Path(output), export_panel_page(executed, PANEL, name, language))


@contextmanager
def _panel_desk(store: Store, language: str) -> Iterator[Desk]:
    """A desk on which the panel lies, as far as it is on this machine, under its own name and nothing of its path."""
    with TemporaryDirectory(prefix="gongkai-") as place:
        folder, sockets = Path(place) / "desk", Path(place) / "sockets"
        (folder / "corpus").mkdir(parents=True)
        sockets.mkdir()
        panel = store.path
        if is_local(store.fs):
            link = folder / "corpus" / Path(store.root).name
            link.symlink_to(store.root, target_is_directory=True)
            panel = link.relative_to(folder).as_posix()
        cleared = Desk(folder, {"panel": panel, "language": language}, sockets)
        try:
            yield cleared
        finally:
            cleared.stop_kernels()


def _write(folder: Path, page: str) -> Path:
    partial = folder / f".{uuid4().hex[:8]}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(page, encoding="utf-8")
        return partial.replace(folder / PAGE)
    except OSError as error:
        raise OutputError(folder, f"cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):
            partial.unlink()
