"""What kind of file this is, by its first bytes."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.errors import UnreadableFile

_SIGNATURES: dict[bytes, str] = {
    b"PK\x03\x04": "docx",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "doc",
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n\x1a\n": "image",
    b"\xff\xd8\xff": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"GIF8": "image",
    b"BM": "image",
    b"\x00\x00\x00\x0cjP  ": "image",
    b"Rar!": "RAR archive",
    b"7z\xbc\xaf\x27\x1c": "7z archive",
    b"\x1f\x8b": "gzip archive",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"SQLite format 3\x00": "SQLite database",
    b"PAR1": "Parquet table",
}
_HTML = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|link|title|style|table|div|p|span|script|\?xml)\b",
    re.I | re.S,
)
# What a page has and Markdown has not, though its first line may be centred with a tag; and what only Markdown has.
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|meta|title)\b", re.I)
_MARKDOWN = re.compile(rb"^(?:#{1,6}[ \t]+\S|[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+)", re.M)
# Word's XML of 2003, as web systems write .doc files, and of 2007 in one piece; their tables are not those of a page.
_WORD_XML = re.compile(rb"schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)")
_MHTML = re.compile(rb"^(?:mime-version|from|subject|snapshot-content-location|content-type):", re.I | re.M)
# A program's own data, which may hold a report's text and figures out of their tables.
_JSON = re.compile(rb'\{\s*"|\[\s*(?:\{\s*"|"|\[)')
_HEAD = 4096


def sniff(path: Path) -> str:
    """The kind of the file: `pdf`, `html`, `mhtml`, `docx`, `doc`, `rtf`, `image`, `text`, or the name of another kind.

    Raises UnreadableFile when there is no file to read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise UnreadableFile(path, "no such file") from None
    except IsADirectoryError:
        raise UnreadableFile(path, "is a folder, not a file") from None
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error)) from None
    if not head.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(path, "the file is empty")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature) and (len(signature) > 2 or b"\x00" in head):
            return kind
    text = head.replace(b"\x00", b"")  # UTF-16 has a zero in every second byte of ASCII
    if _JSON.match(text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")):
        return "JSON file"
    if _WORD_XML.search(text):
        return "doc"
    if _HTML.match(text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")):
        return "text" if _MARKDOWN.search(text) and not _PAGE.search(text) else "html"
    if _MHTML.match(text) and re.search(rb"multipart/related", text, re.I):
        return "mhtml"
    return "text"
