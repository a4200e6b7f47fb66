"""Numbers as prose writes them: 21, 1,136, 2.5万, 三十二, 两, 12.3%, 百分之十二点三."""

from __future__ import annotations

import re

_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([万亿]?)")
_CHINESE = "〇零一二两三四五六七八九十"
_NO_DECIMALS = re.compile("点零+$")
_ONES = dict(zip("〇零一二两三四五六七八九十", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)[万亿]?"
# Not the rest of a longer number, and not an ordinal (第三) or an estimate (约20); 20余 fails as no unit follows.
NUMBER = (
    rf"(?<![\d点第约近超逾{_CHINESE}百千万])(?<!\d,)(?<!\d\.)"
    rf"(?:{_ARABIC}|[{_CHINESE}][{_CHINESE}百千万亿]*)"
)
PERCENT = rf"(?:百分之[{_CHINESE}百]+(?:点[{_CHINESE}]+)?|(?<![\d.约近超逾])\d+(?:\.\d+)?%)(?!以上|以下|以内|左右)"


def value_of(text: str) -> float | None:
    """The number that `text` (a match of NUMBER or PERCENT) writes; None when it is none after all (一二三)."""
    text = text.removeprefix("百分之").removesuffix("%")
    if match := _DIGITS.fullmatch(text):
        return float(match[1].replace(",", "")) * _SCALE[match[2]]
    if len(text) == 1:
        return _ONES.get(text)
    import cn2an  # slow to import, and rarely needed

    try:
        return float(cn2an.cn2an(_NO_DECIMALS.sub("", text.replace("〇", "零").replace("两", "二")), "strict"))
    except ValueError:
        return None


def decimals_of(text: str) -> int:
    """To how many places a percentage is given: 2 for 12.30%, 1 for 百分之十二点三."""
    for point in (".", "点"):
        if point in text:
            return len(text.partition(point)[2].removesuffix("%"))
    return 0


def near(stated: float, true: float, step: float) -> bool:
    """Whether the true number was rounded, or cut off, to the stated one, which is given to the nearest `step`."""
    return -step / 2 - 1e-9 <= true - stated < step - 1e-9


def may_round(step: float) -> bool:
    """Whether a number that is given to the nearest `step` may be rounded, other than one that counts whole things."""
    return step > 1 or not step.is_integer()


def step_of(text: str) -> float:
    """How finely a number is given: 1 for 21, 0.01 for 7730.28, 1000 for 1.2万."""
    match = _DIGITS.fullmatch(text)
    return _SCALE[match[2]] / 10 ** decimals_of(match[1]) if match else 1.0
