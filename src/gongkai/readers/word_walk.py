"""A Word document's elements become blocks in order: paragraphs, each with its text boxes and the tables in
its pictures after it, and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from gongkai.document import Block, Paragraph, Place
from gongkai.errors import UnreadableFile
from gongkai.readers.grids import OpenCell, close_table
from gongkai.readers.spacing import shown
from gongkai.readers.word_styles import Styles
from gongkai.readers.word_text import paragraph_text
from gongkai.readers.word_xml import PICTURES, W, is_on, is_second_choice, part_of_picture, whole

_LEFT_OUT = frozenset({W + "del", W + "moveFrom", W + "sdtPr", W + "sectPr", W + "tblPr", W + "trPr", W + "tcPr"})
ReadPicture = Callable[[str | None, str], list[Block]]
_DEEPEST = 30  # tables and text boxes in one another
_WIDEST = 200  # columns that a cell may span or leave out


class Walker:
    """Reads the blocks of a document. `struck` counts what was struck out and left out; `picture` gives the blocks of a
    picture from the id of its part and its name."""

    def __init__(self, path: Path, styles: Styles, footnotes: dict[str, str], picture: ReadPicture) -> None:
        self.struck = 0
        self._picture = picture
        self._pictures = 0
        self._path = path
        self._styles = styles
        self._footnotes = footnotes
        self._notes: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        self._depth = 0

    def blocks(self, container: etree._Element) -> list[Block]:
        """The blocks in an element, in order."""
        if self._depth > _DEEPEST:
            raise UnreadableFile(self._path, "is no report in Word: its tables are nested too deep")
        self._depth += 1
        blocks: list[Block] = []
        for element in _parts(container, W + "p", W + "tbl"):
            blocks += self._paragraph(element) if element.tag == W + "p" else self._table(element)
        self._depth -= 1
        return blocks

    def notes(self) -> list[Block]:
        """The footnotes that the text read so far refers to."""
        return [Paragraph(note, Place(path=f"note {n}")) for n, note in enumerate(self._notes, start=1)]

    def _paragraph(self, element: etree._Element) -> list[Block]:
        self._paragraphs += 1
        place = Place(path=f"paragraph {self._paragraphs}")
        properties = element.find(W + "pPr")
        number = self._styles.number(properties)
        text = paragraph_text(element, self._note, self._styles)
        self.struck += text.struck
        heading = self._styles.is_heading(properties)
        lines = [number + text.lines[0], *text.lines[1:]] if text.lines else []
        if self._depth > 1:
            lines = [shown(line) for line in lines]
        blocks: list[Block] = [Paragraph(line, place, heading) for line in lines]
        for box in text.boxes:
            blocks += self.blocks(box)
        for picture in text.pictures:
            self._pictures += 1
            blocks += self._picture(part_of_picture(picture), f"picture {self._pictures}")
        return blocks

    def _note(self, reference: etree._Element) -> str:
        """The mark of a footnote, which is numbered by its place in the text."""
        kind = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        text = self._footnotes.get(f"{kind} {reference.get(W + 'id')}")
        if text is None:
            return ""
        mark = f"[{len(self._notes) + 1}]"
        self._notes.append(f"{mark} {text}")
        return mark

    def _table(self, element: etree._Element) -> list[Block]:
        self._tables += 1
        place = Place(path=f"table {self._tables}")
        cells: list[OpenCell] = []
        merged: dict[int, OpenCell] = {}  # by column, the cell that runs down from above
        rows = [row for row in _parts(element, W + "tr") if not _is_dropped(row)]
        for row, parts in enumerate(rows):
            for part, ordinal, column, colspan in _row(parts):
                above = merged.get(column)
                is_below = above and above.row + above.rowspan == row and above.colspan == colspan
                if above and is_below and _goes_on(part, "vMerge"):
                    above.rowspan += 1
                    continue
                path = f"{place.path}, row {row + 1}, cell {ordinal}"
                blocks = self.blocks(part)
                flags = ("unreadable",) if not blocks and any(True for _ in part.iter(*PICTURES)) else ()
                merged[column] = OpenCell(row, column, 1, colspan, Place(path=path), flags, blocks)
                cells.append(merged[column])
        return close_table(cells, place) if cells else []


def footnote_texts(kind: str, root: etree._Element | None, styles: Styles) -> dict[str, str]:
    """The texts of a part of footnotes or endnotes, by kind and number."""
    if root is None:
        return {}
    return {
        f"{kind} {item.get(W + 'id')}": shown(
            "".join("".join(paragraph_text(p, lambda _: "", styles).lines) for p in item.iter(W + "p"))
        )
        for item in root.iter(W + kind)
    }


def _parts(container: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The nearest elements of these tags inside an element, through content controls, custom XML and insertions."""
    events = etree.iterwalk(container, events=("start",))
    for _, element in events:
        if element is container:
            continue
        if element.tag in tags:
            yield element
            events.skip_subtree()
        elif element.tag in _LEFT_OUT or element.tag == W + "p" or is_second_choice(element):
            events.skip_subtree()


def _row(row: etree._Element) -> list[tuple[etree._Element, int, int, int]]:
    """The cells of a row with their number, column and colspan; what is merged with a left neighbour is part of it."""
    cells: list[tuple[etree._Element, int, int, int]] = []
    column = min(whole(row, "trPr/gridBefore", 0), _WIDEST)
    for ordinal, part in enumerate(_parts(row, W + "tc"), start=1):
        colspan = min(max(whole(part, "tcPr/gridSpan", 1), 1), _WIDEST)
        if cells and _goes_on(part, "hMerge"):
            first, number, start, width = cells[-1]
            cells[-1] = (first, number, start, width + colspan)
        else:
            cells.append((part, ordinal, column, colspan))
        column += colspan
    return cells


def _is_dropped(row: etree._Element) -> bool:
    """Whether a row is hidden, or deleted with changes tracked."""
    return row.find(f"{W}trPr/{W}del") is not None or is_on(row, "trPr/hidden")


def _goes_on(cell: etree._Element, direction: str) -> bool:
    """Whether the cell is a further part of a merged one (`vMerge`: from above, `hMerge`: from the left)."""
    found = cell.find(f"{W}tcPr/{W}{direction}")
    return found is not None and found.get(W + "val", "continue") == "continue"
