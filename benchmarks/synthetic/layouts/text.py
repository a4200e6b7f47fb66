"""A report as a text file: prose, headings and page numbers around tables that a layout has turned into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.sheets import Sheet
from benchmarks.synthetic.truth import Item

# A lone number between two pages looks like a figure where figures stand alone on their lines; a marked one never does.
MARKED_PAGE_NUMBERS = ("- {} -", "—{}—", "第 {} 页 共 9 页", "- {} -\n\f")
PAGE_NUMBERS = (*MARKED_PAGE_NUMBERS, "{}", "{} / 9", "\f", "")


@dataclass(frozen=True, slots=True)
class TextLine:
    """The text of one table row (it may run over several lines), and whether it belongs to the table's header."""

    text: str
    header: bool = False


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How prose, headings and page numbers are set around the tables."""

    heading: str = ""
    wrap: int = 0
    indent: str = ""
    page_numbers: tuple[str, ...] = PAGE_NUMBERS

    @classmethod
    def plain(cls, rng: Random) -> TextStyle:
        return cls(heading=rng.choice(("", "", "# ", "### ", "## ")), indent=rng.choice(("", "　　")))

    @classmethod
    def paged(cls, rng: Random) -> TextStyle:
        return cls(wrap=rng.choice((28, 34, 40)), indent="    ")


def display_width(text: str) -> int:
    """Columns of a terminal: Chinese characters and full-width digits take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns."""
    lines = [""]
    for char in text:
        if lines[-1] and display_width(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


def compose(draft: Draft, write_table: Callable[[Draft, Sheet], list[TextLine]], style: TextStyle) -> str:
    """The whole text file."""
    lines = _front_matter(draft)
    for item in draft.truth.flow:
        if item.kind == "table":
            lines += ["", *_table(draft, write_table(draft, draft.sheets[item.section]), style), ""]
        else:
            lines += _PROSE[item.kind](draft, item, style)
    return "\n".join(lines) + "\n"


def _front_matter(draft: Draft) -> list[str]:
    """What a page's frame leaves in copied text."""
    truth, rng = draft.truth, draft.rng
    if rng.random() < 0.7:
        return []
    return [
        rng.choice(("首页 > 政府信息公开 > 政府信息公开年报", "当前位置：首页>>信息公开年报", "政府信息公开年度报告")),
        f"发布日期：{truth.published}  来源：{truth.organ.name}  浏览次数：{rng.randint(10, 900)}  字号：[大 中 小]",
    ]


def _table(draft: Draft, lines: list[TextLine], style: TextStyle) -> list[str]:
    """The table's lines, broken by page numbers where the draft says so."""
    breaks: set[int] = set()
    if "page_breaks" in draft.damages and len(lines) > 6:
        breaks = set(draft.rng.sample(range(4, len(lines)), draft.rng.choice((1, 1, 2))))
    header = [line.text for line in lines if line.header]
    repeat = len(lines) > 20 and draft.rng.random() < 0.3
    numbers = MARKED_PAGE_NUMBERS if "merged_labels" in draft.damages else style.page_numbers
    written = []
    for at, line in enumerate(lines):
        if at in breaks and not line.header:
            written += ["", draft.rng.choice(numbers).format(draft.rng.randint(2, 8)), ""]
            written += header if repeat else []
        written.append(line.text)
        if "blank_lines" in draft.damages and draft.rng.random() < 0.15:
            written.append("")
    return written


def _title(draft: Draft, item: Item, style: TextStyle) -> list[str]:
    margin = " " * 12 if style.wrap else style.heading
    return [*(margin + line for line in item.text.split("\n")), ""]


def _heading(draft: Draft, item: Item, style: TextStyle) -> list[str]:
    text = item.text
    if not style.heading and len(text) > 14 and draft.rng.random() < 0.08:
        text = f"{text[:-5]}\n{text[-5:]}"
    return ["", f"{style.heading or style.indent}{text}{'**' if style.heading == '**' else ''}"]


def _paragraph(draft: Draft, item: Item, style: TextStyle) -> list[str]:
    text = style.indent + item.text
    if not style.wrap:
        return ["", text]
    return [text[at : at + style.wrap] for at in range(0, len(text), style.wrap)]


def _signature(draft: Draft, item: Item, style: TextStyle) -> list[str]:
    return [" " * (40 if style.wrap else 0) + item.text]


_PROSE: dict[str, Callable[[Draft, Item, TextStyle], list[str]]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _paragraph,
    "signature": _signature,
}
