"""What a page's own style sheets hide, strike out, raise or add is written into the elements, where the reader looks.

Only what changes the text counts, and only plain selectors: names, classes, ids and attributes, one inside the other.
Text is added where a sheet takes it from an attribute (`content: attr(data-value)`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

# A sheet without any of these changes no text.
_TELLING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|line-through|vertical-align\s*:\s*su|(?:font-size|opacity)\s*:\s*0"
    r"|content\s*:\s*attr",
    re.I,
)
_PROPERTY = re.compile(
    r"(?:^|;)\s*(display|visibility|text-decoration|vertical-align|font-size|opacity|content)(?:-line)?\s*:\s*([^;!]+)(![^;]*)?",
    re.I,
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_PIECE = re.compile(r"[^{}]+|[{}]")
_COMPOUND = re.compile(r"(\*|[\w-]*)((?:[.#][\w-]+|\[[\w-]+\])*)(?:::?(before|after))?")
_ADDED = re.compile(r"attr\(\s*([\w-]+)\s*\)")
_UNSEEN = {("display", "none"), ("visibility", "hidden"), ("opacity", "0"), ("font-size", "0")}
# A page of a report has some thousand elements and 100 kB of style sheets; beyond these limits they are not followed.
_MOST_TEXT = 300_000
_MOST_WORK = 1_000_000
_WAY_UP = 25  # the work of looking for an element around another, where holding one against a rule is 1


class _Compound(NamedTuple):
    """One element of a selector: its name (empty: any), classes, ids, attributes that it must have; `child`: right
    inside the one before; `side`: what is shown before or after its own text."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: frozenset[str]
    child: bool
    side: str

    def fits(self, element: etree._Element) -> bool:
        return (
            self.tag in ("", element.tag)
            and self.classes <= set(element.get("class", "").split())
            and self.ids <= {element.get("id")}
            and self.attributes <= set(element.keys())
        )


class _Rule(NamedTuple):
    """A selector, what it sets by property, and its weight in the cascade by property."""

    selector: tuple[_Compound, ...]
    values: dict[str, tuple[bool, str]]
    weight: tuple[int, int, int, int]

    @property
    def side(self) -> str:
        return self.selector[-1].side


def apply_style_sheets(root: etree._Element) -> None:
    """Add to the `style` of every element what the page's style sheets set and it does not set itself."""
    sheets = [sheet for sheet in root.iter("style") if _on_screen(sheet.get("media", ""))]
    text = _COMMENT.sub("", "\n".join("".join(sheet.itertext()) for sheet in sheets))
    if len(text) > _MOST_TEXT or not _TELLING.search(text):
        return
    by_key: dict[str, list[_Rule]] = defaultdict(list)
    for rule in _rules(text):
        last = rule.selector[-1]
        by_key[next((f".{name}" for name in last.classes), next((f"#{name}" for name in last.ids), last.tag))].append(
            rule
        )
    left = _MOST_WORK
    for element in root.iter(etree.Element):
        keys = [
            "",
            element.tag,
            f"#{element.get('id')}",
            *(f".{name}" for name in set(element.get("class", "").split())),
        ]
        rules = [rule for key in keys for rule in by_key.get(key, ())]
        left -= sum(1 + _WAY_UP * (len(rule.selector) - 1) for rule in rules)
        if left < 0:
            return
        fitting = [rule for rule in rules if _fits(rule.selector, element)]
        _set(element, [rule for rule in fitting if not rule.side])
        for side in {rule.side for rule in fitting if rule.side}:
            _add(element, side, [rule for rule in fitting if rule.side == side])


def _rules(text: str) -> Iterator[_Rule]:
    """The rules for a wide screen that set a property of these; `@media` opens a group of rules, other at-rules end."""
    shown = [True]
    prelude = ""
    order = 0
    for piece in _PIECE.findall(text):
        if piece == "{":
            at = prelude.strip().lower()
            group = at.startswith(("@media", "@supports", "@layer"))
            shown.append(shown[-1] and (_on_screen(at.removeprefix("@media")) if group else True))
            prelude = "" if group else prelude
        elif piece == "}":
            if len(shown) > 1:
                shown.pop()
            prelude = ""
        elif prelude.strip() and len(shown) > 1:
            values = _values(piece) if shown[-1] else {}
            for selector in prelude.rpartition(";")[2].split(",") if values else ():
                order += 1
                if compounds := _selector(selector):
                    yield _Rule(compounds, values, (*_specificity(compounds), order))
            prelude = ""
        else:
            prelude = piece


def _values(declarations: str) -> dict[str, tuple[bool, str]]:
    """What declarations set of the properties that count: whether with importance, and the value."""
    return {
        name.lower(): (bool(important), value.strip().lower())
        for name, value, important in _PROPERTY.findall(declarations)
    }


def _specificity(compounds: tuple[_Compound, ...]) -> tuple[int, int, int]:
    ids = sum(len(part.ids) for part in compounds)
    classes = sum(len(part.classes) + len(part.attributes) for part in compounds)
    return ids, classes, sum(bool(part.tag) for part in compounds)


def _selector(text: str) -> tuple[_Compound, ...]:
    """A selector's parts from the outside in; none for a selector of another kind."""
    compounds = []
    child = False
    for part in text.replace(">", " > ").split():
        if part == ">":
            child = True
            continue
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return ()
        names = re.findall(r"[.#\[][\w-]+", match[2])
        classes, ids, attributes = (frozenset(name[1:] for name in names if name[0] == mark) for mark in ".#[")
        tag = match[1].lower().replace("*", "")
        compounds.append(_Compound(tag, classes, ids, attributes, child, match[3] or ""))
        child = False
    return tuple(compounds)


def _fits(selector: tuple[_Compound, ...], element: etree._Element) -> bool:
    if not selector[-1].fits(element):
        return False
    child = selector[-1].child
    for compound in reversed(selector[:-1]):
        above = element.iterancestors()
        found = next((other for other in above if compound.fits(other) or child), None)
        if found is None or not compound.fits(found):
            return False
        element, child = found, compound.child
    return True


def _on_screen(media: str) -> bool:
    """Whether a list of media holds for a wide screen."""
    return any(
        not re.search(r"max-(?:device-)?width|\bprint\b|\bnot\b|\bspeech\b|prefers", one)
        for one in media.lower().split(",")
    )


def _chosen(rules: list[_Rule]) -> dict[str, tuple[bool, str]]:
    """What all rules together set."""
    chosen: dict[str, tuple[bool, str]] = {}
    for rule in sorted(rules, key=lambda rule: rule.weight):
        for name, (important, value) in rule.values.items():
            if important or not chosen.get(name, (False,))[0]:
                chosen[name] = important, value
    return chosen


def _add(element: etree._Element, side: str, rules: list[_Rule]) -> None:
    """Text that the rules take from the element's attributes, on this side of its own."""
    chosen = {name: value for name, (_, value) in _chosen(rules).items()}
    if _UNSEEN & set(chosen.items()):
        return
    added = "".join(element.get(name, "") for name in _ADDED.findall(chosen.get("content", "")))
    if side == "before":
        element.text = added + (element.text or "")
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + added
    else:
        element.text = (element.text or "") + added


def _set(element: etree._Element, rules: list[_Rule]) -> None:
    if not rules:
        return
    own = element.get("style", "")
    set_here = {name.lower() for name, _, _ in _PROPERTY.findall(own)}
    chosen = _chosen(rules)
    added = [f"{name}:{value}" for name, (important, value) in chosen.items() if important or name not in set_here]
    kept = own if not any(chosen[name][0] for name in set_here & chosen.keys()) else ""
    if added:
        element.set("style", "; ".join([*added, kept]))
