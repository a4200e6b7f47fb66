"""Whether a figure stands where its reader says it was printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
# Half a point of slack: boxes are rounded.
_SLACK = 0.5


def place_checker(path: Path) -> Callable[[Row, str], bool] | None:
    """A check of (row of `report.cells`, printed figure) for this file; None for formats without places."""
    make = _CHECKERS.get(path.suffix)
    return make(path) if make else None


def _in_text(path: Path) -> Callable[[Row, str], bool]:
    lines = path.read_text(encoding="utf-8").split("\n")

    def check(row: Row, raw: str) -> bool:
        if None in (row["top"], row["x0"], row["x1"]) or not 0 < row["top"] <= len(lines):
            return False
        return lines[int(row["top"]) - 1][int(row["x0"]) : int(row["x1"])].strip() == raw

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


_CHECKERS: dict[str, Callable[[Path], Callable[[Row, str], bool]]] = {
    ".txt": _in_text,
    ".md": _in_text,
    ".pdf": _in_pdf,
}
