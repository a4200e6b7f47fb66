"""What OCR and conversion do to a text report: read right, or flagged, or an error that names file and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import opencc
import pytest

import gongkai as gk

SAMPLE = (Path(__file__).parents[1] / "data" / "raw" / "district_hrss_2021.txt").read_text(encoding="utf-8")
DISCLOSURE = "某市水务局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
Parse = Callable[[str], gk.Report]


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    def parse(text: str) -> gk.Report:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        return gk.parse(path)

    return parse


def edit(old: str, new: str) -> str:
    assert SAMPLE.count(old) == 1, old
    return SAMPLE.replace(old, new)


def row(report: gk.Report, table: str, row: str) -> list[float | None]:
    printed = report.printed()
    return [printed[id] for id in report.cells.loc[report.cells["row"].eq(row) & report.cells["table"].eq(table), "id"]]


def statuses(report: gk.Report, row: str, table: str = "requests") -> set[str]:
    return set(report.cells.loc[report.cells["row"].eq(row) & report.cells["table"].eq(table), "status"])


def flags(report: gk.Report, row: str, table: str = "requests") -> set[str]:
    return set(report.cells.loc[report.cells["row"].eq(row) & report.cells["table"].eq(table), "flags"])


FILE_ROW = "7. 属于行政执法案卷\t0\t0\t0\t0\t0\t0\t0"


def test_a_cell_lost_without_trace_flags_its_row(parse: Parse) -> None:
    report = parse(edit(FILE_ROW, "7. 属于行政执法案卷\t5\t1\t0\t0\t0\t6"))
    assert flags(report, "denied_enforcement_file") == {"placement"}
    assert flags(report, "denied_administrative_query") == {""}


def test_an_empty_cell_keeps_its_place(parse: Parse) -> None:
    report = parse(edit(FILE_ROW, "7. 属于行政执法案卷\t5\t1\t\t0\t0\t0\t6"))
    assert row(report, "requests", "denied_enforcement_file") == [5, 1, None, 0, 0, 0, 6]
    assert flags(report, "denied_enforcement_file") == {""}


def test_a_row_shifted_by_a_lost_separator(parse: Parse) -> None:
    report = parse(edit("\t\t" + FILE_ROW, "\t7. 属于行政执法案卷\t5\t1\t0\t0\t0\t0\t6"))
    assert row(report, "requests", "denied_enforcement_file") == [5, 1, 0, 0, 0, 0, 6]


def test_a_missing_row_is_absent_and_moves_no_other(parse: Parse) -> None:
    report = parse(edit("\t\t" + FILE_ROW + "\n", "").replace("8. 属于行政查询事项\t0", "8. 属于行政查询事项\t9"))
    assert statuses(report, "denied_enforcement_file") == {"absent"}
    assert row(report, "requests", "denied_administrative_query") == [9, 0, 0, 0, 0, 0, 0]
    assert row(report, "requests", "denied_process_information") == [0] * 7


def test_a_lost_label_leaves_the_row_its_place_but_doubtful(parse: Parse) -> None:
    report = parse(edit(FILE_ROW, "\t5\t1\t0\t0\t0\t0\t6"))
    assert row(report, "requests", "denied_enforcement_file") == [5, 1, 0, 0, 0, 0, 6]
    assert flags(report, "denied_enforcement_file") == {"label_guess"}


def test_rows_in_another_order_are_never_swapped_in_silence(parse: Parse) -> None:
    lines = [FILE_ROW, "8. 属于行政查询事项\t0\t0\t0\t0\t0\t0\t0"]
    swapped = "8. 属于行政查询事项\t8\t0\t0\t0\t0\t0\t8\n\t\t7. 属于行政执法案卷\t7\t0\t0\t0\t0\t0\t7"
    report = parse(edit("\n\t\t".join(lines), swapped))
    printed, doubtful = report.printed(), report.doubtful()
    for name, right in (("denied_enforcement_file", 7), ("denied_administrative_query", 8)):
        id = f"requests/{name}/natural_person"
        assert printed[id] in (right, None) or id in doubtful


def test_a_number_glued_to_the_cell_next_to_it(parse: Parse) -> None:
    report = parse(edit(FILE_ROW, "7. 属于行政执法案卷\t5 1\t0\t0\t0\t0\t6"))
    assert row(report, "requests", "denied_enforcement_file") == [5, 1, 0, 0, 0, 0, 6]


def test_text_in_a_cell_is_text(parse: Parse) -> None:
    report = parse(edit("行政许可\t0\t0\t0", "行政许可\t0\t0\t详见附表"))
    assert row(report, "disclosure", "licensing") == [0, 0, None]
    assert statuses(report, "licensing", "disclosure") == {"number", "text"}


def test_a_table_cut_by_a_page_break_with_its_header_repeated(parse: Parse) -> None:
    header = next(line for line in SAMPLE.split("\n") if "自然人" in line)
    report = parse(edit("\t\t" + FILE_ROW, f"\f\n- 3 -\n\n{header}\n\t\t" + FILE_ROW.replace("\t0", "\t4", 1)))
    assert row(report, "requests", "denied_enforcement_file") == [4, 0, 0, 0, 0, 0, 0]
    assert report.doubtful() == set()


def test_a_label_cut_in_two_lines_around_its_numbers(parse: Parse) -> None:
    report = parse(edit(FILE_ROW, "7. 属于行政\n\t\t\t3\t0\t0\t0\t0\t0\t3\n\t\t执法案卷"))
    assert row(report, "requests", "denied_enforcement_file") == [3, 0, 0, 0, 0, 0, 3]
    assert row(report, "requests", "denied_administrative_query") == [0] * 7


def test_no_table_of_requests(parse: Parse) -> None:
    start, end = SAMPLE.index("# 三、收到"), SAMPLE.index("## 四、政府信息公开行政复议")
    report = parse(SAMPLE[:start] + SAMPLE[end:])
    assert set(report.cells.loc[report.cells["table"] == "requests", "status"]) == {"absent"}
    assert "requests" not in report.sections
    assert row(report, "litigation", "review") == [0] * 5


def test_tables_under_no_headings(parse: Parse) -> None:
    bare = "\n".join(line for line in SAMPLE.split("\n") if not line.startswith("#"))
    report = parse(bare)
    assert row(report, "requests", "new") == [2, 0, 0, 0, 0, 0, 2]
    assert row(report, "disclosure", "compulsion") == [0, 0, 0]
    assert row(report, "litigation", "suit_after_review") == [0] * 5


def test_litigation_in_two_lines(parse: Parse) -> None:
    fifteen = "\n" + "\t".join(["0"] * 15)
    report = parse(edit(fifteen, "\n1\t0\t0\t0\t1\t0\t0\t0\t0\t0\n0\t0\t2\t0\t2"))
    assert row(report, "litigation", "review") == [1, 0, 0, 0, 1]
    assert row(report, "litigation", "suit_after_review") == [0, 0, 2, 0, 2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "utf-16-le"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(SAMPLE.replace("Л", "").replace("Н", "").encode(encoding))
    report = gk.parse(path)
    assert row(report, "requests", "new") == [2, 0, 0, 0, 0, 0, 2]
    assert report.organ == "区人社局"


def test_traditional_script(parse: Parse) -> None:
    report = parse(opencc.OpenCC("s2t").convert(SAMPLE))
    assert row(report, "requests", "partial") == [2, 0, 0, 0, 0, 0, 2]
    assert report.doubtful() == set()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, ""),
        (b"\x7fELF" + b"\x00" * 500, "program"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, ""),
    ],
)
def test_what_is_no_text_is_unreadable(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(gk.UnreadableFile) as caught:
        gk.parse(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(gk.UnreadableFile, match="no such file"):
        gk.parse(tmp_path / "none.txt")
    with pytest.raises(gk.UnreadableFile, match="folder"):
        gk.parse(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好。\n",
        "2023年政府工作报告\n一、2022年工作回顾\n全年地区生产总值增长5.5%。\n二、2023年工作安排\n",
        "某区发布2023年政府信息公开工作年度报告，全年收到申请12件。",
        "姓名\t年龄\n张三\t3\n李四\t4\n",
    ],
)
def test_another_text_is_no_report(parse: Parse, text: str) -> None:
    with pytest.raises(gk.NotAReport, match="总体情况"):
        parse(text)


def test_a_sentence_before_the_table_that_names_its_rows_stays_text(parse: Parse) -> None:
    heading = "# 三、收到和处理政府信息公开申请情况\n"
    sentence = "不予处理的申请共20件，其中信访举报投诉类申请13件、重复申请1件。"
    report = parse(edit(heading, f"{heading}\n{sentence}\n"))
    assert report.sections["requests"] == sentence
    assert row(report, "requests", "unprocessed_petition") == [0.0] * 7


def test_a_labelled_row_of_litigation_may_be_blank(parse: Parse) -> None:
    start, end = SAMPLE.index("行政复议\t"), SAMPLE.index("\n", SAMPLE.index("\t".join(["0"] * 15)))
    figures = "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n行政复议\t0\t1\t0\t0\t1\n"
    suits = "行政诉讼（未经复议直接起诉）\t0\t0\t0\t2\t2\n行政诉讼（复议后起诉）\t\t\t\t\t"
    report = parse(SAMPLE[:start] + figures + suits + SAMPLE[end:])
    assert row(report, "litigation", "review") == [0, 1, 0, 0, 1]
    assert row(report, "litigation", "suit_direct") == [0, 0, 0, 2, 2]
    assert statuses(report, "suit_after_review", "litigation") == {"blank"}


@pytest.mark.parametrize(
    "line", ["【打印】【关闭】", "相关文章", "主办：某局　备案号：苏ICP备05001234号", "上一篇：某局2020年年报"]
)
def test_the_site_below_the_report_is_no_text_of_it(parse: Parse, line: str) -> None:
    plain = parse(SAMPLE).sections["other"]
    assert parse(f"{SAMPLE}\n{line}\n某局2020年政府信息公开工作年度报告 2021-01-25\n").sections["other"] == plain


STACKED = "\n".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)


def test_litigation_with_a_word_a_line_left_blank(parse: Parse) -> None:
    start, end = SAMPLE.index("## 四、政府信息公开行政复议"), SAMPLE.index("## 五、")
    report = parse(f"{SAMPLE[:start]}四、政府信息公开行政复议、行政诉讼情况\n{STACKED}\n\n{SAMPLE[end:]}")
    assert row(report, "litigation", "review") == [None] * 5
    assert statuses(report, "review", "litigation") == {"blank"}
    assert flags(report, "review", "litigation") == {"placement"}


def test_litigation_with_a_word_a_line_under_no_heading(parse: Parse) -> None:
    start, end = SAMPLE.index("## 四、政府信息公开行政复议"), SAMPLE.index("## 五、")
    figures = "\n".join(map(str, range(15)))
    report = parse(f"{SAMPLE[:start]}{STACKED.replace('其他结果', '其它给果', 1)}\n{figures}\n\n{SAMPLE[end:]}")
    assert row(report, "litigation", "suit_direct") == [5, 6, 7, 8, 9]


def test_the_first_labelled_row_of_litigation_may_be_blank(parse: Parse) -> None:
    start, end = SAMPLE.index("行政复议\t"), SAMPLE.index("\n", SAMPLE.index("\t".join(["0"] * 15)))
    figures = "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n行政复议\t\t\t\t\t\n"
    suits = "行政诉讼（未经复议直接起诉）\t0\t0\t0\t2\t2\n行政诉讼（复议后起诉）\t1\t1\t1\t1\t4"
    report = parse(SAMPLE[:start] + figures + suits + SAMPLE[end:])
    assert row(report, "litigation", "review") == [None] * 5
    assert row(report, "litigation", "suit_direct") == [0, 0, 0, 2, 2]
    assert row(report, "litigation", "suit_after_review") == [1, 1, 1, 1, 4]


def test_a_page_number_above_a_blank_row_is_no_sure_figure_of_it(parse: Parse) -> None:
    rows = "规章 0 0 0\n行政规范性文件 2 1 7\n行政许可 12\n\n8\n\n行政处罚\n行政强制 4\n行政事业性收费 0"
    report = parse(f"{DISCLOSURE}{rows}\n")
    assert flags(report, "penalties", "disclosure") == {"label_guess"}
    assert flags(report, "licensing", "disclosure") == {""}


def test_digits_pushed_to_the_next_row_are_doubted(parse: Parse) -> None:
    figures = "\t".join(["0"] * 15)
    assert SAMPLE.count(figures) == 1
    wide = "\t".join(["42", *["0"] * 3, "42", *["0"] * 10])
    rest = "\t".join(["8", *[""] * 3, "8", *[""] * 10])
    report = parse(SAMPLE.replace(figures, f"{wide}\n{rest}"))
    assert flags(report, "review", "litigation") == {"stray_figure"}


def test_names_of_columns_broken_over_cells_tell_pieces_of_figures(parse: Parse) -> None:
    block = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\t\t\t\t\t\t\t\n行政许可\t0\t0\t0"
    broken = "信息内容\t上一年项目数量\t本\t年增/减\t处理决\t定数\t量\n行政许可\t352\t\t\t87\t56\t"
    report = parse(edit(block, broken))
    assert row(report, "disclosure", "licensing") == [352, None, 8756]
    assert list(report.cells.loc[report.cells["row"].eq("licensing"), "flags"]) == ["", "", "number_guess"]


def test_a_figure_that_ran_into_its_label_is_a_figure(parse: Parse) -> None:
    report = parse(edit("7. 属于行政执法案卷\t0\t0\t0\t0\t0\t0\t0", "7. 属于行政执法案卷 3\t1\t0\t0\t0\t0\t4"))
    assert row(report, "requests", "denied_enforcement_file") == [3, 1, 0, 0, 0, 0, 4]


def test_a_running_head_s_number_is_no_sure_figure_of_a_blank_row(parse: Parse) -> None:
    rows = "规章 0 0 0\n行政规范性文件 2 1 7\n行政许可 12\n2022年度报告 7\n行政处罚\n行政强制 4\n行政事业性收费 0"
    assert flags(parse(f"{DISCLOSURE}{rows}\n"), "penalties", "disclosure") != {""}
