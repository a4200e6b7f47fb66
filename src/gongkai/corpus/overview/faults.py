"""How good the data are: what the checks found, what the cells say, why readings are doubtful, which files failed."""

from __future__ import annotations

from collections import Counter

from gongkai.corpus.overview.charts import Shares
from gongkai.corpus.overview.view import View
from gongkai.corpus.panel.columns import labels
from gongkai.formview.page import rule_title
from gongkai.formview.words import words
from gongkai.narrative.figures.canvas import BOTTOM, COLOURS, TOP, Chart
from gongkai.narrative.figures.drawing import PITCH, Bar, draw_bars
from gongkai.tables import OUTCOMES, STATUSES


def quality(view: View) -> list[Chart]:
    """Checks by rule, cells by status, doubtful cells by reason, files by what became of them."""
    return [_checks(view), _statuses(view), _doubts(view), _files(view)]


def _checks(view: View) -> Chart:
    found = view.panel.sql("SELECT rule, outcome, count(*) AS n FROM findings GROUP BY rule, outcome ORDER BY rule")
    counts = {(rule, outcome): int(n) for rule, outcome, n in found.itertuples(index=False)}
    if not counts:
        return view.nothing("checks")
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: (-counts.get((rule, "fail"), 0), rule))
    bars = [
        Shares(
            rule_title(rule, view.language),
            tuple((COLOURS[outcome], counts.get((rule, outcome), 0)) for outcome in OUTCOMES),
            f"{counts.get((rule, 'fail'), 0):,}",
        )
        for rule in rules
    ]
    return view.shares("checks", bars, [(COLOURS[one], view.word("outcome", one)) for one in OUTCOMES])


def _statuses(view: View) -> Chart:
    found = view.panel.sql('SELECT "table", status, count(*) AS n FROM cells GROUP BY "table", status')
    counts = {(table, status): int(n) for table, status, n in found.itertuples(index=False)}
    if not counts:
        return view.nothing("statuses")
    bars = []
    for table in labels("table"):
        parts = tuple((COLOURS[status], counts.get((table, status), 0)) for status in STATUSES)
        bars.append(Shares(view.word("table", table), parts, f"{sum(size for _, size in parts):,}"))
    present = {status for _, status in counts}
    key = [(COLOURS[one], view.word("status", one)) for one in STATUSES if one in present]
    return view.shares("statuses", bars, key)


def _doubts(view: View) -> Chart:
    found = view.panel.sql("SELECT flags, count(*) AS n FROM cells WHERE flags <> '' GROUP BY flags")
    spoken, reasons = words(view.language), Counter[str]()
    for flags, n in found.itertuples(index=False):
        # What follows a colon is about one cell.
        for reason in {flag.partition(":")[0] for flag in flags.split(",")}:
            reasons[reason] += int(n)
    if not reasons:
        return view.nothing("doubts")
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return _bars_chart(view, "doubts", [(spoken.flag(reason), n, "doubtful") for reason, n in ordered])


def _files(view: View) -> Chart:
    counts = Counter(view.panel.files()["status"].tolist())
    if not counts:
        return view.nothing("files")
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] != "done", -pair[1], pair[0]))
    return _bars_chart(
        view,
        "files",
        [(view.say(f"file_status.{status}"), n, "new" if status == "done" else "fail") for status, n in ordered],
    )


def _bars_chart(view: View, name: str, counts: list[tuple[str, int, str]]) -> Chart:
    bars = [Bar(label, ((COLOURS[colour], n),), f"{n:,}") for label, n, colour in counts]
    chart = view.chart(TOP + len(bars) * PITCH + BOTTOM, name)
    draw_bars(chart, TOP, bars)
    return chart
