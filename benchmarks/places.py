"""Whether a figure stands where its reader says it was printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
# Half a point of slack: boxes are rounded.
_SLACK = 0.5
_HTML_CELL = re.compile(r"table\[(\d+)\]/tr\[(\d+)\]/(td|th)\[(\d+)\]")
_WORD_CELL = re.compile(r"table (\d+), row (\d+), cell (\d+)")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def place_checker(path: Path) -> Callable[[Row, str], bool] | None:
    """A check of (row of `report.cells` with the place's `path`, printed figure); None where none can be checked."""
    make = _CHECKERS.get(path.suffix)
    return make(path) if make else None


def _in_text(path: Path) -> Callable[[Row, str], bool]:
    lines = path.read_text(encoding="utf-8").split("\n")

    def check(row: Row, raw: str) -> bool:
        if None in (row["top"], row["x0"], row["x1"]) or not 0 < row["top"] <= len(lines):
            return False
        across = slice(int(row["x0"]), int(row["x1"]))
        return "".join(line[across].strip() for line in lines[int(row["top"]) - 1 : int(row["bottom"])]) == raw

    return check


def _in_pdf(path: Path) -> Callable[[Row, str], bool]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)

    def check(row: Row, raw: str) -> bool:
        if None in (row["page"], row["x0"], row["top"], row["x1"], row["bottom"]):
            return False
        page = document[int(row["page"]) - 1]
        height = page.get_height()
        text = page.get_textpage().get_text_bounded(
            row["x0"] - _SLACK, height - row["bottom"] - _SLACK, row["x1"] + _SLACK, height - row["top"] + _SLACK
        )
        return "".join(text.split()) == raw

    return check


def _in_html(path: Path) -> Callable[[Row, str], bool]:
    """The cell that the path names, counted in lxml's own tree."""
    from lxml import html

    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    tables = list(html.fromstring(text).iter("table"))

    def check(row: Row, raw: str) -> bool:
        match = _HTML_CELL.fullmatch(row["path"] or "")
        if not match:
            return False
        table = tables[int(match[1]) - 1]
        rows = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
        cells = rows[int(match[2]) - 1].findall(match[3])
        return "".join(cells[int(match[4]) - 1].text_content().split()) == raw

    return check


def _in_word(path: Path) -> Callable[[Row, str], bool]:
    """The cell that the path names, counted in the tables of the document's XML."""
    import docx

    tables = list(docx.Document(str(path)).element.body.iter(f"{_WORD}tbl"))

    def check(row: Row, raw: str) -> bool:
        match = _WORD_CELL.fullmatch(row["path"] or "")
        if not match:
            return False
        rows = tables[int(match[1]) - 1].findall(f"{_WORD}tr")
        cell = rows[int(match[2]) - 1].findall(f"{_WORD}tc")[int(match[3]) - 1]
        return "".join(text.text or "" for text in cell.iter(f"{_WORD}t")) == raw

    return check


_CHECKERS: dict[str, Callable[[Path], Callable[[Row, str], bool]]] = {
    ".txt": _in_text,
    ".md": _in_text,
    ".pdf": _in_pdf,
    ".html": _in_html,
    ".docx": _in_word,
}
