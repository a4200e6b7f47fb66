"""The corpora of the benchmark of runs: in the shares that it names, no two files alike, and readable."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import gongkai as gk
from benchmarks.scale import _markdown, _over_time
from benchmarks.scale_corpus import KINDS, _mixed, write_corpus


def test_a_mixed_corpus_has_every_kind_in_its_share() -> None:
    shares = {name: kind.share for name, kind in KINDS.items() if kind.share}
    assert sum(shares.values()) == 100
    assert Counter(name for name, _ in _mixed(100)) == shares


def test_a_small_corpus_is_the_beginning_of_a_large_one() -> None:
    assert list(_mixed(1000))[:70] == list(_mixed(70))


def test_files_differ_and_are_reports(tmp_path: Path) -> None:
    write_corpus(tmp_path, "text", 5, jobs=1)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len({path.read_bytes() for path in files}) == 5
    assert all(gk.parse(path).year for path in files)


def test_what_is_there_stays(tmp_path: Path) -> None:
    write_corpus(tmp_path, "text", 2, jobs=1)
    (first, _) = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    first.write_bytes(b"mine")
    write_corpus(tmp_path, "text", 2, jobs=1)
    assert first.read_bytes() == b"mine"


def test_memory_is_told_at_three_moments() -> None:
    assert _over_time(list(range(101))) == "10 · 50 · 95"


def test_tables_are_markdown() -> None:
    assert _markdown(("a", "b"), [["1", "2"]]) == "| a | b |\n|---|---:|\n| 1 | 2 |"
