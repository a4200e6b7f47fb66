"""Pages become blocks: grids with spans and places, rows of words in columns, lines of prose, nothing lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_makers import HEIGHT, Sheet, make_pdf

from gongkai.document import Block, Document, Grid, Paragraph
from gongkai.readers.pdf import read

ROWS = [
    ["", "自然人", "商业企业", "总计"],
    ["一、本年新收政府信息公开申请数量", "21", "0", "21"],
    ["（一）予以公开", "0", "3", "3"],
    ["（七）总计", "10", "11", "21"],
]
XS = [60, 260, 340, 420, 500]


@pytest.fixture
def document_of(tmp_path: Path) -> Callable[..., Document]:
    """The Document of pages drawn by these functions."""

    def of(*pages: Callable[[Sheet], object]) -> Document:
        return read(make_pdf(tmp_path / "report.pdf", pages))

    return of


def texts(grid: Block) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.text for cell in row] for row in grid.rows()]


def outline(document: Document) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else block.kind for block in document.blocks]


@pytest.mark.parametrize("rules", ["lines", "rectangles", "thin", "open"])
def test_a_ruled_table_however_its_rules_are_drawn(document_of, rules: str) -> None:
    document = document_of(lambda sheet: sheet.table(ROWS, XS, 100, rules=rules))
    [grid] = document.blocks
    assert grid.kind == "ruled"
    filled = [[text for text in row if text] for row in ROWS]
    assert [[text for text in row if text] for row in texts(grid)] == filled


def test_words_in_columns_without_rules_are_a_spaced_grid(document_of) -> None:
    [grid] = document_of(lambda sheet: sheet.table(ROWS, XS, 100, rules="none")).blocks
    assert grid.kind == "spaced"
    assert texts(grid) == [[text for text in row if text] for row in ROWS]
    assert [cell.column for cell in grid.cells if cell.row == 1] == [0, 1, 2, 3]
    assert grid.cells[-1].place.x0 == pytest.approx(423, abs=1)


def test_figures_set_close_together_are_a_cell_each(document_of) -> None:
    def narrow(sheet: Sheet) -> None:
        for i, text in enumerate(["2.重复申请", "205", "13", "0", "205"]):
            sheet.text(60 + (100 + i * 19 if i else 0), 100, text)

    assert texts(document_of(narrow).blocks[0]) == [["2.重复申请", "205", "13", "0", "205"]]


def test_a_header_over_two_lines_without_rules_is_one_row(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 60, "四、政府信息公开行政复议、行政诉讼情况")
        for i, name in enumerate(["结果维持", "结果纠正", "其他结果", "尚未审结"]):
            sheet.text(60 + 30 * i, 80, name[:2])
            sheet.text(60 + 30 * i, 94, name[2:])
            sheet.text(65 + 30 * i, 114, str(i))

    document = document_of(page)
    assert outline(document) == ["四、政府信息公开行政复议、行政诉讼情况", "spaced"]
    assert texts(document.blocks[1]) == [
        ["结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结"],
        ["0", "1", "2", "3"],
    ]


def test_a_word_over_several_columns_stays_above_the_header(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(70, 66, "法人或其他组织")
        for i, name in enumerate(["企业", "机构", "组织"]):
            sheet.text(60 + 30 * i, 80, name)
            sheet.text(65 + 30 * i, 94, str(i))

    assert outline(document_of(page)) == ["法人或其他组织", "spaced"]


def test_blocks_come_in_reading_order(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 300, "五、存在的主要问题")
        sheet.table(ROWS, XS, 150)
        sheet.text(60, 120, "三、收到和处理情况")
        sheet.text(280, 820, "- 1 -")

    assert outline(document_of(page)) == ["三、收到和处理情况", "ruled", "五、存在的主要问题", "- 1 -"]


def test_cells_across_rows_and_columns_have_spans(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.rectangle(60, 100, 100, 160)
        sheet.rectangle(100, 100, 300, 120)
        for i, text in enumerate("三、果"):
            sheet.text(74, 112 + i * 15, text)
        sheet.text(180, 114, "合并")
        sheet.table([["甲", "1"], ["乙", "2"]], [100, 200, 300], 120)

    [grid] = document_of(page).blocks
    by_text = {cell.text: cell for cell in grid.cells}
    assert (by_text["三\n、\n果"].rowspan, by_text["三\n、\n果"].colspan) == (3, 1)
    assert (by_text["合并"].row, by_text["合并"].column, by_text["合并"].colspan) == (0, 1, 2)
    assert (by_text["2"].row, by_text["2"].column) == (2, 2)


def test_a_label_over_two_lines_is_one_cell(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["", "1"], ["乙", "2"]], [60, 200, 300], 100, row_height=40)
        sheet.text(63, 112, "5.要求行政机关确认或")
        sheet.text(63, 126, "重新出具已获取信息")

    assert texts(document_of(page).blocks[0])[0] == ["5.要求行政机关确认或\n重新出具已获取信息", "1"]


def test_a_table_over_two_pages_is_two_grids_in_order(document_of) -> None:
    document = document_of(
        lambda sheet: (sheet.table(ROWS[:2], XS, 760), sheet.text(280, 830, "- 1 -")),
        lambda sheet: sheet.table(ROWS[2:], XS, 60),
    )
    assert outline(document) == ["ruled", "- 1 -", "ruled"]
    assert [block.place.page for block in document.blocks] == [1, 1, 2]
    assert texts(document.blocks[2]) == ROWS[2:]


def test_a_row_that_a_page_break_left_without_its_lower_rule_is_kept(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for x in XS:
            sheet.line(x, 100, x, 160)
        for y in (100, 120, 140):
            sheet.line(XS[0], y, XS[-1], y)
        for r, row in enumerate(ROWS[1:]):
            for x, text in zip(XS, row, strict=False):
                sheet.text(x + 3, 114 + r * 20, text)

    assert texts(document_of(page).blocks[0]) == ROWS[1:]


def test_a_frame_around_each_line_of_prose_is_no_table(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for i in range(4):
            sheet.rectangle(60, 100 + 20 * i, 500, 120 + 20 * i)
            sheet.text(63, 114 + 20 * i, f"第{i}行正文")

    assert outline(document_of(page)) == [f"第{i}行正文" for i in range(4)]


def test_white_boxes_behind_prose_do_not_reach_into_the_table_below(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for i in range(3):
            sheet.rectangle(58, 40 + 20 * i, 502, 60 + 20 * i, fill="white")
            sheet.text(63, 54 + 20 * i, f"第{i}行正文")
        sheet.table(ROWS, XS, 100)

    document = document_of(page)
    assert outline(document) == ["第0行正文", "第1行正文", "第2行正文", "ruled"]


def test_white_cells_on_a_dark_ground_are_a_table(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.rectangle(59, 99, 301, 161, fill="black")
        for r in range(3):
            for c in range(2):
                sheet.rectangle(60 + 120 * c, 100 + 20 * r, 179 + 120 * c, 119 + 20 * r, fill="white")
                sheet.text(65 + 120 * c, 114 + 20 * r, f"{r}{c}")

    assert texts(document_of(page).blocks[0]) == [["00", "01"], ["10", "11"], ["20", "21"]]


def test_a_coloured_highlight_in_a_cell_does_not_part_it(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.rectangle(262, 121, 290, 139, fill="yellow")
        sheet.table(ROWS, XS, 100)

    assert texts(document_of(page).blocks[0]) == ROWS


def test_a_row_of_prose_across_the_table_parts_it(document_of) -> None:
    prose = "2023年，我局认真贯彻落实条例。"
    rows = [ROWS[1], [prose, None, None, None], ROWS[2]]
    document = document_of(lambda sheet: sheet.table(rows, XS, 100))
    assert outline(document) == ["ruled", prose, "ruled"]
    assert texts(document.blocks[2]) == [ROWS[2]]


def test_a_row_across_the_table_that_is_a_label_stays_in_it(document_of) -> None:
    rows = [ROWS[1], ["第二十条第（五）项", None, None, None], ROWS[2]]
    [grid] = document_of(lambda sheet: sheet.table(rows, XS, 100)).blocks
    assert texts(grid)[1] == ["第二十条第（五）项"]


def test_figures_under_a_missing_upright_rule_are_parted(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(ROWS[:2], XS, 100)
        sheet.table([["（一）予以公开", "", None, "3"]], XS, 140)
        sheet.text(263, 154, "0")
        sheet.text(343, 154, "12")

    assert texts(document_of(page).blocks[0])[2] == ["（一）予以公开", "0", "12", "3"]


def test_rows_without_a_level_rule_between_them_are_parted_by_their_figures(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for x in XS:
            sheet.line(x, 100, x, 180)
        for y in (100, 120, 180):
            sheet.line(XS[0], y, XS[-1], y)
        for x, text in zip(XS, ROWS[0], strict=False):
            sheet.text(x + 3, 114, text)
        for r, row in enumerate(ROWS[1:]):
            for x, text in zip(XS, row, strict=False):
                sheet.text(x + 3, 134 + r * 20, text)

    [grid] = document_of(page).blocks
    assert texts(grid)[1:] == ROWS[1:]


def test_a_figure_that_is_wrapped_in_its_cell_is_not_taken_for_two_rows(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["10", "", "", "0"], ["1", "2", "3", "4"]], XS, 100, row_height=40)
        sheet.text(263, 112, "1")
        sheet.text(263, 126, "2")

    grid = document_of(page).blocks[0]
    assert texts(grid) == [["10", "1\n2", "", "0"], ["1", "2", "3", "4"]]


def test_a_figure_below_its_column_s_name_without_a_rule_between_them(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for x0, x1, y in ((60, 200, 200), (60, 200, 220), (60, 300, 240), (200, 300, 200)):
            sheet.line(x0, y, x1, y)
        for x in (60, 200, 300):
            sheet.line(x, 200, x, 240)
        for x, y, text in (
            (63, 214, "信息内容"),
            (203, 214, "处理决定数量"),
            (63, 234, "行政处罚"),
            (203, 234, "1162"),
        ):
            sheet.text(x, y, text)

    grid = document_of(page).blocks[0]
    assert texts(grid) == [["信息内容", "处理决定数量"], ["行政处罚", "1162"]]


def test_figures_that_are_all_wrapped_beside_a_label_of_one_line_are_one_row(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table([["规范性文件", "", "", ""], ["规章", "1", "2", "3"]], XS, 100, row_height=40)
        for x, upper, lower in zip(XS[1:], "232", "053", strict=False):
            sheet.text(x + 3, 112, upper)
            sheet.text(x + 3, 126, lower)

    grid = document_of(page).blocks[0]
    assert texts(grid) == [["规范性文件", "2\n0", "3\n5", "2\n3"], ["规章", "1", "2", "3"]]


def test_text_in_a_gap_of_the_ruling_gets_a_cell(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.table(ROWS[1:], XS, 120)
        sheet.table([["商业企业", "总计"]], XS[2:], 100)
        sheet.text(100, 114, "信息内容")

    assert texts(document_of(page).blocks[0])[0] == ["信息内容", "商业企业", "总计"]


def test_dotted_borders_are_rules(document_of) -> None:
    def page(sheet: Sheet) -> None:
        def dots(x0: float, y0: float, x1: float, y1: float) -> None:
            steps = int(max(x1 - x0, y1 - y0) / 1.5)
            for i in range(steps + 1):
                x, y = x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
                sheet.rectangle(x - 0.35, y - 0.35, x + 0.35, y + 0.35, fill="black")

        for y in (100, 120, 140):
            dots(60, y, 300, y)
        for x in (60, 200, 300):
            dots(x, 100, x, 140)
        for (x, y), text in {(63, 114): "规章", (203, 114): "7", (63, 134): "文件", (203, 134): "8"}.items():
            sheet.text(x, y, text)

    assert texts(document_of(page).blocks[0]) == [["规章", "7"], ["文件", "8"]]


def test_a_title_set_wide_is_a_paragraph(document_of) -> None:
    def page(sheet: Sheet) -> None:
        for i, char in enumerate("年度工作报告"):
            sheet.text(60 + 40 * i, 60, char, size=20)

    assert outline(document_of(page)) == ["年 度 工 作 报 告"]


def test_sideways_text_in_a_cell_is_read_in_its_own_direction(document_of) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 60, "三、收到和处理政府信息公开申请情况")
        sheet.table([["", "1"]], [60, 200, 300], 100, row_height=80)
        sheet.canvas.translate(120, HEIGHT - 170)
        sheet.canvas.rotate(90)
        sheet.text(0, sheet.height, "办理结果")

    assert texts(document_of(page).blocks[1]) == [["办理结果", "1"]]


def characters(document: Document) -> Counter[str]:
    found = [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    found += [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return Counter(re.sub(r"\s", "", "".join(found)))


word = st.text("甲乙丙丁0123456789", min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.sampled_from(["lines", "rectangles", "thin", "open", "level", "none"]),
    rows=st.lists(st.lists(st.one_of(word, st.none()), min_size=4, max_size=4), min_size=1, max_size=6),
    loose=st.lists(word, max_size=5),
)
def test_no_character_is_lost_or_made_up_and_every_place_holds_its_text(tmp_path: Path, rules, rows, loose) -> None:
    def page(sheet: Sheet) -> None:
        for i, text in enumerate(loose):
            sheet.text(5, 300 + 20 * i, text)
        sheet.text(5, 20, "页首")
        sheet.table([[row[0] or "", *row[1:]] for row in rows], XS, 100, rules=rules)

    path = make_pdf(tmp_path / "report.pdf", [page])
    document = read(path)
    with pdfplumber.open(path) as pdf:
        printed = [char for char in pdf.pages[0].chars if not char["text"].isspace()]
    assert characters(document) == Counter(char["text"] for char in printed)
    for block in document.blocks:
        for item in block.cells if isinstance(block, Grid) else [block]:
            if item.text:
                place = item.place
                inside = [
                    char["text"]
                    for char in printed
                    if place.x0 <= (char["x0"] + char["x1"]) / 2 <= place.x1
                    and place.top <= (char["top"] + char["bottom"]) / 2 <= place.bottom
                ]
                assert sorted(inside) == sorted(re.sub(r"\s", "", item.text))
