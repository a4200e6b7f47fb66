"""Text taken over from other organs' reports: `python -m benchmarks.copied`; options `--count` and `--write`.

Every case is a report among those of a hundred other organs that write in words of their own, together with what every
report has (the law's words, headings) and what some have (a circular's wording). Into its overview and its section on
problems so much of one other organ's text is put, as it stands or with words exchanged.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import gongkai as gk
from benchmarks.markers import replace_between
from benchmarks.synthetic.make import make_truth
from benchmarks.synthetic.reports import report_of
from gongkai.checks.copying.others import Other
from gongkai.checks.copying.reuse import COPIED_FROM_OTHERS
from gongkai.report import Report

README = Path(__file__).with_name("README.md")
ORGANS, YEAR = 100, 2023
# The share of sentences that are others', how often a word in them is exchanged, and from how many organs they are.
KINDS: dict[str, tuple[float, float, int]] = {
    "nothing": (0, 0, 1),
    "a third of the sentences": (0.33, 0, 1),
    "half of the sentences": (0.5, 0, 1),
    "all, from two organs by turns": (1, 0, 2),
    "three quarters of the sentences": (0.75, 0, 1),
    "three quarters, a word in ten exchanged": (0.75, 0.1, 1),
    "the whole section": (1, 0, 1),
    "the whole section, a word in ten exchanged": (1, 0.1, 1),
    "the whole section, a word in three exchanged": (1, 0.33, 1),
    "the whole section, every such word exchanged": (1, 1, 1),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A section with what was put in, which share of its own text one other organ's is, which the rule tells, and
    whether the rule fails."""

    kind: str
    share: float
    told: float
    failed: bool

    @property
    def due(self) -> bool:
        return self.share >= COPIED_FROM_OTHERS


Sentences = dict[str, list[str]]


def organ(number: int) -> str:
    return f"临江市{chr(0x4E00 + 97 * number)}{chr(0x5000 + 61 * number)}局"


def own(rng: Random) -> Sentences:
    """The sentences that an organ writes itself, by section."""
    return {
        "overview": [_deed(rng) for _ in range(rng.randint(9, 14))],
        "problems": [_fault(rng) for _ in range(rng.randint(6, 8))],
    }


def text(rng: Random, name: str, said: Sentences) -> dict[str, str]:
    """Sections of a report: the organ's sentences among those that every report has and those that some have."""
    words = _words()
    deeds = list(said["overview"])
    if rng.random() < 0.2:
        deeds.insert(rng.randint(0, len(deeds)), rng.choice(words["circular"]))
    for place, heading in enumerate(words["headings"]):
        at = place * len(deeds) // len(words["headings"])
        deeds[at] = heading + deeds[at]
    faults = [f"{ordinal}是{fault}" for ordinal, fault in zip("一二三四五六七八", said["problems"], strict=False)]
    overview = "".join([*rng.sample(words["law"], 2), *deeds])
    problems = "".join([words["announcement"], *faults, words["turn"]])
    return {
        section: part.replace("{organ}", name).replace("{year}", str(YEAR))
        for section, part in {"overview": overview, "problems": problems}.items()
    }


def put(
    rng: Random, mine: Sentences, theirs: Sequence[Sentences], share: float, exchanged: float
) -> dict[str, list[tuple[str, int]]]:
    """The organ's sentences with so many of others' in place of its own, some of whose words are exchanged.

    Each with the number of the organ it is from, -1 for its own.
    """
    mixed = {}
    for section, sentences in mine.items():
        length = len(theirs[0][section]) if share == 1 else len(sentences)
        taken = set(rng.sample(range(length), round(share * length)))
        mixed[section] = [
            _taken(rng, place, [one[section] for one in theirs], exchanged)
            if place in taken
            else (sentences[place], -1)
            for place in range(length)
        ]
    return mixed


def _taken(rng: Random, place: int, theirs: Sequence[list[str]], exchanged: float) -> tuple[str, int]:
    """The sentence at a place, from others by turns."""
    source = place % len(theirs)
    return _edited(rng, theirs[source][place % len(theirs[source])], exchanged), source


def _share(sentences: Sequence[tuple[str, int]]) -> float:
    """The share of characters that are of the one organ of which most are."""
    of = Counter[int]()
    for sentence, source in sentences:
        of[source] += len(sentence)
    return max((count for source, count in of.items() if source >= 0), default=0) / of.total()


def judge(seed: int, kind: str) -> list[Judged]:
    """One case's sections."""
    rng = Random(f"copied {seed} {kind}")
    said = [own(rng) for _ in range(ORGANS)]
    others = [Other(text(rng, organ(number), one), organ(number), YEAR) for number, one in enumerate(said)]
    share, exchanged, organs = KINDS[kind]
    mixed = put(rng, own(rng), rng.sample(said, organs), share, exchanged)
    report = _report(text(rng, organ(ORGANS), {id: [one for one, _ in some] for id, some in mixed.items()}))
    findings = gk.check(report, corpus=others)
    found = findings[findings["rule"] == "text_reuse"]
    return [
        Judged(kind, _share(mixed[section]), observed, outcome == "fail")
        for section, observed, outcome in zip(found["row"], found["observed"], found["outcome"], strict=True)
    ]


def table(judged: Sequence[Judged]) -> str:
    """What was found of each kind, and recall and precision of all."""
    lines = ["| put in | sections | share of the text | share told | copies | found | false |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        ours = [one for one in judged if one.kind == kind]
        shares = f"{median(one.share for one in ours):.0%} | {median(one.told for one in ours):.0%}"
        lines.append(f"| {kind} | {len(ours)} | {shares} | {' | '.join(map(str, _counts(ours)))} |")
    due, found, false = _counts(judged)
    lines += ["", f"Recall {found / due:.3f}, precision {found / (found + false):.3f}."]
    return "\n".join(lines)


def _counts(judged: Sequence[Judged]) -> tuple[int, int, int]:
    """Copies, those that were found, and what was found in vain."""
    due = [one for one in judged if one.due]
    return len(due), sum(one.failed for one in due), sum(one.failed and not one.due for one in judged)


def _deed(rng: Random) -> str:
    words = _words()
    first, second = (f"{rng.choice(words['verbs'])}{rng.choice(words['matters'])}" for _ in range(2))
    how = f"{rng.choice(words['means'])}{rng.choice(words['places'])}{rng.choice(words['acts'])}"
    parts = [first + rng.choice(("", f"{rng.randint(2, 90)}项")), how, second, rng.choice(words["acts"])]
    return "，".join([*rng.sample(parts, rng.randint(2, 4)), rng.choice(words["results"])]) + "。"


def _fault(rng: Random) -> str:
    words = _words()
    matter, place = rng.choice(words["matters"]), rng.choice(words["places"])
    fault = rng.choice(words["faults"]).format(matter=matter, place=place)
    return f"{fault}，{rng.choice(words['causes'])}；" if rng.random() < 0.7 else f"{fault}；"


def _edited(rng: Random, sentence: str, exchanged: float) -> str:
    for word, other in _words()["synonyms"].items():
        if rng.random() < exchanged:
            sentence = sentence.replace(word, other)
    return sentence


def _report(sections: dict[str, str]) -> Report:
    report = report_of(make_truth(20_000, defects=False))
    return replace(report, organ=organ(ORGANS), year=YEAR, sections={**report.sections, **sections})


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def main() -> None:
    """Judge so many cases of every kind and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50, help="cases of every kind")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    found = table([one for kind in KINDS for seed in range(options.count) for one in judge(seed, kind)])
    if options.write:
        replace_between(README, "copied", found)
    print(found)


if __name__ == "__main__":
    main()
