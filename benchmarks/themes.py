"""The themes of the problems that organs name, told by `gk.narrate` and by hand: `python -m benchmarks.themes`; options
`--write` and `--show`."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.markers import replace_between
from gongkai.narrative.themes import themes, themes_of

README = Path(__file__).with_name("README.md")
LABELS = Path(__file__).with_name("themes.toml")


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in an organ's words, its themes by hand, and those that the classifier gives it."""

    text: str
    due: frozenset[str]
    got: frozenset[str]


def halves() -> tuple[list[Told], list[Told]]:
    """The problems with which the classifier was improved, and those with which it was not."""
    labelled = tomllib.loads(LABELS.read_text(encoding="utf-8"))["sentence"]
    told = [
        Told(one["text"], frozenset(one["themes"]), frozenset(theme.id for theme in themes_of(one["text"])))
        for one in labelled
    ]
    return told[0::2], told[1::2]


def table(told: Sequence[Told]) -> str:
    """The score of each theme, and of all together, as a Markdown table."""
    lines = ["| theme | due | found | false | recall | precision |", "|---|---:|---:|---:|---:|---:|"]
    ids = [theme.id for theme in themes()]
    lines += [_row(f"`{id}`", told, {id}) for id in ids]
    lines.append(_row("**all**", told, set(ids)))
    same = sum(one.due == one.got for one in told)
    return "\n".join([*lines, "", f"{len(told)} problems; exactly their themes: {same} ({same / len(told):.1%})."])


def _row(name: str, told: Sequence[Told], ids: set[str]) -> str:
    due = sum(len(one.due & ids) for one in told)
    found = sum(len(one.due & one.got & ids) for one in told)
    false = sum(len((one.got - one.due) & ids) for one in told)
    return f"| {name} | {due} | {found} | {false} | {_share(found, due)} | {_share(found, found + false)} |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main() -> None:
    """Judge the classifier on both halves and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--show", action="store_true", help="print the problems of the first half that it takes otherwise"
    )
    parser.add_argument("--write", action="store_true", help="write the tables into benchmarks/README.md")
    options = parser.parse_args()
    seen, unseen = halves()
    text = f"**Kept apart**\n\n{table(unseen)}\n\n**Improved with**\n\n{table(seen)}"
    if options.show:
        for one in seen:
            if one.due != one.got:
                print(f"{one.text}: {', '.join(sorted(one.due))}; got {', '.join(sorted(one.got))}")
    if options.write:
        replace_between(README, "themes", text)
    print(text)


if __name__ == "__main__":
    main()
