"""Findings put together by rule, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.tables import SEVERITIES, records

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the findings; an empty string where the rule names no table, row or column."""

    rule: str
    outcome: str
    severity: str
    table: str
    row: str
    column: str
    message: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule with one outcome; `severity` is the gravest among them."""

    rule: str
    severity: str
    findings: tuple[Finding, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell for finding in self.findings for cell in finding.cells))


def read(findings: pd.DataFrame) -> list[Finding]:
    """The findings as plain objects."""
    return [_finding(row) for row in records(findings)]


def _finding(row: dict[str, Any]) -> Finding:
    texts = {name: row[name] or "" for name in ("rule", "outcome", "severity", "table", "row", "column", "message")}
    return Finding(**texts, cells=tuple(row["cells"]))


def grouped(findings: Iterable[Finding], outcome: str) -> list[Group]:
    """The findings with this outcome by rule: errors before warnings before notes, then the rule with most findings."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.outcome == outcome:
            by_rule.setdefault(finding.rule, []).append(finding)
    groups = [
        Group(rule, min((one.severity for one in found), key=_rank), tuple(found)) for rule, found in by_rule.items()
    ]
    return sorted(groups, key=lambda group: (_rank(group.severity), -len(group.findings)))


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
