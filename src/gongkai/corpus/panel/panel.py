"""The corpus as data: `gk.Panel("data/processed")`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd
import pyarrow as pa

from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.database import Database, to_frame
from gongkai.corpus.panel.indicators import indicator_table
from gongkai.corpus.panel.matrix import Matrix, matrix
from gongkai.corpus.panel.show import panel_html
from gongkai.corpus.panel.wide import wide_table
from gongkai.corpus.store import open_store
from gongkai.report import Report
from gongkai.wording import Language

if TYPE_CHECKING:
    from gongkai.checks.copying.others import Other

Shape = Literal["wide", "long"]


class Panel:
    """What `gongkai run` made of a folder of reports, as it was when the panel was opened.

    `path` is the folder that the run wrote to, or its URL (`s3://…`). Every method gives a DataFrame of its own; the
    corpus itself is never changed. The columns are described in docs/codebook.md (`gongkai codebook`). Raises
    UnreadableFile when there is no corpus.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._store = open_store(os.fspath(path))
        self.path = self._store.path
        self._matrices: dict[bool, tuple[pd.DataFrame, Matrix]] = {}
        self._made: set[str] = set()

    def reports(self) -> pd.DataFrame:
        """One row a report: whose it is, place and code after GB/T 2260, forms, counts, and whether it is preferred.

        Of several reports of one organ and year one is `preferred`; `preferred_reason` says what decided. A report
        whose organ or year is not certain (`identified` is false) is matched with no other.
        """
        return self._database.reports.copy()

    def long(self, *, preferred: bool = False) -> pd.DataFrame:
        """One row a cell of the form, with the report's identity; `preferred`: of preferred reports only.

        `value` is what was printed, `raw` its text, `status` what kind of thing was printed, `flags` why the reading is
        doubtful; `deduced` is the only value that the arithmetic allows where none was printed. For very many reports
        ask for what is needed with `sql`, or go through `pieces`.
        """
        return self._database.table("long", self._chosen(preferred))

    def wide(
        self,
        *,
        preferred: bool = True,
        status: bool = False,
        flags: bool = False,
        deduced: bool = False,
        indicators: bool = False,
    ) -> pd.DataFrame:
        """One row an organ and year, one variable a cell, whatever the form: `req_new_total`, `lit_review_upheld`.

        A variable holds the value as printed and is missing where no number is. On request it is followed by its
        `status` (`_s`, also why there is no such cell), the `flags` of its reading (`_f`) and the value `deduced` for
        it (`_d`); `indicators` adds those at the end. `preferred=False`: all reports, so that an organ and year may
        have several rows. Names have at most 32 characters and are valid in Stata.
        """
        return _wide(*self._cells(preferred), indicators, status=status, flags=flags, deduced=deduced)

    def indicators(self, *, preferred: bool = True, parts: bool = False) -> pd.DataFrame:
        """One row an organ and year: the rates of the codebook, each followed by what must be said of it (`_why`).

        `parts` adds numerator and denominator (`_num`, `_den`). Nothing is taken for zero: see
        `gongkai.corpus.panel.indicators.indicator_table` for when a rate is missing and when it is marked.
        """
        return indicator_table(*self._cells(preferred), parts)

    def pieces(
        self, shape: Shape, *, size: int = 10_000, preferred: bool = True, indicators: bool = False, **options: bool
    ) -> Iterator[pd.DataFrame]:
        """The table `wide` or `long` in pieces of so many reports, for a corpus larger than memory.

        `indicators` and `options` are those of `wide`. There is at least one piece, if an empty one.
        """
        chosen = self._chosen(preferred)
        for start in range(0, max(len(chosen), 1), size):
            part = chosen.iloc[start : start + size].reset_index(drop=True)
            if shape == "long":
                yield self._database.table("long", part)
            else:
                yield _wide(part, matrix(self._database, part), indicators, **options)

    def findings(self) -> pd.DataFrame:
        """One row a check of a report: what `gk.check` found, with the report's organ and year."""
        return self._database.table("findings")

    def across_years(self, language: Language = "zh") -> pd.DataFrame:
        """One row a check that needs the organ's report of the year before: see `gongkai.corpus.years.across_years`."""
        from gongkai.corpus.years import across_years

        return across_years(self, language)

    def peers(self, report: Report) -> Iterator[Report]:
        """The preferred reports of a report's level, kind and year, for `gk.narrate(…, peers=panel.peers(report))`."""
        from gongkai.corpus.peers import peers

        return peers(self, report)

    def previous(self, report: Report) -> Report | None:
        """The preferred report of a report's organ for the year before, for `gk.check` and `gk.narrate`; None when
        there is none, or when the organ or the year is not certain."""
        from gongkai.corpus.peers import previous

        return previous(self, report)

    def others(self) -> Iterator[Other]:
        """The texts of the preferred reports, for `gk.check(…, corpus=panel.others())`, which passes over the report's
        own organ and later years."""
        from gongkai.corpus.peers import others

        return others(self)

    def repairs(self) -> pd.DataFrame:
        """One row a value deduced or suspected: what `gk.repair` found, with the report's organ and year."""
        return self._database.table("repairs")

    def texts(self) -> pd.DataFrame:
        """One row a section of a report, with its text."""
        return self._database.table("texts")

    def files(self) -> pd.DataFrame:
        """One row a file that the run saw: its last `status` and, when it has no report, the `reason`."""
        return to_frame(self._database.files)

    def sql(self, query: str) -> pd.DataFrame:
        """The rows of a SELECT statement in DuckDB's SQL, as a DataFrame.

            panel.sql("SELECT year, sum(value) FROM long WHERE id = 'requests/new/total' AND preferred GROUP BY year")

        Views: `reports`, `long`, `findings`, `repairs`, `texts` and `files`, as the methods of that name; `cells`, the
        rows of `long` without the reports' identity; `variables`, the wide table's variables by cell id; and `wide` and
        `indicators`, which are made when a query first names them. The query can neither write nor read anything else.
        Raises QueryError.
        """
        self._make_tables_for(query)
        return self._database.frame(query)

    @cached_property
    def _database(self) -> Database:
        return Database(self._store)

    def _chosen(self, preferred: bool) -> pd.DataFrame:
        """The reports, or the preferred ones."""
        found = self._database.reports
        return found[found["preferred"]].reset_index(drop=True) if preferred else found

    def _cells(self, preferred: bool) -> tuple[pd.DataFrame, Matrix]:
        """The reports, or the preferred ones, and their cells in the same order."""
        if preferred not in self._matrices:
            chosen = self._chosen(preferred)
            self._matrices[preferred] = chosen, matrix(self._database, chosen)
        return self._matrices[preferred]

    def _make_tables_for(self, query: str) -> None:
        """Make the tables that DuckDB has no view for, when the query may ask for them."""
        for name, make in (("wide", self.wide), ("indicators", self.indicators)):
            if name not in self._made and re.search(rf"\b{name}\b", query, re.IGNORECASE):
                self._database.add(name, pa.Table.from_pandas(make(), preserve_index=False))
                self._made.add(name)

    def __repr__(self) -> str:
        return f"Panel({self.path!r})"

    def _repr_html_(self) -> str:
        return panel_html(self._database.reports, self.files(), self.path)


def _wide(chosen: pd.DataFrame, cells: Matrix, indicators: bool, **options: bool) -> pd.DataFrame:
    table = wide_table(chosen, cells, **options)
    if not indicators:
        return table
    rates = indicator_table(chosen, cells).drop(columns=list(columns("indicators")))
    return pd.concat([table, rates], axis=1)
