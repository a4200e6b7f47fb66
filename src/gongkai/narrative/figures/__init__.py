"""The figures of a report. Each takes the report and returns a figure; one with nothing to show says so in words.

Only values that were printed and are free of doubt are drawn. `language` is "zh" or "en".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongkai.narrative.figures.bars import applicants_figure, disclosure_figure, grounds_figure, litigation_figure
from gongkai.narrative.figures.before import before_figure
from gongkai.narrative.figures.canvas import Message
from gongkai.narrative.figures.flow import requests_figure
from gongkai.narrative.figures.form import form_figure
from gongkai.narrative.figures.overview import checks_figure
from gongkai.narrative.figures.peers import peers_figure
from gongkai.narrative.fonts import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from gongkai.narrative.peers import Group
    from gongkai.report import Report

__all__ = [
    "all_figures",
    "applicants_figure",
    "before_figure",
    "checks_figure",
    "disclosure_figure",
    "form_figure",
    "grounds_figure",
    "litigation_figure",
    "peers_figure",
    "requests_figure",
]


def all_figures(
    report: Report,
    findings: pd.DataFrame,
    language: str = "zh",
    previous: Report | None = None,
    peers: Iterable[Report] | Group = (),
) -> list[Figure]:
    """The figures that have something to show, in the order of the narrative.

    `findings` are those of `gk.check`; `previous` and `peers` are what `gk.narrate` was given.
    """
    with style():
        drawn = [
            requests_figure(report, language),
            applicants_figure(report, language),
            grounds_figure(report, language),
            before_figure(report, previous, language),
            litigation_figure(report, language),
            disclosure_figure(report, language),
            peers_figure(report, peers, language),
            form_figure(report, findings, language),
            checks_figure(report, findings, language),
        ]
    return [figure for figure in drawn if not isinstance(figure, Message)]
