"""Bytes become text. A wrong guess would turn a report into other characters in silence, so every guess is scored:
a decoding counts by the share of its characters that Chinese text commonly has."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from pathlib import Path

from gongkai.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Every encoding stands for the largest one that contains it: pages that declare gb2312 use the characters of gb18030.
_LARGEST = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_NAMED = re.compile(r"utf-8|gb\w+|big5\w*|cp\d+|iso8859-\d+|euc_\w+|shift_jis\w*|koi8-\w")
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000
_GOOD = 0.8  # real Chinese text reaches 0.95 in its own encoding; the same bytes stay below 0.7 in another
_MOST_DAMAGED = 0.02
_REPLACEMENT = "\ufffd"


def decode(data: bytes, path: str | Path, declared: str | None = None) -> str:
    """The text of `data`: UTF-8, UTF-16, GB18030 (GBK, GB2312), Big5, or what charset-normalizer finds.

    `declared` is the encoding that the file itself names; it is believed where the result reads like Chinese or nothing
    else does better. A damaged character becomes U+FFFD. Raises UnreadableFile for empty and binary data, and where no
    encoding fits.
    """
    encoding = detect(data, path, declared)
    text = data.decode(encoding, errors="replace")
    damaged = text.count(_REPLACEMENT)
    if damaged > 3 and damaged > _MOST_DAMAGED * sum(map(len, re.findall(r"[^\x00-\x7f]+", text))):
        raise UnreadableFile(path, f"is no readable text: {damaged} characters are damaged ({encoding})")
    if len(_CONTROL.findall(text[:_SAMPLE])) > 0.01 * min(len(text), _SAMPLE):
        raise UnreadableFile(path, "is a binary file, not text")
    return text


def detect(data: bytes, path: str | Path, declared: str | None = None) -> str:
    """The name of the encoding that `decode` uses; raises like it."""
    if not data:
        raise UnreadableFile(path, "the file is empty")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if b"\0" in data[:_SAMPLE]:
        return _utf16(data, path)
    first = _NOT_ASCII.search(data)
    if first is None:
        return "ascii"
    # From a first byte that no encoding takes for the second half of a character.
    sample = data[first.start() : first.start() + _SAMPLE]
    named = _named(declared)
    for encoding in dict.fromkeys([named, "utf-8"] if named else ["utf-8"]):
        if _score(sample, encoding) >= _GOOD:
            return encoding
    best = max(_CANDIDATES, key=lambda encoding: _score(sample, encoding))
    if _score(sample, best) >= _GOOD:
        return best
    return _foreign(sample, path, named)


def _named(declared: str | None) -> str | None:
    """The codec for a declared name; None for a name that is unknown or stands for no encoding of single bytes."""
    try:
        name = codecs.lookup((declared or "").strip().strip("'\"")).name
    except (LookupError, ValueError):
        return None
    return _LARGEST.get(name, name) if _NAMED.fullmatch(name) else None


def _utf16(data: bytes, path: str | Path) -> str:
    """UTF-16 without a byte order mark, told by what makes it Chinese, or by the zero bytes of ASCII on one side."""
    sample = data[:_SAMPLE]
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _score(sample, encoding))
    if _score(sample, best) >= _GOOD:
        return best
    for side, encoding in enumerate(("utf-16-be", "utf-16-le")):
        if sample[side::2].count(0) > 0.9 * len(sample[side::2]) and 0 not in sample[1 - side :: 2]:
            return encoding
    raise UnreadableFile(path, "is a binary file, not text")


def _foreign(sample: bytes, path: str | Path, named: str | None) -> str:
    """The encoding of text that is hardly Chinese."""
    for encoding in dict.fromkeys(["utf-8", named or "utf-8"]):
        if _REPLACEMENT not in _decoded(sample, encoding):
            return encoding
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    match = from_bytes(sample).best()
    if match is None:
        raise UnreadableFile(path, "is a binary file, or text in an encoding that could not be told")
    return match.encoding


def _score(sample: bytes, encoding: str) -> float:
    """The share of common characters among those beyond ASCII, from 0 to 1."""
    counts = Counter(_decoded(sample, encoding))
    beyond = sum(count for char, count in counts.items() if char > "\x7f")
    if not beyond:
        return 0.0
    return sum(count for char, count in counts.items() if char in common_characters()) / beyond


def _decoded(sample: bytes, encoding: str) -> str:
    """`sample` decoded; a character that its end cuts in two does not count as damaged."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return decoder.decode(sample, final=len(sample) < _SAMPLE)


@cache
def common_characters() -> frozenset[str]:
    """The characters of everyday simplified and traditional text: the first levels of GB 2312 and Big5, and marks."""
    simplified = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    traditional = (bytes((high, low)) for high in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    marks = "\xa0·—–‘’“”…、。〈〉《》「」『』【】〔〕①②③④⑤⑥⑦⑧⑨⑩↑↓○●■□▲△★☆※\u3000"
    full_width = "，．：；！？（）％－／～＋０１２３４５６７８９"
    return frozenset(
        "".join(pair.decode("gb2312", "ignore") for pair in simplified)
        + "".join(pair.decode("big5", "ignore") for pair in traditional)
        + marks
        + full_width
    )
