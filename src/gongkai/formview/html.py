"""Small pieces of HTML: everything that is put into one is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib import resources


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """`<name>` with attributes and children, escaped unless they are Html; `class_` is `class`, None leaves one out."""
    given = "".join(
        f' {key.rstrip("_")}="{escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    return Html(f"<{name}{given}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Html:
    """Children side by side, escaped unless they are Html."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def tag_of(language: str) -> str:
    """The language as HTML names it."""
    return "zh-CN" if language == "zh" else language


def framed(*children: str, language: str) -> Html:
    """Children with the style they need, in a box that keeps the style from anything else on the page."""
    return element("div", style(), *children, class_="gk", lang=tag_of(language))


def listing(header: Sequence[str], rows: Iterable[Sequence[str]], short: Sequence[int] = ()) -> Html:
    """A table of records; the columns with an index in `short` do not wrap."""
    body = [
        element("tr", *(element("td", cell, class_="gk-short" if i in short else None) for i, cell in enumerate(row)))
        for row in rows
    ]
    head = element("thead", element("tr", *(element("th", label) for label in header)))
    table = element("table", head, element("tbody", *body), class_="gk-table gk-list")
    return element("div", table, class_="gk-scroll")


@cache
def style() -> Html:
    """The style sheet of everything in this package."""
    css = resources.files(__package__).joinpath("form.css").read_text(encoding="utf-8")
    return Html(f"<style>\n{css}</style>")
