"""What recognition, typing and conversion do to labels. Figures stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from random import Random

from benchmarks.synthetic.sheets import Box, Sheet

# Characters that recognisers and hurried typists take for each other.
_PAIRS = (
    "己已 未末 申甲 请清 埋理 息恩 政攻 机杌 束结 木本 问间 规观 纠纟 诉沂 "
    "构枸 处外 复夏 量星 总忘 其具 人入 法去 公么 开幵 年午 审宙 维准 项顶 数敉"
)
_LOOKALIKES = {a: b for pair in _PAIRS.split() for a, b in (pair, pair[::-1])}
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八]、|[（(][一二三四五六七八][)）]|\d\.)")
_MANGLED = {"一、": "-,", "二、": "=,", "三、": "三,", "四、": "四 ", "1.": "l.", "2.": "2 ", "3.": "3,"}
Damage = Callable[[Random, Sheet], None]


def _each_label(damage: Callable[[Random, str], str]) -> Damage:
    """A damage to every label by itself."""

    def apply(rng: Random, sheet: Sheet) -> None:
        sheet.change(lambda box: box if box.id or not box.text else replace(box, text=damage(rng, box.text)))

    return apply


def _misread(rng: Random, text: str, *, rate: float) -> str:
    """Characters taken for others, doubled by a stray mark, or dropped; never all of them."""
    read = [_misread_character(rng, char) if rng.random() < rate else char for char in text]
    return "".join(read) if len("".join(read)) * 2 > len(text) else text


def _misread_character(rng: Random, char: str) -> str:
    return rng.choice(("", _LOOKALIKES.get(char, ""), _LOOKALIKES.get(char, char + rng.choice(".,·'"))))


@cache
def _traditional_converter() -> Callable[[str], str]:
    import opencc

    return opencc.OpenCC("s2t").convert


def _traditional(rng: Random, text: str) -> str:
    """One label in three in traditional script, as recognisers trained on both mix them."""
    return _traditional_converter()(text) if rng.random() < 0.35 else text


def _lost_enumerator(rng: Random, text: str) -> str:
    return _ENUMERATOR.sub("", text) if rng.random() < 0.5 else text


def _mangled_enumerator(rng: Random, text: str) -> str:
    match = _ENUMERATOR.match(text)
    return _MANGLED.get(match[0], match[0]) + text[match.end() :] if match and rng.random() < 0.6 else text


def _spaced(rng: Random, text: str) -> str:
    """Blanks where lines were wrapped or characters were set apart."""
    if rng.random() < 0.1:
        return " ".join(text)
    cut = rng.randrange(1, len(text)) if len(text) > 3 and rng.random() < 0.5 else 0
    return f"{text[:cut]} {text[cut:]}" if cut else text


def _cut_short(rng: Random, text: str) -> str:
    """Long labels lose their middle, as where a recogniser skips a line of them."""
    if len(text) < 14 or rng.random() < 0.5:
        return text
    start = rng.randint(5, len(text) - 8)
    return text[:start] + text[start + rng.randint(2, 6) :]


def _merged(rng: Random, sheet: Sheet) -> None:
    """A label moves into the box of the label above it; its own box stays empty."""
    for above, below in zip(sheet.rows, sheet.rows[1:], strict=False):
        first, second = _only_label(above), _only_label(below)
        if first is not None and second is not None and len(below) == len(above) and rng.random() < 0.12:
            above[first] = replace(above[first], text=f"{above[first].text} {below[second].text}")
            below[second] = replace(below[second], text="")


def _only_label(row: list[Box]) -> int | None:
    labels = [at for at, box in enumerate(row) if box.role == "label" and box.text]
    return labels[0] if len(labels) == 1 and row[0].role == "label" else None


LABEL_DAMAGES: dict[str, Damage] = {
    "misread": _each_label(partial(_misread, rate=0.03)),
    "misread_heavily": _each_label(partial(_misread, rate=0.12)),
    "traditional": _each_label(_traditional),
    "lost_enumerators": _each_label(_lost_enumerator),
    "mangled_enumerators": _each_label(_mangled_enumerator),
    "spaced_labels": _each_label(_spaced),
    "cut_short": _each_label(_cut_short),
    "merged_labels": _merged,
}
