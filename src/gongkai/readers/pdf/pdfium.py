"""PDFium's functions for characters and paths, with plain integers for its handles: they are called for every
character, and ctypes is much slower when it has to make and check an object for every pointer."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from ctypes import c_double, c_int, c_void_p
from typing import Any

import pypdfium2.raw as raw

# PDFium does one thing at a time in a process.
LOCK = threading.Lock()


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, c_void_p).value
    assert address is not None
    plain: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return plain


get_box = _plain(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
get_origin = _plain(raw.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
get_char_matrix = _plain(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
get_font_size = _plain(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
get_text_object = _plain(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
is_generated = _plain(raw.FPDFText_IsGenerated, c_int, c_void_p, c_int)
has_map_error = _plain(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)

count_objects = _plain(raw.FPDFPage_CountObjects, c_int, c_void_p)
get_object = _plain(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
get_type = _plain(raw.FPDFPageObj_GetType, c_int, c_void_p)
get_matrix = _plain(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
get_bounds = _plain(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
get_fill_color = _plain(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
get_render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
count_form_objects = _plain(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
get_form_object = _plain(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, ctypes.c_ulong)
get_draw_mode = _plain(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
count_segments = _plain(raw.FPDFPath_CountSegments, c_int, c_void_p)
get_segment = _plain(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
get_segment_type = _plain(raw.FPDFPathSegment_GetType, c_int, c_void_p)
get_segment_point = _plain(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
get_segment_close = _plain(raw.FPDFPathSegment_GetClose, c_int, c_void_p)


def handle(pointer: Any) -> int:
    """The address that a pointer of pypdfium2 holds."""
    address = ctypes.cast(pointer, c_void_p).value
    assert address is not None
    return address
