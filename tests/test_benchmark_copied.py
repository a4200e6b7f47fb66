"""Text taken over from other organs: what every report says is no copy, another organ's section is one."""

from __future__ import annotations

import pytest

from benchmarks.copied import KINDS, judge, organ

CLEAN, WHOLE, EDITED = "nothing", "the whole section", "the whole section, a word in ten exchanged"


@pytest.mark.parametrize(("kind", "copy"), [(CLEAN, False), (WHOLE, True), (EDITED, True)])
def test_a_section_of_another_organ_is_found_and_what_all_share_is_not(kind: str, copy: bool) -> None:
    for one in judge(20_001, kind):
        assert one.due is copy
        assert one.failed is copy


def test_the_share_that_is_told_is_near_the_share_that_was_put_in() -> None:
    assert all(abs(one.told - one.share) < 0.15 for one in judge(20_002, "three quarters of the sentences"))


def test_no_two_organs_have_one_name() -> None:
    assert len({organ(number) for number in range(101)}) == 101
    assert set(KINDS) >= {CLEAN, WHOLE, EDITED}
