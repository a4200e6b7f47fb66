"""What the rules across years find in a corpus: every report checked with the same organ's report of the year before.

A run works on one file at a time and knows no other; this is found afterwards, from what is stored, and so it depends
neither on the order of the files nor on when they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from gongkai.checks import check
from gongkai.corpus.restore import restored
from gongkai.tables import FINDINGS, frame, records
from gongkai.wording import Language

if TYPE_CHECKING:
    from gongkai.corpus.panel import Panel

# dtypes as in `gongkai.tables`; `previous` is the id of the report of the year before.
COLUMNS: dict[str, str] = {"report": "str", "previous": "str", "organ_name": "str", "year": "Int64", **FINDINGS}
_A_TIME = 200


def across_years(panel: Panel, language: Language = "zh") -> pd.DataFrame:
    """What `gk.check` finds with the report of the year before and not without it (columns `COLUMNS`).

    For every preferred report whose organ is certain and has a preferred report of the year before, by organ and year.
    Takes some 20 ms a pair, and the memory for the reports of some two hundred pairs.
    """
    pairs = _pairs(panel)
    parts = (pairs[start : start + _A_TIME] for start in range(0, len(pairs), _A_TIME))
    return frame((row for part in parts for row in _found(panel, part, language)), COLUMNS)


def _pairs(panel: Panel) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Reports, each with the one of the year before."""
    reports = panel.reports()
    known = records(reports[reports["identified"] & reports["preferred"]])
    by_year = {(row["organ_name"], row["year"]): row for row in known}
    return [
        (row, by_year[organ, year - 1])
        for (organ, year), row in sorted(by_year.items())
        if (organ, year - 1) in by_year
    ]


def _found(
    panel: Panel, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], language: Language
) -> Iterator[dict[str, Any]]:
    reports = restored(panel, chain.from_iterable(pairs))
    for row, previous in pairs:
        report = reports[row["report"]]
        alone = {_key(finding) for finding in records(check(report, language=language))}
        for finding in records(check(report, reports[previous["report"]], language=language)):
            if _key(finding) not in alone:
                about = {name: row[name] for name in ("report", "organ_name", "year")}
                yield {**about, "previous": previous["report"], **finding}


def _key(finding: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in finding.values())
