"""Notebooks for the tests of warm kernels, run by Papermill's own engine or by ours."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import papermill
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from gongkai.warm import ENGINE

MODULES = ("pandas", "matplotlib.pyplot")


def notebook(*cells: str) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel})


def forked(*cells: str, modules: Sequence[str] = MODULES, **settings: Any) -> NotebookNode:
    """Run cells in a forked kernel; tests share a warm parent."""
    return stock(*cells, engine_name=ENGINE, modules=modules, **settings)


def stock(*cells: str, output: Path | None = None, execution_timeout: int = 120, **settings: Any) -> NotebookNode:
    """Run cells in a kernel that Papermill starts."""
    with patch.dict(os.environ):
        # The one variable that pytest changes from test to test: every environment has a warm parent of its own.
        os.environ.pop("PYTEST_CURRENT_TEST", None)
        return papermill.execute_notebook(
            notebook(*cells), output, progress_bar=False, execution_timeout=execution_timeout, **settings
        )


def said(executed: NotebookNode) -> str:
    """What the cells printed."""
    outputs = [output for cell in executed.cells for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream").strip()
