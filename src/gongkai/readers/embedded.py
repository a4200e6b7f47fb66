"""Tables written in HTML between lines of text, as converters write into Markdown those that have merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from gongkai.document import Block, Grid, Place
from gongkai.readers.markdown import plain
from gongkai.readers.text_table import NumberedLine, TextTable, place_of

_OPENING, _CLOSING = re.compile(r"<table\b", re.I), re.compile(r"</table\s*>", re.I)
_ROW_TAG = re.compile(r"</t[dhr]\s*>", re.I)
_CELL = re.compile(r"<t[dh]\b(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*>\s*", re.I)


def find_embedded(lines: Sequence[NumberedLine]) -> Iterator[TextTable]:
    """The tables in HTML among numbered lines that are not empty; one that is never closed goes to its last cell."""
    begin: int | None = None
    depth = 0
    last = 0
    for i, (_, text) in enumerate(lines):
        opened = len(_OPENING.findall(text))
        if begin is None and opened:
            begin, depth = i, 0
        if begin is None:
            continue
        depth += opened - len(_CLOSING.findall(text))
        if _ROW_TAG.search(text):
            last = i
        if depth <= 0:
            yield _table(lines, begin, i + 1)
            begin = None
    if begin is not None:
        yield _table(lines, begin, max(last, begin) + 1)


def _table(lines: Sequence[NumberedLine], begin: int, end: int) -> TextTable:
    from gongkai.readers.html_source import tree_of  # lxml, which most texts do without
    from gongkai.readers.html_walk import walk

    root = tree_of("\n".join(text for _, text in lines[begin:end]), f"line {lines[begin][0]}")
    blocks = walk(root, root).article
    return TextTable(begin, end, tuple(_with_places(blocks, lines[begin:end])))


def _with_places(blocks: Sequence[Block], lines: Sequence[NumberedLine]) -> Iterator[Block]:
    """The blocks with their places in the text: those of the cells where each has its tag, else the first line."""
    top = Place(top=float(lines[0][0]), bottom=float(lines[0][0]))
    places = list(_cell_places(lines))
    known = len(places) == sum(len(block.cells) for block in blocks if isinstance(block, Grid))
    at = iter(places)
    for block in blocks:
        if isinstance(block, Grid):
            cells = [
                replace(cell, text=plain(cell.text), place=next(at) if known else replace(top, path=cell.place.path))
                for cell in block.cells
            ]
            yield replace(block, cells=tuple(cells), place=top)
        else:
            yield replace(block, place=top)


def _cell_places(lines: Sequence[NumberedLine]) -> Iterator[Place]:
    """Where the content of every cell begins, and ends on its first line, in the order of the tags."""
    text = "\n".join(line for _, line in lines)
    starts = [0, *accumulate(len(line) + 1 for _, line in lines)]
    k = 0
    for match in _CELL.finditer(text):
        while starts[k + 1] <= match.end() and k + 2 < len(starts):
            k += 1
        number, start = lines[k][0], match.end() - starts[k]
        end = len(lines[k][1])
        if (mark := text.find("<", match.end(), starts[k] + end)) >= 0:
            end = mark - starts[k]
        yield place_of(number, start, end)
