"""The figures of a report. Each takes the report and returns a figure; one with nothing to show says so in words.

Only values that were printed and are free of doubt are drawn. `language` is "zh" or "en".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.narrative.figures.bars import applicants_figure, disclosure_figure, grounds_figure, litigation_figure
from gongkai.narrative.figures.canvas import Message
from gongkai.narrative.figures.flow import requests_figure
from gongkai.narrative.figures.overview import checks_figure
from gongkai.narrative.fonts import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from gongkai.report import Report

__all__ = [
    "all_figures",
    "applicants_figure",
    "checks_figure",
    "disclosure_figure",
    "grounds_figure",
    "litigation_figure",
    "requests_figure",
]


def all_figures(report: Report, findings: pd.DataFrame, language: str = "zh") -> list[Figure]:
    """The figures that have something to show, in the order of the narrative; `findings` are those of `gk.check`."""
    with style():
        drawn = [
            requests_figure(report, language),
            applicants_figure(report, language),
            grounds_figure(report, language),
            litigation_figure(report, language),
            disclosure_figure(report, language),
            checks_figure(report, findings, language),
        ]
    return [figure for figure in drawn if not isinstance(figure, Message)]
