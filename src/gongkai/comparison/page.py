"""A comparison as HTML: everything from the reports is escaped, nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.comparison.marks import pieces
from gongkai.comparison.texts import CHANGES
from gongkai.comparison.words import Said
from gongkai.formview.form import spans, table_html
from gongkai.formview.html import Html, element, framed, join, listing
from gongkai.tables import records

if TYPE_CHECKING:
    from gongkai.comparison.result import Comparison
    from gongkai.formview.layout import Box

_MARKS = {"both": "span", "before": "del", "after": "ins"}


def comparison_html(comparison: Comparison) -> str:
    """The later form with both figures in each cell that changed, then the texts with what changed marked."""
    said = Said(comparison)
    return framed(
        element("p", element("strong", said.word(comparison.kind))),
        _reports(comparison, said),
        *(element("p", element("strong", warning)) for warning in comparison.warnings),
        *(element("p", note) for note in comparison.notes),
        element("p", said.summary()),
        element("h4", said.word("tables")),
        *_tables(comparison, said),
        element("h4", said.word("texts")),
        *_texts(comparison, said),
        language=comparison.language,
    )


def _reports(comparison: Comparison, said: Said) -> Html:
    """Whose reports these are, and of which files."""
    reports = (comparison.before, comparison.after)
    unknown = said.word("none")
    rows = [
        [said.word("organ"), *(report.organ or unknown for report in reports)],
        [said.word("year"), *(str(report.year) if report.year else unknown for report in reports)],
        [said.word("source"), *(report.source for report in reports)],
    ]
    return listing(["", *comparison.names], rows)


def _tables(comparison: Comparison, said: Said) -> Iterator[Html]:
    cells = {cell["id"]: cell for cell in records(comparison.cells)}
    for table in comparison.after.tables():
        title, language = said.section(table.id), comparison.language
        yield table_html(table, title, language, lambda box: _cell(cells[box.id], box, said))
    gone = [cell for cell in cells.values() if cell["change"] == "only_before"]
    if gone:
        rows = [[said.words.cell(cell["id"]), said.figure(cell, "before")] for cell in gone]
        yield element(
            "details",
            element("summary", f"{said.word('elsewhere')} ({len(gone)})"),
            listing([said.word("cell"), comparison.names[0]], rows),
        )


def _cell(cell: dict[str, Any], box: Box, said: Said) -> Html:
    changed = cell["change"] not in ("same", "only_after")
    both = [element("del", said.figure(cell, "before")), " ", element("ins", said.figure(cell, "after"))]
    doubt = [element("sup", "?")] if cell["doubtful"] else []
    return element(
        "td",
        *(both if changed else [cell["after_raw"] or ""]),
        *doubt,
        class_="gk-annotated" if changed else None,
        title="\n".join(_tooltip(cell, said)),
        **spans(box),
    )


def _tooltip(cell: dict[str, Any], said: Said) -> Iterator[str]:
    yield cell["id"]
    yield said.word(cell["change"])
    if cell["difference"]:
        percent = "" if cell["percent"] is None else f" ({said.signed(cell['percent'])}%)"
        yield said.signed(cell["difference"]) + percent
    if cell["doubtful"]:
        yield said.word("doubtful")


def _texts(comparison: Comparison, said: Said) -> Iterator[Html]:
    sections = records(comparison.sections)
    names = [said.word("section"), *comparison.names, *map(said.word, CHANGES), said.word("copied")]
    rows = [
        [
            said.section(section["section"]),
            str(section["before_characters"]),
            str(section["after_characters"]),
            *("" if section[kind] is None else str(section[kind]) for kind in CHANGES),
            said.copied(section),
        ]
        for section in sections
    ]
    yield listing(names, rows, short=range(len(names)))
    for section in sections:
        yield from _section(comparison, section["section"], said)


def _section(comparison: Comparison, id: str, said: Said) -> Iterator[Html]:
    chosen = comparison.sentences[comparison.sentences["section"] == id]
    if chosen.empty:
        return
    rows = [[said.word(one["change"]), _sentence(one)] for one in records(chosen)]
    alone = (chosen["change"] == "kept").all()
    heading = element("summary", said.section(id))
    yield element(
        "details",
        heading,
        listing([said.word("change"), said.word("sentence")], rows, short=(0,)),
        open=None if alone else "",
    )


def _sentence(one: dict[str, Any]) -> Html:
    """A sentence with what is gone and what has come marked, in the report's own language."""
    if one["before"] is None:
        return element("ins", one["after"], lang="zh-CN")
    if one["after"] is None:
        return element("del", one["before"], lang="zh-CN")
    if one["change"] == "kept":
        return element("span", one["after"], lang="zh-CN")
    marked = (element(_MARKS[side], text) for side, text in pieces(one["before"], one["after"]))
    return element("span", join(marked), lang="zh-CN")
