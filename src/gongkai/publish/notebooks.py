"""The notebooks, run on a report through Papermill, each in a kernel of its own, which is forked where that can be."""

from __future__ import annotations

import logging
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.machinery import all_suffixes
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gongkai.errors import NotebookError
from gongkai.wording import in_language

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from gongkai.corpus.store import Store
    from gongkai.warm.manager import ForkedKernelManager

_CELL_SECONDS = 600
_KERNEL_ARGUMENTS = [
    # What goes wrong in a cell comes back as an error; a kernel's log is no business of the terminal.
    "--IPKernelApp.log_level=CRITICAL",
    # A warning on a page is its message, without the place in gongkai's code on this machine, and what goes to a log is
    # not on it: that a rule broke down is a finding, its traceback names places as well.
    "--IPKernelApp.exec_lines=import logging, warnings; logging.getLogger().addHandler(logging.NullHandler()); "
    "warnings.formatwarning = lambda message, *_, **__: f'{message}\\n'",
]
# What the notebooks import, for reports of every kind; not the recognition of scans, whose libraries start threads.
MODULES = (
    "gongkai.checks",
    "gongkai.evidence",
    "gongkai.formview",
    "gongkai.narrative.figures",
    "gongkai.parsing",
    "gongkai.readers.html",
    "gongkai.readers.pdf",
    "gongkai.readers.text",
    "gongkai.readers.word",
    "gongkai.repairs",
    "matplotlib.backends.backend_agg",
    "opencc",
    "pandas",
    "pdfplumber",
)


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook that is published as a page: its file's name, its title by language, whether its code is shown."""

    name: str
    zh: str
    en: str
    code: bool = True

    def title(self, language: str) -> str:
        return in_language((self.zh, self.en), language)


NOTEBOOKS = (
    Notebook("1_parse", "读取", "As read"),
    Notebook("2_check", "检查", "Checks"),
    Notebook("3_narrative", "分析", "Analysis", code=False),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with nothing in it but copies of the inputs, and the parameters that name them from there.

    Kernels work here: no path of this machine gets into a page, and nothing that lies beside a report can be imported.
    When the desk is cleared they are stopped, whatever they are doing.
    """

    folder: Path
    parameters: dict[str, str | None]
    sockets: Path
    kernels: list[ForkedKernelManager] = field(default_factory=list)

    def new_kernel(self, name: str) -> ForkedKernelManager:
        """A kernel, not started yet. It is talked to through files where the system can, not through open ports."""
        from gongkai.warm.manager import ForkedKernelManager

        settings = {"transport": "ipc", "ip": str(self.sockets / name)} if os.name == "posix" else {}
        kernel = ForkedKernelManager(kernel_name="python3", modules=list(MODULES), **settings)
        self.kernels.append(kernel)
        return kernel

    def lay_corpus(self, store: Store, where: str = "corpus") -> str:
        """What kernels can call a corpus: its URL, or on this machine a link in the folder `where`, as seen from the
        desk, which has the corpus's own name and nothing of its path."""
        from gongkai.corpus.paths import is_local

        if not is_local(store.fs):
            return store.path
        link = self.folder / where / Path(store.root).name
        link.parent.mkdir()
        link.symlink_to(store.root, target_is_directory=True)
        return f"{where}/{link.name}"

    def stop_kernels(self) -> None:
        """Kill the kernels that still run; the threads that wait for them then end with an error."""
        from jupyter_core.utils import run_sync

        for kernel in self.kernels:
            if kernel.has_kernel and kernel.provisioner is not None:
                run_sync(kernel.provisioner.send_signal)(getattr(signal, "SIGKILL", signal.SIGTERM))


@contextmanager
def new_desk() -> Iterator[Desk]:
    """A Desk with nothing on it yet, cleared and removed at the end."""
    with TemporaryDirectory(prefix="gongkai-") as place:
        folder, sockets = Path(place) / "desk", Path(place) / "sockets"
        folder.mkdir()
        sockets.mkdir()
        cleared = Desk(folder, {}, sockets)
        try:
            yield cleared
        finally:
            cleared.stop_kernels()


@contextmanager
def desk(file: Path, previous: Path | None, language: str, corpus: Store | None = None) -> Iterator[Desk]:
    """A Desk for one report, removed at the end."""
    with new_desk() as place:
        place.parameters.update(report=_copy(file, place.folder).name, language=language, previous=None, corpus=None)
        if previous is not None:
            before = place.folder.with_name("previous")
            before.mkdir()
            place.parameters["previous"] = f"../previous/{_copy(previous, before).name}"
        if corpus is not None:
            place.parameters["corpus"] = place.lay_corpus(corpus, "../corpus")
        yield place


def run_notebook(notebook: Notebook, desk: Desk) -> NotebookNode:
    """Run one notebook and return it with its outputs; raises NotebookError, naming the cell's error."""
    import nbformat
    import papermill
    from jupyter_core.utils import run_sync
    from papermill.exceptions import PapermillException, PapermillExecutionError

    from gongkai.warm import ENGINE

    # Errors are raised; without a handler Python would print the log of them as well.
    logging.getLogger("papermill").addHandler(logging.NullHandler())
    with _file_of(notebook) as path:
        source = nbformat.read(path, as_version=4)
    kernel = desk.new_kernel(notebook.name)
    try:
        executed: NotebookNode = papermill.execute_notebook(
            source,
            None,
            desk.parameters,
            progress_bar=False,
            execution_timeout=_CELL_SECONDS,
            # Papermill's own `cwd` changes the directory of the whole process, which threads share.
            resources={"metadata": {"path": str(desk.folder)}},
            engine_name=ENGINE,
            km=kernel,
            extra_arguments=_KERNEL_ARGUMENTS,
        )
    except PapermillExecutionError as error:
        raise NotebookError(notebook.name, f"{error.ename}: {error.evalue}") from error
    except (PapermillException, RuntimeError, TimeoutError) as error:
        raise NotebookError(notebook.name, f"{type(error).__name__}: {error}") from error
    finally:
        run_sync(kernel.shutdown_kernel)(now=True)
    return executed


def _copy(file: Path, folder: Path) -> Path:
    # A kernel could take a report with such a name for one of its own modules.
    name = f"{file.name}.txt" if file.name.endswith(tuple(all_suffixes())) else file.name
    return Path(shutil.copyfile(file, folder / name))


@contextmanager
def _file_of(notebook: Notebook) -> Iterator[Path]:
    """The notebook's file: in the installed package, or in the source tree from which the package is run."""
    packaged = files("gongkai") / "notebooks" / f"{notebook.name}.ipynb"
    if packaged.is_file():
        with as_file(packaged) as path:
            yield path
    else:
        yield Path(__file__).parents[3] / "notebooks" / f"{notebook.name}.ipynb"
