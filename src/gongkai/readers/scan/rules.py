"""The rules of a page by image processing, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from gongkai.readers.pdf.page import Rule
from gongkai.readers.scan.dashes import with_dashes_joined
from gongkai.readers.scan.pens import Pens, find_pens
from gongkai.readers.scan.picture import INK, Dots, Picture, darker
from gongkai.readers.scan.strokes import Stroke, mask_of, part_of, strokes_of

# In inches. Shorter strokes are parts of characters.
_ACROSS, _DOWN = 0.28, 0.17
_MOST_HOLES = 0.03  # of a short rule, beside a dot at either end
# A rule this long stands for itself, a shorter one must run from rule to rule.
_LONG = 1.2
_LONGER = 3.0  # what is whole all along, too, is a rule even where it meets none: tables may be ruled below rows only
_TOUCH = 5.0  # points
_SIDES = 4  # so many strokes that end side by side make an edge
# A streak of a scanner runs from the top of the picture to its bottom, beyond all tables; in inches.
_TO_EDGE, _BEYOND = 0.1, 0.4
_BESIDE = 0.12  # on either side of a streak, so far may be what is left of a character that it has cut
_AROUND = 0.06  # inches around a pen's stroke, or where ink crosses a rule, in which figures are doubtful


class Ruling(NamedTuple):
    """The rules of a page, in points, a mask of their dots and of those of other strokes (of streaks and pens), where
    these may have cut what is printed, and whether rules are put together from dashes, of which some may lack."""

    vertical: list[Rule]
    horizontal: list[Rule]
    mask: Picture
    cut: Picture
    dashed: bool = False


class Way(NamedTuple):
    """The strokes of a page that run one way, the dots of each, and the ink of the page seen so that they are level."""

    strokes: list[Stroke]
    found: list[Dots]
    ink: Picture


def find_rules(grey: Picture, dpi: float, stamps: Picture | None = None) -> Ruling:
    """What is ruled on a page, and which strokes are no rules but streaks of the scanner or a pen's; what `stamps`
    leave of themselves is no ink. Where nothing is ruled, or pieces look like a pen's, rules may be dashed."""
    ruling = _rules_of(grey, dpi, stamps)
    if ruling.horizontal and not ruling.cut.any():
        return ruling
    if (joined := with_dashes_joined(grey, dpi)) is None:
        return ruling
    return max(ruling, _rules_of(joined, dpi, stamps), key=_length)._replace(dashed=True)


def _length(ruling: Ruling) -> float:
    return sum(rule.end - rule.start for rule in (*ruling.vertical, *ruling.horizontal))


def _rules_of(grey: Picture, dpi: float, stamps: Picture | None) -> Ruling:
    ink = darker(grey, INK) if stamps is None else cv2.bitwise_and(darker(grey, INK), cv2.bitwise_not(stamps))
    across = Way(*strokes_of(grey, dpi, _ACROSS), ink)
    turned = cv2.transpose(grey)
    down = Way(*strokes_of(turned, dpi, _DOWN), cv2.transpose(ink))
    streaks = [stroke for stroke in down.strokes if _is_streak(stroke, across.strokes, grey.shape[0] * 72 / dpi)]
    vertical = [stroke for stroke in down.strokes if stroke not in streaks]
    kept_vertical, kept_horizontal = _held(vertical, across.strokes, 72 / dpi)
    level = find_pens(kept_horizontal, across.found, across.ink, kept_vertical, dpi, down=False)
    upright = find_pens(kept_vertical, down.found, down.ink, kept_horizontal, dpi, down=True)
    if level.strokes or upright.strokes:
        kept_vertical, kept_horizontal = _held(
            _without(vertical, upright.strokes), _without(across.strokes, level.strokes), 72 / dpi
        )
    horizontal_mask, cut = _masks(across, kept_horizontal, level, dpi)
    vertical_mask, cut_down = _masks(down, kept_vertical, upright, dpi)
    mask = cv2.bitwise_or(horizontal_mask, cv2.transpose(vertical_mask))
    cut = cv2.bitwise_or(cut, cv2.transpose(cut_down))
    if streaks:
        streaked = cv2.transpose(mask_of(turned, down.found, streaks, dpi))
        mask = cv2.bitwise_or(mask, streaked)
        cut = cv2.bitwise_or(cut, cv2.dilate(streaked, np.ones((1, 2 * round(_BESIDE * dpi) + 1), np.uint8)))
    level_rules = [stroke.rule for stroke in kept_horizontal]
    return Ruling([stroke.rule for stroke in kept_vertical], level_rules, mask, cut)


def _without(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    numbers = {other.number for other in others}
    return [stroke for stroke in strokes if stroke.number not in numbers]


def _masks(way: Way, kept: Sequence[Stroke], pens: Pens, dpi: float) -> tuple[Picture, Picture]:
    """The dots of the rules kept and of pens, and what lies around the pens' and where ink crosses a rule."""
    mask = mask_of(way.ink, way.found, [*kept, *pens.strokes], dpi)
    cut: Picture = np.zeros(mask.shape, np.uint8)
    for number in {stroke.number for stroke in pens.strokes}:
        dots = way.found[number]
        under = part_of(cut, dots)
        np.maximum(under, dots.box, out=under)
    for stroke, columns in pens.crossed:
        cut[round(stroke.rule.at * dpi / 72), columns] = 255
    if pens.strokes or pens.crossed:
        cut = cv2.dilate(cut, np.ones((2 * round(_AROUND * dpi) + 1,) * 2, np.uint8))
    return mask, cut


def erase(grey: Picture, rules: Picture) -> Picture:
    """The page without its rules and their soft edges; of a character that touches a rule, the rest stays."""
    erased = grey.copy()
    erased[cv2.dilate(rules, np.ones((5, 5), np.uint8)) > 0] = 255
    return erased


def _is_streak(stroke: Stroke, horizontal: Sequence[Stroke], bottom: float) -> bool:
    """Whether a vertical stroke runs from edge to edge of a page so high (in points), beyond what it crosses."""
    at, start, end = stroke.rule
    if start > 72 * _TO_EDGE or end < bottom - 72 * _TO_EDGE:
        return False
    crossed = [other.rule.at for other in horizontal if other.rule.start <= at <= other.rule.end]
    return start < min(crossed, default=bottom) - 72 * _BEYOND and end > max(crossed, default=0.0) + 72 * _BEYOND


def _open_edges(vertical: Sequence[Stroke], horizontal: Sequence[Stroke]) -> list[Stroke]:
    """Where a table is open above or below, as at the end of a page: several vertical strokes end there side by side,
    well beyond the last rule that they meet."""
    edges = []
    for sign in (-1, 1):  # above, below
        ends = []
        for at, start, end in (stroke.rule for stroke in vertical):
            met = [
                sign * rule.at for rule, *_ in horizontal if rule.start <= at <= rule.end and start <= rule.at <= end
            ]
            reach = max(sign * start, sign * end)
            if met and reach > max(met) + 2 * _TOUCH:
                ends.append((reach, at))
        ends.sort()
        while ends:
            beside = [(reach, at) for reach, at in ends if reach <= ends[0][0] + _TOUCH]
            ends = ends[len(beside) :]
            if len(beside) >= _SIDES:
                xs = [at for _, at in beside]
                edges.append(Stroke(Rule(sign * beside[-1][0], min(xs), max(xs)), -1, ()))
    return edges


def _held(vertical: list[Stroke], horizontal: list[Stroke], dot: float) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that are rules: the long ones that meet another, and the short ones from one rule to another or to
    an edge that is open.

    Of a short one, what goes beyond the rules that it meets is a part of a character and is cut off.
    """
    edges = _open_edges(vertical, horizontal)
    while True:
        across = [*horizontal, *edges]
        held_vertical = [cut for stroke in vertical if (cut := _cut(stroke, across, dot))]
        held_horizontal = [cut for stroke in horizontal if (cut := _cut(stroke, held_vertical, dot))]
        if (held_vertical, held_horizontal) == (vertical, horizontal):
            return held_vertical, held_horizontal
        vertical, horizontal = held_vertical, held_horizontal


def _cut(stroke: Stroke, across: Sequence[Stroke], dot: float) -> Stroke | None:
    """The stroke from the first to the last of the rules between which it has no holes; None where there are not two.
    A long stroke is taken whole.

    `dot` is the size of a dot in points.
    """
    at, start, end = stroke.rule
    met = sorted(
        other.rule.at
        for other in across
        if other.rule.start - _TOUCH <= at <= other.rule.end + _TOUCH
        and start - _TOUCH <= other.rule.at <= end + _TOUCH
    )
    if end - start >= 72 * _LONG:
        alone = end - start >= 72 * _LONGER and _is_whole(stroke, start, end, dot)
        return stroke if met or alone else None
    best: tuple[float, float] | None = None
    run: tuple[float, float] | None = None
    for low, high in pairwise(met):
        if high - low > _TOUCH and not _is_whole(stroke, low, high, dot):
            run = None
            continue
        run = (run[0], high) if run else (low, high)
        if best is None or run[1] - run[0] > best[1] - best[0]:
            best = run
    if best is None or best[1] - best[0] <= _TOUCH:
        return None
    first, last = (start if start >= best[0] - _TOUCH else best[0]), (end if end <= best[1] + _TOUCH else best[1])
    return Stroke(Rule(at, first, last), stroke.number, tuple(hole for hole in stroke.holes if first <= hole <= last))


def _is_whole(stroke: Stroke, low: float, high: float, dot: float) -> bool:
    """Whether a stroke has ink all along between two rules; strokes of characters one beside the other have gaps."""
    first, last = max(stroke.rule.start, low), min(stroke.rule.end, high)
    holes = sum(first <= hole <= last for hole in stroke.holes)
    return last - first >= high - low - 2 * _TOUCH and holes <= 2 + _MOST_HOLES * (last - first) / dot
