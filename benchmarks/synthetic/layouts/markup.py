"""The parts that all web pages share: a sheet as an HTML table, prose as paragraphs, the page's frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.sheets import Box, Sheet
from benchmarks.synthetic.truth import Item

WriteBox = Callable[[Box], str]


@dataclass(frozen=True, slots=True)
class Markup:
    """How one kind of page writes boxes, paragraphs and headings; texts come in already escaped."""

    box: WriteBox = lambda box: box_with_spans(box)
    paragraph: str = "<p>&emsp;&emsp;{}</p>"
    heading: str = "<p>&emsp;&emsp;<strong>{}</strong></p>"
    title: str = '<h1 style="text-align:center">{}</h1>'
    signature: str = '<p style="text-align:right">{}</p>'
    table: str = '<table border="1" cellspacing="0" width="100%">{}</table>'


def box_with_spans(box: Box, content: str | None = None, attributes: str = "") -> str:
    """A table cell with its spans."""
    spans = (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "") + (
        f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    )
    return f"<td{spans}{attributes}>{escape(box.text) if content is None else content}</td>"


def write_rows(rows: Iterable[list[Box]], box: WriteBox) -> str:
    """Table rows without their table."""
    return "\n".join(f"<tr>{''.join(map(box, row))}</tr>" for row in rows)


def write_table(rows: Iterable[list[Box]], box: WriteBox = box_with_spans) -> str:
    """Rows as a table with a border and nothing else."""
    return f'<table border="1">{write_rows(rows, box)}</table>'


def write_sheet(sheet: Sheet, markup: Markup) -> str:
    """The sheet as one table."""
    return markup.table.format("\n" + write_rows(sheet.rows, markup.box) + "\n")


def article(draft: Draft, markup: Markup, write: Callable[[Draft, Sheet], str] | None = None) -> str:
    """Everything between the page's frame: title, prose, tables in printed order."""
    parts = []
    for item in draft.truth.flow:
        if item.kind == "table":
            sheet = draft.sheets[item.section]
            parts.append(write(draft, sheet) if write else write_sheet(sheet, markup))
        else:
            parts.append(_prose(item, markup))
    return "\n".join(parts)


def _prose(item: Item, markup: Markup) -> str:
    pattern: str = getattr(markup, item.kind)
    return pattern.format(escape(item.text).replace("\n", "<br/>"))


def page(title: str, body: str, *, head: str = "", charset: str = "utf-8") -> str:
    """A whole page."""
    top = f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}">'
    return f"{top}<title>{escape(title)}</title>\n{head}</head>\n<body>\n{body}\n</body></html>\n"


def page_title(draft: Draft) -> str:
    """What stands in the page's title: the report's own where it has one."""
    titles = [item.text.replace("\n", "") for item in draft.truth.flow if item.kind == "title"]
    return titles[0] if titles else f"{draft.truth.year}年政府信息公开工作年度报告"
