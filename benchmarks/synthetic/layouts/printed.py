"""Web pages printed to PDF by Chromium: ruled, half ruled, with vertical groups, landscape; and their text again."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.markup import Markup, article, box_with_spans, page, page_title, write_rows
from benchmarks.synthetic.layouts.web import PASTED
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet

_STYLE = """
@page {{ size: A4{orientation}; margin: {margin}mm }}
body {{ font-family: "Noto Serif CJK SC"; font-size: {size}pt; line-height: 1.7 }}
p {{ margin: 0; text-indent: 2em }} h1 {{ font-size: 18pt; text-align: center }}
table {{ border-collapse: collapse; width: 100%; margin: 6pt 0; line-height: 1.25; font-size: {table}pt }}
td {{ {rules}; padding: 2pt 3pt; text-align: center }} td.label {{ text-align: left }}
td.vertical {{ writing-mode: vertical-rl }} tr {{ break-inside: avoid }}
"""
_RULED = "border: 0.5pt solid black"
_HALF_RULED = "border-bottom: 0.5pt solid black"


def _box(box: Box, *, vertical: bool = False) -> str:
    names = [box.role] * (box.role in ("label", "figure")) + ["vertical"] * (vertical and box.role == "group")
    return box_with_spans(box, None, f' class="{" ".join(names)}"' if names else "")


def print_pages(
    draft: Draft,
    rules: str = _RULED,
    *,
    vertical: bool = False,
    orientation: str = "",
    more: str = "",
    pictured: Collection[str] = (),
) -> str:
    """The page that Chromium prints; its header rows are repeated on a new page where the draft's table has a thead.
    `more` is added to the style sheet, in which figures have the class `figure`; the tables `pictured` have that
    class."""
    rng = draft.rng
    repeated = rng.random() < 0.4

    def table(draft: Draft, sheet: Sheet) -> str:
        head = [row for row in sheet.rows if row[0].role == "header"] if repeated and sheet.table == "requests" else []
        rows = sheet.rows[len(head) :]
        thead = f"<thead>{write_rows(head, _box)}</thead>" if head else ""
        body = write_rows(rows, lambda box: _box(box, vertical=vertical))
        mark = ' class="pictured"' if sheet.table in pictured else ""
        return f"<table{mark}>{thead}<tbody>{body}</tbody></table>"

    style = _STYLE.format(
        orientation=orientation,
        margin=rng.choice((18, 24, 28)),
        size=rng.choice((12, 14, 16)),
        table=rng.choice((8, 9, 10.5)),
        rules=rules,
    )
    head = f"<style>{style}{more}</style>"
    return page(page_title(draft), article(draft, Markup(paragraph="<p>{}</p>"), table), head=head)


@layout(".pdf", PASTED, ("chromium",))
def pdf_ruled(draft: Draft) -> str:
    """Every box ruled."""
    return print_pages(draft)


@layout(".pdf", PASTED, ("chromium",))
def pdf_vertical(draft: Draft) -> str:
    """Group labels set vertically."""
    return print_pages(draft, vertical=True)


@layout(".pdf", PASTED, ("chromium",))
def pdf_half_ruled(draft: Draft) -> str:
    """Only lines under the rows."""
    return print_pages(draft, _HALF_RULED)


@layout(".pdf", PASTED, ("chromium",))
def pdf_unruled(draft: Draft) -> str:
    """No rules at all."""
    return print_pages(draft, "border: none")


@layout(".pdf", PASTED, ("chromium",))
def pdf_landscape(draft: Draft) -> str:
    """Landscape pages."""
    return print_pages(draft, orientation=" landscape")


@layout(".pdf", PASTED, ("chromium",))
def pdf_marked(draft: Draft) -> str:
    """Figures underlined, or with a digit in front that is struck out."""
    underlined = "td.figure { text-decoration: underline }"
    struck = "td.figure:not(:empty)::before { content: '3'; text-decoration: line-through; display: inline-block }"
    return print_pages(draft, more=draft.rng.choice((underlined, struck)))


@layout(".pdf", PASTED, ("chromium",))
def pdf_boxed_prose(draft: Draft) -> str:
    """The whole report in one ruled box, its prose too, as pages pasted into a table of one column are."""
    rows = article(
        draft,
        Markup(
            paragraph="<tr><td class='label'>{}</td></tr>",
            heading="<tr><td class='label'><b>{}</b></td></tr>",
            title="<tr><td><h1>{}</h1></td></tr>",
            signature="<tr><td>{}</td></tr>",
        ),
        lambda draft, sheet: f"<tr><td><table>{write_rows(sheet.rows, _box)}</table></td></tr>",
    )
    style = _STYLE.format(orientation="", margin=20, size=12, table=9, rules=_RULED)
    head = f"<style>{style} td td {{ padding: 1pt }}</style>"
    return page(escape(page_title(draft)), f"<table>{rows}</table>", head=head)


@layout(".txt", PASTED, ("chromium", "pdftotext_layout"))
def pdftotext_layout(draft: Draft) -> str:
    """What pdftotext -layout makes of a printed page."""
    return print_pages(draft)


@layout(".txt", PASTED, ("chromium", "pdftotext_layout"))
def pdftotext_layout_vertical(draft: Draft) -> str:
    """What pdftotext -layout makes of a page whose groups are set vertically."""
    return print_pages(draft, vertical=True)
