"""Problems as organs name them, with their themes by hand, and what the classifier makes of them."""

from __future__ import annotations

import tomllib

import pytest

from benchmarks.themes import LABELS, Told, halves
from gongkai.narrative.themes import themes

SEEN, UNSEEN = halves()


def test_every_problem_is_labelled_once_and_with_themes_that_there_are() -> None:
    labelled = tomllib.loads(LABELS.read_text(encoding="utf-8"))["sentence"]
    assert len({one["text"] for one in labelled}) == len(labelled) == len(SEEN) + len(UNSEEN)
    ids = {theme.id for theme in themes()}
    assert all(one["themes"] and set(one["themes"]) <= ids for one in labelled)
    assert {theme for one in SEEN for theme in one.due} == {theme for one in UNSEEN for theme in one.due} == ids


@pytest.mark.parametrize(("told", "least"), [(SEEN, 0.95), (UNSEEN, 0.85)], ids=["improved with", "kept apart"])
def test_most_themes_are_found_and_few_in_vain(told: list[Told], least: float) -> None:
    found = sum(len(one.due & one.got) for one in told)
    assert found >= least * sum(len(one.due) for one in told)
    assert found >= least * sum(len(one.got) for one in told)
