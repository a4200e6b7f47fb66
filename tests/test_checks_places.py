"""Another place of the organ's own rank where the report should name its own."""

from __future__ import annotations

import pytest
from builders import SECTIONS, build_report

import gongkai as gk


def left_over(text: str, organ: str) -> bool:
    """Whether the overview's text is said to be left over."""
    report = build_report(sections=SECTIONS | {"overview": text}, organ=organ)
    findings = gk.check(report)
    return "fail" in set(findings[findings["rule"] == "stale_text"]["outcome"])


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("现公布青口县2023年政府信息公开工作年度报告。", "怀平县人民政府"),
        ("青口县政务公开办公室定期开展培训。", "怀平县人民政府"),
        ("青口县各级各部门认真落实条例要求。", "怀平县人民政府"),
        ("本报告可在青口县人民政府门户网站下载。", "怀平县人民政府"),
        ("澜东市生态环境局不断完善信息发布审核机制。", "临澜市生态环境局"),
    ],
)
def test_another_place_in_the_stead_of_the_own_one_is_left_over(text: str, organ: str) -> None:
    assert left_over(text, organ)


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("县政府办公室赴青口县学习政务公开先进经验。", "怀平县人民政府"),
        ("青口县、白石县等地来我县考察。", "怀平县人民政府"),
        ("按照县政府办公室2022年第三季度通报要求完成整改。", "怀平县人民政府"),
        ("访问县政府门户网站可下载本报告。", "怀平县人民政府"),
        ("目前县政府网站共设栏目62个。", "怀平县人民政府"),
        ("开发区管委会认真落实政务公开要求。", "怀平县人民政府"),
        ("淮海市人民政府办公室组织专题培训。", "怀平县人民政府"),
        ("苏州市财政局定期通报各县级市政务公开情况。", "昆山市财政局"),
        ("我局及各分局共主动公开信息170条。", "临澜市生态环境局"),
    ],
)
def test_another_place_spoken_of_on_purpose_is_not(text: str, organ: str) -> None:
    assert not left_over(text, organ)
