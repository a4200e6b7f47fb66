"""How the cells were read and how the checks came out, in one figure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.formview.page import rule_title
from gongkai.narrative.facts import count
from gongkai.narrative.figures.canvas import BOTTOM, COLOURS, GREY, MARGIN, TOP
from gongkai.narrative.figures.drawing import Bar, Subject, draw_bars, label_width
from gongkai.narrative.groups import Finding, read
from gongkai.tables import OUTCOMES, SEVERITIES, STATUSES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from gongkai.report import Report

_PITCH = 0.48
_HEADING = 0.36


def checks_figure(report: Report, findings: pd.DataFrame, language: str = "zh") -> Figure:
    """The cells of every table by what was printed in them, and the checks that did not pass, by rule."""
    subject, found = Subject(report, language), read(findings)
    states = _states(report)
    if not states:
        return subject.nothing("checks", "no_cells")
    cells = [_cell_bar(id, states[id], subject) for id in states]
    rules = _open_rules(found)
    checks = [_rule_bar(rule, outcomes, subject) for rule, outcomes in rules.items()]
    height = 2 * (_HEADING + 0.3) + len(cells) * _PITCH + len(checks) * _PITCH + 0.5
    chart = subject.chart(TOP + height + BOTTOM, subject.say("checks"))
    gutter = label_width([*cells, *checks])
    chart.write(MARGIN, TOP, subject.say("cells"), weight="bold")
    shown = [state for state in (*STATUSES, "doubtful") if any(state in counted for counted in states.values())]
    chart.key(TOP + _HEADING, [(COLOURS[state], subject.say(state)) for state in shown])
    y = draw_bars(chart, TOP + _HEADING + 0.35, cells, _PITCH, gutter) + 0.15
    if checks:
        chart.write(MARGIN, y, subject.say("findings"), weight="bold")
        occurring = [outcome for outcome in OUTCOMES if any(outcome in counted for counted in rules.values())]
        chart.key(y + _HEADING, [(COLOURS[outcome], subject.say(outcome)) for outcome in occurring])
        y = draw_bars(chart, y + _HEADING + 0.35, checks, _PITCH, gutter)
    chart.write(MARGIN, y + 0.05, _others(found, set(rules), subject), size=9, colour=GREY)
    return chart


def _states(report: Report) -> dict[str, Counter[str]]:
    """How many cells of each table have each status; a cell read with doubt counts as doubtful only."""
    doubtful, states = report.doubtful(), {id: Counter[str]() for id in report.forms}
    for id, table, status in zip(report.cells["id"], report.cells["table"], report.cells["status"], strict=True):
        states[table]["doubtful" if id in doubtful else status] += 1
    return states


def _open_rules(findings: list[Finding]) -> dict[str, Counter[str]]:
    """The outcomes of every rule that did not pass throughout, the gravest first."""
    outcomes: dict[str, Counter[str]] = {}
    worst: dict[str, int] = {}
    for finding in findings:
        outcomes.setdefault(finding.rule, Counter())[finding.outcome] += 1
        rank = SEVERITIES.index(finding.severity) if finding.outcome == "fail" else len(SEVERITIES)
        worst[finding.rule] = min(rank, worst.get(finding.rule, rank))
    open_ = {rule: counted for rule, counted in outcomes.items() if set(counted) != {"pass"}}
    return dict(sorted(open_.items(), key=lambda item: worst[item[0]]))


def _cell_bar(table: str, states: Counter[str], subject: Subject) -> Bar:
    parts = tuple((COLOURS[state], states[state]) for state in (*STATUSES, "doubtful") if states[state])
    return Bar(subject.voice.word(f"tables.{table}", table), parts, f"{states.total()}")


def _rule_bar(rule: str, outcomes: Counter[str], subject: Subject) -> Bar:
    parts = tuple((COLOURS[outcome], outcomes[outcome]) for outcome in OUTCOMES if outcomes[outcome])
    return Bar(rule_title(rule, subject.language), parts, f"{outcomes.total()}")


def _others(findings: list[Finding], named: set[str], subject: Subject) -> str:
    """What is to be said of the rules that are not drawn."""
    if not findings:
        return subject.say("unchecked")
    passed = [finding for finding in findings if finding.rule not in named]
    if not passed:
        return ""
    return subject.say("others_passed" if named else "all_passed", n=count(passed, "findings"))
