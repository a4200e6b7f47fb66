"""`gk.check`: every rule on one report."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.checks.copying.others import AnyText, others_of
from gongkai.checks.registry import Context, Finding, Rule, rules
from gongkai.ledger import DIGITS
from gongkai.tables import FINDINGS, frame
from gongkai.wording import Language

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

log = logging.getLogger(__name__)


def check(
    report: Report,
    previous: Report | None = None,
    language: Language = "zh",
    *,
    corpus: Iterable[AnyText] | None = None,
) -> pd.DataFrame:
    """Check a report by every rule and return the findings.

    `previous` is the same organ's report of the year before; without it the rules across years are left out. `corpus`
    are other organs' reports (Reports, or mappings of a section's id to its text), against which the text is held;
    those of the report's own organ, or of a later year, are passed over, so that one corpus may serve many reports.
    One row per thing checked (columns in `gongkai.tables.FINDINGS`), in the order of the rules and then of the form.
    `outcome` is `pass`, `fail`, or `not_assessable` where a value is lacking or doubtful; `severity` says how serious
    this finding is: `error` (a number is certainly wrong), `warning` (incomplete, or not as prescribed), `note`.
    `delta` is `observed - expected`. A rule that breaks down is a finding too: `not_assessable` with severity `error`,
    naming the exception; its traceback goes to the log.
    """
    context = Context(report, previous, language, None if corpus is None else others_of(corpus))
    return frame((_record(rule, finding) for rule in rules() for finding in _apply(rule, context)), FINDINGS)


def _apply(rule: Rule, context: Context) -> Iterator[Finding]:
    try:
        yield from rule.check(context)
    except Exception as error:
        log.exception("rule %s broke down on %s", rule.id, context.report.source)
        what = f"{type(error).__name__}: {error}"
        zh = f"规则 {rule.id} 运行出错（{what}），未能得出结论。"
        en = f"Rule {rule.id} broke down ({what}); it reached no conclusion."
        yield Finding("not_assessable", context.say(zh, en), severity="error")


def _record(rule: Rule, finding: Finding) -> dict[str, Any]:
    known = finding.observed is not None and finding.expected is not None
    return {
        "rule": rule.id,
        "outcome": finding.outcome,
        "severity": finding.severity or (rule.severity if finding.outcome == "fail" else "note"),
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "expected": finding.expected,
        "observed": finding.observed,
        "delta": round(finding.observed - finding.expected, DIGITS) if known else None,  # type: ignore[operator]
        "message": finding.message,
        "cells": list(finding.cells),
    }
