"""Where two versions of a sentence differ, as pieces to be marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

Piece = tuple[Literal["both", "before", "after"], str]
# Longer sentences are shown whole on both sides; marking takes time with the square of their length.
LONGEST = 2000
# Fewer characters in common, between two differences, are left to chance.
_LEAST = 2
# A number is one piece: 2022 became 2023, not its last digit.
_PIECE = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)


def pieces(before: str, after: str) -> Iterator[Piece]:
    """What both have, and what only one of them has, in reading order."""
    if max(len(before), len(after)) > LONGEST:
        yield from (("before", before), ("after", after))
        return
    gone, come = "", ""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(blocks):
        if kind == "equal" and (b - a >= _LEAST or at in (0, len(blocks) - 1)):
            yield from _apart(gone, come)
            gone, come = "", ""
            yield "both", "".join(new[c:d])
        else:
            gone, come = gone + "".join(old[a:b]), come + "".join(new[c:d])
    yield from _apart(gone, come)


def _apart(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield "before", gone
    if come:
        yield "after", come
