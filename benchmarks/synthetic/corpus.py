"""Synthetic reports as files with their truth: `python -m benchmarks.synthetic.corpus FOLDER` writes a corpus."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.converters import convert
from benchmarks.synthetic.draft import Draft, choose_damages
from benchmarks.synthetic.make import make_truth
from benchmarks.synthetic.recheck import recheck
from benchmarks.synthetic.registry import LAYOUTS, Layout
from benchmarks.synthetic.truth import CellTruth, Truth


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: where it is, how it was made, and its truth, whose cells say what this very file still tells."""

    path: Path
    layout: str
    damages: tuple[str, ...]
    truth: Truth

    def to_dict(self) -> dict[str, Any]:
        """The sample as plain JSON types."""
        return {
            "file": self.path.name,
            "layout": self.layout,
            "damages": list(self.damages),
            "truth": self.truth.to_dict(),
        }


def draw(layout: Layout, seed: int, damages: Iterable[str] | None = None) -> tuple[bytes, tuple[str, ...], Truth]:
    """The bytes of report `seed` in this layout (before any conversion), the damages it suffered, and its truth."""
    chosen = choose_damages(seed, layout.name, layout.damages) if damages is None else tuple(sorted(damages))
    draft = Draft.of(make_truth(seed), layout.name, chosen)
    content = layout.render(draft)
    cells: dict[str, CellTruth] = draft.expected
    return content, chosen, replace(draft.truth, cells=cells)


def build(names: Iterable[str], seeds: Iterable[int], folder: Path) -> Iterator[Sample]:
    """Write the reports of these layouts and seeds under `folder`, one subfolder a layout."""
    seeds = list(seeds)
    for name in names:
        layout = LAYOUTS[name]
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        drawn = [draw(layout, seed) for seed in seeds]
        contents = [content for content, _, _ in drawn]
        for converter in layout.chain:
            contents = convert(converter, contents)
        for seed, content, (_, damages, truth) in zip(seeds, contents, drawn, strict=True):
            path = target / f"{name}_{seed:05d}{layout.suffix}"
            path.write_bytes(content)
            told = recheck(truth, content.decode()) if layout.chain and layout.format == "txt" else truth
            yield Sample(path, name, damages, told)


def main() -> None:
    """Write a corpus with one truth file (JSON) beside each report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layout", action="append", choices=sorted(LAYOUTS), help="default: every layout")
    parser.add_argument("--count", type=int, default=100, help="reports for each layout")
    parser.add_argument("--first-seed", type=int, default=0)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    for sample in build(options.layout or LAYOUTS, seeds, options.folder):
        truth_path = sample.path.with_name(sample.path.name + ".truth.json")
        truth_path.write_text(json.dumps(sample.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
