"""What stands around the form: who reported, what the text says, what was found and what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gongkai.forms import Form, all_forms, form_for_year
from gongkai.formview.form import anchor, cell_place, number
from gongkai.formview.html import Html, element, framed, join, listing
from gongkai.formview.layout import section_titles
from gongkai.formview.words import Words, words
from gongkai.tables import SEVERITIES, records

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

_MANY = 4  # cells beyond this number are folded away
_IN_ORDER = ("fail", "not_assessable", "pass")


def identity_html(report: Report, language: str = "zh") -> str:
    """Who reported for which year, on which forms, and what of that is doubtful."""
    spoken = words(language)
    titles = section_titles(_form_of(report), language)
    forms = "; ".join(f"{titles[id]} – {spoken.text('form', form=form)}" for id, form in report.forms.items())
    known = {
        "organ": report.organ,
        "year": spoken.text("year", year=report.year) if report.year else None,
        "level": spoken.get("level", report.level) if report.level else None,
        "kind": spoken.get("kind", report.kind) if report.kind else None,
        "published": report.published.isoformat() if report.published else None,
        "title": report.title,
        "source": report.source,
        "forms": forms or spoken.text("none"),
    }
    entries: list[Html] = []
    for name, value in known.items():
        doubt = element("sup", f" {spoken.flags(report.flags[name])}") if name in report.flags else ""
        entries.append(element("dt", spoken.get("field", name)))
        entries.append(element("dd", value or spoken.text("missing"), doubt))
    return framed(element("dl", *entries, class_="gk-identity"), language=language)


def sections_html(report: Report, language: str = "zh") -> str:
    """The text of the report's sections under the form's headings, as printed."""
    titles = section_titles(_form_of(report), language)
    written = [(titles.get(id, id), text) for id, text in report.sections.items() if text.strip()]
    parts = [part for title, text in written for part in (element("h4", title), element("p", text, lang="zh-CN"))]
    return framed(*(parts or [element("p", words(language).text("none"))]), language=language)


def doubts_html(report: Report, language: str = "zh") -> str:
    """The cells that were read with doubt: what was printed, why it is doubtful, and where it stands."""
    spoken = words(language)
    doubtful = report.cells[report.cells["id"].isin(report.doubtful())]
    rows = [
        [_links([cell["id"]]), cell["raw"], spoken.flags(cell["flags"]), spoken.place(cell_place(cell))]
        for cell in records(doubtful)
    ]
    return _list(("id", "raw", "flags", "place"), rows, "no_doubts", spoken, short=(0, 3))


def findings_html(findings: pd.DataFrame, language: str = "zh", outcomes: Sequence[str] = ("fail",)) -> str:
    """The findings with these outcomes, the gravest first, with links to their cells."""
    spoken = words(language)
    chosen = records(findings[findings["outcome"].isin(outcomes)])
    chosen.sort(key=lambda finding: (_IN_ORDER.index(finding["outcome"]), SEVERITIES.index(finding["severity"])))
    rows = [
        [
            spoken.get("outcome", finding["outcome"]),
            spoken.get("severity", finding["severity"]),
            finding["rule"],
            finding["message"],
            _links(finding["cells"]),
        ]
        for finding in chosen
    ]
    return _list(("outcome", "severity", "rule", "message", "cells"), rows, "no_findings", spoken, short=(0, 1, 2))


def counts_html(findings: pd.DataFrame, language: str = "zh") -> str:
    """How many checks of every rule passed, failed or could not be made."""
    spoken = words(language)
    counts = findings.groupby(["rule", "outcome"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(_IN_ORDER), fill_value=0)
    header = [spoken.get("field", "rule"), *(spoken.get("outcome", outcome) for outcome in _IN_ORDER)]
    rows = [[str(rule), *map(str, numbers)] for rule, *numbers in counts.itertuples()]
    return framed(listing(header, rows), language=language)


def repairs_html(repairs: pd.DataFrame, language: str = "zh") -> str:
    """The values that were deduced or suspected, and why."""
    spoken = words(language)
    rows = [
        [
            _links([repair["id"]]),
            number(repair["printed"], spoken.text("none")),
            number(repair["proposed"]),
            spoken.get("method", repair["method"]),
            repair["message"],
        ]
        for repair in records(repairs)
    ]
    return _list(("id", "printed", "proposed", "method", "message"), rows, "no_repairs", spoken, short=(0, 1, 2, 3))


def _form_of(report: Report) -> Form:
    """The form of the report's year; the newest when the year is not known."""
    return form_for_year(report.year) or list(all_forms().values())[-1]


def _list(fields: Sequence[str], rows: Sequence[Sequence[str]], none: str, spoken: Words, short: Sequence[int]) -> str:
    if not rows:
        return framed(element("p", spoken.text(none)), language=spoken.language)
    return framed(listing([spoken.get("field", name) for name in fields], rows, short), language=spoken.language)


def _links(ids: Iterable[str]) -> Html:
    ids = list(ids)
    links = join([Html(f"{element('a', id, href=f'#{anchor(id)}')} ") for id in ids])
    return links if len(ids) <= _MANY else element("details", element("summary", str(len(ids))), links)
