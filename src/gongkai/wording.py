"""What people read of cells, sums and places, in Chinese and in English; the labels are the form's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal

from gongkai.forms import Column, Equation, Row, Term, all_forms, cell_id
from gongkai.ledger import NOT_ON_FORM, Ledger

Language = Literal["zh", "en"]
# A text in Chinese and in English.
Text = tuple[str, str]

# A sum of more figures than this shows only those that are not zero; one of more names than that is not spelt out.
MOST_FIGURES = 6
MOST_NAMES = 4
_BRACKETED = re.compile(r"（[^）]*）|\([^)]*\)")
_STATUS = {
    "blank": ("空白", "left blank"),
    "dash": ("填为横线或“无”", "given as a dash"),
    "text": ("填的是文字而非数字", "filled with words instead of a number"),
    "unreadable": ("无法辨认", "unreadable"),
    "absent": ("在报告中缺失", "absent from the report"),
    NOT_ON_FORM: ("不在该年表式之内", "not on that year's form"),
}


def in_language(text: Text, language: str) -> str:
    """The one of a text's two versions that is in this language."""
    return text[language == "en"]


def number(value: float | None) -> str:
    """A figure as one writes it: 2, 7730.28; a lacking one is a question mark."""
    if value is None:
        return "?"
    return f"{value:.6f}".rstrip("0").rstrip(".")


def percent(share: float, digits: int = 1) -> str:
    """A share in per cent, without the sign; 0 and 100 only for none and all of it, with more digits where there would
    else be too few to tell: 0.9996 is 99.96."""
    if share in (0, 1):
        return f"{100 * share:.0f}"
    text = f"{100 * share:.{digits}f}"
    return percent(share, digits + 1) if float(text) in (0, 100) else text


def brief(label: str) -> str:
    """A label without its number and without what it says in brackets."""
    from gongkai.parsing.normalise import split_enumerator  # brings all of parsing, which help texts do without

    return _BRACKETED.sub("", split_enumerator(label)[1]).strip()


class Wording:
    """Names for the things of one report, in one language."""

    def __init__(self, ledger: Ledger, language: Language = "zh") -> None:
        if language not in ("zh", "en"):
            raise ValueError(f"language must be 'zh' or 'en', not {language!r}")
        self.ledger = ledger
        self.language = language

    def say(self, zh: str, en: str) -> str:
        """The one of two texts that is in this language."""
        return in_language((zh, en), self.language)

    def list(self, words: Iterable[str]) -> str:
        return self.say("、", ", ").join(words)

    def row(self, row: Row) -> str:
        return self.say(row.short if row.short else brief(row.label), row.en)

    def column(self, column: Column) -> str:
        return self.say(brief(column.label), column.en)

    def section(self, id: str) -> str:
        """A section's heading; a table's is that of the section it stands in."""
        labels = {section.id: section for form in all_forms().values() for section in form.sections}
        return self.say(labels[id].label, labels[id].en) if id in labels else id

    def cell(self, id: str) -> str:
        row, column = self._cells[id]
        return self.say(
            f"「{self.row(row)}」行「{self.column(column)}」", f"“{self.row(row)}”, “{self.column(column)}”"
        )

    def cells(self, ids: Iterable[str]) -> str:
        """Cells grouped by their row: 「上年结转」行自然人、商业企业；「予以公开」行总计."""
        rows: dict[Row, list[str]] = {}
        for id in ids:
            row, column = self._cells[id]
            rows.setdefault(row, []).append(self.column(column))
        whole = self.say("全部各格", "(the whole row)")
        return self.say("；", "; ").join(
            self.say(f"「{self.row(row)}」行", f"“{self.row(row)}” ")
            + (whole if len(columns) == len(row.columns) > 1 else self.say("{}", "({})").format(self.list(columns)))
            for row, columns in rows.items()
        )

    def line(self, ids: Sequence[str]) -> str:
        """The row or column that cells stand in: 「上年结转」行; of one cell, the cell."""
        rows, columns = zip(*(self._cells[id] for id in ids), strict=True)
        if len(ids) == 1:
            return self.cell(ids[0])
        if rows[0] == rows[-1]:
            return self.say(f"「{self.row(rows[0])}」行", f"row “{self.row(rows[0])}”")
        return self.say(f"「{self.column(columns[0])}」列", f"column “{self.column(columns[0])}”")

    def subject(self, equation: Equation) -> str:
        """The column or row that an equation stands for: 「自然人」列."""
        row, column = self._cells[equation.left[0].id]
        if equation.each == "column":
            return self.say(f"「{self.column(column)}」列", f"Column “{self.column(column)}”")
        return self.say(f"「{self.row(row)}」行", f"Row “{self.row(row)}”")

    def term(self, equation: Equation, term: Term) -> str:
        """A term's name within its equation: the row in an equation for a column, the column in one for a row."""
        row, column = self._cells[term.id]
        name = self.row(row) if equation.each == "column" else self.column(column)
        return self.say(f"上年报告的{name}", f"{name} in the report of the year before") if term.previous else name

    def relation(self, equation: Equation) -> str:
        """An equation in words: 本年新收 + 上年结转 = 总计 + 结转下年."""
        sides = []
        for side in (equation.left, equation.right):
            if len(side) > MOST_NAMES:
                sides.append(self.say(f"其余 {len(side)} 项之和", f"the sum of the {len(side)} items"))
            else:
                sides.append(_joined((term.sign, self.term(equation, term)) for term in side))
        return " = ".join(sides)

    def side(self, equation: Equation, terms: Sequence[Term], before: Ledger | None, total: float | None) -> str:
        """One side of an equation with its figures: 本年新收 2 + 上年结转 0 = 2."""
        figures = [(term, self._figure(term, before)) for term in terms]
        shown = [(term, value) for term, value in figures if value != 0] if len(terms) > MOST_FIGURES else figures
        hidden = len(figures) - len(shown)
        if not shown:
            return self.say(f"{hidden} 项均为 0", f"all {hidden} items are 0")
        text = _joined((term.sign, f"{self.term(equation, term)} {number(value)}") for term, value in shown)
        if hidden:
            text += self.say(f"（其余 {hidden} 项为 0）", f" (the other {hidden} items are 0) ")
        if len(terms) == 1 or total is None:
            return text
        return f"{text}= {number(total)}" if hidden else f"{text} = {number(total)}"

    def count(self, number: int, zh: str, en: str) -> str:
        """So many things: 3 格 / 3 cells, 1 cell."""
        return self.say(f"{number} {zh}", f"{number} {en}" if number == 1 else f"{number} {en}s")

    def status(self, status: str) -> str:
        return self.say(*_STATUS[status]) if status in _STATUS else status

    def where(self, ids: Iterable[str]) -> str:
        """Where cells were printed, in brackets: （第 41–62 行）; nothing when that is not known."""
        places = [self.ledger.places[id] for id in ids if id in self.ledger.places]
        pages = [place.page for place in places if place.page is not None]
        lines = [int(line) for place in places for line in (place.top, place.bottom) if line is not None]
        if pages:
            return self.say(f"（第 {_span(pages)} 页）", f" ({_plural('page', pages)} {_span(pages)})")
        if lines:
            return self.say(f"（第 {_span(lines)} 行）", f" ({_plural('line', lines)} {_span(lines)})")
        return ""

    def _figure(self, term: Term, before: Ledger | None) -> float | None:
        if term.previous:
            return None if before is None else before.values.get(term.id)
        return self.ledger.values.get(term.id)

    @cached_property
    def _cells(self) -> dict[str, tuple[Row, Column]]:
        """Row and column of every cell of the official forms, those of the report's own forms before all others."""
        tables = [table for form in all_forms().values() for table in form.tables.values()]
        return {
            cell_id(table.id, row.id, column.id): (row, column)
            for table in (*tables, *self.ledger.report.tables())
            for row, column in table.cells()
        }


def _joined(terms: Iterable[tuple[int, str]]) -> str:
    text = ""
    for sign, name in terms:
        text += f" {'+' if sign > 0 else '−'} {name}" if text else ("" if sign > 0 else "−") + name
    return text


def _plural(word: str, numbers: list[int]) -> str:
    return word if min(numbers) == max(numbers) else f"{word}s"


def _span(numbers: list[int]) -> str:
    return f"{min(numbers)}" if min(numbers) == max(numbers) else f"{min(numbers)}–{max(numbers)}"
