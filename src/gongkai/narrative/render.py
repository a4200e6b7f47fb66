"""A story as HTML and as Markdown. What comes from a report is escaped here, and only here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from gongkai.formview.html import Html, element, tag_of
from gongkai.narrative.sentence import Given, Number, Part, Sentence, Table
from gongkai.narrative.sources import PEERS_ANCHOR

if TYPE_CHECKING:
    from gongkai.narrative.sources import Source
    from gongkai.narrative.story import Story

_MARK = "°"
_IN_TOOLTIP = 6
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")


def html(story: Story, sources: bool = True) -> str:
    """The story in one block. MathJax is kept away from it: a report's text may hold what looks like a formula."""
    blocks: list[Html] = [_style(), element("h2", story.title)]
    for section in story.sections:
        paragraphs = (_spaced((_sentence(one, story) for one in some), story.separator) for some in section.paragraphs)
        blocks += [element("h3", section.title), *(element("p", *children) for children in paragraphs)]
    if story.peers is not None:
        blocks.append(_peers(story.peers))
    if sources and story.sources:
        blocks.append(_source_list(story))
    return element("div", *blocks, class_="gk-story tex2jax_ignore", lang=tag_of(story.language))


def markdown(story: Story) -> str:
    """The story with a link at every number, and the list of cells that the links lead to."""
    blocks = [f"## {_escaped(story.title)}"]
    for section in story.sections:
        paragraphs = (["".join(_md(part, story) for part in one.parts) for one in some] for some in section.paragraphs)
        blocks += [f"### {_escaped(section.title)}", *(story.separator.join(sentences) for sentences in paragraphs)]
    if story.sources:
        blocks.append(f"### {_escaped(story.sources_title)}")
        blocks.append("\n".join(f'- <a id="{escape(one.anchor)}"></a>{_escaped(str(one))}' for one in _printed(story)))
    if story.peers is not None:
        blocks += [f'### <a id="{PEERS_ANCHOR}"></a>{_escaped(story.peers.title)}', _md_table(story.peers)]
    return "\n\n".join(blocks) + "\n"


@cache
def _style() -> Html:
    return Html(f"<style>\n{files(__package__).joinpath('story.css').read_text(encoding='utf-8')}</style>")


def _spaced(children: Iterable[Html], separator: str) -> list[str]:
    """Children with a separator between them."""
    spaced: list[str] = []
    for child in children:
        spaced += [separator, child] if spaced and separator else [child]
    return spaced


def _sentence(sentence: Sentence, story: Story) -> Html:
    """A sentence whose numbers are links; one that cites cells without a number gets a mark to click on instead."""
    parts = [_part(part, story) for part in sentence.parts]
    if sentence.cells and not sentence.numbers:
        parts.append(_link(_MARK, sentence.cells, story, "gk-cite"))
    cells, rules = " ".join(sentence.cells), " ".join(sentence.rules)
    return element("span", *parts, **{"data-cells": cells or None, "data-rules": rules or None})


def _part(part: Part, story: Story) -> str:
    if isinstance(part, Number):
        return _link(part.text, part.fact.sources, story, "gk-number") if part.fact.sources else part.text
    if isinstance(part, Given):
        return element("span", part.text, class_=f"gk-{part.what}", lang="zh-CN" if part.what == "quote" else None)
    return part


def _link(text: str, cells: tuple[str, ...], story: Story, kind: str) -> Html:
    known = [story.sources[cell] for cell in cells if cell in story.sources]
    target = f"#{known[0].anchor}" if known else None
    return element("a", text, href=target, class_=kind, title=_tooltip(known), **{"data-cells": " ".join(cells)})


def _tooltip(sources: list[Source]) -> str:
    lines = [str(source) for source in sources[:_IN_TOOLTIP]]
    return "\n".join(lines + ["…"] * (len(sources) > _IN_TOOLTIP))


def _source_list(story: Story) -> Html:
    rows = [
        element(
            "tr",
            element("td", source.name),
            element("td", source.shown),
            element("td", source.place.strip(" ()（）")),
            element("td", element("code", source.id)),
            id=source.anchor,
        )
        for source in _printed(story)
    ]
    return element("div", element("h3", story.sources_title), element("table", *rows), class_="gk-sources")


def _printed(story: Story) -> list[Source]:
    """The sources that are cells of the report or of the one before."""
    return [source for source in story.sources.values() if not source.of_peers]


def _peers(table: Table) -> Html:
    """The table of peers, folded; a link into it unfolds it."""
    head = element("tr", *(element("th", name) for name in table.columns))
    rows = [element("tr", *(element("td", text) for text in row)) for row in table.rows]
    body = element("table", head, *rows)
    return element("details", element("summary", table.title), body, class_="gk-peers", id=PEERS_ANCHOR)


def _md_table(table: Table) -> str:
    rows = [table.columns, ("---",) * len(table.columns), *(map(_escaped, row) for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _md(part: Part, story: Story) -> str:
    if isinstance(part, Number) and (known := [story.sources[id] for id in part.fact.sources if id in story.sources]):
        return f"[{_escaped(part.text)}](#{escape(known[0].anchor)})"
    return _escaped(part if isinstance(part, str) else part.text)


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return _MARKDOWN.sub(r"\\\1", escape(text, quote=False).replace("\n", " "))
