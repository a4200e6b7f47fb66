"""A PDF file becomes a Document, page by page: with PDFium where that is known to give what pdfplumber gives, else with
pdfplumber itself."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Container, Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.document import Document
from gongkai.errors import UnreadableFile
from gongkai.readers import scan
from gongkai.readers.insets import Insets
from gongkai.readers.pdf import apart, fast, stock
from gongkai.readers.pdf.decorated import undecorated
from gongkai.readers.pdf.insets import read_insets
from gongkai.readers.pdf.kinds import Kind, kind_of
from gongkai.readers.pdf.layout import blocks_of
from gongkai.readers.pdf.page import Page, PageError
from gongkai.readers.pdf.pdfium import LOCK

MOST_PAGES = 1000
MOST_STOCK_PAGES = 60
BATCH = 50
_SMALL = 16_000_000  # bytes
_TAIL = 16_384
_ERRORS = {
    raw.FPDF_ERR_PASSWORD: "the PDF is encrypted and opens only with a password",
    raw.FPDF_ERR_SECURITY: "the PDF is encrypted in a way that is not supported",
}
# What pages of each kind are, and what is done with them where their picture is not read; pages of text need no word.
_NOTES: dict[Kind, tuple[str, str]] = {
    "scan": ("a picture without text", "not read"),
    "garbled": ("its text stands for no real characters", "not read"),
    "hidden": ("its text lies unseen under a picture", "read, but its figures are doubtful"),
}


def read(path: Path) -> Document:
    """Read a PDF file.

    The Document's notes say what was done on which page; its metadata hold the PDF's own title, and as `scan`,
    `garbled` and `hidden` the numbers of such pages, whose pictures are read where the extra `ocr` is installed. Raises
    UnreadableFile for a PDF that is encrypted, damaged, empty or too large, and for one without anything to read.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.rfind(b"%%EOF", max(len(data) - _TAIL, 0)) < 0:
            raise UnreadableFile(path, "the PDF is cut off: its end is missing")
        heavy = apart.unfolds(data)
    return apart.read_apart(path) if heavy else read_here(path)


def read_here(path: Path, *, pictures: bool = True) -> Document:
    """Read a PDF file in this process; as `read`. Without `pictures`, scanned pages are left out."""
    document = Document(path.name, "pdf", wrapped=True)
    kinds: dict[Kind, list[int]] = {}
    recognised = False
    insets = Insets(path, document.notes)
    with LOCK, closing(_Pdf(path)) as pdf, stock.pages_of(path) as read_stock:
        document.metadata = pdf.metadata()
        for page in map(undecorated, _pages(path, pdf, read_stock, document.notes)):
            kind = kind_of(page)
            kinds.setdefault(kind, []).append(page.number)
            if kind in _NOTES and pictures and scan.available() and _add_picture(document, path, page.number, kind):
                recognised = True
                continue
            if kind in _NOTES:
                document.notes.append(f"page {page.number}: {', '.join(_NOTES[kind])}")
                insets.unread += 1
            if page.slanted:
                document.notes.append(f"page {page.number}: {page.slanted} characters that stand askew were left out")
            if page.unseen:
                document.notes.append(f"page {page.number}: {page.unseen} characters that cannot be seen were left out")
            pasted = read_insets(path, page, insets, draw=pictures) if kind not in _NOTES else []
            if kind != "garbled":
                document.blocks += blocks_of(page, ("low_confidence",) if kind == "hidden" else (), pasted)
    document.unread = insets.unread
    if not recognised and not insets.read and not kinds.keys() & {"text", "hidden"}:
        raise UnreadableFile(path, _nothing(kinds, pictures and scan.available()))
    document.metadata |= {kind: ",".join(map(str, kinds[kind])) for kind in _NOTES if kind in kinds}
    return document


def _add_picture(document: Document, path: Path, number: int, kind: Kind) -> bool:
    """Read the picture of page `number` (from 1) into the document; False where nothing can be read in it."""
    from gongkai.readers.scan.page import read_shot
    from gongkai.readers.scan.sources import shot_of_pdf_page

    # Opened afresh: where the page was read, a stand-in took the place of its fonts.
    with closing(pdfium.PdfDocument(path)) as pdf, closing(pdf[number - 1]) as page:
        blocks, notes = read_shot(shot_of_pdf_page(page, number))
    what = f"page {number}: {_NOTES[kind][0]}"
    document.notes += [f"{what}, recognised", *(f"page {number}: {note}" for note in notes)] if blocks else []
    document.blocks += blocks
    return bool(blocks)


def _nothing(kinds: Container[Kind], pictures: bool) -> str:
    how = ", and nothing can be read in its picture" if pictures else f"; to read scans: {scan.HOW_TO_INSTALL}"
    if "scan" in kinds:
        return f"the PDF is a scan without text{how}"
    if "garbled" in kinds:
        return f"the text of the PDF stands for no real characters{how}"
    return "the PDF has only empty pages"


def _pages(path: Path, pdf: _Pdf, read_stock: Callable[[int], Page], notes: list[str]) -> Iterator[Page]:
    """Every page; adds a note for each that was read with pdfplumber."""
    budget = MOST_STOCK_PAGES
    for index in range(_page_count(path, pdf)):
        try:
            try:
                yield fast.read_page(pdf, index)
            except fast.NeedsStock as reason:
                budget -= 1
                if budget < 0:
                    raise PageError(f"more than {MOST_STOCK_PAGES} pages need the slow way of reading") from None
                notes.append(f"page {index + 1}: read with pdfplumber ({reason})")
                page = read_stock(index)
                if not page.chars:
                    raise PageError("its text could not be read") from None
                yield page
        except PageError as error:
            raise UnreadableFile(path, f"page {index + 1} of the PDF: {error}") from None


class _Pdf:
    """An open PDF by its pages; it starts afresh every BATCH pages, since PDFium keeps what it has read to the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source = path.read_bytes() if path.stat().st_size <= _SMALL else path  # from memory is faster
        self._batch = 0
        self._pdf = self._open()

    def _open(self) -> pdfium.PdfDocument:
        try:
            return pdfium.PdfDocument(self._source)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(self._path, _ERRORS.get(error.err_code or 0, "the PDF is damaged")) from None

    def __len__(self) -> int:
        return len(self._pdf)

    def __getitem__(self, index: int) -> pdfium.PdfPage:
        if index // BATCH != self._batch:
            self._pdf.close()
            self._pdf = self._open()
            self._batch = index // BATCH
        return self._pdf[index]

    def metadata(self) -> dict[str, str]:
        """What the file says of itself: `title` and `created`."""
        names = {"title": "Title", "created": "CreationDate"}
        found = {key: self._pdf.get_metadata_value(name).replace("\0", "").strip() for key, name in names.items()}
        return {key: value for key, value in found.items() if value}

    def close(self) -> None:
        self._pdf.close()


def _page_count(path: Path, pdf: _Pdf) -> int:
    count = len(pdf)
    if count == 0:
        raise UnreadableFile(path, "the PDF has no pages")
    if count > MOST_PAGES:
        raise UnreadableFile(path, f"the PDF has {count} pages; a report has fewer than {MOST_PAGES}")
    return count
