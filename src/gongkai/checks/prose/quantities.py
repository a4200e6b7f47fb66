"""Numbers as prose writes them: 21, 1,136, 2.5万, 三十二, 两."""

from __future__ import annotations

import re

_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([万亿]?)")
_CHINESE = "〇零一二两三四五六七八九十"
# Not the rest of a longer number, and not an ordinal (第三) or an estimate (约20); 20余 fails as no unit follows.
NUMBER = (
    rf"(?<![\d点第约近超逾{_CHINESE}百千万])(?<!\d,)(?<!\d\.)"
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?[万亿]?|\d+(?:\.\d+)?[万亿]?|[{_CHINESE}][{_CHINESE}百千万亿]*)"
)


def value_of(text: str) -> float | None:
    """The number that `text` (a match of NUMBER) writes; None when it is none after all (一二三)."""
    if match := _DIGITS.fullmatch(text):
        return float(match[1].replace(",", "")) * _SCALE[match[2]]
    import cn2an  # slow to import, and rarely needed

    try:
        return float(cn2an.cn2an(text.replace("〇", "零").replace("两", "二"), "strict"))
    except ValueError:
        return None
