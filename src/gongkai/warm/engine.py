"""The engine for Papermill, registered under gongkai.warm.ENGINE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.iorw import write_ipynb
from traitlets.config import Config

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PENDING, _FAILED = NotebookExecutionManager.PENDING, NotebookExecutionManager.FAILED


class ForkedEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, with kernels that are forked from a warm parent."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, output_path: str | None = None, **settings: Any
    ) -> NotebookNode:
        """Run a notebook and return it with its outputs.

        When the run breaks off, because the kernel died for instance, the cell that ran is the one marked as failed,
        and those after it stay pending. Papermill marks them all as completed.
        """
        try:
            executed: NotebookNode = super().execute_notebook(nb, kernel_name, output_path, **settings)
        except BaseException:
            started = [cell for cell in nb.cells if cell.metadata.papermill.start_time]
            for cell in nb.cells[len(started) :]:
                cell.metadata.papermill.status = _PENDING
            for cell in started[-1:]:
                cell.metadata.papermill.update(status=_FAILED, exception=True)
            nb.metadata.papermill.exception = True
            if output_path:
                write_ipynb(nb, output_path)
            raise
        return executed

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        modules: Sequence[str] = (),
        **settings: Any,
    ) -> None:
        """Papermill's own, in a kernel that has imported `modules` already, unless a kernel manager `km` is given."""
        config = Config(settings.pop("config", {}))
        config.merge({"ForkedKernelManager": {"modules": list(modules)}})
        settings.setdefault("kernel_manager_class", "gongkai.warm.manager.ForkedKernelManager")
        super().execute_managed_notebook(nb_man, kernel_name, config=config, **settings)
