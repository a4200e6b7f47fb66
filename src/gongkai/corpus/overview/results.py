"""What came of it: requests and outcomes over the years, by level and kind of organ; how reviews and suits end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.corpus.overview.charts import Line, Shares, draw_lines
from gongkai.corpus.overview.holdings import indicator_name, levels_of
from gongkai.corpus.overview.view import UNKNOWN, View
from gongkai.corpus.panel.columns import labels
from gongkai.forms import newest_form
from gongkai.narrative.figures.canvas import BOTTOM, COLOURS, TOP, Chart
from gongkai.narrative.figures.drawing import PITCH, Bar, draw_bars
from gongkai.wording import brief

if TYPE_CHECKING:
    import pandas as pd

# The six ways in which a request ends, as indicators of the codebook, with the name of their colour.
_OUTCOMES = {
    "full_rate": "granted",
    "partial_rate": "partial",
    "denial_rate": "denied",
    "unavailable_rate": "unavailable",
    "unprocessed_rate": "unprocessed",
    "other_rate": "other",
}
_RESULTS = ("upheld", "corrected", "other", "pending")
_LINES = 2.6


def trends(view: View) -> list[Chart]:
    """New requests by year, of organs that report every year and of others; and the outcomes by year."""
    return [_requests(view), _pooled(view)]


def outcomes(view: View) -> list[Chart]:
    """Outcomes of requests by level and kind of organ; results of reviews and suits by level."""
    return [_outcomes(view), _disputes(view)]


def _requests(view: View) -> Chart:
    reports, new = view.reports, view.new_requests
    usable = reports.assign(new=new)[new.notna() & reports["year"].notna()]
    if usable.empty:
        return view.nothing("requests")
    known = usable[usable["identified"]]
    years_of = known.groupby("organ_name")["year"].nunique()
    always = usable["organ_name"].isin(years_of.index[years_of == len(view.years)]) & usable["identified"]
    bars = []
    for year in view.years:
        here = usable["year"] == year
        steady = float(usable.loc[here & always, "new"].sum())
        rest = float(usable.loc[here & ~always, "new"].sum())
        parts = tuple(part for part in ((COLOURS["new"], steady), (COLOURS["carried_in"], rest)) if part[1])
        remark = f"{steady + rest:,.0f} · {view.say('n', n=f'{int(here.sum()):,}')}"
        bars.append(Bar(str(year), parts, remark, nothing=not parts))
    height = TOP + len(bars) * (PITCH + 0.08) + BOTTOM
    chart = view.chart(height, "requests", n=f"{usable.loc[always, 'organ_name'].nunique():,}")
    draw_bars(chart, TOP, bars, PITCH + 0.08)
    return chart


def _pooled(view: View) -> Chart:
    usable = _whole(view)
    if usable.empty or not view.years:
        return view.nothing("pooled")
    lines = []
    for id, colour in _OUTCOMES.items():
        sums = usable.dropna(subset=["year"]).groupby("year")[[f"{id}_num", f"{id}_den"]].sum()
        shares = {
            int(year): float(part) / float(whole)
            for year, part, whole in zip(sums.index, sums[f"{id}_num"], sums[f"{id}_den"], strict=True)
            if whole
        }
        lines.append(Line(indicator_name(view, id), COLOURS[colour], shares))
    chart = view.chart(TOP + _LINES + 0.4 + BOTTOM, "pooled")
    draw_lines(chart, TOP, _LINES, view.years, lines)
    return chart


def _outcomes(view: View) -> Chart:
    usable, bars = _whole(view), []
    for level in levels_of(view):
        for kind in labels("kind"):
            part = usable[(usable["level"] == level) & (usable["kind"] == kind)]
            handled = float(part["full_rate_den"].sum())
            if handled:
                sizes = tuple((COLOURS[colour], float(part[f"{id}_num"].sum())) for id, colour in _OUTCOMES.items())
                label = f"{view.word('level', level)} · {view.word('kind', kind)}"
                bars.append(Shares(label, sizes, f"{view.say('n', n=f'{len(part):,}')} · {handled:,.0f}"))
    if not bars:
        return view.nothing("outcomes")
    key = [(COLOURS[colour], indicator_name(view, id)) for id, colour in _OUTCOMES.items()]
    return view.shares("outcomes", bars, key)


def _disputes(view: View) -> Chart:
    cases = view.panel.sql(_CASES)
    cases["level"] = cases["level"].fillna(UNKNOWN)
    table = newest_form().tables["litigation"]
    columns = {column.id: column for row in table.rows for column in row.columns}
    bars = []
    for level in levels_of(view):
        for row in table.rows:
            part = cases[(cases["level"] == level) & (cases["row"] == row.id)]
            total = float(part[list(_RESULTS)].sum().sum())
            if total:
                sizes = tuple((COLOURS[result], float(part[result].sum())) for result in _RESULTS)
                name = row.en if view.language == "en" else brief(row.short or row.label)
                remark = f"{view.say('n', n=f'{int(part.reports.sum()):,}')} · {total:,.0f}"
                bars.append(Shares(f"{view.word('level', level)} · {name}", sizes, remark))
    if not bars:
        return view.nothing("disputes")
    named = {id: columns[id].en if view.language == "en" else brief(columns[id].label) for id in _RESULTS}
    key = [(COLOURS[id], name) for id, name in named.items()]
    return view.shares("disputes", bars, key)


# Rows of table 四 whose four results are all printed without doubt and add up to the printed total.
_CASES = """
    WITH printed AS (
        SELECT report, level, "row",
            max(value) FILTER ("column" = 'upheld') AS upheld, max(value) FILTER ("column" = 'corrected') AS corrected,
            max(value) FILTER ("column" = 'other') AS other, max(value) FILTER ("column" = 'pending') AS pending,
            max(value) FILTER ("column" = 'total') AS total
        FROM long WHERE "table" = 'litigation' AND preferred AND flags = '' AND NOT suspect
        GROUP BY report, level, "row"
    )
    SELECT level, "row", count(*) AS reports, sum(upheld) AS upheld, sum(corrected) AS corrected,
        sum(other) AS other, sum(pending) AS pending
    FROM printed WHERE upheld + corrected + other + pending = total GROUP BY level, "row" ORDER BY level, "row"
"""


def _whole(view: View) -> pd.DataFrame:
    """The reports in which all six outcomes and what they are of can be used."""
    needed = [f"{id}_{part}" for id in _OUTCOMES for part in ("num", "den")]
    found = (
        view.indicators[needed]
        .astype("Float64")
        .assign(**{name: view.reports[name] for name in ("year", "level", "kind")})
    )
    return found.dropna(subset=needed)
