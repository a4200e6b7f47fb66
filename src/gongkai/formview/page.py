"""What stands around the form: who reported, what the text says, what was found and what is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from gongkai.checks import rules
from gongkai.forms import Form, form_for_year, newest_form
from gongkai.formview.form import anchor, cell_place, number
from gongkai.formview.html import Html, element, framed, join, listing
from gongkai.formview.layout import section_titles
from gongkai.formview.words import Words, words
from gongkai.tables import SEVERITIES, STATUSES, records
from gongkai.wording import in_language

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

_MANY = 4  # more than so many lines are folded away,
_LINKS = 2  # and more than so many links in a narrow column
GRAVEST_FIRST = ("fail", "not_assessable", "pass")


def identity_html(report: Report, language: str = "zh") -> str:
    """Who reported for which year, on which forms, and what of that is doubtful."""
    entries: list[Html] = []
    for label, value, doubts in identity(report, words(language)):
        entries.append(element("dt", label))
        entries.append(element("dd", value, element("sup", f" {doubts}") if doubts else ""))
    return framed(element("dl", *entries, class_="gk-identity"), language=language)


def identity(report: Report, spoken: Words) -> Iterator[tuple[str, str, str]]:
    """What is known of the report as a whole: label, value, and what is doubtful about the value."""
    titles = section_titles(_form_of(report), spoken.language)
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
    for name, value in known.items():
        yield spoken.get("field", name), value or spoken.text("missing"), spoken.flag(report.flags.get(name, ""))


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
    chosen.sort(key=lambda finding: (GRAVEST_FIRST.index(finding["outcome"]), SEVERITIES.index(finding["severity"])))
    rows = [
        [
            spoken.get("outcome", finding["outcome"]),
            spoken.get("severity", finding["severity"]),
            rule_title(finding["rule"], language),
            finding["message"],
            _links(finding["cells"]),
        ]
        for finding in chosen
    ]
    return _list(("outcome", "severity", "rule", "message", "cells"), rows, "no_findings", spoken, short=(0, 1))


def counts_html(findings: pd.DataFrame, language: str = "zh") -> str:
    """How many checks of every rule passed, failed or could not be made."""
    spoken = words(language)
    titles = {str(rule): rule_title(str(rule), language) for rule in findings["rule"].unique()}
    outcomes = {outcome: spoken.get("outcome", outcome) for outcome in GRAVEST_FIRST}
    rows = _counts(zip(findings["rule"], findings["outcome"], strict=True), titles, outcomes)
    return framed(listing([spoken.get("field", "rule"), *outcomes.values()], rows), language=language)


def statuses_html(report: Report, language: str = "zh") -> str:
    """How many cells of every table have which status."""
    spoken = words(language)
    titles = section_titles(_form_of(report), language)
    tables = {id: titles[id] for id in report.forms}
    present = set(report.cells["status"])
    statuses = {status: spoken.get("status", status) for status in STATUSES if status in present}
    rows = _counts(zip(report.cells["table"], report.cells["status"], strict=True), tables, statuses)
    return framed(listing([spoken.get("field", "table"), *statuses.values()], rows), language=language)


def repairs_html(repairs: pd.DataFrame, language: str = "zh") -> str:
    """The values that were deduced or suspected, and why."""
    spoken = words(language)
    rows = [
        [
            _links([repair["id"]]),
            number(repair["printed"], spoken.text("none")),
            number(repair["proposed"]),
            spoken.get("method", repair["method"]),
            element(
                "span", spoken.get("certainty", repair["certainty"]), title=spoken.get("because", repair["certainty"])
            ),
            join([repair["message"], _alternatives(repair["alternatives"], spoken)]),
        ]
        for repair in records(repairs)
    ]
    return _list(
        ("id", "printed", "proposed", "method", "certainty", "message"), rows, "no_repairs", spoken, short=range(5)
    )


def alternatives(texts: Sequence[str] | None) -> Iterator[list[tuple[str, str]]]:
    """The other corrections of a repair, each as the cells that it changes with their values; `?` for an open one."""
    for text in texts or ():
        yield [(id, value) for id, _, value in (part.partition("=") for part in text.split(", "))]


def _alternatives(texts: Sequence[str] | None, spoken: Words) -> Html:
    """The other corrections, folded away where they are many."""
    others = [
        element("li", *(Html(f"{element('a', id, href=f'#{anchor(id)}')} = {escape(value)} ") for id, value in cells))
        for cells in alternatives(texts)
    ]
    if not others:
        return Html("")
    summary = element("summary", f"{spoken.get('field', 'alternatives')} ({len(others)})")
    return element("details", summary, element("ul", *others), open="" if len(others) <= _MANY else None)


def _counts(pairs: Iterable[tuple[str, str]], rows: dict[str, str], columns: dict[str, str]) -> list[list[str]]:
    """How often each pair occurs, as rows of text that begin with the row's title."""
    counts = Counter(pairs)
    return [[title, *(str(counts[row, column]) for column in columns)] for row, title in rows.items()]


def rule_title(rule: str, language: str) -> str:
    """What people call a rule; its id for one that is not registered."""
    titles = {known.id: known.title for known in rules()}
    return in_language(titles[rule], language) if rule in titles else rule


def _form_of(report: Report) -> Form:
    """The form of the report's year; the newest when the year is not known."""
    return form_for_year(report.year) or newest_form()


def _list(fields: Sequence[str], rows: Sequence[Sequence[str]], none: str, spoken: Words, short: Sequence[int]) -> str:
    if not rows:
        return framed(element("p", spoken.text(none)), language=spoken.language)
    return framed(listing([spoken.get("field", name) for name in fields], rows, short), language=spoken.language)


def _links(ids: Iterable[str]) -> Html:
    ids = list(ids)
    links = join([Html(f"{element('a', id, href=f'#{anchor(id)}')} ") for id in ids])
    return links if len(ids) <= _LINKS else element("details", element("summary", str(len(ids))), links)
