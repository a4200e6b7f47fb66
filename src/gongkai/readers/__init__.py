"""A file becomes a Document. The kind is told by the content, not by the file's name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from gongkai.document import Document
from gongkai.errors import UnreadableFile
from gongkai.readers.sniff import sniff

# One module a kind, imported when a file asks for it; each has `read(path) -> Document`.
READERS = {
    "pdf": "gongkai.readers.pdf",
    "text": "gongkai.readers.text",
    "html": "gongkai.readers.html",
    "mhtml": "gongkai.readers.html",
    "docx": "gongkai.readers.word",
    "doc": "gongkai.readers.word",
    "rtf": "gongkai.readers.word",
    "image": "gongkai.readers.scan",
}


def read(path: str | Path) -> Document:
    """Read any supported file.

    Raises UnreadableFile, naming the file and the reason, when it is missing, empty, a folder, damaged or of no known
    kind.
    """
    path = Path(path)
    kind = sniff(path)
    if kind not in READERS:
        raise UnreadableFile(path, f"a file of this kind is not read ({kind})")
    document: Document = import_module(READERS[kind]).read(path)
    return document
