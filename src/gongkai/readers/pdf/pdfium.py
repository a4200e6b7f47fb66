"""PDFium's functions for characters and paths, called bare: they are called for every character, and of an argument
whose type it knows ctypes makes and checks an object at every call, which takes longer than the call itself.

Arguments are whole numbers as they are, and addresses as `pointer` makes them, once for many calls.
"""

from __future__ import annotations

import ctypes
import threading
from array import array
from collections.abc import Callable
from ctypes import c_double, c_int, c_uint, c_void_p
from typing import Any

import pypdfium2.raw as raw

# PDFium does one thing at a time in a process.
LOCK = threading.Lock()


def _bare(function: Any, result: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, c_void_p).value
    assert address is not None
    bare: Callable[..., Any] = ctypes.CFUNCTYPE(result)(address)
    return bare


pointer: Callable[[int], Any] = c_void_p.from_param

get_text = _bare(raw.FPDFText_GetText, c_int)
get_unicode = _bare(raw.FPDFText_GetUnicode, c_uint)
get_box = _bare(raw.FPDFText_GetLooseCharBox, c_int)
get_origin = _bare(raw.FPDFText_GetCharOrigin, c_int)
get_char_matrix = _bare(raw.FPDFText_GetMatrix, c_int)
get_font_size = _bare(raw.FPDFText_GetFontSize, c_double)
get_text_object = _bare(raw.FPDFText_GetTextObject, c_void_p)
is_generated = _bare(raw.FPDFText_IsGenerated, c_int)
has_map_error = _bare(raw.FPDFText_HasUnicodeMapError, c_int)

count_objects = _bare(raw.FPDFPage_CountObjects, c_int)
get_object = _bare(raw.FPDFPage_GetObject, c_void_p)
get_type = _bare(raw.FPDFPageObj_GetType, c_int)
get_matrix = _bare(raw.FPDFPageObj_GetMatrix, c_int)
get_bounds = _bare(raw.FPDFPageObj_GetBounds, c_int)
get_fill_color = _bare(raw.FPDFPageObj_GetFillColor, c_int)
get_render_mode = _bare(raw.FPDFTextObj_GetTextRenderMode, c_int)
count_form_objects = _bare(raw.FPDFFormObj_CountObjects, c_int)
get_form_object = _bare(raw.FPDFFormObj_GetObject, c_void_p)
get_draw_mode = _bare(raw.FPDFPath_GetDrawMode, c_int)
count_segments = _bare(raw.FPDFPath_CountSegments, c_int)
get_segment = _bare(raw.FPDFPath_GetPathSegment, c_void_p)
get_segment_type = _bare(raw.FPDFPathSegment_GetType, c_int)
get_segment_point = _bare(raw.FPDFPathSegment_GetPoint, c_int)
get_segment_close = _bare(raw.FPDFPathSegment_GetClose, c_int)


def handle(opened: Any) -> Any:
    """What pypdfium2 has opened, as an argument."""
    address = ctypes.cast(opened, c_void_p).value
    assert address is not None
    return pointer(address)


def room(fields: int) -> tuple[array[int], list[Any]]:
    """Memory that results are written to, and a pointer to each of its fields of four bytes."""
    memory = array("B", bytes(4 * fields))
    start, _ = memory.buffer_info()
    return memory, [pointer(start + 4 * i) for i in range(fields)]
