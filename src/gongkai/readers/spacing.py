"""Blanks in markup become the blanks that a reader sees."""

from __future__ import annotations

import re

from gongkai.readers.unify import unify

# Marks of layout that print nothing; U+E5E5 is what GB18030 decoders make of the full-width space A3A0.
_UNSEEN: dict[int, str | None] = dict.fromkeys(
    [0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_UNSEEN[0xE5E5] = "\u3000"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef《》〈〉“”‘’…—"
_LINE_END_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_FIGURE = re.compile(r"[\d０-９]\s*$")


def shown(text: str) -> str:
    """`text` as a browser shows it: runs of blanks are one, line ends in Chinese none, and none at the edges."""
    text = _LINE_END_IN_CHINESE.sub("", unify(text.translate(_UNSEEN)))
    return _BLANKS.sub(" ", text).replace("\xa0", " ").strip()


def kept(text: str) -> str:
    """`text` with its blanks as they are, where these are printed; only marks that print nothing are left out."""
    return text.translate(_UNSEEN)


def raised(before: str, note: str) -> str:
    """Raised text as it may follow `before`: a note on a figure is put in brackets, or 5¹ would become 51."""
    if _FIGURE.search(before) and note.strip() and not note.strip().startswith(("[", "(", "（", "〔", "【")):
        return f"[{note.strip()}]"
    return note
