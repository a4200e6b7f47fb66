"""A panel as it shows itself in Jupyter: what there is, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.formview.html import Html, element, framed, listing

if TYPE_CHECKING:
    import pandas as pd

_HEADER = (
    "年度 year",
    "报告 reports",
    "机关 organs",
    "首选 preferred",
    "机关不明 not identified",
    "数字格 numbers",
    "检查未通过 failed",
)


def panel_html(reports: pd.DataFrame, files: pd.DataFrame, path: str) -> Html:
    """How many reports, organs and cells there are by year, and what became of the files that are no report."""
    years = [_line("" if year is None else str(year), part) for year, part in _by_year(reports)]
    lines = [*years, _line("合计 total", reports)]
    unread = files.loc[files["status"] != "done", "status"].value_counts()
    rest = "; ".join(f"{status}: {count}" for status, count in unread.items())
    note = [element("p", f"未读成的文件 files without a report: {rest}")] if rest else []
    return framed(element("h4", f"gongkai Panel {path}"), listing(_HEADER, lines), *note, language="zh")


def _by_year(reports: pd.DataFrame) -> list[tuple[int | None, pd.DataFrame]]:
    known = [(int(year), reports[reports["year"] == year]) for year in sorted(reports["year"].dropna().unique())]
    unknown = reports[reports["year"].isna()]
    return [*known, *([(None, unknown)] if len(unknown) else [])]


def _line(label: str, part: pd.DataFrame) -> list[str]:
    counts = (
        len(part),
        part.loc[part["identified"], "organ_name"].nunique(),
        part["preferred"].sum(),
        (~part["identified"]).sum(),
        part["n_printed"].sum(),
        part["n_failed"].sum(),
    )
    return [label, *(str(int(count)) for count in counts)]
