"""What people and programs do to tables now and then: rows of blocks for tables, style sheets that hide, fields for
figures, wrong spans, tables on their side, last year's figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.markup import Markup, article, box_with_spans, write_rows, write_table
from benchmarks.synthetic.layouts.web import PASTED, cut_rows, site_page
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet, is_header

# How a row of blocks and a cell in it are written.
_BLOCKS = (
    ("<div class='tr'>{}</div>", "<div class='td'>{}</div>"),
    ("<div style='display:table-row'>{}</div>", "<div style='display:table-cell'>{}</div>"),
    ("<ul>{}</ul>", "<li>{}</li>"),
    ("<p>{}</p>", "<span style='display:inline-block;width:80px'>{}</span>"),
)
# Style sheets that hide the class `x`, or strike out what has it.
_HIDING = (".x{display:none}", "td .x, #no{visibility:hidden}", "i.x{text-decoration:line-through}", "i.x{font-size:0}")
_FIELDS = (
    '<input type="text" value="{}">',
    "<textarea>{}</textarea>",
    "<select><option>9</option><option selected>{}</option></select>",
)


def _page(draft: Draft, table: Callable[[Draft, Sheet], str], style: str = "") -> str:
    return site_page(draft, article(draft, Markup(), table), f"<style>{style}</style>" if style else "")


def _other_figures(rng: Random, sheet: Sheet) -> list[list[Box]]:
    """The table of another year."""
    return [
        [replace(box, text=str(rng.randrange(90))) if box.role == "figure" else box for box in row]
        for row in sheet.rows
    ]


@layout(".html", PASTED)
def html_blocks(draft: Draft) -> str:
    """Rows of blocks side by side instead of tables."""
    row, cell = draft.rng.choice(_BLOCKS)
    return _page(
        draft,
        lambda draft, sheet: "".join(
            row.format("".join(cell.format(escape(box.text)) for box in boxes)) for boxes in sheet.rows
        ),
    )


@layout(".html", PASTED)
def html_hidden(draft: Draft) -> str:
    """Another year's tables, and digits within figures, that only a style sheet hides."""
    rng = draft.rng

    def box(box: Box) -> str:
        extra = f"<i class='x'>{rng.randrange(10)}</i>" if box.role == "figure" and rng.random() < 0.2 else ""
        return box_with_spans(box, extra + escape(box.text))

    def table(draft: Draft, sheet: Sheet) -> str:
        return f"<div class='old'>{write_table(_other_figures(rng, sheet))}</div>{write_table(sheet.rows, box)}"

    return _page(draft, table, "div.old{display:none}" + rng.choice(_HIDING))


@layout(".html", PASTED)
def html_fields(draft: Draft) -> str:
    """Figures in the fields of a form."""
    field = draft.rng.choice(_FIELDS)

    def box(box: Box) -> str:
        return box_with_spans(box, field.format(escape(box.text)) if box.role == "figure" else None)

    return _page(draft, lambda draft, sheet: write_table(sheet.rows, box))


@layout(".html", PASTED)
def html_wrong_spans(draft: Draft) -> str:
    """Spans of headers, labels and groups that are wrong by one."""
    rng = draft.rng
    role = rng.choice(("header", "label", "group"))

    def box(box: Box) -> str:
        wrong = box.role == role and rng.random() < 0.2
        rows = box.rowspan + rng.choice((-1, 1)) * (wrong and box.rowspan > 1)
        columns = box.colspan + rng.choice((-1, 1)) * (wrong and role != "group" and box.colspan > 1)
        return box_with_spans(replace(box, rowspan=rows if role == "group" else box.rowspan, colspan=columns))

    return _page(draft, lambda draft, sheet: write_table(sheet.rows, box))


@layout(".html", PASTED)
def html_last_year(draft: Draft) -> str:
    """Last year's figures as well: in a column of their own, or in a table below."""
    rng = draft.rng
    beside = rng.random() < 0.5

    def row(at: int, boxes: list[Box]) -> list[Box]:
        first = next((k for k, box in enumerate(boxes) if box.role == "figure"), None)
        if at and first is None:
            return boxes
        more = Box("上年数", "header", 3) if not at else Box(str(rng.randrange(90)), "gap")
        return [*boxes[: first or 1], more, *boxes[first or 1 :]]

    def table(draft: Draft, sheet: Sheet) -> str:
        if not beside:
            return f"{write_table(sheet.rows)}<p>附：上一年度数据</p>{write_table(_other_figures(rng, sheet))}"
        wide = sheet.table == "requests"
        return write_table([row(at, boxes) for at, boxes in enumerate(sheet.rows)] if wide else sheet.rows)

    return _page(draft, table)


@layout(".html", PASTED)
def html_on_its_side(draft: Draft) -> str:
    """Table 三 with a column for every row of the form."""

    def table(draft: Draft, sheet: Sheet) -> str:
        if sheet.table != "requests":
            return write_table(sheet.rows)
        turned: list[list[Box]] = [[] for _ in range(sheet.width)]
        for _, column, box in sheet.placed():
            turned[column].append(replace(box, rowspan=box.colspan, colspan=box.rowspan))
        return write_table(turned)

    return _page(draft, table)


@layout(".html", PASTED)
def html_foot_first(draft: Draft) -> str:
    """The last rows written before the others, in the table's foot, which a browser shows below."""

    def table(draft: Draft, sheet: Sheet) -> str:
        head = len([row for row in sheet.rows if is_header(row)]) if sheet.table != "disclosure" else 0
        cut = len(sheet.rows) - 1
        above = [[replace(box, rowspan=min(box.rowspan, cut - at)) for box in row] for at, row in enumerate(sheet.rows)]
        groups = (("thead", above[:head]), ("tfoot", cut_rows(sheet, cut)), ("tbody", above[head:cut]))
        return f"<table>{''.join(f'<{tag}>{write_rows(rows, box_with_spans)}</{tag}>' for tag, rows in groups)}</table>"

    return _page(draft, table)
