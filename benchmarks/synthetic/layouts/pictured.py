"""Prose as text, and one, two or all tables as pictures, as organs paste screenshots and scans of them."""

from __future__ import annotations

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.printed import print_pages
from benchmarks.synthetic.registry import layout


def _page(draft: Draft) -> str:
    tables = sorted(draft.sheets)
    pictured = draft.rng.sample(tables, draft.rng.randint(1, len(tables))) if tables else []
    return print_pages(draft, vertical=draft.rng.random() < 0.3, pictured=pictured)


@layout(".pdf", frozenset(), ("pictured", "chromium"))
def pdf_pictures(draft: Draft) -> str:
    """Pictures of tables on printed pages."""
    return _page(draft)


@layout(".docx", frozenset(), ("pictured", "pasted_docx"))
def docx_pictures(draft: Draft) -> str:
    """Pictures of tables in a Word file."""
    return _page(draft)


@layout(".html", frozenset(), ("pictured",))
def html_pictures(draft: Draft) -> str:
    """Pictures of tables in a web page, as `data:`."""
    return _page(draft)
