"""What the explorer shows of a report, as HTML: everything that comes from a report is escaped."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.checks import check
from gongkai.evidence import evidence
from gongkai.formview import findings_html, form_html, identity_html
from gongkai.formview.form import cell_place, number
from gongkai.formview.html import element, framed, listing
from gongkai.formview.page import rule_title
from gongkai.formview.words import words
from gongkai.ledger import Ledger
from gongkai.parsing import parse
from gongkai.repairs import repair
from gongkai.tables import records
from gongkai.wording import Language, Wording

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

# The cell that is looked at first where no check failed.
_FIRST = "requests/new/total"


@dataclass(frozen=True, slots=True)
class Case:
    """A report with everything that was found about it, told in one language."""

    report: Report
    findings: pd.DataFrame
    repairs: pd.DataFrame
    language: Language

    @property
    def first_cell(self) -> str:
        """The id of a cell worth a look: one of the gravest failed check, else the total of new requests."""
        failed = self.findings.loc[self.findings["outcome"] == "fail", "cells"]
        ids = set(self.report.cells["id"])
        telling = (id for cells in failed for id in cells if id in ids)
        return next(telling, _FIRST if _FIRST in ids else str(self.report.cells["id"].iloc[0]))

    @property
    def names(self) -> Wording:
        """What the cells are called."""
        return Wording(Ledger.of(self.report), self.language)

    def form(self) -> str:
        """Whose report it is, and its form with everything that was found marked."""
        return identity_html(self.report, self.language) + form_html(
            self.report, self.findings, self.repairs, self.language
        )

    def cell(self, id: str) -> str:
        """All that is known of a cell: what was printed and where, what is doubtful, which checks it is part of."""
        spoken = words(self.language)
        title = element("h4", self.names.cell(id))
        rows = [[spoken.get("field", name), text] for name, text in self._known(id) if text]
        known = framed(title, listing([spoken.get("field", "id"), id], rows), language=self.language)
        return known + evidence(self.report, [id], self.language).html

    def choose(self, outcomes: Collection[str], severities: Collection[str], rule: str | None) -> str:
        """The findings with these outcomes and severities, of one rule or of all."""
        chosen = self.findings[self.findings["severity"].isin(severities)]
        if rule is not None:
            chosen = chosen[chosen["rule"] == rule]
        return findings_html(chosen, self.language, outcomes=list(outcomes))

    def rules(self) -> dict[str, str]:
        """The rules that were applied, by their titles."""
        return {rule_title(rule, self.language): rule for rule in sorted(self.findings["rule"].unique())}

    def _known(self, id: str) -> Iterator[tuple[str, str]]:
        """What is known of a cell, by the name of the field."""
        spoken = words(self.language)
        (cell,) = records(self.report.cells[self.report.cells["id"] == id])
        yield "raw", cell["raw"]
        yield "number", number(cell["value"], "")
        yield "status", spoken.get("status", cell["status"])
        yield "note", cell["note"]
        yield "flags", spoken.flags(cell["flags"])
        yield "place", spoken.place(cell_place(cell))
        for found in records(self.repairs[self.repairs["id"] == id]):
            yield "proposed", f"{number(found['proposed'])} ({spoken.get('method', found['method'])})"
        failed = self.findings[self.findings["outcome"] == "fail"]
        for finding in records(failed):
            if id in finding["cells"]:
                yield "message", finding["message"]


def open_case(file: str | Path, language: Language = "zh") -> Case:
    """Read, check and repair a report; UnreadableFile or NotAReport when it is none."""
    report = parse(file)
    return Case(report, check(report, language=language), repair(report, language=language), language)
