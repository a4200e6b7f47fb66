"""The rules on text, on sentences written without them: `python -m benchmarks.held_out`; `--write`, `--show`."""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gongkai as gk
from benchmarks.markers import replace_between
from gongkai.forms import Table, cell_id, load_form
from gongkai.report import Report
from gongkai.tables import CELLS, frame

README = Path(__file__).with_name("README.md")
SETS = {
    name: Path(__file__).with_name(f"{name}.toml") for name in ("held_out", *(f"held_out_{i}" for i in range(2, 11)))
}
# The rules one of which must fail on a sentence of a kind; on sentences of other kinds no rule on text may.
DUE = {"false": ("prose_claim", "restated"), "stale": ("stale_text",)}
_ON_TEXT = ("prose_claim", "restated", "stale_text", "text_reuse")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, the report and the section it stands in, and its kind: `true`, `false`, `stale` or `clean`."""

    report: str
    section: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rules on text made of a sentence: those that fail, what they say, whether a figure was confirmed."""

    told: Told
    failed: tuple[str, ...]
    messages: tuple[str, ...]
    confirmed: bool

    @property
    def found(self) -> bool:
        return not set(DUE.get(self.told.kind, ())).isdisjoint(self.failed)

    @property
    def false(self) -> list[str]:
        return sorted(set(self.failed) - set(DUE.get(self.told.kind, ())))


def sentences(path: Path) -> Iterator[Told]:
    """Every sentence of the set."""
    for group in _set(path)["group"]:
        yield from (Told(group["report"], group["section"], group["kind"], text) for text in group["texts"])


def reports(path: Path) -> dict[str, tuple[Report, Report | None]]:
    """The reports of the set without any of its sentences, each with that of the year before where there is one."""
    return {name: _pair(spec) for name, spec in _set(path)["report"].items()}


def hear(told: Told, pair: tuple[Report, Report | None]) -> Heard:
    """Check the report with this sentence alone in its section."""
    findings = gk.check(saying(pair[0], [told]), pair[1])
    on_text = findings[findings["rule"].isin(_ON_TEXT)]
    failed = on_text[on_text["outcome"] == "fail"]
    passed = on_text[(on_text["outcome"] == "pass") & (on_text["rule"] == "prose_claim")]
    confirmed = bool(passed["observed"].notna().any())
    return Heard(told, tuple(failed["rule"]), tuple(failed["message"]), confirmed)


def saying(report: Report, told: list[Told]) -> Report:
    """The report with sentences in place of the text of their sections."""
    texts = {one.section: "" for one in told}
    for one in told:
        texts[one.section] += one.text + "\n"
    front = texts.pop("front", report.front)
    return replace(report, front=front, sections={**report.sections, **texts})


def judged(path: Path) -> list[Heard]:
    """What the rules make of every sentence of a set."""
    pairs = reports(path)
    return [hear(told, pairs[told.report]) for told in sentences(path)]


def table(heard: list[Heard], path: Path) -> str:
    """The score of each rule on a set as a Markdown table."""
    lines = ["| rule | due | found | false | recall | precision |", "|---|---:|---:|---:|---:|---:|"]
    false = Counter(rule for one in heard for rule in one.false)
    for kind, rules in DUE.items():
        due = [one for one in heard if one.told.kind == kind]
        found, in_vain = sum(one.found for one in due), sum(false[rule] for rule in rules)
        if not due:  # a set of claims alone
            continue
        precision = found / (found + in_vain) if found else 0.0
        name = ", ".join(f"`{rule}`" for rule in rules)
        lines.append(f"| {name} | {len(due)} | {found} | {in_vain} | {found / len(due):.3f} | {precision:.3f} |")
    true = [one for one in heard if one.told.kind == "true"]
    kinds = Counter(one.told.kind for one in heard)
    confirmed = sum(one.confirmed for one in true)
    left_over = f"{kinds['stale']} left over, " if kinds["stale"] else ""
    lines += [
        "",
        f"{len(heard)} sentences: {kinds['false']} false ones, {left_over}{kinds['true']} true ones "
        f"(of {confirmed} of them a figure is confirmed), {kinds['clean']} that claim nothing of the tables. "
        f"`fail` on a report of all true and other sentences together: {_on_clean(heard, path)}.",
    ]
    return "\n".join(lines)


def _on_clean(heard: list[Heard], path: Path) -> int:
    """How many checks of any rule fail on the reports with all the sentences that are in order."""
    failed = 0
    for name, (report, before) in reports(path).items():
        told = [one.told for one in heard if one.told.report == name and one.told.kind in ("true", "clean")]
        failed += int((gk.check(saying(report, told), before)["outcome"] == "fail").sum())
    return failed


def _set(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _pair(spec: Mapping[str, Any]) -> tuple[Report, Report | None]:
    before = spec.get("before")
    return _report(spec, spec, spec["year"]), None if before is None else _report(spec, before, spec["year"] - 1)


def _report(spec: Mapping[str, Any], figures: Mapping[str, Any], year: int) -> Report:
    """A report of the organ with these figures; rows that are not given are 0."""
    form = load_form(spec["form"])
    return Report(
        source=f"{spec['organ']} {year}",
        cells=frame((row for table in form.tables.values() for row in _cells(table, figures)), CELLS),
        forms=dict.fromkeys(form.tables, form.id),
        sections={section.id: "" for section in form.sections} | _texts(year),
        organ=spec["organ"],
        level=spec["level"],
        kind=spec["kind"],
        year=year,
    )


def _texts(year: int) -> dict[str, str]:
    """Text that claims nothing, for the sections that must have some."""
    return {
        "overview": "我们认真贯彻落实《中华人民共和国政府信息公开条例》。",
        "problems": "公开内容有待丰富。",
        "other": f"{year}年度未收取信息处理费。",
    }


def _cells(table: Table, figures: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        values = figures.get(table.id, {}).get(row.id, [0] * len(row.columns))
        for column, value in zip(row.columns, values, strict=True):
            known = {"id": cell_id(table.id, row.id, column.id), "table": table.id, "row": row.id, "column": column.id}
            yield {**known, "value": value, "raw": f"{value}", "status": "number", "note": "", "flags": ""}


def main() -> None:
    """Judge the rules on the set and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was missed or found in vain")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    for name, path in SETS.items():
        heard = judged(path)
        text = table(heard, path)
        print(f"{name}\n\n{text}\n")
        if options.show:
            print(*map(_shown, filter(_unlike, heard)), sep="\n")
        if options.write:
            replace_between(README, name, text)


def _unlike(one: Heard) -> bool:
    """Whether a sentence was taken otherwise than it should be."""
    return bool(one.false) or (not one.found if one.told.kind in DUE else one.told.kind == "true" and not one.confirmed)


def _shown(one: Heard) -> str:
    return "\n    ".join([f"{one.told.kind}: {one.told.text}", *one.messages])


if __name__ == "__main__":
    main()
