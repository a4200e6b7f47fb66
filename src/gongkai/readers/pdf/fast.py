"""A page read with PDFium: characters, rules, shades and pictures.

PDFium reads a page many times faster than pdfminer, which pdfplumber stands on. Where it is known to see a page
differently, `NeedsStock` says why, and the page is read with pdfplumber.
"""

from __future__ import annotations

import ctypes
import math
import struct
from array import array
from collections.abc import Container, Sequence
from typing import Any, Protocol

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.readers.pdf import pdfium as c
from gongkai.readers.pdf import stand_in
from gongkai.readers.pdf.page import PRINTED, SUPPOSED, Page, PageError, covered, make_char, quarter_turns, upright
from gongkai.readers.pdf.paths import read_drawing
from gongkai.readers.unify import UNIFIED

_MOST_CHARS = 50_000
_MOSTLY = 0.5
_BLANKS = frozenset(" \t\r\n\v\f\0\xa0\u3000")
_NOT_PRINTED = _BLANKS | frozenset("\ufffe\uffff\ufeff\u200b")
_FOUND = struct.Struct("4f2d16s8x")  # what PDFium says of a character: its box, its origin, its matrix
_MATRIX = struct.Struct("4f")
# A box this many times the font size in height is none; PDFium gets those of vertical fonts wrong.
_LOWEST, _HIGHEST = 0.5, 2.2
_DESCENT = 0.12
_SMALLEST = 1.0  # points; smaller text cannot be seen


class NeedsStock(Exception):
    """This page must be read with pdfplumber; the text says why."""


class Pages(Protocol):
    """An open PDF by its pages."""

    def __getitem__(self, index: int) -> pdfium.PdfPage: ...


def read_page(document: Pages, index: int) -> Page:
    """Page `index` (from 0) of an open document. Raises NeedsStock, or PageError for a damaged page."""
    with stand_in.in_use():
        try:
            handle = document[index]
        except pdfium.PdfiumError:
            raise PageError("it is damaged") from None
        try:
            if _has_annotations(handle):
                raw.FPDFPage_Flatten(handle, raw.FLAT_NORMALDISPLAY)
                handle.close()
                handle = document[index]
            return _read(handle, index + 1)
        finally:
            handle.close()


def _has_annotations(handle: pdfium.PdfPage) -> bool:
    """Whether form fields, stamps or typed notes lie over the page; until flattened they are no part of its text."""
    printed = {raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET}
    for i in range(raw.FPDFPage_GetAnnotCount(handle)):
        annotation = raw.FPDFPage_GetAnnot(handle, i)
        subtype = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if subtype in printed:
            return True
    return False


def _read(handle: pdfium.PdfPage, number: int) -> Page:
    left, bottom, right, top = handle.get_mediabox(fallback_ok=False) or handle.get_bbox()
    rotation = handle.get_rotation() // 90
    page = Page(number, width=abs(right - left), height=abs(top - bottom), turned=-rotation % 4)
    drawing = read_drawing(handle, page.height)
    page.pictures, page.pictured = drawing.pictures, covered(drawing.pictures, page)
    # Text without ink under a picture is what a recogniser read in it; elsewhere it is not to be read.
    unseen = drawing.unseen if page.pictured > _MOSTLY else drawing.unseen | drawing.invisible
    _add_chars(page, handle, unseen)
    if cropped := handle.get_cropbox(fallback_ok=False):
        _crop(page, cropped)
    if rotation and page.chars and (left, bottom) != (0, 0):
        raise NeedsStock("a turned page whose corner is not the origin")
    page.vertical, page.horizontal, page.shades = drawing.vertical, drawing.horizontal, drawing.shades
    if page.pictured > _MOSTLY:
        page.hidden = hidden_share(handle)
    return upright(page)


def _crop(page: Page, shown: Sequence[float]) -> None:
    """Leave out the characters outside the part of the page that is shown."""
    left, bottom, right, top = shown
    height = page.height
    inside = [
        char
        for char in page.chars
        if left <= (char.x0 + char.x1) / 2 <= right and bottom <= height - (char.top + char.bottom) / 2 <= top
    ]
    page.unseen += len(page.chars) - len(inside)
    page.chars = inside


def _add_chars(page: Page, handle: pdfium.PdfPage, unseen: Container[int]) -> None:
    text_page = raw.FPDFText_LoadPage(handle)
    if not text_page:
        raise PageError("its text is damaged")
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count > _MOST_CHARS:
            raise PageError("it holds more characters than a page of a report")
        opened = c.handle(text_page)
        _add_text(page, opened, _text(opened, count), unseen)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _text(text_page: Any, count: int) -> Sequence[str]:
    """The characters of a page in PDFium's order."""
    memory = array("B", bytes(2 * (count + 1)))
    c.get_text(text_page, 0, count, c.pointer(memory.buffer_info()[0]))
    text = memory.tobytes()[:-2].decode("utf-16-le", errors="replace")
    if len(text) == count and "\0" not in text and "\ufffd" not in text:
        return text
    return [chr(c.get_unicode(text_page, i)) for i in range(count)]  # some are missing, or of two halves


def _add_text(page: Page, text_page: Any, text: Sequence[str], unseen: Container[int]) -> None:
    """Every character with its place, but for those of `unseen` text objects; a blank only marks the character before
    it."""
    memory, fields = c.room(_FOUND.size // 4)
    box_at, x_at, y_at, matrix_at = (fields[i] for i in (0, 4, 6, 8))
    last, last_style, size, turn = None, (b"", 0.0), 0.0, None
    height, followers = page.height, [*text[1:], "x"]
    # Bound once, since they are called for every character.
    get_box, get_origin, has_map_error, get_matrix = c.get_box, c.get_origin, c.has_map_error, c.get_char_matrix
    get_font_size, unpack, add, unified = c.get_font_size, _FOUND.unpack, page.chars.append, UNIFIED.get
    for i, char in enumerate(text):
        if char in _NOT_PRINTED:
            continue
        if unseen and c.get_text_object(text_page, i) in unseen:
            page.unseen += 1
            continue
        get_box(text_page, i, box_at)
        get_origin(text_page, i, x_at, y_at)
        get_matrix(text_page, i, matrix_at)
        x0, y1, x1, y0, x, y, matrix = unpack(memory)
        if has_map_error(text_page, i):
            raise NeedsStock("characters without Unicode")
        origin, style = (x, y), (matrix, get_font_size(text_page, i))
        if origin == last and char.isalnum() and _is_replaced(text_page, i):
            raise NeedsStock("text that stands for other characters than the printed ones")
        if style != last_style:
            size, turn = _size_and_turn(*style)
        last, last_style = origin, style
        if turn is None:
            page.slanted += 1
            continue
        if size < _SMALLEST:
            page.unseen += 1
            continue
        if not _LOWEST * size <= (x1 - x0 if turn & 1 else y1 - y0) <= _HIGHEST * size:
            x0, y0, x1, y1 = _square(x0, x1, x, y, size)
        blank = 0
        if followers[i] in _BLANKS:
            blank = SUPPOSED if c.is_generated(text_page, i + 1) else PRINTED
        add(make_char((unified(char, char), x0, height - y1, x1, height - y0, height - y, size, turn, blank)))


def _is_replaced(text_page: Any, index: int) -> bool:
    """Whether a character comes from a text that the file gives in place of the printed one (`ActualText`).

    Several characters of one origin may also be a single glyph that stands for them.
    """
    text_object = ctypes.cast(c.get_text_object(text_page, index), raw.FPDF_PAGEOBJECT)
    length = ctypes.c_ulong()
    for i in range(raw.FPDFPageObj_CountMarks(text_object)):
        mark = raw.FPDFPageObj_GetMark(text_object, i)
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
            return True
    return False


def _size_and_turn(matrix: bytes, font_size: float) -> tuple[float, int | None]:
    """The size of a character in points, and its quarter turns."""
    a, b, c, d = _MATRIX.unpack(matrix)
    return abs(font_size) * math.hypot(c, d), quarter_turns(a * font_size, b * font_size)


def _square(x0: float, x1: float, x: float, y: float, size: float) -> tuple[float, float, float, float]:
    """A box on the baseline at x and y in place of an impossible one; its width is kept when that is possible."""
    if not 0.15 * size <= x1 - x0 <= 1.5 * size:
        x0, x1 = x, x + size
    return x0, y - _DESCENT * size, x1, y + (1 - _DESCENT) * size


def hidden_share(handle: pdfium.PdfPage) -> float:
    """The share of a page's text objects that are not shown, as the text under a scan is not."""
    texts = list(handle.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    hidden = [text for text in texts if raw.FPDFTextObj_GetTextRenderMode(text) == raw.FPDF_TEXTRENDERMODE_INVISIBLE]
    return len(hidden) / len(texts) if texts else 0.0
