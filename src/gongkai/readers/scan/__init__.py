"""Scans and photographs of pages become Documents: the page made upright, its rules found, the cells recognised.

`sources` gets pictures out of files (without their `specks`), `upright` makes them so (`sheet`, `level`) and evenly lit
(`picture`), `rules` finds the ruling among the `strokes` (`pens` and `dashes`), `lines` the text, `reading` has it read
(`alike`, `recogniser` with its `network`), `closer` looks again at what is doubtful, `settle`, `slants` and `signs` say
what holds, `doubts` flags the cells, `page` puts it together (a `scanned` page, or the two of a `spread`), `inset` does
so for a picture in a text. Needs the extra `ocr`; this module does not, so that it can say so.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from gongkai.document import Document
from gongkai.errors import UnreadableFile

NEEDED = ("cv2", "onnx", "onnxruntime", "rapidocr")
HOW_TO_INSTALL = "pip install 'gongkai[ocr]'"
MOST_PAGES = 100
MOST_DOTS = 60_000_000  # A3 at 600 dots an inch has 70 million, A4 35
TOO_LARGE = f"the picture is too large; pages of up to {MOST_DOTS // 1_000_000} million dots are read"


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) for name in NEEDED)


def read(path: Path) -> Document:
    """Read a picture (PNG, JPEG, TIFF of one or more pages, …).

    Places are in points at the picture's own dots an inch, or at 150 where it does not say. The Document's notes say
    how pages were read. Raises UnreadableFile for a picture that is damaged, too large, without anything to read, or
    where the extra is not installed.
    """
    if not available():
        raise UnreadableFile(path, f"the file is a picture; to read pictures and scans: {HOW_TO_INSTALL}")
    from gongkai.readers.scan.page import read_shot
    from gongkai.readers.scan.sources import shots_of

    document = Document(path.name, "image", wrapped=True)
    for shot in shots_of(path, MOST_PAGES):
        blocks, notes = read_shot(shot)
        document.blocks += blocks
        document.notes += [f"page {shot.number}: {note}" for note in notes]
    if not document.blocks:
        raise UnreadableFile(path, "nothing can be read in the picture")
    return document
