"""What a cited cell is called, what was printed in it, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.formview.form import anchor
from gongkai.ledger import Ledger
from gongkai.narrative.facts import PEERS, PREVIOUS
from gongkai.wording import Language, Wording, number

if TYPE_CHECKING:
    from gongkai.report import Report

# Where the table of peers stands on a page.
PEERS_ANCHOR = "peers"


@dataclass(frozen=True, slots=True)
class Source:
    """A cell as a citation: its id and anchor on the page, its name, its printed text, and its place in words.

    `deduced` is the value that gongkai put where nothing was printed, as text; empty for a printed cell.
    """

    id: str
    anchor: str
    name: str
    raw: str
    place: str
    deduced: str = ""

    def __str__(self) -> str:
        return self.name if self.of_peers else f"{self.name}: {self.shown}{self.place}"

    @property
    def of_peers(self) -> bool:
        """Whether this is a cell of all peers together, which stand in a table of their own."""
        return self.id.endswith(PEERS)

    @property
    def shown(self) -> str:
        """What was printed, or in brackets what was put in its place."""
        return self.raw or (f"〔{self.deduced}〕" if self.deduced else "")


def cited(ids: Iterable[str], report: Report, previous: Report | None, language: Language) -> dict[str, Source]:
    """The sources of cells, in the order of `ids`; ids that end in `@previous` are cells of `previous`.

    Ids that end in `@peers` lead to the table of peers.
    """
    own, before = _Describer(report, language), None if previous is None else _Describer(previous, language)
    sources = {}
    for id in dict.fromkeys(ids):
        if id.endswith(PEERS):
            sources[id] = own.of_peers(id)
        elif not id.endswith(PREVIOUS):
            sources[id] = own.describe(id, id, anchor(id))
        elif before is not None:
            cell = id.removesuffix(PREVIOUS)
            sources[id] = before.describe(id, cell, f"previous-{anchor(cell)}")
    return sources


class _Describer:
    """Describes the cells of one report."""

    def __init__(self, report: Report, language: Language) -> None:
        self.ledger = Ledger.of(report)
        self.words = Wording(self.ledger, language)
        self.year = "" if report.year is None else f"{report.year} "
        self.values = report.printed()

    def of_peers(self, id: str) -> Source:
        name = self.words.cell(id.removesuffix(PEERS))
        return Source(id, PEERS_ANCHOR, self.words.say(f"同类机关：{name}", f"peers: {name}"), "", "")

    def describe(self, id: str, cell: str, anchor: str) -> Source:
        name, value = self.words.cell(cell), self.values.get(cell)
        return Source(
            id=id,
            anchor=anchor,
            name=f"{self.year}{name}" if id.endswith(PREVIOUS) else name,
            raw=self.ledger.raw.get(cell, ""),
            place=self.words.where([cell]),
            deduced="" if cell in self.ledger.values or value is None else number(value),
        )
