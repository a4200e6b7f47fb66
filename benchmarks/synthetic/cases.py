"""Reports to be checked: clean ones, and ones with one fault of a kind put in, each with what must be found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from benchmarks.synthetic.leftovers import leave_over
from benchmarks.synthetic.make import make_truth
from benchmarks.synthetic.pairs import figures_before
from benchmarks.synthetic.printing import print_cells
from benchmarks.synthetic.statements import Said, distractors, false_statement, mentions, passages, true_statements
from benchmarks.synthetic.truth import Defect, Item, Truth


@dataclass(frozen=True, slots=True)
class Case:
    """A report, the one of the year before or None, the kind of fault, and what was put in.

    `false` is the sentence that contradicts the figures, `leftover` the kind of leftover and the section it is in,
    `copied` whether the text is last year's, `jumped` the cell that jumps.
    """

    kind: str
    truth: Truth
    before: Truth | None = None
    false: Said | None = None
    leftover: tuple[str, str] | None = None
    copied: bool = False
    jumped: str = ""


def make_case(seed: int) -> Case:
    """Case number `seed`: the kinds take turns, so that a run of numbers has them all."""
    rng = Random(f"case {seed}")
    make = list(KINDS.values())[seed % len(KINDS)]
    return make(rng, seed) or _clean(rng, seed)


def _base(rng: Random, seed: int) -> tuple[Truth, Truth | None]:
    """A truth with sentences on its figures, and most often the one of the year before."""
    truth = make_truth(seed, defects=False)
    before = _year_before(rng, truth) if rng.random() < 0.7 else None
    told = true_statements(rng, truth, before, rng.randint(1, 5))
    said = [*told, *distractors(rng, truth, rng.randint(1, 4)), *mentions(rng, truth, rng.randint(0, 3))]
    return with_sentences(rng, truth, said), before


def _year_before(rng: Random, truth: Truth) -> Truth | None:
    """The same organ's report of the year before; none where it was on another form."""
    if truth.year in (2019, 2021):
        return None
    figures = figures_before(rng, truth.figures, truth.forms)
    other = make_truth(truth.seed + 500_000, defects=False)
    published = dt.date(truth.year, 1, 20)
    flow = tuple(replace(item, text=_renamed(item.text, other, truth, truth.year - 1)) for item in other.flow)
    own_words = passages(rng)
    # The maker has few ways to say things; without other words every two of its reports would be alike.
    flow = tuple(item for item in flow if item.kind != "paragraph" or item.section not in own_words)
    cells = print_cells(Random(f"printing before {truth.seed}"), figures, truth.forms)
    bare = replace(truth, year=truth.year - 1, published=published, figures=figures, cells=cells, flow=flow, defects=())
    said = [Said(section, text) for section, texts in own_words.items() for text in texts]
    return with_sentences(rng, bare, said)


def _renamed(text: str, other: Truth, truth: Truth, year: int) -> str:
    """A text of another organ's report as if this organ had written it."""
    for old, new in (
        (other.organ.full, truth.organ.full),
        (other.organ.name, truth.organ.name),
        (other.organ.we, truth.organ.we),
    ):
        text = text.replace(old, new)
    for digits in (str, _in_characters):
        text = text.replace(digits(other.year), digits(year))
    return text


def _in_characters(year: int) -> str:
    return str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def with_sentences(rng: Random, truth: Truth, said: list[Said]) -> Truth:
    """The truth with more paragraphs: each sentence at the end of its section's text, or of the overview's."""
    flow = list(truth.flow)
    for sentence in said:
        sections = [item.section for item in flow if item.kind == "heading"]
        section = sentence.section if sentence.section in sections else "overview"
        if section not in sections:
            continue
        at = max(i for i, item in enumerate(flow) if item.section == section and item.kind in ("heading", "paragraph"))
        flow.insert(at + 1, Item("paragraph", sentence.text, section))
    return replace(truth, flow=tuple(flow))


def _clean(rng: Random, seed: int) -> Case:
    truth, before = _base(rng, seed)
    return Case("clean", truth, before)


def _arithmetic(rng: Random, seed: int) -> Case | None:
    """Figures that break the form's equations: the makers of defects, drawn until one does."""
    for attempt in range(40):
        truth = make_truth(seed * 40 + attempt + 1_000_000)
        if truth.defects:
            return Case("arithmetic", truth)
    return None


def _years(rng: Random, seed: int) -> Case | None:
    """A figure of the year before that this year's report does not continue."""
    truth, before = _base(rng, seed)
    if before is None:
        return None
    ids = [
        term.id
        for id in truth.forms
        for equation in truth.equations(id)
        if equation.across_years
        for term in equation.terms
        if term.previous
    ]
    id = rng.choice(ids)
    value = before.figures[id] + rng.choice((1, 2, 5))
    cell = replace(before.cells[id], raw=str(int(value)), status="number", value=value)
    defects = (Defect(id, before.figures[id], value),)
    return Case("years", truth, replace(before.with_cells({id: cell}), defects=defects))


def _jump(rng: Random, seed: int) -> Case | None:
    """A figure of table 二 that was of quite another size the year before."""
    truth, before = _base(rng, seed)
    ids = [
        id
        for id, value in truth.figures.items()
        if id.startswith("disclosure/") and id.endswith("/decisions") and value >= 20 and truth.cells[id].value
    ]
    if before is None or not ids:
        return None
    id = rng.choice(ids)
    value = truth.figures[id] * 40
    cell = replace(before.cells[id], raw=str(int(value)), status="number", value=value)
    return Case("jump", truth, before.with_cells({id: cell}), jumped=id)


def _impossible(rng: Random, seed: int) -> Case | None:
    """A count that is negative or has decimals, in a cell that no equation binds."""
    truth, _ = _base(rng, seed)
    ids = [id for id in truth.cells if id.endswith("/decisions")]
    id, value = rng.choice(ids), rng.choice((-1.0, 2.5, 13.5))
    cell = replace(truth.cells[id], raw=f"{value:g}", status="number", value=value)
    return Case("impossible", truth.with_cells({id: cell}))


def _prose(rng: Random, seed: int) -> Case | None:
    truth, before = _base(rng, seed)
    # A blank may hold what would make the sentence true.
    if any(cell.status == "blank" for id, cell in truth.cells.items() if id.split("/")[1] in ("new", "carried_in")):
        return None
    false = false_statement(rng, truth, before)
    return None if false is None else Case("prose", with_sentences(rng, truth, [false]), before, false=false)


def _leftover(rng: Random, seed: int) -> Case | None:
    truth, before = _base(rng, seed)
    for _ in range(20):
        if changed := leave_over(rng, truth):
            with_leftover, kind, section = changed
            return Case("leftover", with_leftover, before, leftover=(kind, section))
    return None


def _copied(rng: Random, seed: int) -> Case | None:
    """Last year's overview and problems with this year's number on them."""
    truth, before = _base(rng, seed)
    if before is None:
        return None
    flow = tuple(replace(item, text=item.text.replace(str(truth.year), str(truth.year - 1))) for item in truth.flow)
    return Case("copied", truth, replace(before, flow=flow), copied=True)


KINDS: Mapping[str, Callable[[Random, int], Case | None]] = {
    "clean": _clean,
    "arithmetic": _arithmetic,
    "prose": _prose,
    "prose again": _prose,
    "leftover": _leftover,
    "leftover again": _leftover,
    "years": _years,
    "jump": _jump,
    "copied": _copied,
    "impossible": _impossible,
}
