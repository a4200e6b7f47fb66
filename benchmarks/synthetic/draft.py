"""A report on its way into one file: its tables, what is done to them, and what can still be expected of a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.synthetic.damages.labels import LABEL_DAMAGES
from benchmarks.synthetic.sheets import Sheet, make_sheet
from benchmarks.synthetic.truth import CellTruth, Truth


@dataclass(slots=True)
class Draft:
    """`expected` starts as the truth's cells and changes with every damage that changes what the file says."""

    truth: Truth
    rng: Random
    damages: frozenset[str] = frozenset()
    sheets: dict[str, Sheet] = field(default_factory=dict)
    expected: dict[str, CellTruth] = field(default_factory=dict)

    @classmethod
    def of(cls, truth: Truth, layout: str, damages: Iterable[str] = ()) -> Draft:
        """The draft of this truth for this layout, always the same, with the damages to labels already done."""
        draft = cls(truth, Random(f"{layout} {truth.seed}"), frozenset(damages), expected=dict(truth.cells))
        for item in truth.flow:
            if item.kind == "table":
                sheet = make_sheet(draft.rng, truth, item.section)
                for name in sorted(draft.damages & LABEL_DAMAGES.keys()):
                    LABEL_DAMAGES[name](draft.rng, sheet)
                draft.sheets[item.section] = sheet
        return draft

    def doubt(self, ids: Iterable[str]) -> None:
        """The file no longer tells where these figures belong."""
        for id in ids:
            self.expected[id] = replace(self.expected[id], uncertain=True)

    def blank(self, id: str) -> None:
        """The figure was lost and its place was left empty."""
        self.expected[id] = CellTruth(id, "", "blank", None)


def choose_damages(seed: int, layout: str, possible: Iterable[str]) -> tuple[str, ...]:
    """Which of the possible damages this report suffers: two in five none, the others one to three."""
    rng = Random(f"damages {layout} {seed}")
    names = sorted(possible)
    count = min(len(names), rng.choices((0, 1, 2, 3), (8, 6, 4, 2))[0])
    return tuple(sorted(rng.sample(names, count)))


Render = Callable[[Draft], str]
