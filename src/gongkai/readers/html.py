"""A page of a government's site, as a browser saved it (HTML, XHTML, MHTML), becomes a Document."""

from __future__ import annotations

from pathlib import Path

from gongkai.document import Document
from gongkai.errors import UnreadableFile
from gongkai.readers.html_article import find_article
from gongkai.readers.html_metadata import attachments, page_metadata
from gongkai.readers.html_source import parse
from gongkai.readers.html_walk import walk


def read(path: Path) -> Document:
    """Read a page: the blocks of its article, or of all of it where the article cannot be told from the site around it.

    `metadata`: title, published (ISO date), organ, site, charset, and `attachments` (links to documents, one a line).
    Raises UnreadableFile for what is no page, or is too large or too deep for one.
    """
    source = parse(path)
    body = source.root.find("body")
    body = source.root if body is None else body
    article = find_article(body)
    page = walk(body, article)
    if not page.article:
        raise UnreadableFile(path, "the page shows no text")
    metadata = page_metadata(source.root, page.outside, page.article)
    metadata["charset"] = source.charset
    if links := attachments(article):
        metadata["attachments"] = "\n".join(links)
    notes = []
    if article is not body:
        notes.append(
            f"read the article ({article.tag} {article.get('id') or article.get('class') or ''}), not the site"
        )
    if page.struck:
        notes.append(f"left out what is struck out, in {page.struck} places")
    if source.damaged:
        notes.append(f"{source.damaged} characters of the file are damaged")
    return Document(path.name, "html", page.article, metadata=metadata, notes=notes)
