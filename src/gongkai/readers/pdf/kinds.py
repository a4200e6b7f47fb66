"""What kind of page this is: can its text be trusted?"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from gongkai.readers.decode import common_characters
from gongkai.readers.pdf.page import Page

Kind = Literal["text", "empty", "scan", "garbled", "hidden"]

_MOSTLY = 0.5
_PICTURED = 0.2  # a picture of this share on a page without text makes it a scan
_FURNITURE = 40  # characters that a scan may have besides its picture: a page number, a stamp of the archive
_SAMPLE = 20
_REAL = 0.6  # of the characters beyond ASCII: Chinese text has over 0.9, characters at random under 0.4
_UNKNOWN = "\ufffd"


def kind_of(page: Page) -> Kind:
    """The kind of a page.

    `scan`: a picture without text of its own; `hidden`: text that is not shown, lying under a picture; `garbled`: text
    whose characters are not the printed ones, since the font says something else or nothing.
    """
    if len(page.chars) <= _FURNITURE and page.pictured > _MOSTLY:
        return "scan"
    if not page.chars:
        return "scan" if page.pictured > _PICTURED else "empty"
    if is_garbled("".join([char.text for char in page.chars])):
        return "garbled"
    return "hidden" if page.hidden > _MOSTLY else "text"


def is_garbled(text: str) -> bool:
    """Whether most characters of a text are none that a Chinese page has."""
    common = common_characters()
    if all(char <= "\x7f" for char in set(text) - common):
        return False
    beyond = {char: count for char, count in Counter(text).items() if char > "\x7f"}
    strange = {char: count for char, count in beyond.items() if char not in common}
    unknown = sum(count for char, count in strange.items() if char == _UNKNOWN or "\ue000" <= char <= "\uf8ff")
    total = sum(beyond.values())
    return unknown > (1 - _REAL) * len(text) or (total >= _SAMPLE and sum(strange.values()) > (1 - _REAL) * total)
