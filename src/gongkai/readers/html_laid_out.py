"""Tables that a page makes of other elements, a row of blocks under the other, become tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from gongkai.readers.figures import FIGURE

_ROWS = frozenset({"div", "dl", "li", "ol", "p", "section", "ul"})
_CELLS = frozenset({"dd", "div", "dt", "li", "p"})
_BESIDE = re.compile(r"display\s*:\s*(?:inline-block|table-cell|inline-flex)|float\s*:", re.I)
_IN_A_CELL = frozenset({"b", "br", "em", "font", "i", "p", "span", "strong", "u", "sup"})
_FEWEST = 3  # figures in a table
_LONGEST = 80  # characters in a cell


def make_tables(root: etree._Element) -> None:
    """Turn every run of elements that hold blocks side by side, figures among them, into the rows of a table."""
    for parent in list(root.iter(etree.Element)):
        if len(parent) < 2 or parent.tag in ("table", "tbody", "tr"):
            continue
        for is_row, members in groupby(list(parent), key=_is_row):
            rows = _from_wide_to_wide(list(members)) if is_row else []
            if sum(map(_figures, rows)) >= _FEWEST:
                _make_table(parent, rows)


def _from_wide_to_wide(rows: Sequence[etree._Element]) -> Sequence[etree._Element]:
    """The rows from the first to the last that have several cells, if there are two."""
    wide = [i for i, row in enumerate(rows) if len(row) > 1]
    return rows[wide[0] : wide[-1] + 1] if len(wide) > 1 else []


def _make_table(parent: etree._Element, rows: Sequence[etree._Element]) -> None:
    table = etree.Element("table")
    parent.insert(parent.index(rows[0]), table)
    table.tail, rows[-1].tail = rows[-1].tail, None
    for row in rows:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"
        table.append(row)


def _is_row(element: etree._Element) -> bool:
    """Whether an element is nothing but cells."""
    if element.tag not in _ROWS or not len(element) or (element.text or "").strip():
        return False
    return all(not (cell.tail or "").strip() and _is_cell(cell) for cell in element)


def _is_cell(element: etree._Element) -> bool:
    if element.tag not in _CELLS and not (element.tag == "span" and _BESIDE.search(element.get("style", ""))):
        return False
    inside = element.iter(etree.Element)
    next(inside)
    return all(part.tag in _IN_A_CELL for part in inside) and sum(map(len, _texts(element))) <= _LONGEST


def _figures(row: etree._Element) -> int:
    return sum(FIGURE.fullmatch("".join(_texts(cell)).strip()) is not None for cell in row)


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())
