"""A Word file becomes a Document: .docx as it is, .doc, .wps and .rtf by way of LibreOffice."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from lxml import etree

from gongkai.document import Document
from gongkai.errors import UnreadableFile
from gongkai.readers.insets import Insets
from gongkai.readers.set_out import with_grids
from gongkai.readers.word_convert import to_docx
from gongkai.readers.word_package import Package
from gongkai.readers.word_styles import Styles
from gongkai.readers.word_walk import Walker, footnote_texts
from gongkai.readers.word_xml import PICTURES, W

_FEW = 40  # characters that a document of scanned pages may have besides them
_ZIP = b"PK\x03\x04"
_UNREAD = {
    "pictures": PICTURES,
    "documents in another format": (f"{W}altChunk",),
}
_CORE = {"title": "{http://purl.org/dc/elements/1.1/}title", "created": "{http://purl.org/dc/terms/}created"}


def read(path: Path) -> Document:
    """Read a Word file.

    `metadata`: title and created, as the file's properties say, which may be left over from another document.
    Raises UnreadableFile when it is damaged, locked, too large for a report, or needs a LibreOffice that is missing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error)) from None
    notes = []
    if not data.startswith(_ZIP):
        data = to_docx(data, path)
        notes.append("converted to .docx by LibreOffice")
    document = _from_docx(Package(data, path))
    document.notes[:0] = notes
    return document


def _from_docx(package: Package) -> Document:
    body = package.document().find(W + "body")
    styles = Styles(package.related("styles"), package.related("numbering"))
    footnotes = {
        **footnote_texts("footnote", package.related("footnotes"), styles),
        **footnote_texts("endnote", package.related("endnotes"), styles),
    }
    insets = Insets(package.path, pages=body is not None and _is_of_pictures(body))
    walker = Walker(package.path, styles, footnotes, lambda id, name: insets.blocks(lambda: package.picture(id), name))
    blocks = [] if body is None else walker.blocks(body) + walker.notes()
    counts = {what: 0 if body is None else sum(1 for _ in body.iter(*tags)) for what, tags in _UNREAD.items()}
    counts["pictures"] -= insets.read
    notes = insets.notes + [f"{what}, not read: {count}" for what, count in counts.items() if count]
    if not blocks:
        raise UnreadableFile(package.path, "; ".join(["the Word file holds no text", *notes]))
    if walker.struck:
        notes.append(f"struck out, and left out: {walker.struck}")
    metadata = _metadata(package)
    return Document(package.path.name, "word", with_grids(blocks), metadata=metadata, notes=notes, unread=insets.unread)


def _is_of_pictures(body: etree._Element) -> bool:
    """Whether pictures are all that a document shows, as where every page of it is a scan."""
    if next(body.iter(*PICTURES), None) is None:
        return False
    texts = (len(text.text or "") for text in body.iter(f"{W}t"))
    return all(length <= _FEW for length in accumulate(texts))


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml("docProps/core.xml")
    found = {key: "" if root is None else (root.findtext(tag) or "").strip() for key, tag in _CORE.items()}
    return {key: value for key, value in found.items() if value}
