"""Tables to search and sort: DataTables through itables, a plain table where nothing may run."""

from __future__ import annotations

import pandas as pd

from gongkai.corpus.overview.view import UNKNOWN, View, groups
from gongkai.formview.page import rule_title
from gongkai.tables import SEVERITIES

# What a page still shows without delay.
MOST_ROWS = 2000
_ROWS_A_PAGE = 10
# The widths that columns ask for, in characters; text takes what is left.
_WIDTHS = {
    "organ_name": 15,
    "year": 4,
    "years": 7,
    "span": 6,
    "severity": 4,
    "rule": 9,
    "section": 7,
    "file": 14,
    "status": 6,
    "province": 6,
    "level": 7,
    "kind": 5,
    "names": 18,
}

# Ordered to the last: the order in which a run finished its files is another each time.
_FAILURES = """
    SELECT organ, year, rule, severity, message FROM findings
    WHERE outcome = 'fail' ORDER BY organ, year, rule, "table", message
"""


class Table:
    """Rows under the overview's names for their columns, with a note; beyond MOST_ROWS cut off, as the table says."""

    def __init__(self, view: View, name: str, rows: pd.DataFrame, note: str = "") -> None:
        self.view, self.name, self.all = view, name, len(rows)
        self.note = note
        shown = rows.head(MOST_ROWS)
        self.widths = [(at, _WIDTHS[column]) for at, column in enumerate(shown.columns) if column in _WIDTHS]
        # Whole numbers and text: for anything else itables has the page evaluate code, which the page forbids.
        shown = shown.astype({column: "str" for column in shown.columns if shown[column].dtype.kind not in "iu"})
        self.rows = shown.rename(columns={column: view.say(f"columns.{column}") for column in shown.columns})

    def _repr_html_(self) -> str:
        from itables import to_html_datatable

        cut = self.view.say("first_rows", shown=f"{len(self.rows):,}", all=f"{self.all:,}")
        caption = self.note + (cut if self.all > len(self.rows) else "")
        return to_html_datatable(
            self.rows,
            caption=caption or None,
            table_id=f"gongkai-{self.name}",
            connected=False,
            display_logo_when_loading=False,
            showIndex=False,
            allow_html=False,
            maxBytes=0,
            pageLength=_ROWS_A_PAGE,
            autoWidth=False,
            columnDefs=[{"width": f"{width}em", "targets": at} for at, width in self.widths],
            classes="display compact",
            style="width:100%;caption-side:bottom;margin:auto",
            language={name: self.view.say(f"datatables.{name}") for name in groups("datatables")},
        )

    def __repr__(self) -> str:
        return f"Table({self.name}: {self.all} rows)"


def start_tables() -> None:
    """Make tables interactive in this notebook, and in the page that is made of it, without any connection."""
    from itables import init_notebook_mode

    init_notebook_mode(all_interactive=False, connected=False)


def organs(view: View) -> Table:
    """One row an organ: where it is, for which years it reported, how many requests it had, what was found."""
    reports = view.reports.assign(new=view.new_requests, rate=view.indicators["disclosure_rate"])
    by_organ = reports[reports["identified"]].groupby("organ_name", sort=True)
    found = by_organ.agg(
        province=("province", "first"),
        code=("code", "first"),
        level=("level", "first"),
        kind=("kind", "first"),
        years=("year", spans),
        reports=("report", "size"),
        new=("new", "mean"),
        disclosure_rate=("rate", "mean"),
        failed=("n_failed", "sum"),
        doubtful=("n_doubtful", "sum"),
    ).reset_index()
    found["province"] = [view.say(UNKNOWN) if one == UNKNOWN else one for one in found["province"]]
    found["code"] = found["code"].fillna("")
    for name in ("level", "kind"):
        found[name] = [view.word(name, one) for one in found[name]]
    found["new"] = _written(found["new"], ".1f")
    found["disclosure_rate"] = _written(found["disclosure_rate"], ".0%")
    return Table(view, "organs", found)


def failures(view: View) -> Table:
    """One row a failed check, the gravest first."""
    found = view.panel.sql(_FAILURES)
    found["order"] = found["severity"].map(SEVERITIES.index)
    found = found.sort_values("order", kind="stable")
    rows = pd.DataFrame(
        {
            "organ_name": found["organ"].fillna(""),
            "year": ["" if pd.isna(year) else str(year) for year in found["year"]],
            "severity": [view.word("severity", one) for one in found["severity"]],
            "rule": [rule_title(one, view.language) for one in found["rule"]],
            "message": found["message"],
        }
    )
    return Table(view, "failures", rows)


def unread(view: View) -> Table:
    """One row a file that did not become a report, and why."""
    files = view.panel.files()
    chosen = files.loc[files["status"] != "done", ["file", "status", "reason"]].sort_values("file")
    return Table(view, "unread", chosen.assign(status=[view.say(f"file_status.{one}") for one in chosen["status"]]))


def spans(years: pd.Series) -> str:
    """Years as people write them: 2019–2021, 2023."""
    known = sorted(set(years.dropna().astype(int)))
    runs: list[list[int]] = []
    for year in known:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _written(values: pd.Series, how: str) -> list[str]:
    """Numbers as text, nothing where there is none."""
    return ["" if pd.isna(value) else format(float(value), how) for value in values]
