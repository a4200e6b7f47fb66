"""A Chinese font for matplotlib that is there on a machine without one: a subset of Noto Sans CJK SC that ships here.

The subset holds the characters of GB 2312. Others (rare characters in names) are drawn with the system's own Chinese
font where it has them, and are otherwise written as their code, so that no figure ever shows empty boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

FAMILY = "Gongkai Sans SC"
_SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
    "WenQuanYi Zen Hei",
)
_styled: ContextVar[bool] = ContextVar("_styled", default=False)


@cache
def families() -> tuple[str, ...]:
    """The font families to draw with, ours first; registers ours with matplotlib."""
    for file in sorted(files(__package__).joinpath("fonts").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".otf"):
            font_manager.fontManager.addfont(str(file))
    installed = set(font_manager.fontManager.get_font_names())
    return (FAMILY, *(family for family in _SYSTEM_FAMILIES if family in installed))


@contextmanager
def style() -> Iterator[None]:
    """matplotlib's defaults, whatever the user's own settings, with the Chinese font.

    A block within such a block costs nothing: setting hundreds of defaults takes as long as drawing several bars.
    """
    if _styled.get():
        yield
        return
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"font.family": list(families()), "font.size": 9.5, "axes.unicode_minus": False})
        token = _styled.set(True)
        try:
            yield
        finally:
            _styled.reset(token)


def drawable(text: str) -> str:
    """`text` with every character that no font at hand can draw written as its code (U+3A2C)."""
    return "".join(char if _has_glyph(char) else f"U+{ord(char):04X}" for char in text)


def _has_glyph(char: str) -> bool:
    return char == "\n" or any(ord(char) in _characters(family) for family in families())


@cache
def _characters(family: str) -> frozenset[int]:
    return frozenset(FT2Font(font_manager.findfont(family)).get_charmap())
