"""The organs of a corpus with which another can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.corpus.restore import restored
from gongkai.report import Report
from gongkai.tables import records

if TYPE_CHECKING:
    from gongkai.corpus.panel import Panel

_A_TIME = 200


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
