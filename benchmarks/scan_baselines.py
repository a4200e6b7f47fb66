"""What other programs make of scans: plain RapidOCR on whole pages, and img2table with RapidOCR.

Both go through the same alignment to the form as gongkai's own reading does. img2table (2.0) is in no extra, since it
wants another build of OpenCV: `pip install --no-deps img2table xlsxwriter opencv-contrib-python-headless`, in an
environment of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cv2

from gongkai.document import Block, Cell, Document, Grid, Place
from gongkai.parsing import from_document
from gongkai.readers.pdf.layout import blocks_of
from gongkai.readers.pdf.page import Char, Page
from gongkai.readers.scan import MOST_PAGES
from gongkai.readers.scan.picture import Shot
from gongkai.readers.scan.sources import shot_of_pdf_page, shots_of
from gongkai.report import Report


def shots(path: Path) -> Iterator[Shot]:
    """The pages of a scan as pictures."""
    if path.suffix != ".pdf":
        yield from shots_of(path, MOST_PAGES)
        return
    import pypdfium2 as pdfium

    for index, page in enumerate(pdfium.PdfDocument(path)):
        yield shot_of_pdf_page(page, index + 1)


def read_plainly(path: Path) -> Report:
    """The report in what RapidOCR finds on whole pages; its boxes become lines and columns as those of a PDF do."""
    document = Document(path.name, "scan", wrapped=True)
    for shot in shots(path):
        document.blocks += _blocks(shot, list(_boxes(shot)))
    return from_document(document, path)


def read_with_img2table(path: Path) -> Report:
    """The report in img2table's tables with RapidOCR's text; what stands outside them is read as plain RapidOCR's."""
    from img2table.document import Image

    document = Document(path.name, "scan", wrapped=True)
    for shot in shots(path):
        reader = _img2table_reader()
        png = cv2.imencode(".png", shot.picture)[1].tobytes()
        tables = Image(src=png, detect_rotation=True).extract_tables(ocr=reader, min_confidence=1)
        if not tables:  # then img2table does not read the page
            document.blocks += _blocks(shot, list(_boxes(shot)))
            continue
        outside = [word for word in reader.words if not any(_holds(table.bbox, word) for table in tables)]
        points = 72 / shot.dpi
        chars = [_char(word["value"], *(word[side] * points for side in ("x1", "y1", "x2", "y2"))) for word in outside]
        blocks = [*_blocks(shot, chars), *(_grid(table, shot.number, points) for table in tables)]
        document.blocks += sorted(blocks, key=lambda block: block.place.top)
    return from_document(document, path)


def _blocks(shot: Shot, chars: list[Char]) -> list[Block]:
    height, width = (side * 72 / shot.dpi for side in shot.picture.shape[:2])
    return blocks_of(Page(shot.number, width, height, chars=chars))


def _boxes(shot: Shot) -> Iterator[Char]:
    found = _rapidocr()(shot.picture)
    if found.txts is None:
        return
    for text, corners in zip(found.txts, found.boxes, strict=True):
        (x0, top), (x1, bottom) = corners.min(axis=0) * 72 / shot.dpi, corners.max(axis=0) * 72 / shot.dpi
        yield _char(text, x0, top, x1, bottom)


def _char(text: str, x0: float, top: float, x1: float, bottom: float) -> Char:
    return Char(text, x0, top, x1, bottom, bottom, bottom - top)


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{name}_op_num_threads": 1 for name in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **threads})


def _img2table_reader() -> Any:
    """img2table's RapidOCR, with the models that plain RapidOCR uses; remembers the words of the page."""
    from img2table.ocr import RapidOCR

    class Reader(RapidOCR):
        def __init__(self) -> None:
            self.engine = _rapidocr()
            self.words: list[dict[str, Any]] = []

        def of(self, document: Any) -> Any:
            found = super().of(document)
            self.words = found.records.get(0, []) if found else []
            return found

    return Reader()


def _holds(box: Any, word: dict[str, Any]) -> bool:
    x, y = (word["x1"] + word["x2"]) / 2, (word["y1"] + word["y2"]) / 2
    return bool(box.x1 <= x <= box.x2 and box.y1 <= y <= box.y2)


def _grid(table: Any, page: int, points: float) -> Grid:
    """A table of img2table, in which a merged cell stands in every row and column that it spans."""
    spans: dict[tuple[int, int, int, int], list[tuple[int, int, str]]] = {}
    for r, row in enumerate(table.content.values()):
        for c, cell in enumerate(row):
            box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
            spans.setdefault(box, []).append((r, c, cell.value or ""))
    cells = []
    for box, found in spans.items():
        rows, columns = {r for r, _, _ in found}, {c for _, c, _ in found}
        place = Place(page, *(side * points for side in box))
        cells.append(Cell(found[0][2], min(rows), min(columns), len(rows), len(columns), place))
    box = table.bbox
    return Grid(tuple(cells), "ruled", Place(page, *(side * points for side in (box.x1, box.y1, box.x2, box.y2))))
