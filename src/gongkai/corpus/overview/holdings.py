"""What the panel holds: reports by year, level and place, and how many requests organs have."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from gongkai.corpus.overview.charts import (
    Shares,
    Spread,
    draw_grid,
    draw_key,
    draw_spreads,
    grid_height,
    key_height,
)
from gongkai.corpus.overview.view import UNKNOWN, View
from gongkai.corpus.panel.columns import labels
from gongkai.corpus.panel.indicators import indicators
from gongkai.narrative.figures.canvas import BOTTOM, COLOURS, GREY, TOP, Chart
from gongkai.narrative.figures.drawing import PITCH, Bar, draw_bars
from gongkai.wording import in_language

LEVELS = {
    "central": "#22303c",
    "province": "#33658a",
    "prefecture": "#6f9bbd",
    "county": "#b3cadb",
    "township": "#cdb68a",
}
_SIZES = (("zero", 0, "#e6e9ed"), ("few", 9, "#b3cadb"), ("tens", 99, "#6f9bbd"), ("hundreds", 999, "#33658a"))
_LARGEST = "thousands", "#1d3a4f"
# The rates whose distribution is drawn, of those in the codebook.
_RATES = (
    "full_rate",
    "disclosure_rate",
    "denial_rate",
    "not_held_rate",
    "unprocessed_rate",
    "carried_over_rate",
    "correction_rate",
)


def coverage(view: View) -> list[Chart]:
    """Reports by year and level of organ, and by province and year."""
    return [_by_year(view), _by_place(view)]


def distributions(view: View) -> list[Chart]:
    """How many new requests organs have, and how the rates are spread over reports."""
    return [_sizes(view), _rates(view)]


def levels_of(view: View) -> list[str]:
    """The levels that occur, from the centre down, the unknown last."""
    present = set(view.reports["level"])
    return [level for level in (*labels("level"), UNKNOWN) if level in present]


def indicator_name(view: View, id: str) -> str:
    """What an indicator is called."""
    return in_language(indicators()[id].label, view.language)


def _by_year(view: View) -> Chart:
    reports, levels = view.reports, levels_of(view)
    if reports.empty:
        return view.nothing("by_year")
    years = [*view.years, *([None] if reports["year"].isna().any() else [])]
    bars = []
    for year in years:
        part = reports[reports["year"].isna() if year is None else reports["year"].eq(year).fillna(False)]
        parts = tuple((_colour(level), float((part["level"] == level).sum())) for level in levels)
        label = view.say(UNKNOWN) if year is None else str(year)
        bars.append(Bar(label, tuple(one for one in parts if one[1]), f"{len(part):,}"))
    key = [(_colour(level), view.word("level", level)) for level in levels]
    chart = view.chart(TOP + key_height(key) + 0.15 + len(bars) * (PITCH + 0.08) + BOTTOM, "by_year")
    draw_bars(chart, draw_key(chart, TOP, key) + 0.15, bars, PITCH + 0.08)
    return chart


def _by_place(view: View) -> Chart:
    reports = view.reports
    if reports.empty or not view.years:
        return view.nothing("by_place")
    dated = reports.dropna(subset=["year"])
    counts = Counter(zip(dated["province"], dated["year"].astype(int).astype(str), strict=True))
    order = reports.groupby("province").size().sort_index().sort_values(ascending=False, kind="stable").index
    names = {province: view.say(UNKNOWN) if province == UNKNOWN else province for province in order}
    rows = [names[province] for province in order if province != UNKNOWN]
    rows += [names[UNKNOWN]] if UNKNOWN in names else []
    cells = {(names[province], year): count for (province, year), count in counts.items()}
    chart = view.chart(TOP + grid_height(len(rows)) + BOTTOM, "by_place")
    draw_grid(chart, TOP - 0.1, rows, [str(year) for year in view.years], cells, COLOURS["new"])
    return chart


def _sizes(view: View) -> Chart:
    new = view.new_requests
    if not new.notna().any():
        return view.nothing("sizes")
    bins = _binned(new)
    colours = {name: colour for name, _, colour in _SIZES} | {_LARGEST[0]: _LARGEST[1]}
    bars = []
    for level in levels_of(view):
        part = bins[(view.reports["level"] == level) & new.notna()]
        if len(part):
            parts = tuple((colour, float((part == name).sum())) for name, colour in colours.items())
            bars.append(Shares(view.word("level", level), parts, view.say("n", n=f"{len(part):,}")))
    key = [(colour, view.say(f"bins.{name}")) for name, colour in colours.items()]
    return view.shares("sizes", bars, key, n=f"{int(new.notna().sum()):,}")


def _binned(new: pd.Series) -> pd.Series:
    """The name of the bin of every number of requests."""
    bins = pd.Series(_LARGEST[0], index=new.index)
    for name, most, _ in reversed(_SIZES):
        bins[new.le(most).fillna(False)] = name
    return bins


def _rates(view: View) -> Chart:
    spreads = []
    for id in _RATES:
        rate = view.indicators[id].dropna().astype(float)
        if len(rate):
            low, lower, median, upper, high = rate.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
            remark = view.say("n", n=f"{len(rate):,}")
            spreads.append(Spread(indicator_name(view, id), (low, lower, median, upper, high), remark))
    if not spreads:
        return view.nothing("rates")
    chart = view.chart(TOP + len(spreads) * PITCH + 0.3 + BOTTOM, "rates")
    draw_spreads(chart, TOP, spreads, COLOURS["new"])
    return chart


def _colour(level: str) -> str:
    return LEVELS.get(level, GREY)
