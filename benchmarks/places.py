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
_NOT_SHOWN = re.compile(r"display:none|visibility:hidden|line-through|font-size:0")
_WORD_PARAGRAPH = re.compile(r"paragraph (\d+)")
_WORD_CELL = re.compile(r"table (\d+), row (\d+), cell (\d+)")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = (f"{_WORD}t", f"{_WORD}tab")


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
    """The cell that the path names, counted in lxml's own tree after what is not shown was taken out of it."""
    from lxml import html

    from gongkai.readers.html_laid_out import make_tables
    from gongkai.readers.html_style import apply_style_sheets

    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    root = html.fromstring(text)
    apply_style_sheets(root)
    make_tables(root)
    for element in [element for element in root.iter() if _NOT_SHOWN.search(element.get("style", ""))]:
        element.drop_tree()
    for field in root.iter("input"):
        field.tail = field.get("value", "") + (field.tail or "")
    for option in root.xpath("//option[not(@selected)]"):
        option.drop_tree()
    tables = list(root.iter("table"))

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

    body = docx.Document(str(path)).element.body
    tables = list(body.iter(f"{_WORD}tbl"))
    paragraphs = list(body.iter(f"{_WORD}p"))

    def check(row: Row, raw: str) -> bool:
        if (alone := _WORD_PARAGRAPH.fullmatch(row["path"] or "")) and int(alone[1]) <= len(paragraphs):
            return raw in "".join(text.text or " " for text in paragraphs[int(alone[1]) - 1].iter(*_TEXT)).split()
        match = _WORD_CELL.fullmatch(row["path"] or "")
        if not match:
            return False
        rows = tables[int(match[1]) - 1].findall(f"{_WORD}tr")
        cell = rows[int(match[2]) - 1].findall(f"{_WORD}tc")[int(match[3]) - 1]
        shown = [run for run in cell.iter(f"{_WORD}r") if run.find(f"{_WORD}rPr/{_WORD}rStyle") is None]
        return "".join(text.text or "" for run in shown for text in run.iter(f"{_WORD}t")) == raw

    return check


_CHECKERS: dict[str, Callable[[Path], Callable[[Row, str], bool]]] = {
    ".txt": _in_text,
    ".md": _in_text,
    ".pdf": _in_pdf,
    ".html": _in_html,
    ".docx": _in_word,
}
