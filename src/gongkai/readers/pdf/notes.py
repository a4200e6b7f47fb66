"""Small characters raised or lowered behind others: set on their line, and in brackets behind a figure, whose digits
they are not."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.readers.pdf.page import Char
from gongkai.readers.spacing import raised

_SMALL = 0.8  # of the size of the character before
_MOVED = 0.1  # of that size: a baseline this far from its own is another
_NEAR = 0.4  # of that size: a note begins no further behind it


def settled(chars: Sequence[Char]) -> Sequence[Char]:
    """The characters of a page in the file's order, in which a note follows what it is on."""
    found: list[Char] = []
    host: Char | None = None
    start = 0  # of the note that is open; 0: none is
    last = None
    for char in chars:
        if last is not None and char.size < _SMALL * (host or last).size and _is_note(char, last, host or last):
            if host is None:
                host, start = last, len(found)
            last = char
            found.append(char._replace(base=host.base))
            continue
        if host is not None:
            _put_in_brackets(found, start)
        host, last = None, char
        found.append(char)
    if host is not None:
        _put_in_brackets(found, start)
    return found


def _is_note(char: Char, last: Char, host: Char) -> bool:
    moved = abs(char.base - host.base) > _MOVED * host.size
    beside = char.top < host.bottom and char.bottom > host.top
    return moved and beside and -_NEAR < (char.x0 - last.x1) / host.size < _NEAR and not host.turn | char.turn


def _put_in_brackets(found: list[Char], start: int) -> None:
    note = "".join(char.text for char in found[start:])
    before, _, after = raised(found[start - 1].text, note).partition(note)
    found[start] = found[start]._replace(text=before + found[start].text)
    found[-1] = found[-1]._replace(text=found[-1].text + after)
