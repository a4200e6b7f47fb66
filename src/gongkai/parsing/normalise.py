"""Text made comparable: one width, one script, no stray blanks. What is shown to people stays as printed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Protocol

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}，。；：！？、（）《》“”])[ \t\u3000\xa0]+(?=[{_CJK}，。；：！？、（）《》“”])")
_NOT_WORDS = re.compile(rf"[^0-9A-Za-z{_CJK}]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Characters found only in traditional script and in words of the form; their presence asks for a conversion.
_TRADITIONAL = re.compile(
    "[佈係內動務區員問單國執報審對屬廢廳強後採據數於時會條業構機權決沒況減無爲為獲現當發確祕穩範糾納組結經維縣總織繳繼續罰舉萬處補製複覆規計訟訪許訴詢認說請議護財費購轉辦這進過開間關項題額類體]"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"(?<![一二三四五六七八九])二[〇○零0]([一二]|〇|○|零)([〇○零一二三四五六七八九])年?")
_ENUMERATOR = re.compile(
    r"^\s*(?:[（(]\s*([一二三四五六七八九十]+|\d+)\s*[)）]|([一二三四五六七八九十]+)\s*[、.．,，:：]|(\d{1,2})\s*[.．、,，)）])\s*"
)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> _Converter:
    import opencc  # heavy, and rarely needed

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def simplify(text: str) -> str:
    """`text` in simplified script; untouched when it shows no traditional character of the form."""
    return _to_simplified().convert(text) if _TRADITIONAL.search(text) else text


def plain(text: str) -> str:
    """`text` half-width, in simplified script, with years in digits."""
    text = unicodedata.normalize("NFKC", simplify(text))
    return _CHINESE_YEAR.sub(lambda match: match[0].rstrip("年").translate(_CHINESE_DIGITS) + "年", text)


def tidy(text: str) -> str:
    """`text` without invisible characters and without the blanks that layout leaves between Chinese characters."""
    return _BETWEEN_CJK.sub("", text.translate(_INVISIBLE)).strip()


def key(text: str) -> str:
    """`text` for comparing labels: simplified, half-width, letters and digits and Chinese characters only."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", simplify(text.translate(_INVISIBLE))))


def split_enumerator(text: str) -> tuple[str, str]:
    """A leading 一、 / （二） / 3. and the rest: `("二", "部分公开")`; the first is empty when there is none."""
    match = _ENUMERATOR.match(text.translate(_INVISIBLE))
    if not match:
        return "", text
    return next(group for group in match.groups() if group), text[match.end() :]
