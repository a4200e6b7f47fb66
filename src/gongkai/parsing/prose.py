"""The text of the sections: what is left when the tables are taken out, in whole paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from gongkai.parsing.headings import Heading
from gongkai.parsing.lines import Line
from gongkai.parsing.normalise import tidy

_ENDS = re.compile(r"[。！？；：.!?;:”」）)】]\s*$")
# A sub-heading stands alone although it ends in no punctuation.
_SUB_HEADING = re.compile(
    r"(?:[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.、．]|[一二三四五六七八九十]+、)[^，,。；;]{1,22}"
)
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·]\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?(?:\s*[-—–－·])?\s*"
)

# With such a line what belongs to the site begins, below the report's end.
_FURNITURE = re.compile(
    r"\s*[【\[（(]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|分享到|扫一扫|上一[篇条]|下一[篇条]|相关(?:文章|链接|信息|阅读|附件)|主办(?:单位)?[:：]"
    r"|承办(?:单位)?[:：]|版权所有|责任编辑|浏览次数|[^。]{0,40}(?:ICP备|公网安备|网站标识码)).*"
)
_FURNITURE_LENGTH = 80


def section_texts(
    lines: Sequence[Line], headings: Sequence[Heading], taken: set[int], wrapped: bool
) -> tuple[dict[str, str], str]:
    """The text of every section that has a heading, a paragraph a line, and the lines before the first heading.

    Lines in `taken` belong to tables, and what the site shows below the report is left out. Where `wrapped`, a line
    that ends in mid-sentence goes on in the next one.
    """
    starts = [heading.index for heading in headings] + [len(lines)]
    texts: dict[str, list[str]] = {}
    for heading, end in zip(headings, starts[1:], strict=True):
        body: Iterable[Line] = (lines[i] for i in range(heading.index + heading.length, end) if i not in taken)
        if heading is headings[-1]:
            body = takewhile(_is_of_the_report, body)
        texts.setdefault(heading.section, []).extend(_paragraphs(body, wrapped))
    front = _paragraphs((lines[i] for i in range(starts[0]) if i not in taken), wrapped=False)
    return {section: "\n".join(text) for section, text in texts.items()}, "\n".join(front)


def _is_of_the_report(line: Line) -> bool:
    return len(line.text) > _FURNITURE_LENGTH or not _FURNITURE.match(line.text)


def _paragraphs(lines: Iterable[Line], wrapped: bool) -> list[str]:
    paragraphs: list[str] = []
    open_ended = False
    for line in lines:
        text = tidy(line.text)
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        if open_ended:
            paragraphs[-1] = tidy(paragraphs[-1] + text)
        else:
            paragraphs.append(text)
        open_ended = wrapped and not (line.heading or _ENDS.search(text) or _SUB_HEADING.fullmatch(text))
    return paragraphs
