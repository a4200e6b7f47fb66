"""Folders of synthetic reports of every kind, as many as asked for and no two alike, for the benchmark of runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.converters import convert
from benchmarks.synthetic.corpus import draw
from benchmarks.synthetic.registry import LAYOUTS

FIRST_SEED = 500_000
# So many reports are sent through a converter, which takes a second each. Further files of such a kind have the same
# content and a remark behind their end, which no reader looks at: they take as long to read.
_CONVERTED = 60
_A_FOLDER = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """Reports of one kind: its layouts in turn, and `share` of a mixed corpus in percent."""

    layouts: tuple[str, ...]
    share: int = 0
    then: tuple[str, ...] = ()


KINDS = {
    "web page": Kind(
        ("html_cms", "html_word", "html_gbk", "html_nested", "html_spans_lost", "html_in_pieces"), share=50
    ),
    "Word (.docx)": Kind(("docx_merged", "docx_flat", "docx_nested", "docx_in_two"), share=20),
    "PDF": Kind(("pdf_ruled", "pdf_writer"), share=20),
    "text": Kind(("tabs_copied", "pipes_blank", "spaces_aligned", "pipes_repeated"), share=10),
    "PDF without its fonts": Kind(("pdf_drawn", "pdf_open_sides")),
    "old Word (.doc)": Kind(("doc_merged",)),
    "scan": Kind(("pdf_ruled",), then=("scan_mild",)),
}
MIXED = "mixed"


def write_corpus(folder: Path, kind: str, count: int, jobs: int = 2) -> None:
    """Write `count` reports of a kind in `KINDS`, or of all that have a share for `MIXED`; what is there stays."""
    plan = list(_mixed(count)) if kind == MIXED else [(kind, number) for number in range(count)]
    names = [name for name in KINDS if any(chosen == name for chosen, _ in plan)]
    for name in names:
        _convert_ahead(KINDS[name], sum(chosen == name for chosen, _ in plan))
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(partial(_write, folder), range(count), plan, chunksize=16))


def _mixed(count: int) -> Iterator[tuple[str, int]]:
    """The kind of each report and its number among those of that kind, in shares that hold for every stretch."""
    made = dict.fromkeys((name for name, kind in KINDS.items() if kind.share), 0)
    for total in range(1, count + 1):
        name = max(made, key=lambda name: KINDS[name].share * total / 100 - made[name])
        yield name, made[name]
        made[name] += 1


def _write(folder: Path, place: int, chosen: tuple[str, int]) -> None:
    kind, number = KINDS[chosen[0]], chosen[1]
    layout = LAYOUTS[kind.layouts[number % len(kind.layouts)]]
    path = folder / f"{place // _A_FOLDER:03}" / f"{place:06}_{layout.name}{layout.suffix}"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    chain = (*layout.chain, *kind.then)
    if chain:
        path.write_bytes(_converted(layout.name, chain, FIRST_SEED + number % _CONVERTED) + f"\n%% {number}\n".encode())
    else:
        path.write_bytes(draw(layout, FIRST_SEED + place)[0])


@cache
def _converted(layout: str, chain: tuple[str, ...], seed: int) -> bytes:
    content = draw(LAYOUTS[layout], seed)[0]
    for converter in chain:
        (content,) = convert(converter, [content])
    return content


def _convert_ahead(kind: Kind, count: int) -> None:
    """Fill the converters' cache, many files a start."""
    numbers: Iterable[int] = range(min(count, _CONVERTED))
    for index, name in enumerate(kind.layouts):
        layout = LAYOUTS[name]
        mine = [number for number in numbers if number % len(kind.layouts) == index]
        contents = [draw(layout, FIRST_SEED + number)[0] for number in mine] if layout.chain or kind.then else []
        for converter in (*layout.chain, *kind.then):
            contents = convert(converter, contents)
