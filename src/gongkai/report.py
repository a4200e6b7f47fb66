"""The parsed report: who reported what for which year, and every cell of the form as it was printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.document import Document, Place
from gongkai.forms import Equation, Table, load_form
from gongkai.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.evidence import Evidence
    from gongkai.wording import Language

# Flags that mark a value as added by gongkai on request, not as doubtful.
NOT_DOUBTFUL = frozenset({"deduced"})


@dataclass(slots=True)
class Report:
    """An annual report as data.

    `cells` has one row per cell of the form (columns in `gongkai.tables.CELLS`); `value` is what was printed. For paged
    files `page, x0, top, x1, bottom` are the page and the box in PDF points; for text files `top` and `bottom` are line
    numbers, `x0` and `x1` character offsets in the line, and `page` is missing.
    `forms` names the official form of each table; `sections` holds the text of the sections found, by id; `flags` says
    why something about the report as a whole is doubtful (`{"organ": "incomplete"}`; `pictures` is `not_read`, or
    `needs_ocr` without that extra, where a table may stand in a picture that was not read); `front` is the text before
    the first section.
    """

    source: str
    cells: pd.DataFrame
    forms: dict[str, str]
    sections: dict[str, str] = field(default_factory=dict)
    organ: str | None = None
    level: str | None = None
    kind: str | None = None
    year: int | None = None
    published: dt.date | None = None
    title: str | None = None
    front: str = ""
    flags: dict[str, str] = field(default_factory=dict)
    document: Document | None = field(default=None, repr=False)
    places: dict[str, Place] = field(default_factory=dict, repr=False)
    path: Path | None = field(default=None, repr=False)

    def table(self, id: str) -> Table:
        """The official table that this report's table follows."""
        return load_form(self.forms[id]).tables[id]

    def tables(self) -> list[Table]:
        """The official tables that the report follows, in the form's order."""
        return [self.table(id) for id in self.forms]

    def equations(self) -> list[Equation]:
        """The equations that hold on this report's tables, each after the form of its own table."""
        return [
            equation
            for id, form in self.forms.items()
            for equation in load_form(form).equations
            if equation.table == id
        ]

    def printed(self) -> dict[str, float | None]:
        """The printed value of every cell by id; None where no number was printed."""
        return {
            id: float(value) if known else None
            for id, value, known in zip(self.cells["id"], self.cells["value"], self.cells["value"].notna(), strict=True)
        }

    def doubtful(self) -> set[str]:
        """The ids of cells whose value carries a flag."""
        flagged = zip(self.cells["id"].tolist(), self.cells["flags"].tolist(), strict=True)
        return {id for id, flags in flagged if flags and set(flags.split(",")) - NOT_DOUBTFUL}

    def place(self, id: str) -> Place:
        """Where the cell was printed (an empty Place for an absent one); KeyError for an id not on the form."""
        if id not in self.places and not self.cells["id"].eq(id).any():
            raise KeyError(id)
        return self.places.get(id, Place())

    def evidence(self, ids: Iterable[str], language: Language = "zh") -> Evidence:
        """Show where cells were printed: pages with the cells outlined, or the rebuilt table with them marked.

        The result shows itself in Jupyter; `.html` is the same as a string, `.exhibits` has the pictures as PNG. Raises
        KeyError for an id that is not on the form.
        """
        from gongkai.evidence import evidence

        return evidence(self, ids, language)

    def completed(self, repairs: pd.DataFrame) -> Report:
        """A copy in which the cells that were deduced have their value, flagged `deduced`; nothing else changes."""
        deduced = repairs.loc[repairs["method"] == "deduced"].set_index("id")["proposed"]
        cells = self.cells.copy()
        chosen = cells["id"].isin(deduced.index)
        cells.loc[chosen, "value"] = cells.loc[chosen, "id"].map(deduced).astype("Float64")
        cells.loc[chosen, "flags"] = [
            ",".join(filter(None, (flags, "deduced"))) for flags in cells.loc[chosen, "flags"]
        ]
        return replace(self, cells=cells)

    def _repr_html_(self) -> str:
        from gongkai.formview import form_html, identity_html

        return identity_html(self) + form_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON types; missing values are None."""
        return {
            "source": self.source,
            "title": self.title,
            "organ": self.organ,
            "level": self.level,
            "kind": self.kind,
            "year": self.year,
            "published": self.published.isoformat() if self.published else None,
            "forms": self.forms,
            "flags": self.flags,
            "sections": self.sections,
            "cells": records(self.cells),
        }
