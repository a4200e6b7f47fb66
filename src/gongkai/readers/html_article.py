"""Where on a page the article is: the element that holds the prose and the tables, without the site's furniture.

What is cut off is lost to the reader, so an element is chosen only when nearly everything that is no link stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.readers.html_walk import is_hidden

_MOST_LINKS = 0.1  # share of link text that an article may have
_ENOUGH = 0.92  # share of the page's prose that the article must hold
_ENOUGH_NAMED = 0.75  # the same for an element whose name says that it is the article
_CONTAINERS = frozenset({"article", "body", "center", "div", "form", "main", "section", "td", "ucapcontent"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|bottom|copyright|nav|navi|navbar|menu|header|top|crumbs?|breadcrumbs?|location|position"
    r"|share|side|sidebar|aside|search|login|toolbar|friendlink)(?:$|[\s_\d-])",
    re.I,
)
_FURNITURE_TAGS = frozenset({"nav", "footer", "header", "aside"})
_NAMED = re.compile(r"article|content|detail|editor|zoom|main-?text|zhengwen|ucap", re.I)
_FIGURE = re.compile(r"\s*\d[\d.,]*\s*")
_FIGURES_OF_A_TABLE = 3


@dataclass(slots=True)
class _Weight:
    """Characters in an element: of all text, of links; and the figures that stand alone in a table cell."""

    text: int = 0
    links: int = 0
    figures: int = 0

    @property
    def prose(self) -> int:
        return self.text - self.links


def find_article(root: etree._Element) -> etree._Element:
    """The element that holds the article; `root` itself where none can be told from the rest with confidence."""
    weights = _weigh(root)
    whole = weights[root]
    prose = whole.prose - sum(weights[element].prose for element in _furniture(root, weights))
    named = None
    for element in _main_line(root, weights):
        weight = weights[element]
        complete = whole.figures - weight.figures < _FIGURES_OF_A_TABLE
        if not complete or weight.prose < _ENOUGH_NAMED * prose:
            break
        if element.tag not in _CONTAINERS or weight.links > _MOST_LINKS * weight.text:
            continue
        # A page with any link has a site around the article; without, all of it is.
        if weight.prose >= _ENOUGH * prose and (element is not root or not whole.links):
            return element
        if named is None and _NAMED.search(_name(element)):
            named = element
    return root if named is None else named


def _weigh(root: etree._Element) -> dict[etree._Element, _Weight]:
    """The weight of every element that is shown."""
    weights: dict[etree._Element, _Weight] = {}
    for event, element in (events := etree.iterwalk(root, events=("start", "end"))):
        if event == "start":
            hidden = is_hidden(element)
            weights[element] = _Weight() if hidden else _Weight(_length(element.text))
            if hidden:
                events.skip_subtree()
            continue
        weight = weights[element]
        if element.tag == "a":
            weight.links = weight.text
        elif element.tag in ("td", "th") and weight.text < 12 and _FIGURE.fullmatch("".join(element.itertext())):
            weight.figures = 1
        parent = weights.get(element.getparent())
        if parent is not None:
            parent.text += weight.text + _length(element.tail)
            parent.links += weight.links
            parent.figures += weight.figures
    return weights


def _main_line(root: etree._Element, weights: dict[etree._Element, _Weight]) -> Iterator[etree._Element]:
    """From `root` inwards, at each step the child with the most prose."""
    element = root
    while element is not None:
        yield element
        element = max(element, key=lambda child: weights[child].prose if child in weights else 0, default=None)


def _furniture(root: etree._Element, weights: dict[etree._Element, _Weight]) -> Iterator[etree._Element]:
    """The outermost elements that call themselves navigation, footer and the like, and hold little of the page."""
    most = weights[root].prose / 4
    for _, element in (events := etree.iterwalk(root, events=("start",))):
        if element not in weights:
            events.skip_subtree()
        elif element is not root and _is_furniture(element) and weights[element].prose < most:
            yield element
            events.skip_subtree()


def _is_furniture(element: etree._Element) -> bool:
    return element.tag in _FURNITURE_TAGS or bool(_FURNITURE.search(_name(element)))


def _name(element: etree._Element) -> str:
    return f"{element.get('id', '')} {element.get('class', '')}"


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
