"""Reading the elements of a Word file: its namespace, the values of properties, what is said twice."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_OFFICE = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = frozenset({_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback"})
_OFF = frozenset({"0", "false", "off"})


def value(element: etree._Element, path: str) -> str | None:
    """The value of a property below the element (`tcPr/gridSpan`); None where it is not set."""
    found = _find(element, path)
    return None if found is None else found.get(W + "val")


def whole(element: etree._Element, path: str, default: int) -> int:
    """The value of a property as a whole number; `default` where it is not set or no such number."""
    text = value(element, path)
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,6}", text) else default


def is_on(element: etree._Element, path: str) -> bool:
    """Whether a property that is either on or off is on."""
    found = _find(element, path)
    return found is not None and found.get(W + "val", "true") not in _OFF


def is_shaded(shade: etree._Element | None) -> bool:
    """Whether a shading (`shd`) is of another colour than paper."""
    if shade is None:
        return False
    pattern, fill = shade.get(W + "val", "clear"), shade.get(W + "fill", "auto")
    return fill.lower() not in ("auto", "ffffff") or pattern not in ("clear", "nil")


def is_second_choice(element: etree._Element) -> bool:
    """Whether the element says once more, for older programs, what the one before it says (a text box, a drawing)."""
    return element.tag in _ALTERNATIVES and element.getprevious() is not None


def part_of_picture(picture: etree._Element) -> str | None:
    """The id of the part that a picture is in; None where the file only links to it."""
    names = (f"{space}{name}" for space in (_OFFICE, _STRICT_OFFICE) for name in ("embed", "id"))
    return next((id for name in names if (id := picture.get(name))), None)


def _find(element: etree._Element, path: str) -> etree._Element | None:
    return element.find("/".join(W + name for name in path.split("/")))
