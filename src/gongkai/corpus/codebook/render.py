"""The codebook as Markdown and as a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.corpus.codebook.chapters import Chapter, Tongue, chapters, title
from gongkai.formview.html import Html, element, framed, join, listing

_BREAK = "<br>"


def codebook(tongue: Tongue = "zh", html: bool = False) -> str:
    """The codebook in Chinese (`zh`), English (`en`) or `both`, as Markdown or as a page that fetches nothing."""
    return _page(tongue) if html else "\n".join(_markdown(tongue)).rstrip("\n") + "\n"


def _markdown(tongue: Tongue) -> Iterator[str]:
    yield f"# {title(tongue)}\n"
    for chapter in chapters(tongue):
        if chapter.title:
            yield f"## {chapter.title}\n"
        for paragraph in chapter.paragraphs:
            yield f"{paragraph}\n"
        if chapter.header:
            yield _row(chapter.header)
            yield "|" + "---|" * len(chapter.header)
            yield from map(_row, chapter.rows)
            yield ""


def _row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _page(tongue: Tongue) -> str:
    name = title(tongue)
    parts = [part for chapter in chapters(tongue) for part in _chapter(chapter)]
    language = "en" if tongue == "en" else "zh"
    body = framed(element("h1", name), *parts, language=language)
    head = join([Html('<meta charset="utf-8">'), element("title", name)])
    return f"<!doctype html>\n{element('html', element('head', head), element('body', body), lang=language)}\n"


def _chapter(chapter: Chapter) -> Iterator[Html]:
    if chapter.title:
        yield element("h2", _inline(chapter.title))
    for paragraph in chapter.paragraphs:
        yield element("p", _inline(paragraph))
    if chapter.header:
        yield listing(chapter.header, [[_inline(text) for text in row] for row in chapter.rows], short=(0,))


def _inline(text: str) -> Html:
    """A text whose names stand between backticks."""
    lines = (re.split("`([^`]*)`", line) for line in text.split(_BREAK))
    shown = (join(element("code", part) if i % 2 else part for i, part in enumerate(line)) for line in lines)
    return Html("<br>".join(shown))
