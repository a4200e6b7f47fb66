"""What a page says of its article: title, day of publication, organ, site, and the files that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from gongkai.document import Block, Paragraph
from gongkai.readers.spacing import shown

# In order of preference: the day on which the report was put before the public counts, and the organ that put it there.
_LABELS = {
    "published": ("发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "成文日期", "生成日期", "日期", "时间"),
    "organ": (
        *(
            "发布机构",
            "公开机构",
            "信息公开主体",
            "公开主体",
            "发布单位",
            "发布机关",
            "制发机关",
            "发文机关",
            "发文机构",
        ),
        *("公开责任部门", "责任部门", "信息来源", "文章来源", "来源", "稿源"),
    ),
}
_SPACED = {
    label: re.compile(r"\s*".join(label) + r"\s*[:：]\s*([^\s:：|【\[]{2,40}+)(?!\s*[:：])")
    for labels in _LABELS.values()
    for label in labels
}
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "article:published_time": "published",
    "contentsource": "organ",
    "sitename": "site",
}
_NO_ORGAN = frozenset(
    {"本站", "本网", "本网站", "本站原创", "原创", "互联网", "网络", "网站", "其他", "其它", "未知", "无"}
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z)(?![a-z\d])", re.I)
_LONGEST_NOTE = 200  # characters; a line about the article is shorter than its prose
_MOST_ATTACHMENTS = 50


def page_metadata(root: etree._Element, furniture: Iterable[Block], article: Iterable[Block]) -> dict[str, str]:
    """`title`, `published` (ISO date), `organ`, `site`, each only where the page gives it.

    Lines and tables around the article (`furniture`) go before its own first lines.
    """
    found = _from_meta(root)
    first_lines = [block for block, _ in zip(article, range(12), strict=False)]
    labelled = dict(_labelled([*furniture, *first_lines]))
    for key, labels in _LABELS.items():
        value = next(filter(None, (_valid(key, labelled.get(label, "")) for label in labels)), "")
        # A line beside the article names the organ more exactly than the page's head, which may name the whole site.
        if value and (key == "organ" or key not in found):
            found[key] = value
    if "title" not in found and (title := _first_text(root, ".//h1", ".//title")):
        found["title"] = title
    return found


def attachments(article: etree._Element) -> list[str]:
    """The links to documents in the article, as written, each once."""
    links = []
    for element in article.iter("a", "iframe", "embed", "object"):
        href = "".join((element.get("href") or element.get("src") or element.get("data") or "").split())
        name = "".join(element.itertext()) if element.tag == "a" else ""
        is_link = href and not href.lower().startswith(("javascript:", "data:"))
        if is_link and (_FILE.search(unquote(href)) or _FILE.search(name)):
            links.append(href)
    return list(dict.fromkeys(links))[:_MOST_ATTACHMENTS]


def _from_meta(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = _META.get((element.get("name") or element.get("property") or "").strip().lower())
        value = _valid(key, shown(element.get("content") or "")) if key else ""
        if key and value:
            found.setdefault(key, value)
    return found


def _valid(key: str, value: str) -> str:
    """The value in the form in which it is given out; empty where it says nothing."""
    if key == "published":
        match = _DATE.search(value)
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
    return "" if key == "organ" and value in _NO_ORGAN else value


def _labelled(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Labels and what stands after them: behind the colon, or in the next cell or line."""
    texts = list(_texts(blocks))
    for text, following in reversed(list(zip(texts, [*texts[1:], ""], strict=True))):
        compact = re.sub(r"[\s:：]", "", text)
        if compact in _SPACED:
            yield compact, following
        elif len(text) <= _LONGEST_NOTE and re.search("[:：]", text):
            for label, pattern in _SPACED.items():
                if match := pattern.search(text):
                    yield label, match[1]


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def _first_text(root: etree._Element, *paths: str) -> str:
    for path in paths:
        for element in root.iterfind(path):
            if text := shown("".join(element.itertext())):
                return text
    return ""
