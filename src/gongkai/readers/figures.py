"""What a figure standing alone looks like in text: digits with a unit or note, a dash, or a word for none."""

from __future__ import annotations

import re

_UNIT = r"(?:万元|亿元|元|件|项|个|条|份)?(?:[（(][^（）()\s]*[)）])?[①-⑳*＊]*"
_ELSEWHERE = r"(?:详?见附[件表]\d?|详见[\u4e00-\u9fff]{2,6})"
BARE = rf"(?:(?:[-+－＋−↑↓]|增加?|减少?)?\d[\d,，]*(?:[.．]\d+)?{_UNIT}|[OoＯ○/\\]|[—－―–-]{{1,3}}|无|{_ELSEWHERE})"
FIGURE = re.compile(rf"{BARE}|不适用")
