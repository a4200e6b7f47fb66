"""Words that are underlined or struck out: the stroke is no rule of a table, and what is struck out is not read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from gongkai.readers.pdf.page import Char, Page, Rule

_BASE, _X0 = attrgetter("base"), attrgetter("x0")
_REACH = 2.0  # a stroke begins and ends this close to its words
_BELOW = 0.4  # of the font size, from the baseline: where an underline may be
_THROUGH = 0.15, 0.6  # of the font size above the baseline: where a stroke strikes out
_AT_A_RULE = 1.0


def undecorated(page: Page) -> Page:
    """The page without strokes under and through words, and without the words that are struck out."""
    loose = _loose(page)
    if not loose:
        return page
    chars = sorted((char for char in page.chars if not char.turn), key=_BASE)
    largest = max((char.size for char in chars), default=0.0)
    strokes: set[Rule] = set()
    struck: set[Char] = set()
    for rule in loose:
        words = _along(chars, rule, largest)
        if not words or abs(words[0].x0 - rule.start) > _REACH or abs(words[-1].x1 - rule.end) > _REACH:
            continue
        strokes.add(rule)
        struck |= {char for char in words if _THROUGH[0] <= (char.base - rule.at) / char.size <= _THROUGH[1]}
    if not strokes:
        return page
    kept = [char for char in page.chars if char not in struck] if struck else page.chars
    level = [rule for rule in page.horizontal if rule not in strokes]
    return replace(page, chars=kept, horizontal=level, unseen=page.unseen + len(page.chars) - len(kept))


def _loose(page: Page) -> list[Rule]:
    """The level rules of up to half the page's width that neither begin nor end at an upright one."""
    upright = _joined(page.vertical)
    short = (rule for rule in page.horizontal if rule.end - rule.start <= page.width / 2)
    return [rule for rule in short if not any(_stands(upright, x, rule.at) for x in (rule.start, rule.end))]


def _joined(upright: Sequence[Rule]) -> list[Rule]:
    """Upright rules from left to right; where they go on cell by cell, in one piece."""
    joined: list[Rule] = []
    for rule in sorted(upright):
        last = joined[-1] if joined else None
        if last is not None and last.at == rule.at and rule.start <= last.end + 2 * _AT_A_RULE:
            joined[-1] = Rule(rule.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _stands(upright: Sequence[Rule], x: float, y: float) -> bool:
    """Whether an upright rule passes this point."""
    for i in range(bisect_left(upright, (x - _AT_A_RULE,)), len(upright)):
        at, top, bottom = upright[i]
        if at > x + _AT_A_RULE:
            return False
        if top - _AT_A_RULE <= y <= bottom + _AT_A_RULE:
            return True
    return False


def _along(chars: Sequence[Char], rule: Rule, largest: float) -> list[Char]:
    """The characters, from left to right, that a level rule passes under or through; `chars` are in order of base, and
    none is larger than `largest`."""
    first = bisect_left(chars, rule.at - _BELOW * largest, key=_BASE)
    last = bisect_right(chars, rule.at + _THROUGH[1] * largest, key=_BASE)
    words = [
        char
        for char in chars[first:last]
        if rule.start < (char.x0 + char.x1) / 2 < rule.end
        and -_BELOW <= (char.base - rule.at) / char.size <= _THROUGH[1]
    ]
    return sorted(words, key=_X0)
