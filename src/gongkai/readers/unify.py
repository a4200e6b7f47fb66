"""Code points that fonts give to ordinary characters: radicals, vertical punctuation, compatibility ideographs.

A font whose table of characters was made from its glyphs calls 工 KANGXI RADICAL WORK; what is printed is 工.
"""

from __future__ import annotations

import unicodedata

# Radicals that are characters of their own; Unicode gives them no decomposition, or that of another script.
_RADICALS = dict(
    zip(
        "⼾⺁⺝⺟⺠⺩⺮⺶⺼⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "户厂月母民王竹羊肉虎西见角贝足车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_VERTICAL = {
    "\ufe10": "，",
    "\ufe11": "、",
    "\ufe12": "。",
    "\ufe13": "：",
    "\ufe14": "；",
    "\ufe35": "（",
    "\ufe36": "）",
}
_FOLDED = (
    range(0x2F00, 0x2FD6),  # Kangxi radicals
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0xFB00, 0xFB07),  # Latin ligatures
    range(0xFE30, 0xFE45),  # vertical punctuation
)
# What PDFium makes of a hyphen that ends a line.
_HYPHEN = {"\x02": "-"}


def _unified() -> dict[str, str]:
    folded = {chr(code): unicodedata.normalize("NFKC", chr(code)) for codes in _FOLDED for code in codes}
    return {char: text for char, text in (folded | _RADICALS | _VERTICAL | _HYPHEN).items() if text != char}


UNIFIED = _unified()


def unify(text: str) -> str:
    """The text with ordinary characters, as long as before: a ligature, which stands for several, stays."""
    return text if text.isascii() else text.translate(_OF_ONE)


_OF_ONE = {ord(char): text for char, text in UNIFIED.items() if len(text) == 1}
