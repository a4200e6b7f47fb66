"""Columns of spaces: where figures are missing, the words of the header tell which."""

from __future__ import annotations

from pathlib import Path

import pytest

import gongkai as gk

HEADINGS = """某市水务局2022年政府信息公开工作年度报告
一、总体情况
2022年，我局认真贯彻落实条例。
二、主动公开政府信息情况
{disclosure}
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
{litigation}
五、存在的主要问题及改进情况
公开内容有待深化。
六、其他需要报告的事项
无。
"""
REGULATIONS = """                   信息内容                     本年制  本年废  现行有
                                                发件数  止件数  效件数
规章                                              0       0
行政规范性文件                                    3               1
行政许可                                         12
行政处罚                                          4"""
RESULTS = "结果维  结果纠  其他结  尚未审   总计   " * 3
REST = "  持      正      果      结            " * 3


def parse(folder: Path, litigation: str = "", disclosure: str = "") -> gk.Report:
    path = folder / "report.txt"
    path.write_text(HEADINGS.format(litigation=litigation, disclosure=disclosure), encoding="utf-8")
    return gk.parse(path)


def row_of(report: gk.Report, name: str) -> list[tuple[str, str]]:
    """The figures of a row as printed, each with its flags."""
    found = report.cells[report.cells["row"] == name]
    return list(zip(found["raw"], found["flags"], strict=True))


def litigation(figures: dict[int, str]) -> str:
    """The table with these figures under the words of the header, by the number of their column."""
    line = "".join(figures.get(column, "").center(6) + "  " for column in range(15)).rstrip()
    return f"{RESULTS.rstrip()}\n{REST.rstrip()}\n{line}"


def test_few_figures_under_a_header_that_names_every_column(tmp_path: Path) -> None:
    report = parse(tmp_path, litigation({3: "2", 4: "2", 9: "0"}))
    assert row_of(report, "review") == [("", ""), ("", ""), ("", ""), ("2", ""), ("2", "")]
    assert row_of(report, "suit_direct") == [("", "")] * 4 + [("0", "")]
    assert row_of(report, "suit_after_review") == [("", "")] * 5


def test_a_misread_word_of_the_header_still_names_its_column(tmp_path: Path) -> None:
    printed = litigation({0: "7", 1: "1", 3: "2", 4: "10", 9: "0", 14: "3"}).replace("结果维", "束杲绯", 1)
    assert row_of(parse(tmp_path, printed), "review") == [("7", ""), ("1", ""), ("", ""), ("2", ""), ("10", "")]


def test_a_figure_between_two_words_of_the_header_is_doubtful(tmp_path: Path) -> None:
    *header, figures = litigation({0: "7", 1: "1", 3: "2", 4: "10", 9: "0"}).split("\n")
    assert figures.startswith("  7   ")
    report = parse(tmp_path, "\n".join([*header, "      7 " + figures[8:]]))
    assert {flags for _, flags in row_of(report, "review")} == {"placement"}


@pytest.mark.parametrize("rest", ["  7", "          1"])
def test_figures_that_run_on_below_make_the_row_doubtful(tmp_path: Path, rest: str) -> None:
    printed = litigation(dict.fromkeys(range(15), "3"))
    assert row_of(parse(tmp_path, printed), "review") == [("3", "")] * 5
    assert row_of(parse(tmp_path, f"{printed}\n{rest}"), "review") == [("3", "stray_figure")] * 5


def test_a_header_of_two_lines_tells_which_figure_is_missing(tmp_path: Path) -> None:
    report = parse(tmp_path, disclosure=REGULATIONS)
    assert row_of(report, "regulations") == [("0", ""), ("0", ""), ("", "")]
    assert row_of(report, "normative_documents") == [("3", ""), ("", ""), ("1", "")]


def test_figures_of_two_rows_on_one_another_are_doubtful(tmp_path: Path) -> None:
    figures = {0: "11", 1: "00", 2: "00", 3: "00", 4: "11"} | dict.fromkeys(range(5, 15), "0")
    assert {flags for _, flags in row_of(parse(tmp_path, litigation(figures)), "review")} == {"stray_figure"}


def test_words_in_the_first_column_make_the_row_doubtful(tmp_path: Path) -> None:
    bare = "规章                                              0       0"
    disclosure = REGULATIONS.replace(bare, "规章                                            另见清单          0")
    assert bare in REGULATIONS
    flags = {flags for _, flags in row_of(parse(tmp_path, disclosure=disclosure), "regulations")}
    assert all("placement" in flag for flag in flags)
