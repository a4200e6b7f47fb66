"""What a corpus has to compare a report with: the same organ's report of the year before, and other organs'."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.checks.copying.others import Other
from gongkai.corpus.panel.organs import is_certain
from gongkai.corpus.places import identify
from gongkai.corpus.restore import restored
from gongkai.report import Report
from gongkai.tables import records

if TYPE_CHECKING:
    from gongkai.corpus.panel import Panel

_A_TIME = 200
_TEXTS = """
    SELECT report, r.organ, r.year, t.section, t.text FROM texts t JOIN reports r USING (report)
    WHERE r.preferred ORDER BY report
"""


def peers(panel: Panel, report: Report) -> Iterator[Report]:
    """The corpus's preferred reports of a report's level, kind and year; none where one of these is not known.

    The report itself is among them when the corpus has it; `gk.narrate` leaves it out.
    """
    same = panel.reports()
    same = same[same["preferred"]]
    for name in ("level", "kind", "year"):
        same = same[(same[name] == getattr(report, name)).fillna(False)]
    rows = records(same)
    for start in range(0, len(rows), _A_TIME):
        yield from restored(panel, rows[start : start + _A_TIME]).values()


def previous(panel: Panel, report: Report) -> Report | None:
    """The corpus's preferred report of the same organ for the year before.

    None where the corpus has none, and where the organ or the year is not certain. The report itself need not be there.
    """
    organ = identify(report.organ) if report.organ else None
    if organ is None or report.year is None or not is_certain(organ, report.year, report.flags):
        return None
    known = panel.reports()
    known = known[known["identified"] & known["preferred"]]
    rows = records(known[(known["organ_name"] == organ.full_name) & (known["year"] == report.year - 1)])
    return next(iter(restored(panel, rows).values()), None) if rows else None


def others(panel: Panel) -> Iterator[Other]:
    """The texts of the corpus's preferred reports, with whose they are."""
    for _, rows in groupby(records(panel.sql(_TEXTS)), key=lambda row: row["report"]):
        first, *rest = rows
        yield Other({row["section"]: row["text"] for row in (first, *rest)}, first["organ"], first["year"])
