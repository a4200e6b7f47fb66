"""Web pages of government sites as saved from the browser."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from random import Random
from string import Template

from benchmarks.synthetic.damages.labels import LABEL_DAMAGES
from benchmarks.synthetic.damages.rows import doubt_if_gaps
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.markup import (
    Markup,
    article,
    box_with_spans,
    page,
    page_title,
    write_sheet,
    write_table,
)
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet

# People type and paste pages: no recognition, but traditional script, typing errors and blanks.
PASTED = frozenset({"misread", "traditional", "spaced_labels", "lost_enumerators", "cut_short"}) & LABEL_DAMAGES.keys()
_FRAME = Template(Path(__file__).with_name("frame.html").read_text(encoding="utf-8"))
_NAVIGATION = ("首页", "新闻中心", "政府信息公开", "政务服务", "互动交流", "数据开放", "走进本地")


def site_frame(draft: Draft, content: str) -> str:
    """The article among navigation, metadata, links and footer: tables and numbers that are not the report's."""
    truth, rng = draft.truth, draft.rng
    organ = escape(truth.organ.name)
    earlier = range(truth.year - 3, truth.year)
    return _FRAME.substitute(
        links="".join(f'<li><a href="/col{at}/index.html">{name}</a></li>' for at, name in enumerate(_NAVIGATION)),
        index=f"{rng.randrange(10**8):08d}/{truth.published.year}-{rng.randrange(10**5):05d}",
        organ=organ,
        published=truth.published,
        title=escape(page_title(draft)),
        time=f"{rng.randrange(8, 18):02d}:{rng.randrange(60):02d}",
        hits=rng.randrange(2000),
        content=content,
        related="".join(f"<li>{organ}{year}年政府信息公开工作年度报告 {year + 1}-01-25</li>" for year in earlier),
        record=rng.randrange(10**7, 10**8),
        code=rng.randrange(10**9, 10**10),
    )


def site_page(draft: Draft, content: str, head: str = "") -> str:
    """The whole page of a site with this article."""
    return page(page_title(draft), site_frame(draft, content), head=head)


def _meta_tags(draft: Draft) -> str:
    truth = draft.truth
    tags = {
        "SiteName": f"{truth.organ.full}门户网站",
        "ArticleTitle": page_title(draft),
        "PubDate": f"{truth.published} 10:2{truth.seed % 10}",
        "ContentSource": truth.organ.name,
    }
    return "".join(f'<meta name="{name}" content="{escape(content)}">\n' for name, content in tags.items())


@layout(".html", PASTED)
def html_cms(draft: Draft) -> str:
    """A page of a content management system: clean tables with spans in a frame of navigation and metadata."""
    markup = Markup(heading=draft.rng.choice(("<h2>{}</h2>", "<p><strong>{}</strong></p>")))
    script = '<script>var hits = 12; document.write("<td>99</td>");</script>\n<style>.nav li { float: left }</style>\n'
    return site_page(draft, article(draft, markup), _meta_tags(draft) + script)


def _scattered(rng: Random, text: str) -> str:
    """Text cut into the nested spans that word processors paste, also inside a number."""
    cut = rng.randrange(len(text) + 1)
    pieces = (escape(text[:cut]), escape(text[cut:]))
    font = '<span style="font-family:仿宋_GB2312;font-size:16.0pt">'
    return "".join(f'{font}<font color="#000000">{piece}</font></span>' for piece in pieces if piece)


@layout(".html", PASTED)
def html_word(draft: Draft) -> str:
    """Markup pasted from a word processor: nested spans and fonts, no-break spaces, numbers cut in two."""
    rng = draft.rng

    def box(box: Box) -> str:
        content = _scattered(rng, box.text) if box.text else ""
        blank = rng.choice(("&nbsp;", "<o:p></o:p>", "<o:p>&nbsp;</o:p>", ""))
        style = ' style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"' + rng.choice(("", ' width="64"'))
        return box_with_spans(box, f'<p class="MsoNormal" align="center">{content or blank}</p>', style)

    markup = Markup(
        box=box,
        paragraph='<p class="MsoNormal"><span lang="EN-US">&nbsp;&nbsp;&nbsp; </span><span>{}</span><o:p></o:p></p>',
        heading='<p class="MsoNormal"><b><span style="font-family:黑体">&nbsp; {}</span></b></p>',
        title='<p class="MsoNormal" align="center"><b><span style="font-size:22.0pt">{}</span></b></p>',
        table='<div align="center"><table class="MsoNormalTable" border="1"><tbody>{}</tbody></table></div>',
    )
    return site_page(draft, article(draft, markup))


@layout(".html", PASTED)
def html_gbk(draft: Draft) -> bytes:
    """An old page: GBK, upper-case tags left open, no spans, so that covered places are empty cells."""

    def table(draft: Draft, sheet: Sheet) -> str:
        cells = ("".join(f"<TD align=center>{escape(box.text) or '&nbsp;'}" for box in row) for row in sheet.spread())
        return "<TABLE border=1 width=600>\n" + "\n".join(f"<TR>{row}" for row in cells) + "\n</TABLE>"

    markup = Markup(paragraph="<P>　　{}", heading="<P>　　<B>{}</B>", title="<CENTER><B>{}</B></CENTER>")
    body = f"<TABLE width=760><TR><TD>{site_frame(draft, article(draft, markup, table))}</TD></TR></TABLE>"
    return page(page_title(draft), body, charset="gb2312").encode("gb18030")


@layout(".html", PASTED)
def html_nested(draft: Draft) -> str:
    """Tables inside layout tables; table 二 as one table a block, each in a cell of another."""

    def table(draft: Draft, sheet: Sheet) -> str:
        markup = Markup()
        starts = [at for at, row in enumerate(sheet.rows) if row[0].role == "title"] or [0]
        pieces = [sheet.rows[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
        cells = (f"<tr><td>{write_sheet(replace(sheet, rows=rows), markup)}</td></tr>" for rows in pieces)
        return f'<table class="wrap">{"".join(cells)}</table>'

    content = article(draft, Markup(), table)
    inner = f"<table><tr><td>{content}</td></tr></table>"
    frame = f'<table width="1000"><tr><td width="200">栏目导航</td><td>{inner}</td></tr></table>'
    return site_page(draft, frame, _meta_tags(draft))


@layout(".html", PASTED)
def html_spans_lost(draft: Draft) -> str:
    """Cells without their spans: rows differ in length."""
    markup = Markup(box=lambda box: f"<td>{escape(box.text)}</td>")
    for sheet in draft.sheets.values():
        for row in sheet.rows:
            if any(box.role == "gap" for box in row):
                doubt_if_gaps(draft, row)
    return site_page(draft, article(draft, markup))


@layout(".html", PASTED)
def html_in_pieces(draft: Draft) -> str:
    """Tables pasted page by page: cut in mid-group, each piece a table, the header now and then repeated."""

    def table(draft: Draft, sheet: Sheet) -> str:
        if len(sheet.rows) < 12:
            return write_sheet(sheet, Markup())
        cut = draft.rng.randrange(6, len(sheet.rows) - 3)
        header = [row for row in sheet.rows if row[0].role == "header"] if draft.rng.random() < 0.4 else []
        pieces = (sheet.rows[:cut], header + cut_rows(sheet, cut))
        return draft.rng.choice(("<p>&nbsp;</p>", "<p>- 3 -</p>", "")).join(map(write_table, pieces))

    return site_page(draft, article(draft, Markup(), table))


def cut_rows(sheet: Sheet, cut: int) -> list[list[Box]]:
    """The rows from `cut` on; a box that a span carries over the cut leaves an empty box with the rest of the span."""
    carried = [
        (column, Box("", box.role, at + box.rowspan - cut, box.colspan))
        for at, column, box in sheet.placed()
        if at < cut < at + box.rowspan
    ]
    first = [box for _, box in sorted(carried, key=lambda item: item[0])] + sheet.rows[cut]
    return [first, *sheet.rows[cut + 1 :]]
