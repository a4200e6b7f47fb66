"""The pictures that a page carries in itself: as `data:` in its markup, or as parts of its archive. None is fetched."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from urllib.parse import unquote_to_bytes, urljoin

from lxml import etree

_FEWEST_BYTES = 1500  # of base64; the picture of a table has more
_KEPT = "gongkai:"
_DOTS = re.compile(r"\s*(\d{1,4})(?:px)?\s*")
_NARROW, _LOW = 160, 32


def names_of(part: EmailMessage) -> Iterator[str]:
    """What the `src` of a picture may say for this part of an archive."""
    if location := str(part.get("Content-Location", "")).strip():
        yield location
    if id := str(part.get("Content-ID", "")).strip(" <>"):
        yield f"cid:{id}"


class Pictures:
    """The pictures of a page by their `src`; `parts` are those of its archive, in which the page is at `base`."""

    def __init__(self, parts: Mapping[str, EmailMessage] | None = None, base: str = "") -> None:
        self._parts = {} if parts is None else parts
        self._base = str(base).strip()
        self._taken: list[bytes] = []

    def take(self, match: re.Match[bytes]) -> bytes:
        """Keep a picture written as `data:`; gives what to write in its place, so that the markup stays small."""
        if not match[0][:11].lower().startswith(b"data:image/") or len(match[0]) < _FEWEST_BYTES:
            return b""
        self._taken.append(match[0])
        return f"{_KEPT}{len(self._taken) - 1}".encode()

    def find(self, img: etree._Element) -> bytes | None:
        """The file of a picture; empty for one that is shown too small for a table, None for one that is elsewhere."""
        src = img.get("src", "").strip()
        if not src or _is_small(img):
            return b""
        if src.startswith(_KEPT) and src.removeprefix(_KEPT).isdecimal():
            number = int(src.removeprefix(_KEPT))
            return _decoded(self._taken[number]) if number < len(self._taken) else None
        part = self._parts.get(src) or self._parts.get(self._absolute(src))
        content = None if part is None else part.get_payload(decode=True)
        return content if isinstance(content, bytes) else None

    def _absolute(self, src: str) -> str:
        try:
            return urljoin(self._base, src)
        except ValueError:  # an address that is none
            return src


def _is_small(img: etree._Element) -> bool:
    """Whether a picture is said to be shown too small for a table."""
    said = ((img.get("width", ""), _NARROW), (img.get("height", ""), _LOW))
    return any((match := _DOTS.fullmatch(size)) and int(match[1]) < least for size, least in said)


def _decoded(uri: bytes) -> bytes:
    """The bytes in a `data:` of base64; what is broken off is left out."""
    body = re.sub(rb"[^A-Za-z0-9+/]", b"", unquote_to_bytes(uri.partition(b",")[2]))
    body = body[: len(body) - (len(body) % 4 == 1)]
    return base64.b64decode(body + b"=" * (-len(body) % 4))
