"""How well `gk.check` finds what is wrong: `python -m benchmarks.rules`; `--write` puts the table in the README."""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import gongkai as gk
from benchmarks.expectations import Key, expected
from benchmarks.markers import replace_between
from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.cases import Case, make_case
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.registry import LAYOUTS
from benchmarks.synthetic.reports import report_of
from benchmarks.synthetic.truth import Truth
from gongkai.checks import rules
from gongkai.report import Report

README = Path(__file__).with_name("README.md")
FILES = ("tabs_copied", "html_cms", "docx_merged")
# What a reader makes of a page's surroundings is judged by the benchmark of accuracy.
_OF_READING = frozenset({"identity", "section_missing"})
# Rules whose findings are judged by the text that they quote, not by a place in the tables.
_BY_TEXT = frozenset({"prose_claim", "restated", "stale_text", "text_reuse"})


@dataclass(slots=True)
class Score:
    """For each rule: failures that were due, those found, and those found that were not due."""

    due: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def add(self, rule: str, due: int, found: int, false: int, what: str = "") -> None:
        self.due[rule] += due
        self.found[rule] += found
        self.false[rule] += false
        if found < due or false:
            self.shown.append(f"{rule}: due {due}, found {found}, false {false}: {what}")


def judge(
    case: Case, report: Report, previous: Report | None, score: Score, passed_over: frozenset[str] = frozenset()
) -> None:
    """Add one case's findings to the score, but for rules that are passed over."""
    findings = gk.check(report, previous)
    failed = findings[findings["outcome"] == "fail"]
    about = f"case {case.truth.seed} {case.kind}"
    due = {key for key in expected(case, report.published) if key[0] not in passed_over}
    got = {_key(row) for row in failed.itertuples() if row.rule not in _BY_TEXT | passed_over}
    for rule in {key[0] for key in due | got}:
        want, have = ({key for key in keys if key[0] == rule} for keys in (due, got))
        score.add(rule, len(want), len(want & have), len(have - want), f"{about} {sorted(map(str, want ^ have))}")
    # Where a figure of the tables was changed, the text that gives the right one is found to differ, as it should be.
    if case.kind not in ("arithmetic", "impossible"):
        _judge_prose(case, failed, score, about)
    _judge_leftover(case, failed, score, about)
    copied = failed[failed["rule"] == "text_reuse"]["row"].tolist()
    score.add("text_reuse", case.copied, case.copied and "overview" in copied, 0 if case.copied else len(copied), about)


def _key(row: object) -> Key:
    table, line, column = (None if pd.isna(value) else value for value in (row.table, row.row, row.column))  # type: ignore[attr-defined]
    return row.rule, table, line, column  # type: ignore[attr-defined]


def _judge_prose(case: Case, failed: pd.DataFrame, score: Score, about: str) -> None:
    """A false sentence is found when a failure quotes it; a failure that quotes another sentence is false."""
    for rule in ("prose_claim", "restated"):
        messages = failed[failed["rule"] == rule]["message"].tolist()
        wrong = case.false.text if case.false else ""
        ours = [message for message in messages if any(quote in wrong for quote in _quotes(message))]
        due = int(case.false is not None and case.false.wrong == rule)
        rest = [message for message in messages if message not in ours]
        score.add(rule, due, min(due, len(ours)), len(rest), f"{about}: {wrong if due else ''} {rest}")


def _judge_leftover(case: Case, failed: pd.DataFrame, score: Score, about: str) -> None:
    found = failed[failed["rule"] == "stale_text"]
    ours = found["row"] == case.leftover[1] if case.leftover else pd.Series(False, index=found.index)
    rest = found[~ours]["message"].tolist()
    score.add(
        "stale_text", int(case.leftover is not None), int(ours.any()), len(rest), f"{about} {case.leftover} {rest}"
    )


def _quotes(message: str) -> Iterator[str]:
    """The words that a message quotes after naming a section."""
    yield from re.findall("称“(.*?)”(?=，|：)", message)


def direct(seeds: Iterable[int]) -> Score:
    """Cases as Reports made straight from the truth."""
    score = Score()
    for seed in seeds:
        case = make_case(seed)
        judge(case, report_of(case.truth), report_of(case.before) if case.before else None, score)
    return score


def through_files(seeds: Iterable[int], layout: str, folder: Path) -> Score:
    """Cases as files of a layout, read with `gk.parse`."""
    score = Score()
    for seed in seeds:
        case = make_case(seed)
        report, previous = (
            _read(truth, layout, folder / f"{layout}_{seed}_{name}") if truth else None
            for name, truth in (("now", case.truth), ("before", case.before))
        )
        assert report is not None
        judge(case, report, previous, score, _OF_READING)
    return score


def _read(truth: Truth, layout: str, stem: Path) -> Report:
    chosen = LAYOUTS[layout]
    path = stem.with_suffix(chosen.suffix)
    path.write_bytes(chosen.render(Draft.of(truth, layout)))
    return gk.parse(path)


def together(scores: Iterable[Score]) -> Score:
    """The sum of scores."""
    whole = Score()
    for score in scores:
        whole.due += score.due
        whole.found += score.found
        whole.false += score.false
        whole.shown += score.shown
    return whole


def table(score: Score) -> str:
    """The score as a Markdown table, in the order of the rules."""
    lines = ["| rule | due | found | false | recall | precision |", "|---|---:|---:|---:|---:|---:|"]
    for rule in rules():
        due, found, false = score.due[rule.id], score.found[rule.id], score.false[rule.id]
        if due or false:
            recall, precision = _share(found, due), _share(found, found + false)
            lines.append(f"| `{rule.id}` | {due} | {found} | {false} | {recall} | {precision} |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    """Rounded down, so that 1.000 means every one."""
    return f"{int(part / whole * 1000) / 1000:.3f}" if whole else "–"


def main() -> None:
    """Judge the rules on synthetic cases and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="cases made directly")
    parser.add_argument("--files", type=int, default=60, help="cases through files, for each layout")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print what was missed or found in vain")
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    of_files = range(options.first_seed, options.first_seed + options.files)
    begun = time.perf_counter()
    scores = {f"{options.count} cases made directly": direct(seeds)}
    with tempfile.TemporaryDirectory() as folder:
        files = [through_files(of_files, layout, Path(folder)) for layout in FILES if options.files]
    if files:
        scores[f"{options.files} cases through files, each as {', '.join(FILES)}"] = together(files)
    text = "\n\n".join(f"**{title}**\n\n{table(score)}" for title, score in scores.items())
    print(text)
    print(f"{time.perf_counter() - begun:.0f} s")
    if options.show:
        print("\n".join(line for score in scores.values() for line in score.shown))
    if options.write:
        replace_between(README, "rules", text)


if __name__ == "__main__":
    main()
