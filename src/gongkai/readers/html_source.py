"""The bytes of a saved page become an element tree. A page comes from the open web: nothing is fetched or expanded."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from gongkai.errors import UnreadableFile
from gongkai.readers.decode import decode, detect
from gongkai.readers.html_pictures import Pictures, names_of

# A page of a report has some 100 kB and 5,000 tags. The limits keep any page below 1 GB and 10 s.
_MOST_BYTES = 100_000_000
_MOST_MARKUP = 20_000_000
_MOST_TAGS = 300_000
_MOST_ATTRIBUTES = 300
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_EMBEDDED = re.compile(rb"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=%\s]*", re.I)
_LONG_TAG = re.compile(r"<[^<>]{1000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MIME = re.compile(rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?mime-version:", re.I)


class Source(NamedTuple):
    """A parsed page: its root element, its encoding, how many of its characters could not be decoded, and the pictures
    that it carries in itself."""

    root: etree._Element
    charset: str
    damaged: int
    pictures: Pictures


def parse(path: Path) -> Source:
    """Parse a page (HTML, XHTML or MHTML).

    Raises UnreadableFile for what is no text, holds no element, or is far too large or too deep for a page.
    """
    data, declared, pictures = _page(path)
    data = _EMBEDDED.sub(pictures.take, data)
    _refuse_large(len(data), data.count(b"<"), path)
    declared = declared or _declared(data)
    text = decode(data, path, declared).replace("\0", "")
    return Source(tree_of(text, path), detect(data, path, declared), text.count("\ufffd"), pictures)


def tree_of(text: str, path: str | Path) -> etree._Element:
    """The root of a page's tree, or of that of a piece of markup; raises like `parse`, naming `path`."""
    _refuse_large(len(text), text.count("<"), path)
    if any(len(re.split(r"[\s/]+", _QUOTED.sub("", tag))) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        # The parser compares each attribute with every other one of its tag.
        raise UnreadableFile(path, "is no page of a report: a tag has hundreds of attributes")
    # A lone surrogate cannot be encoded, and comes only from damaged UTF-16.
    return _tree(text.encode("utf-8", "replace"), path)


def _page(path: Path) -> tuple[bytes, str | None, Pictures]:
    """The bytes of the page, out of the MHTML archive if it is one, with the encoding that the archive names and the
    pictures in it."""
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise UnreadableFile(path, f"is no page of a report: {size / 1e6:.0f} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error)) from None
    if not _MIME.match(data[:8192]):
        return data, None, Pictures()
    if size > _MOST_MARKUP * 2:
        raise UnreadableFile(path, f"is no page of a report: an archive of {size / 1e6:.0f} MB")
    message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    pages: list[tuple[bytes, str | None, Pictures]] = []
    pictures: dict[str, EmailMessage] = {}
    for part in message.walk():
        if part.get_content_maintype() == "image":
            pictures |= dict.fromkeys(names_of(part), part)
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            page = content if isinstance(content, bytes) else b""
            pages.append((page, part.get_content_charset(), Pictures(pictures, part.get("Content-Location", ""))))
    if pages:
        # Where the report stands in a frame, the first page is only what is around it.
        return next((page for page in pages if _names_the_report(page[0])), pages[0])
    raise UnreadableFile(path, "is an archive of a page (MHTML) without a page in it")


def _refuse_large(size: int, tags: int, path: str | Path) -> None:
    if size > _MOST_MARKUP or tags > _MOST_TAGS:
        raise UnreadableFile(path, f"is no page of a report: {size / 1e6:.0f} MB of markup with {tags} tags")


def _names_the_report(content: bytes) -> bool:
    return any("信息公开".encode(encoding) in content for encoding in ("utf-8", "gb18030"))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:16384]) or _XML_ENCODING.search(data[:1024])
    return match[1].decode("ascii") if match else None


def _tree(markup: bytes, path: str | Path) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(markup, parser)
    except etree.LxmlError as error:
        raise UnreadableFile(path, f"is no page: {str(error).splitlines()[0]}") from None
    if any(entry.level >= etree.ErrorLevels.FATAL for entry in parser.error_log):
        # The rest of the page would be missing without a word.
        raise UnreadableFile(path, "is no page of a report: its elements are nested too deep")
    if root is None:
        raise UnreadableFile(path, "is an empty page")
    return root
