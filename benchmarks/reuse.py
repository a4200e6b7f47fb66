"""How many planted copies are found, and how long it takes: `python -m benchmarks.reuse 1000 3000 10000`.

Every report has forty sentences of its own and fifteen taken from a pool that other organs take from as well, each with
one character in another's place. A sentence counts as found when it is in a passage that other organs have.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path
from random import Random

import pandas as pd

from benchmarks.markers import replace_between
from gongkai.corpus import reuse

OWN, TAKEN, POOL, ORGANS = 40, 15, 5000, 3000
_FIRST, _CHARACTERS = 0x4E00, 3000


def corpus(reports: int, seed: int = 1) -> tuple[pd.DataFrame, set[tuple[str, str]], set[tuple[str, str]]]:
    """The texts of so many reports; which sentences of which report others have too; and all that are from the pool."""
    rng = Random(seed)
    pool = [_sentence(rng) for _ in range(POOL)]
    rows, taken, takers = [], [], [set[str]() for _ in pool]
    for number in range(reports):
        report, organ = f"{number:016x}", f"机关{number % ORGANS}"
        sentences = [_sentence(rng) for _ in range(OWN)]
        for _ in range(TAKEN):
            source = rng.randrange(POOL)
            letters = list(pool[source])
            letters[rng.randrange(len(letters) - 1)] = _character(rng)
            taken.append((source, report, "".join(letters)))
            takers[source].add(organ)
            sentences.insert(rng.randrange(len(sentences)), taken[-1][2])
        rows.append((report, organ, 2019 + number % 7, "overview", "".join(sentences)))
    copies = {(report, text) for source, report, text in taken if len(takers[source]) > 1}
    texts = pd.DataFrame(rows, columns=["report", "organ", "year", "section", "text"])
    return texts, copies, {(report, text) for _, report, text in taken}


def _sentence(rng: Random) -> str:
    return "".join(_character(rng) for _ in range(rng.randint(30, 80))) + "。"


def _character(rng: Random) -> str:
    return chr(_FIRST + rng.randrange(_CHARACTERS))


def measure(reports: int) -> str:
    """One line of the table."""
    texts, copies, pooled = corpus(reports)
    start = time.process_time()
    found = reuse.sentences(texts)
    reuse.passages(found)
    reuse.shares(found)
    seconds = time.process_time() - start
    told = found[found["passage"].notna()]
    hits = set(zip(told["report"], told["text"], strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    recall = f"{len(hits & copies) / len(copies):.2%}"
    return f"| {reports:,} | {len(found):,} | {recall} | {len(hits - pooled):,} | {seconds:.1f} s | {memory:,} MB |"


def main() -> None:
    """Measure corpora of the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="*", default=[1000, 3000, 10000])
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    options = parser.parse_args()
    head = ["| reports | sentences | copies found | own sentences taken for copies | processor time | memory |"]
    head.append("|---:|---:|---:|---:|---:|---:|")
    table = "\n".join([*head, *map(measure, options.reports)])
    if options.write:
        replace_between(Path(__file__).with_name("README.md"), "reuse", table)
    print(table)


if __name__ == "__main__":
    main()
