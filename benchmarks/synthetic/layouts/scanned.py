"""Printed pages scanned: the same pages as the PDF layouts print, with the damage of a scanner or a camera.

Not among the layouts until this module is imported: reading a scan takes a hundred times as long as reading a text.
"""

from __future__ import annotations

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.printed import print_pages
from benchmarks.synthetic.registry import layout


def _page(draft: Draft) -> str:
    return print_pages(draft, vertical=draft.rng.random() < 0.4)


@layout(".pdf", frozenset(), ("chromium", "scan_mild"))
def scan_mild(draft: Draft) -> str:
    """150 to 200 dpi and little damage."""
    return _page(draft)


@layout(".pdf", frozenset(), ("chromium", "scan_heavy"))
def scan_heavy(draft: Draft) -> str:
    """100 to 150 dpi and heavy damage, some pages turned."""
    return _page(draft)


@layout(".tiff", frozenset(), ("chromium", "scan_fine"))
def scan_fine(draft: Draft) -> str:
    """300 dpi and heavy damage, as a TIFF of several pages."""
    return _page(draft)


@layout(".pdf", frozenset(), ("chromium", "photo"))
def photo(draft: Draft) -> str:
    """Photographs of the pages on a desk."""
    return _page(draft)
