"""A font that stands in for those that a PDF names without containing.

PDFium seeks another among the machine's fonts, opens a file of many megabytes and looks at the outline of every
character, only to find that the character is wider or higher than the PDF says; where no font has it, the text may be
dropped. The stand-in has the same small glyph for every character, so that its box is what the PDF says, on any machine
and in a fraction of the time.
"""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from struct import pack
from typing import Any

import pypdfium2.raw as raw

# Fonts of these kinds are stood in for: Chinese and its neighbours, and those of no known script. Others PDFium has.
_CHARSETS = {
    raw.FXFONT_GB2312_CHARSET,
    raw.FXFONT_CHINESEBIG5_CHARSET,
    raw.FXFONT_SHIFTJIS_CHARSET,
    raw.FXFONT_HANGEUL_CHARSET,
    raw.FXFONT_SYMBOL_CHARSET,
}
_EM, _ASCENT, _DESCENT = 1000, 880, -120
_WIDE, _HIGH = 200, 600  # of the glyph: no more than any character's advance and any font's ascent
_GLYPHS = 0xFFFF  # as many as there can be, since a PDF may ask for any
_HANDLE = 1
_VERSION = 1 << 16  # in fixed point
_TYPES: dict[str, Callable[..., Any]] = dict(raw.FPDF_SYSFONTINFO._fields_)


@contextmanager
def in_use() -> Iterator[None]:
    """Let PDFium take the stand-in for what it opens meanwhile, and the machine's fonts again after that."""
    raw.FPDF_SetSystemFontInfo(_answers())
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(_machine())


@cache
def _machine() -> Any:
    """PDFium's own way to the machine's fonts, null where it has none; kept to the end of the process."""
    fonts = raw.FPDF_GetDefaultSystemFontInfo()
    if fonts:
        fonts.contents.Release = _TYPES["Release"]()
    return fonts


@cache
def _answers() -> Any:
    """What PDFium is told when it seeks a font: the stand-in, or nothing, upon which it takes one of its own."""

    def find(_: Any, weight: int, italic: int, charset: int, *rest: Any) -> int | None:
        return _HANDLE if charset in _CHARSETS else None

    def content(_: Any, handle: int, table: int, buffer: Any, size: int) -> int:
        found = b"" if table else font()  # the one table that is asked for is that of files with several fonts
        if len(found) <= size:
            ctypes.memmove(buffer, found, len(found))
        return len(found)

    return raw.FPDF_SYSFONTINFO(version=1, MapFont=_TYPES["MapFont"](find), GetFontData=_TYPES["GetFontData"](content))


@cache
def font() -> bytes:
    """The stand-in as a TrueType file."""
    x, y = pack(">2h", 0, _WIDE), pack(">2h", 0, _HIGH)  # two points, each from the one before
    glyph = pack(">5h", 1, 0, 0, _WIDE, _HIGH) + pack(">2H2B", 1, 0, 1, 1) + x + y
    places = array("I", range(0, len(glyph) * (_GLYPHS + 1), len(glyph)))
    if sys.byteorder == "little":
        places.byteswap()
    tables = {
        b"glyf": glyph * _GLYPHS,
        b"head": pack(
            ">4L2H2q4h2H3h", _VERSION, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": pack(">L3hH11hH", _VERSION, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *(0,) * 7, 1),
        b"hmtx": pack(">Hh", _EM, 0) + bytes(2 * (_GLYPHS - 1)),
        b"loca": places.tobytes(),
        b"maxp": pack(">L14H", _VERSION, _GLYPHS, 2, 1, 0, 0, 1, *(0,) * 8),
    }
    directory = pack(">L4H", _VERSION, len(tables), 0, 0, 0)
    at = len(directory) + 16 * len(tables)
    for tag, table in tables.items():
        directory += tag + pack(">3L", 0, at, len(table))
        at += len(table)
    return directory + b"".join(tables.values())
