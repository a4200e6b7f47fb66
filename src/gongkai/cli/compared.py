"""A comparison as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table as Grid
from rich.text import Text

from gongkai.cli.terminal import open_console, plain_text
from gongkai.comparison.marks import pieces
from gongkai.comparison.texts import CHANGES
from gongkai.comparison.words import Said
from gongkai.tables import records

if TYPE_CHECKING:
    from gongkai.comparison import Comparison

# Told apart without colours as well: [-gone-] and {+come+}.
_LOOKS = {"both": ("{}", ""), "before": ("[-{}-]", "red"), "after": ("{{+{}+}}", "green")}
_UNCHANGED = ("same", "only_after", "only_before")


def show_comparison(comparison: Comparison) -> None:
    """Print a comparison; its warnings went to stderr when they came up."""
    said, console = Said(comparison), open_console()
    console.print(plain_text(said.word(comparison.kind), "bold"))
    for name, report in zip(comparison.names, (comparison.before, comparison.after), strict=True):
        console.print(plain_text(f"{name}: {report.organ or said.word('none')} · {report.source}"))
    for note in (*comparison.notes, said.summary()):
        console.print(plain_text(note))
    for part in (*_tables(comparison, said), _sections(comparison, said), _sentences(comparison, said)):
        console.print()
        console.print(part)


def _tables(comparison: Comparison, said: Said) -> Iterator[Grid | Text]:
    """The cells that changed, a grid for each table."""
    changed = [cell for cell in records(comparison.cells) if cell["change"] not in _UNCHANGED]
    if not changed:
        yield plain_text(said.word("no_change"))
    for table in dict.fromkeys(cell["table"] for cell in changed):
        yield _cells(table, [cell for cell in changed if cell["table"] == table], comparison, said)


def _cells(table: str, cells: Sequence[dict[str, Any]], comparison: Comparison, said: Said) -> Grid:
    grid = _grid(said.section(table), (said.word("cell"), *comparison.names, said.word("difference"), "%"))
    for cell in cells:
        figures = [said.figure(cell, side) for side in ("before", "after")]
        doubt = Text(" ?", "bold red") if cell["doubtful"] else Text()
        name = Text.assemble(plain_text(said.words.cell(cell["id"])), doubt)
        changes = (said.signed(cell["difference"]), said.signed(cell["percent"]))
        grid.add_row(name, *map(plain_text, (*figures, *changes)))
    return grid


def _sections(comparison: Comparison, said: Said) -> Grid:
    names = (said.word("section"), *comparison.names, *map(said.word, CHANGES), said.word("copied"))
    grid = _grid(said.word("texts"), names)
    for section in records(comparison.sections):
        counts = ["" if section[kind] is None else str(section[kind]) for kind in CHANGES]
        sizes = [str(section["before_characters"]), str(section["after_characters"])]
        grid.add_row(*map(plain_text, (said.section(section["section"]), *sizes, *counts, said.copied(section))))
    return grid


def _sentences(comparison: Comparison, said: Said) -> Grid | Text:
    changed = [one for one in records(comparison.sentences) if one["change"] != "kept"]
    if not changed:
        return Text()
    grid = _grid("", (said.word("section"), said.word("change"), said.word("sentence")))
    for one in changed:
        grid.add_row(plain_text(said.section(one["section"])), plain_text(said.word(one["change"])), _sentence(one))
    return grid


def _sentence(one: dict[str, Any]) -> Text:
    """A sentence that one side lacks as it is; else with what is gone and what has come marked."""
    if one["before"] is None or one["after"] is None:
        return plain_text(one["before"] or one["after"], _LOOKS["after" if one["before"] is None else "before"][1])
    text = Text()
    for side, piece in pieces(one["before"], one["after"]):
        look, style = _LOOKS[side]
        text.append_text(plain_text(look.format(piece), style))
    return text


def _grid(title: str, names: Sequence[str]) -> Grid:
    shown = plain_text(title, "bold") if title else None
    grid = Grid(title=shown, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        grid.add_column(plain_text(name), overflow="fold")
    return grid
