"""Text layouts without separators: columns of spaces, single spaces, labels around their figures, one cell a line."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.synthetic.damages.labels import LABEL_DAMAGES
from benchmarks.synthetic.damages.rows import doubt_if_gaps
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.layouts.text import MARKED_PAGE_NUMBERS, TextLine, TextStyle, compose, display_width, wrap
from benchmarks.synthetic.registry import layout
from benchmarks.synthetic.sheets import Box, Sheet, is_header

_DAMAGES = frozenset({*LABEL_DAMAGES, "page_breaks", "blank_lines"})


@dataclass(frozen=True, slots=True)
class _Placed:
    row: int
    column: int
    box: Box
    lines: list[str]


def _canvas(sheet: Sheet, widths: list[int], gap: int) -> list[TextLine]:
    """Draw the boxes where they stand, wrapped and centred, as a PDF's text looks when its layout is kept."""
    placed = [
        _Placed(row, column, box, wrap(box.text, _span(widths, column, box.colspan, gap)))
        for row, column, box in sheet.placed()
    ]
    heights = [
        max((len(one.lines) for one in placed if one.row == row and one.box.rowspan == 1), default=1)
        for row in range(len(sheet.rows))
    ]
    tops = [sum(heights[:row]) for row in range(len(heights) + 1)]
    canvas: list[dict[int, str]] = [{} for _ in range(tops[-1])]
    for one in placed:
        room = tops[one.row + one.box.rowspan] - tops[one.row]
        top = tops[one.row] + max(0, room - len(one.lines)) // 2
        left = sum(widths[: one.column]) + gap * one.column
        for down, text in enumerate(one.lines[:room]):
            slack = _span(widths, one.column, one.box.colspan, gap) - display_width(text)
            canvas[top + down][left + (max(0, slack) // 2 if one.box.role != "label" else 0)] = text
    return [
        TextLine("\n".join(map(_line, canvas[tops[row] : tops[row + 1]])), is_header(boxes))
        for row, boxes in enumerate(sheet.rows)
    ]


def _span(widths: list[int], column: int, colspan: int, gap: int) -> int:
    return sum(widths[column : column + colspan]) + gap * (colspan - 1)


def _line(pieces: dict[int, str]) -> str:
    line = ""
    for left in sorted(pieces):
        line += " " * (left - display_width(line)) if line or left else ""
        line += pieces[left]
    return line.rstrip()


def _widths(sheet: Sheet, label: int) -> list[int]:
    """Columns as wide as their figures need; the column of labels as given, those of groups narrow."""
    widths = [6] * sheet.width
    for _, column, box in sheet.placed():
        if box.id and box.colspan == 1:
            widths[column] = max(widths[column], display_width(box.text))
        elif box.role == "label" and box.colspan == 1:
            widths[column] = label
        elif box.role == "group":
            widths[column] = max(6, label // 3)
    return widths


@layout(".txt", _DAMAGES)
def spaces_aligned(draft: Draft) -> str:
    """Columns of spaces wide enough for every label."""
    return compose(draft, lambda draft, sheet: _canvas(sheet, _widths(sheet, 46), 2), TextStyle.paged(draft.rng))


@layout(".txt", _DAMAGES)
def spaces_wrapped(draft: Draft) -> str:
    """Columns of spaces in which labels run over two or three lines around their figures."""
    width = draft.rng.choice((16, 22, 28))
    return compose(draft, lambda draft, sheet: _canvas(sheet, _widths(sheet, width), 3), TextStyle.paged(draft.rng))


def _doubt_gaps(draft: Draft, sheet: Sheet) -> None:
    """Without separators an empty figure leaves no trace; of two merged labels an empty row may be either."""
    above: list[Box] = []
    for row in sheet.rows:
        doubt_if_gaps(draft, row)
        if any(box.role == "label" and not box.text for box in row):
            doubt_if_gaps(draft, above + row)
        above = row


def _words(row: list[Box]) -> list[str]:
    return [box.text for box in row if box.text]


@layout(".txt", _DAMAGES)
def single_spaces(draft: Draft) -> str:
    """Rows whose words are one space apart."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        _doubt_gaps(draft, sheet)
        return [TextLine(" ".join(_words(row)), is_header(row)) for row in sheet.rows]

    return compose(draft, table, TextStyle.paged(draft.rng))


@layout(".txt", _DAMAGES)
def labels_split(draft: Draft) -> str:
    """Rows of words in which a long label runs on after its figures, or stands in lines around them."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        _doubt_gaps(draft, sheet)
        return [TextLine(_split_row(draft, row), is_header(row)) for row in sheet.rows]

    return compose(draft, table, TextStyle.paged(draft.rng))


def _split_row(draft: Draft, row: list[Box]) -> str:
    label = "".join(box.text for box in row if box.role == "label")
    figures = " ".join(box.text for box in row if box.id and box.text)
    groups = [box.text for box in row if box.role == "group" and box.text]
    if not figures or len(label) < 8 or draft.rng.random() < 0.5:
        return " ".join(_words(row))
    cut = draft.rng.randint(4, len(label) - 3)
    above, below = label[:cut], label[cut:]
    shape = draft.rng.choice(
        ("{above} {figures}\n{below}", "{above}\n{figures}\n{below}", "{above}\n{below} {figures}")
    )
    return "\n".join([*groups, shape.format(above=above, figures=figures, below=below)])


@layout(".txt", _DAMAGES - {"blank_lines"})
def one_cell_a_line(draft: Draft) -> str:
    """Every cell on a line of its own; empty cells are gone."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        _doubt_gaps(draft, sheet)
        return [TextLine("\n".join(_words(row)), is_header(row)) for row in sheet.rows if _words(row)]

    style = TextStyle(indent="　　", page_numbers=MARKED_PAGE_NUMBERS)
    return compose(draft, table, style)


@layout(".txt", _DAMAGES)
def litigation_broken(draft: Draft) -> str:
    """Single spaces, and the one row of table 四 broken over two or three lines."""

    def table(draft: Draft, sheet: Sheet) -> list[TextLine]:
        _doubt_gaps(draft, sheet)
        lines = []
        for row in sheet.rows:
            words = _words(row)
            size = draft.rng.choice((5, 8, 10)) if len(words) > 12 else len(words) or 1
            text = "\n".join(" ".join(words[at : at + size]) for at in range(0, len(words), size))
            lines.append(TextLine(text, is_header(row)))
        return lines

    return compose(draft, table, TextStyle.paged(draft.rng))
