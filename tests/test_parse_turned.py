"""A table on its side says what it says upright."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from html_pages import requests_document

from gongkai.document import Cell, Document, Grid
from gongkai.parsing import from_document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return requests_document(tmp_path)


def on_its_side(cell: Cell) -> Cell:
    return replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)


def test_a_table_on_its_side(document: Document) -> None:
    upright = from_document(document, "").cells
    document.blocks = [
        replace(block, cells=tuple(map(on_its_side, block.cells))) if isinstance(block, Grid) else block
        for block in document.blocks
    ]
    turned = from_document(document, "").cells
    assert upright["status"].eq("number").sum() > 150
    assert turned.equals(upright)
