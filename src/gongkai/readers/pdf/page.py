"""A page of a PDF as characters and rules, whichever library read it, in the frame in which its text stands upright.

Coordinates are PDF points from the top left corner, as pdfplumber has them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from gongkai.document import Place

Box = tuple[float, float, float, float]  # x0, top, x1, bottom

_SLANT = 10.0  # degrees off the nearest quarter turn, beyond which text is a watermark


SUPPOSED, PRINTED = 1, 2


class PageError(Exception):
    """A page that cannot be read; the text says why."""


class Char(NamedTuple):
    """A printed character: its box, its baseline, its font size and its direction.

    `turn` counts the quarter turns counterclockwise from upright. `blank` is PRINTED where the file has a blank after
    the character, SUPPOSED where PDFium thinks that there is one, else 0.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    turn: int = 0
    blank: int = 0

    @property
    def box(self) -> Box:
        return self[1:5]


# Makes a Char of a tuple of its fields, twice as fast as calling the class.
make_char: Callable[[tuple[str, float, float, float, float, float, float, int, int]], Char] = partial(
    tuple.__new__, Char
)


class Rule(NamedTuple):
    """A straight rule: at this x (or y), from `start` to `end` along it."""

    at: float
    start: float
    end: float


make_rule: Callable[[tuple[float, float, float]], Rule] = partial(tuple.__new__, Rule)


@dataclass(slots=True)
class Page:
    """What is printed on a page.

    `shades` are filled areas, whose borders are no rules, `pictures` the areas of pictures. `pictured` is the share of
    the page that these cover, `hidden` the share of its text that is there but not shown (under a scan). `slanted` and
    `unseen` are the numbers of characters left out because they stand askew (a watermark), or because nobody sees them.
    `turned` counts the quarter turns clockwise from the page as it is displayed to the frame used here.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    turned: int = 0
    pictured: float = 0.0
    hidden: float = 0.0
    slanted: int = 0
    unseen: int = 0

    def place(self, box: Box) -> Place:
        """A box of this frame as a place on the page as it is displayed."""
        x0, top, x1, bottom = self.displayed(box)
        return Place(self.number, round(x0, 3), round(top, 3), round(x1, 3), round(bottom, 3))

    def displayed(self, box: Box) -> Box:
        """A box of this frame as a box of the page as it is displayed."""
        if self.turned:
            width, height = self.width, self.height
            for _ in range(4 - self.turned):
                box = turned_box(box, height)
                width, height = height, width
        return box


def quarter_turns(a: float, b: float) -> int | None:
    """How many quarter turns counterclockwise text runs whose matrix begins with a and b; None where it runs askew."""
    degrees = math.degrees(math.atan2(b, a))
    turn = round(degrees / 90)
    return turn % 4 if abs(degrees - 90 * turn) <= _SLANT else None


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around `boxes`."""
    if len(boxes) == 1:
        return boxes[0]
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def turned_box(box: Box, height: float) -> Box:
    """`box` after its page, `height` high, was turned a quarter clockwise."""
    x0, top, x1, bottom = box
    return height - bottom, x0, height - top, x1


def turned_page(page: Page) -> Page:
    """The page turned a quarter clockwise."""
    height = page.height
    return replace(
        page,
        width=height,
        height=page.width,
        chars=[turned_char(char, height) for char in page.chars],
        vertical=[Rule(height - at, start, end) for at, start, end in page.horizontal],
        horizontal=[Rule(at, height - end, height - start) for at, start, end in page.vertical],
        shades=[turned_box(shade, height) for shade in page.shades],
        pictures=[turned_box(picture, height) for picture in page.pictures],
        turned=(page.turned + 1) % 4,
    )


def turned_char(char: Char, height: float) -> Char:
    """The character after its page was turned a quarter clockwise."""
    x0, top, x1, bottom = turned_box(char.box, height)
    turn = (char.turn - 1) % 4
    # A baseline is known for upright text only; sideways text stands on the side that becomes the bottom.
    return Char(char.text, x0, top, x1, bottom, bottom, char.size, turn, char.blank)


def upright(page: Page) -> Page:
    """The page in the frame in which most of its characters stand upright."""
    turns = [char.turn for char in page.chars]
    if not any(turns):
        return page
    [(turn, _)] = Counter(turns).most_common(1)
    for _ in range(turn):
        page = turned_page(page)
    return page


def covered(boxes: Sequence[Box], page: Page) -> float:
    """The share of the page that `boxes` cover, at most 1; what they share counts for each of them."""
    widths = (max(min(x1, page.width) - max(x0, 0.0), 0.0) for x0, _, x1, _ in boxes)
    heights = (max(min(bottom, page.height) - max(top, 0.0), 0.0) for _, top, _, bottom in boxes)
    area = sum(width * height for width, height in zip(widths, heights, strict=True))
    return min(area / (page.width * page.height), 1.0) if page.width * page.height else 0.0
