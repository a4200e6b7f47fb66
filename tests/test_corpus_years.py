"""What is found across years in a corpus is what `gk.check` finds with the file of the year before."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk
from benchmarks.synthetic import layouts  # noqa: F401  (fills the registry)
from benchmarks.synthetic.cases import Case, make_case
from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.registry import LAYOUTS
from gongkai.corpus.panel import Panel
from gongkai.corpus.run import run
from gongkai.corpus.years import COLUMNS
from gongkai.tables import records

SEEDS = range(60)


def written(case: Case, folder: Path) -> tuple[Path, Path]:
    """The files of a case's report and of the one of the year before."""
    assert case.before is not None
    paths = []
    for truth in (case.truth, case.before):
        path = folder / f"{truth.seed}_{truth.year}.html"
        path.write_bytes(LAYOUTS["html_cms"].render(Draft.of(truth, "html_cms", ())))
        paths.append(path)
    return paths[0], paths[1]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Panel, dict[str, tuple[Path, Path]]]:
    """A panel of pairs, and the files of each by the name of the later one."""
    folder = tmp_path_factory.mktemp("raw")
    cases = [case for seed in SEEDS if (case := make_case(seed)).before]
    files = [written(case, folder) for case in cases]
    output = tmp_path_factory.mktemp("out")
    run(str(folder), str(output))
    return Panel(output), {now.name: (now, before) for now, before in files}


def test_it_is_what_the_two_files_give(corpus) -> None:
    panel, files = corpus
    reports = panel.reports().set_index("report")
    found = records(panel.across_years())
    judged = {reports.loc[row["report"], "file"] for row in found}
    assert len(judged) > 5
    for name in judged:
        now, before = (gk.parse(path) for path in files[name])
        alone = [str(finding) for finding in records(gk.check(now))]
        expected = [finding for finding in records(gk.check(now, before)) if str(finding) not in alone]
        got = [row for row in found if reports.loc[row["report"], "file"] == name]
        assert [{key: row[key] for key in expected[0]} for row in got] == expected
        assert {reports.loc[row["previous"], "file"] for row in got} == {files[name][1].name}


def test_the_equations_across_years_are_among_it(corpus) -> None:
    found = corpus[0].across_years()
    assert list(found.columns) == list(COLUMNS)
    assert "carry_over" in set(found["rule"])
    assert "balance" not in set(found["rule"])


def test_a_corpus_without_two_years_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    run(str(tmp_path / "raw"), str(tmp_path / "out"))
    assert len(Panel(tmp_path / "out").across_years()) == 0
