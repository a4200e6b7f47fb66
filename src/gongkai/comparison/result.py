"""What a comparison of two reports gives, as tables and as a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.comparison.kinds import Kind
from gongkai.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report
    from gongkai.wording import Language


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Two reports side by side; shows itself in Jupyter.

    `kind` is `years` (two successive years), `versions` (one year twice), `apart` or `unknown`. `cells` has one row a
    cell, also of those that did not change (columns in `gongkai.comparison.cells`); `sections` and `sentences` are the
    texts (columns in `gongkai.comparison.texts`). `warnings` say why the two may not be comparable, `notes` what to
    know in reading.
    """

    before: Report
    after: Report
    kind: Kind
    cells: pd.DataFrame = field(repr=False)
    sections: pd.DataFrame = field(repr=False)
    sentences: pd.DataFrame = field(repr=False)
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    language: Language = "zh"

    @property
    def changed(self) -> pd.DataFrame:
        """The cells that are not the same."""
        return self.cells[self.cells["change"] != "same"]

    @property
    def names(self) -> tuple[str, str]:
        """What the two reports are called in headings: their years where these differ."""
        years = self.before.year, self.after.year
        if None in years or years[0] == years[1]:
            return ("第一份", "第二份") if self.language == "zh" else ("First", "Second")
        return (f"{years[0]} 年", f"{years[1]} 年") if self.language == "zh" else (f"{years[0]}", f"{years[1]}")

    @property
    def html(self) -> str:
        """The comparison as HTML: the later form with both figures in each cell that changed, and the texts marked."""
        from gongkai.comparison.page import comparison_html

        return comparison_html(self)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON types; missing values are None."""
        about = (
            {"organ": one.organ, "year": one.year, "source": one.source, "forms": one.forms}
            for one in (self.before, self.after)
        )
        return {
            "kind": self.kind,
            **dict(zip(("before", "after"), about, strict=True)),
            "warnings": list(self.warnings),
            "notes": list(self.notes),
            "cells": records(self.cells),
            "sections": records(self.sections),
            "sentences": records(self.sentences),
        }

    def __repr__(self) -> str:
        sources = f"{self.before.source}, {self.after.source}"
        return f"Comparison({sources}: {self.kind}, {len(self.changed)} of {len(self.cells)} cells differ)"

    def _repr_html_(self) -> str:
        return self.html
