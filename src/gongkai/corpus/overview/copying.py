"""The most copied texts of the panel, and how much of the sections they make up."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from gongkai.corpus import reuse
from gongkai.corpus.overview.charts import Shares
from gongkai.corpus.overview.tables import Table
from gongkai.corpus.overview.view import View
from gongkai.forms import newest_form
from gongkai.formview.layout import section_titles
from gongkai.narrative.figures.canvas import Chart
from gongkai.wording import percent

_BINS = (("own", 0.0, "#e6e9ed"), ("some", 0.25, "#f0d9c5"), ("half", 0.5, "#d9965b"), ("most", 0.8, "#b5483a"))
_WORST = "copy", "#6d2a22"
_SHOWN = 200
# More reports than these would take longer than one waits for a page, and more memory than a laptop has.
MOST_REPORTS = 20_000
_TEXTS = """
    SELECT t.report, r.organ_name AS organ, t.year, t.section, t.text FROM texts t JOIN reports r USING (report)
    WHERE r.preferred AND t.report <= '{last}' ORDER BY t.report, t.section
"""
_NAMES = 4


def copied(view: View) -> list[Chart]:
    """How much of the sections stands in other organs' reports."""
    shares = reuse.shares(_sentences(view))
    if shares.empty:
        return [view.nothing("copied")]
    colours = {name: colour for name, _, colour in _BINS} | {_WORST[0]: _WORST[1]}
    bars = []
    for section in reuse.SECTIONS:
        part = shares.loc[shares["section"] == section, "share"]
        if len(part):
            bins = pd.cut(part, [-1, *(most for _, most, _ in _BINS), 1], labels=list(colours))
            counts = bins.value_counts()
            sizes = tuple((colour, float(counts[name])) for name, colour in colours.items())
            bars.append(Shares(section_name(view, section), sizes, f"{len(part):,}"))
    key = [(colour, view.say(f"bins.{name}")) for name, colour in colours.items()]
    return [view.shares("copied", bars, key, sample=_note(view))]


def most_copied(view: View) -> Table:
    """The passages that several organs have, those of the most organs first."""
    found = reuse.passages(_sentences(view), limit=_SHOWN)
    rows = pd.DataFrame(
        {
            "section": [section_name(view, section) for section in found["section"]],
            "organs": found["organs"],
            "reports": found["reports"],
            "span": [_span(*years) for years in zip(found["first_year"], found["last_year"], strict=True)],
            "share": [f"{percent(share, 0)}%" for share in found["share"]],
            "example": found["example"],
            "names": [_some(view, names) for names in found["names"]],
        }
    )
    return Table(view, "copied", rows, _note(view))


def section_name(view: View, section: str) -> str:
    """What a section is called on the newest form."""
    return section_titles(newest_form(), view.language)[section]


def _some(view: View, names: list[str]) -> str:
    """The first of the names; how many there are stands in a column of its own."""
    return view.say("comma").join([*names[:_NAMES], *(["…"] if len(names) > _NAMES else [])])


def _span(first: int | None, last: int | None) -> str:
    """From when to when; nothing when no year is known."""
    if first is None or pd.isna(first):
        return ""
    return str(first) if first == last else f"{first}–{last}"


def _note(view: View) -> str:
    """What must be said of a corpus too large to be compared as a whole."""
    if len(view.reports) <= MOST_REPORTS:
        return ""
    return view.say("sample", n=f"{MOST_REPORTS:,}", all=f"{len(view.reports):,}")


@lru_cache(maxsize=1)
def _sentences(view: View) -> pd.DataFrame:
    """The sentences of the preferred reports, or of a sample of them, under the organs' normalised names.

    Reports are called after their content's hash: the first by name are a sample by chance, and always the same.
    """
    chosen = view.reports["report"].sort_values().head(MOST_REPORTS)
    found = view.panel.sql(_TEXTS.format(last=chosen.iloc[-1] if len(chosen) else ""))
    return reuse.sentences(found)
