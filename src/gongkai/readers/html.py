"""A page of a government's site, as a browser saved it (HTML, XHTML, MHTML), becomes a Document."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from gongkai.document import Document
from gongkai.errors import UnreadableFile
from gongkai.readers.html_article import find_article
from gongkai.readers.html_laid_out import make_tables
from gongkai.readers.html_metadata import attachments, page_metadata
from gongkai.readers.html_source import parse
from gongkai.readers.html_style import apply_style_sheets
from gongkai.readers.html_walk import walk
from gongkai.readers.insets import Insets
from gongkai.readers.set_out import with_grids


def read(path: Path) -> Document:
    """Read a page: the blocks of its article, or of all of it where the article cannot be told from the site around it.

    `metadata`: title, published (ISO date), organ, site, charset, and `attachments` (links to documents, one a line).
    Raises UnreadableFile for what is no page, or is too large or too deep for one.
    """
    source = parse(path)
    apply_style_sheets(source.root)
    make_tables(source.root)
    body = source.root.find("body")
    body = source.root if body is None else body
    article = find_article(body)
    insets = Insets(path)
    page = walk(body, article, lambda img, name: insets.blocks(lambda: source.pictures.find(img), name))
    pictures = sum(1 for _ in article.iter("img")) - insets.read
    if not page.article:
        raise UnreadableFile(path, f"the page shows no text{', only pictures' if pictures else ''}")
    metadata = page_metadata(source.root, page.outside, page.article)
    metadata["charset"] = source.charset
    if links := attachments(article):
        metadata["attachments"] = "\n".join(links)
    notes = [] if article is body else [f"read only the article, which is in {_name(article)}"]
    counts = {
        "struck out, and left out": page.struck,
        "pictures, not read": pictures,
        "damaged characters": source.damaged,
    }
    notes += insets.notes + [f"{what}: {count}" for what, count in counts.items() if count]
    blocks = with_grids(page.article)
    return Document(path.name, "html", blocks, metadata=metadata, notes=notes, unread=insets.unread)


def _name(element: etree._Element) -> str:
    """The element as a style sheet would name it."""
    id, classes = element.get("id"), element.get("class", "").split()
    return f"{element.tag}#{id}" if id else ".".join([element.tag, *classes[:1]])
