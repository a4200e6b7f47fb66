"""Markdown's marks within a line become what a reader sees: 3 for **3**, $3$ or `3`, -3 for \\-3."""

from __future__ import annotations

import re
from html import unescape

from gongkai.readers.spacing import raised

# In code nothing is a mark, and a backslash keeps the mark behind it from being one (CommonMark 6.1 and 2.4); both are
# put away while the other marks are read.
_CODE = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PUT_AWAY = 0xE000
_AWAY = {code: chr(_PUT_AWAY + code) for code in range(0x21, 0x7F)}
_AGAIN = {_PUT_AWAY + code: chr(code) for code in range(0x21, 0x7F)}
_STRUCK = re.compile(r"~~[^~]{1,200}~~|<(del|s|strike)>[^<>]{0,200}</\1>", re.I)
_RAISED = re.compile(r"<sup>([^<>]{0,40})</sup>|\^([^\s^]{1,8})\^", re.I)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}(?:\s[^()]{0,200})?\)")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,1000}(?:\s[^()]{0,200})?\)")
_FORMULA = re.compile(r"\$\s*([^$]{1,80}?)\s*\$")
_COMMAND = re.compile(r"\\(?:mathbf|mathrm|textbf|text|mathit)\{([^{}]*)\}")
_SLANTED = re.compile(r"([*_])([^*_\s][^*_]*)\1")
_BOLD = re.compile(r"\*\*|__|`")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_TAG = re.compile(
    r"<!--(?:[^-]|-(?!->)){0,300}-->|</?(?:a|article|b|big|blockquote|body|center|code|div|em|figure|font|h[1-6]|hr|html|i|img|ins|kbd|li|mark|ol|p"
    r"|section|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_MARKS = frozenset("\\*_`~$<&[^")


def plain(text: str, blank: str = "") -> str:
    """The text without its marks; a line break within it becomes `blank`."""
    if _MARKS.isdisjoint(text):
        return text
    text = _CODE.sub(lambda match: match[1].translate(_AWAY), text)
    text = _ESCAPED.sub(lambda match: match[1].translate(_AWAY), text)
    text = _STRUCK.sub("", text)
    text = _RAISED.sub(lambda match: raised(text[: match.start()], match[1] or match[2] or ""), text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _FORMULA.sub(lambda match: _COMMAND.sub(r"\1", match[1]), text)
    text = _TAG.sub("", _BREAK.sub(blank, text))
    text = _BOLD.sub("", text)
    if match := _SLANTED.fullmatch(text.strip()):
        text = match[2]
    return unescape(text).translate(_AGAIN)
