"""Words that are underlined or struck out: the stroke is no rule of a table, and what is struck out is not read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from gongkai.readers.pdf.page import Char, Page, Rule

_X0 = attrgetter("x0")
_REACH = 2.0  # a stroke begins and ends this close to its words
_BELOW = 0.4  # of the font size, from the baseline: where an underline may be
_THROUGH, _ABOVE = 0.15, 0.6  # of the font size above the baseline: where a stroke strikes out
_AT_A_RULE = 1.0


def undecorated(page: Page) -> Page:
    """The page without strokes under and through words, and without the words that are struck out."""
    along = _along_words(page)
    upright = _joined(page.vertical) if along else []
    strokes = {
        rule: words
        for rule, words in along.items()
        if not any(_stands(upright, x, rule.at) for x in (rule.start, rule.end))
    }
    if not strokes:
        return page
    struck = {
        char
        for rule, words in strokes.items()
        for char in words
        if _THROUGH <= (char.base - rule.at) / char.size <= _ABOVE
    }
    kept = [char for char in page.chars if char not in struck] if struck else page.chars
    level = [rule for rule in page.horizontal if rule not in strokes]
    return replace(page, chars=kept, horizontal=level, unseen=page.unseen + len(page.chars) - len(kept))


def _along_words(page: Page) -> dict[Rule, list[Char]]:
    """The level rules of up to half the page's width that begin and end with the words they pass under or through, and
    the characters of these from left to right."""
    near = _near_baselines(page)
    wanted = {base for bases in near.values() for base in bases}
    rows: dict[float, list[Char]] = defaultdict(list)
    for char in page.chars if wanted else ():
        if char.base in wanted and not char.turn:
            rows[char.base].append(char)
    starts = {base: sorted(map(_X0, row)) for base, row in rows.items()}
    along = {}
    for rule, bases in near.items():
        if any(_is_near(starts[base], rule.start) for base in bases):
            words = sorted((char for base in bases for char in rows[base] if _passes(rule, char)), key=_X0)
            if words and abs(words[0].x0 - rule.start) <= _REACH and abs(words[-1].x1 - rule.end) <= _REACH:
                along[rule] = words
    return along


def _is_near(positions: Sequence[float], x: float) -> bool:
    """Whether one of the positions, which are in order, is in reach."""
    i = bisect_left(positions, x - _REACH)
    return i < len(positions) and positions[i] <= x + _REACH


def _near_baselines(page: Page) -> dict[Rule, list[float]]:
    """The level rules of up to half the page's width with the baselines close by; most rules of tables have none."""
    levels: dict[float, list[Rule]] = defaultdict(list)
    for rule in page.horizontal:
        if rule.end - rule.start <= page.width / 2:
            levels[rule.at].append(rule)
    sizes: dict[float, float] = {}  # of the largest character on a baseline
    for char in page.chars if levels else ():
        if not char.turn and char.size > sizes.get(char.base, 0.0):
            sizes[char.base] = char.size
    bases, largest = sorted(sizes), max(sizes.values(), default=0.0)
    near = {}
    for at, rules in levels.items():
        first, last = bisect_left(bases, at - _BELOW * largest), bisect_right(bases, at + _ABOVE * largest)
        if found := [base for base in bases[first:last] if -_BELOW <= (base - at) / sizes[base] <= _ABOVE]:
            near.update(dict.fromkeys(rules, found))
    return near


def _passes(rule: Rule, char: Char) -> bool:
    """Whether a level rule passes under or through a character."""
    above = -_BELOW <= (char.base - rule.at) / char.size <= _ABOVE
    return above and rule.start < (char.x0 + char.x1) / 2 < rule.end


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
