"""A Document becomes a Report: lines, headings, tables, cells, text, identity, in that order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai import readers
from gongkai.document import Document
from gongkai.errors import NotAReport
from gongkai.forms import Form, all_forms, form_for_year, newest_form
from gongkai.parsing.cells import cells_frame
from gongkai.parsing.halves import made_whole
from gongkai.parsing.headings import Heading, find_headings
from gongkai.parsing.identity import identify
from gongkai.parsing.lines import lines_of
from gongkai.parsing.offered import choose_offered
from gongkai.parsing.prose import section_texts
from gongkai.parsing.tables import TableReading, read_tables
from gongkai.parsing.turned import turned_back
from gongkai.readers import scan
from gongkai.report import Report

# A title counts two, a heading one, a table three; a report has at least this much.
_ENOUGH = 3
# What a form must score more than another for the cells that it alone has to be there without doubt: a little less than
# what the two rows cost that the newer form has more.
_CLEARLY = 0.5


def parse(path: str | Path) -> Report:
    """Read one annual report from a file of any supported kind.

    Raises UnreadableFile when the file cannot be read, NotAReport when it holds no annual information-disclosure
    report; both name the file and the reason. What the report lacks or gets wrong is no error: it is in the Report.
    """
    path = Path(path)
    return from_document(readers.read(path), path)


def from_document(document: Document, path: str | Path) -> Report:
    """The Report in a Document that a reader made; raises NotAReport. `path` is named in the error."""
    forms = list(all_forms().values())
    lines = lines_of(replace(document, blocks=turned_back(made_whole(document.blocks, forms), forms)))
    headings = find_headings(lines, forms[-1].sections)
    readings = read_tables(lines, headings, forms)
    taken = {i for found in readings.values() if found[0].found for i in found[0].lines}
    sections, front = section_texts(lines, headings, taken, document.wrapped)
    prose = [line.text for line in lines if line.index not in taken]
    identity = identify(front, sections, document.metadata, prose)
    if _evidence(readings, headings, identity.title) < _ENOUGH:
        raise NotAReport(path, _not_found(forms[-1], document))
    chosen = choose_offered(choose_forms(readings, identity.year))
    return Report(
        source=document.source,
        cells=cells_frame(chosen.values()),
        forms={id: reading.form for id, reading in chosen.items()},
        sections={section.id: sections[section.id] for section in forms[-1].sections if section.id in sections},
        organ=identity.organ,
        level=identity.level,
        kind=identity.kind,
        year=identity.year,
        published=identity.published,
        title=identity.title,
        front=front,
        flags=identity.flags | _doubts_of_pictures(document, chosen),
        document=document,
        path=Path(path).resolve() if path else None,
        places={id: cell.place for reading in chosen.values() for id, cell in reading.cells.items()},
    )


def _doubts_of_pictures(document: Document, readings: dict[str, TableReading]) -> dict[str, str]:
    """A flag for the report where a table was not found that may stand in a picture which was not read."""
    if not document.unread or all(reading.found for reading in readings.values()):
        return {}
    return {"pictures": "not_read" if scan.available() else "needs_ocr"}


def choose_forms(readings: dict[str, list[TableReading]], year: int | None) -> dict[str, TableReading]:
    """For each table the form that fits best.

    Where forms fit alike (a table that they have in common, or one that is not there) it is the form that the other
    tables agree on, else the form of the year, else the newest.
    """
    decided = {id: found[0] for id, found in readings.items() if found[0].found and _differ(found[0], found[1:])}
    of_year = form_for_year(year)
    votes = Counter(reading.form for reading in decided.values())
    common = next(iter(votes)) if len(votes) == 1 else (of_year or newest_form()).id
    rest = {
        id: next((reading for reading in found if reading.form == common), found[0])
        for id, found in readings.items()
        if id not in decided
    }
    return {id: _doubt_if_close(decided.get(id) or rest[id], found) for id, found in readings.items()}


def _doubt_if_close(best: TableReading, found: Sequence[TableReading]) -> TableReading:
    """The reading, with doubts about every cell that a form which fits about as well has not."""
    close = [other for other in found if other.score > best.score - _CLEARLY]
    foreign = {id for other in close for id in _foreign(best, other)}
    cells = {
        id: replace(cell, flags=(*cell.flags, "label_guess")) if id in foreign else cell
        for id, cell in best.cells.items()
    }
    return replace(best, cells=cells)


def _differ(best: TableReading, others: Sequence[TableReading]) -> bool:
    """Whether a form fits better than the others because of a cell that is printed and that they do not have."""
    return all(other.score < best.score and _foreign(best, other) for other in others)


def _foreign(best: TableReading, other: TableReading) -> set[str]:
    """The ids of the cells that one form found and the other has not."""
    return best.cells.keys() - other.table.ids()


def _evidence(readings: dict[str, list[TableReading]], headings: Sequence[Heading], title: str | None) -> int:
    tables = sum(found[0].found for found in readings.values())
    return 3 * tables + len({heading.section for heading in headings}) + (2 if title else 0)


def _not_found(form: Form, document: Document) -> str:
    if attachments := document.metadata.get("attachments"):
        return f"the report itself is not on this page, which links to {attachments.splitlines()[0]}"
    sections = "、".join(section.label for section in form.sections)
    unread = f"; pictures not read: {document.unread}" if document.unread else ""
    what = "not an annual information-disclosure report"
    return f"{what}: found none of its tables, too few sections ({sections}){unread}"


__all__ = ["choose_forms", "from_document", "parse"]
