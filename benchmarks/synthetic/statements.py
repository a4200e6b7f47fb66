"""Sentences that state what the tables state, true ones and false ones; and sentences that tables do not count."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import cn2an

from benchmarks.synthetic.truth import Truth

_TEMPLATES = Path(__file__).with_name("statements.toml")
_SLOT = re.compile(r"\{([^{}]+)\}")
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CASES = {"review": ("review",), "suits": ("suit_direct", "suit_after_review")}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a section; `wrong` is the rule that must find it false, empty for a true one."""

    section: str
    text: str
    wrong: str = ""


def true_statements(rng: Random, truth: Truth, before: Truth | None, count: int) -> list[Said]:
    """As many sentences that agree with the tables; those on the year before only when its figures are given."""
    teller = _Teller(rng, truth, before)
    possible = [spec for spec in _templates()["statement"] if teller.can_tell(spec) and teller.holds(spec)]
    chosen = rng.sample(possible, min(count, len(possible)))
    return [Said(spec["section"], teller.tell(spec)) for spec in chosen]


def false_statement(rng: Random, truth: Truth, before: Truth | None) -> Said | None:
    """A sentence with one number changed, or one whose condition does not hold; None when nothing can be told."""
    teller = _Teller(rng, truth, before)
    specs = [spec for spec in _templates()["statement"] if teller.can_tell(spec)]
    wrong = [spec for spec in specs if not teller.holds(spec)]
    right = [spec for spec in specs if teller.holds(spec) and teller.slots(spec)]
    if wrong and rng.random() < 0.15:
        spec = rng.choice(wrong)
        return Said(spec["section"], teller.tell(spec), "prose_claim")
    if not right:
        return None
    spec = rng.choice(right)
    slot = rng.choice(teller.slots(spec))
    return Said(spec["section"], teller.tell(spec, slot), "restated" if slot.endswith("@") else "prose_claim")


def distractors(rng: Random, truth: Truth, count: int) -> list[Said]:
    """Sentences with numbers that the tables do not count."""
    teller = _Teller(rng, truth, None)
    fitting = [
        spec for spec in _templates()["distractor"] if "unless" not in spec or spec["unless"] not in truth.organ.name
    ]
    return [Said(rng.choice(("overview", "requests")), teller.tell(spec)) for spec in rng.sample(fitting, count)]


def mentions(rng: Random, truth: Truth, count: int) -> list[Said]:
    """Sentences that speak of other years and organs where that is in place."""
    teller = _Teller(rng, truth, None)
    return [Said(spec["section"], teller.tell(spec)) for spec in rng.sample(_templates()["mention"], count)]


def passages(rng: Random) -> dict[str, list[str]]:
    """Paragraphs of an overview and of a section on problems, in words that no other part of the maker uses."""
    return {
        section: rng.sample(texts, rng.randint(2, len(texts))) for section, texts in _templates()["passages"].items()
    }


class _Teller:
    """Fills templates with a truth's figures in one organ's style of writing numbers."""

    def __init__(self, rng: Random, truth: Truth, before: Truth | None) -> None:
        self.rng = rng
        self.words = {
            "we": truth.organ.we,
            "name": truth.organ.name,
            "year": str(truth.year),
            "before": str(truth.year - 1),
            "after": str(truth.year + 1),
        }
        self.now = _quantities(truth)
        self.then = None if before is None else _quantities(before)
        self.least = 0.0
        self.write = rng.choices((_plain, _chinese, _separated, _wide), (60, 22, 10, 8))[0]

    def slots(self, spec: Mapping[str, Any]) -> list[str]:
        """The slots of a template that hold numbers."""
        return [slot for slot in _SLOT.findall(spec["text"]) if slot not in self.words]

    def can_tell(self, spec: Mapping[str, Any]) -> bool:
        """Whether the figures for every slot are there."""
        conditions = [name for one in spec.get("when", ()) for name in one.split("=") if not name.isdigit()]
        needed = [*self.slots(spec), *spec.get("needs", ()), *conditions]
        return all(self._value(slot) is not None for slot in needed) and all(
            self._value(slot) for slot in spec.get("needs", ())
        )

    def holds(self, spec: Mapping[str, Any]) -> bool:
        """Whether the conditions of a template are true."""
        for condition in spec.get("when", ()):
            name, _, other = condition.partition("=")
            if self.now[name] != (float(other) if other.isdigit() else self.now[other]):
                return False
        return True

    def tell(self, spec: Mapping[str, Any], wrong: str = "") -> str:
        """The sentence, the number of one slot changed."""
        self.least = 0.0
        return _SLOT.sub(lambda slot: self._shown(slot[1], slot[1] == wrong), spec["text"])

    def _shown(self, slot: str, wrong: bool) -> str:
        if slot in self.words:
            return self.words[slot]
        if slot == "any":
            # No number is larger than the one before it, so that parts do not exceed their whole.
            drawn = self.rng.choice((self.rng.randint(2, 30), self.rng.randint(31, 3000)))
            self.least = min(drawn, self.least // 3) if self.least else drawn
            return self.write(self.least)
        if slot == "percent":
            return f"{self.rng.uniform(1, 99):.{self.rng.choice((0, 1, 2))}f}%"
        value = self._value(slot)
        assert value is not None
        if wrong:
            value = _another(self.rng, value, percent="/" in slot or slot.endswith("^"))
        if "/" in slot:
            return self._percent(value)
        if slot.endswith("^"):
            if round(value, 2) == 0:
                return "增长0%"
            return ("增长" if value > 0 else "下降") + self._percent(abs(value))
        if slot.endswith("+"):
            return ("增加" if value >= 0 else "减少") + self.write(abs(value)) + ""
        return f"{value:g}" if slot == "fees" else self.write(value)

    def _percent(self, value: float) -> str:
        places = self.rng.choice((1, 2))
        if self.write is _chinese and self.rng.random() < 0.5:
            return "百分之" + cn2an.an2cn(round(value, 1))
        return f"{value:.{places}f}%".translate(_FULL_WIDTH if self.write is _wide else {})

    def _value(self, slot: str) -> float | None:
        """The value of a slot; None when a figure for it is lacking."""
        if slot in self.words or slot in ("any", "percent"):
            return 1.0
        if "/" in slot:
            part, _, whole = slot.partition("/")
            of, all_ = self.now.get(part), self.now.get(whole)
            return None if of is None or not all_ else 100 * of / all_
        if "&" in slot:
            parts = [self.now.get(part) for part in slot.split("&")]
            return None if None in parts else sum(part for part in parts if part is not None)
        name = slot.rstrip("^+@")
        if name == slot:
            return self.now.get(name)
        then, now = (self.then or {}).get(name), self.now.get(name)
        if then is None or now is None:
            return None
        if slot.endswith("@"):
            return then
        return now - then if slot.endswith("+") else 100 * (now - then) / then if then else None


def _plain(value: float) -> str:
    return str(int(value))


def _separated(value: float) -> str:
    return f"{int(value):,}"


def _wide(value: float) -> str:
    return str(int(value)).translate(_FULL_WIDTH)


def _chinese(value: float) -> str:
    """Chinese numerals up to a hundred, as prose has them, 两 for two."""
    if value > 99:
        return str(int(value))
    return (
        "两"
        if value == 2
        else str(cn2an.an2cn(int(value))).replace("一十", "十")
        if value < 20
        else str(cn2an.an2cn(int(value)))
    )


def _another(rng: Random, value: float, percent: bool) -> float:
    """A number that somebody may have written instead, of the same sign."""
    size = abs(value)
    if percent:
        signs = (-1, 1) if size > 12 else (1,)
        other = size + rng.choice(signs) * rng.choice((1.3, 5, 10))
    else:
        whole = int(size)
        options = [whole + 1, whole + 2, max(0, whole - 1), whole + 10, int(str(whole)[::-1]), whole * 10]
        other = float(rng.choice([option for option in options if option != whole]))
    return -other if value < 0 else other


# Names of quantities and the cells whose sum they are, as patterns.
_SUMS = {
    "natural": "requests/new/natural_person",
    "organisations": "requests/new/[!nt]*",
    **{kind: f"requests/{kind}_*/total" for kind in ("denied", "unavailable", "unprocessed")},
    "other": "requests/other*/total",
    "suits": "litigation/suit_*/total",
    "fees": "disclosure/fees/amount",
    **{name: f"disclosure/normative_documents/{name}" for name in ("made", "repealed", "in_force")},
    **{name: f"disclosure/{name}/decisions" for name in ("licensing", "penalties", "compulsion")},
}


def _quantities(truth: Truth) -> dict[str, float]:
    """The printed figures by the names that the templates use; a sum of which a cell is not a number is left out."""
    found: dict[str, float] = {}
    for id, cell in truth.cells.items():
        table, row, column = id.split("/")
        if cell.value is None:
            continue
        if table == "requests" and column == "total":
            found[row] = cell.value
        elif table == "requests" and row == "new":
            found[column] = cell.value
        elif table == "litigation":
            found[row if column == "total" else f"{row}_{column}"] = cell.value
    for name, pattern in _SUMS.items():
        found.pop(name, None)
        values = [cell.value for id, cell in truth.cells.items() if fnmatchcase(id, pattern)]
        if values and None not in values:
            found[name] = sum(value for value in values if value is not None)
    # Sentences give fees in the form's unit, whatever the cell has.
    if "fees" in found and re.search("(?<!万)元", truth.cells["disclosure/fees/amount"].raw):
        found["fees"] /= 10_000
    return found


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads(_TEMPLATES.read_text(encoding="utf-8"))
