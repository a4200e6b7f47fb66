"""Which line is which row, and which figure in which column, in documents as readers of pages make them."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.document import ILLEGIBLE, Block, Cell, Document, Grid, Paragraph, Place
from gongkai.forms import load_form
from gongkai.parsing import from_document
from gongkai.parsing.lines import lines_of
from gongkai.parsing.rows import Labels, align
from gongkai.report import Report

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def spaced(*rows: Sequence[str], top: float = 0.0) -> Grid:
    """Words in columns 50 points wide, a row every 20 points."""
    cells = [
        Cell(text, r, c, place=Place(1, 50.0 * c, top + 20 * r, 50.0 * c + 20, top + 20 * r + 10))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Grid(tuple(cells), "spaced")


def ruled(*rows: Sequence[str], flags: tuple[str, ...] = ()) -> Grid:
    return Grid(tuple(Cell(text, r, c, flags=flags) for r, row in enumerate(rows) for c, text in enumerate(row)))


def litigation(figures: Sequence[str]) -> Report:
    """A report with nothing but the fourth table, printed as one row of fifteen figures."""
    blocks = [
        Paragraph("某市水务局2022年政府信息公开工作年度报告"),
        Paragraph("四、政府信息公开行政复议、行政诉讼情况", heading=True),
        ruled(RESULTS * 3, figures),
    ]
    return from_document(Document("t.pdf", "pdf", blocks), "t.pdf")


def flags_of(blocks: list[Block], table: str) -> dict[str, tuple[str, ...]]:
    """The flags of every row that lines were taken for."""
    alignment = align(Labels.of(lines_of(Document("t.pdf", "pdf", blocks))), load_form("2021").tables[table])
    return {match.row.id: match.flags for match in alignment.matches}


def printed(report: Report, row: str) -> list[str]:
    return report.cells.loc[report.cells["row"] == row, "raw"].tolist()


def test_figures_between_two_halves_of_labels_may_be_either_row_s() -> None:
    blocks = [
        spaced(["8.属于行政查询事项", "1", "", "", "", "", "", "1"]),
        Paragraph("三、本年度办1.本机关不掌握相关政府信"),
        spaced(["理结果", "息", "52", "3", "", "", "1", "", "56"]),
        Paragraph("（四）无法2.没有现成信息需要另行制"),
        Paragraph("提供"),
        Paragraph("作"),
        spaced(["3.补正后申请内容仍不明确", "5", "", "", "", "1", "", "6"]),
        spaced(["2.重复申请", "1", "", "", "", "", "", "1"]),
    ]
    found = flags_of(blocks, "requests")
    assert found["unavailable_not_held"] == found["unavailable_needs_creation"] == ("label_guess",)
    assert found["unavailable_unclear"] == found["denied_administrative_query"] == ()


def test_figures_whose_label_is_lost_are_not_the_blank_row_s_beside_them() -> None:
    label = Cell(".", 0, 0, place=Place(1, 0, 0, 20, 10), flags=("low_confidence",))
    lost = spaced(["", "25", "15", "68"])
    blocks = [
        Paragraph("规章"),
        Grid((label, *lost.cells[1:]), "spaced"),
        spaced(["行政许可", "29"]),
        spaced(["行政处罚", "7"]),
        spaced(["行政强制", "2"]),
    ]
    assert flags_of(blocks, "disclosure")["regulations"] == ("label_guess",)


def test_a_word_among_figures_takes_none_of_them_for_its_label() -> None:
    report = litigation(["14", "无数据", "7", "0", "21", *"0000000000"])
    assert printed(report, "review") == ["14", "无数据", "7", "0", "21"]
    assert printed(report, "suit_direct") == ["0"] * 5


def test_what_cannot_be_read_keeps_its_place_among_figures() -> None:
    report = litigation(["14", ILLEGIBLE, "7", "0", "21", *"0000000000"])
    assert printed(report, "review") == ["14", ILLEGIBLE, "7", "0", "21"]
    statuses = report.cells.loc[report.cells["row"] == "review", "status"].tolist()
    assert statuses == ["number", "unreadable", "number", "number", "number"]


def test_a_subtotal_below_a_row_left_blank_is_not_that_row_beyond_doubt() -> None:
    figures = ["1", "0", "0", "0", "0", "0", "1"]
    blank = [""] * len(figures)
    rows = [
        ["（四）无法提供", "本机关不掌握相关政府信息", *figures],
        ["", "没有现成信息需要另行制作", *figures],
        ["", "补正后申请内容仍不明确", *blank],
        ["（五）不予处理", "小计", *figures],
        ["", "信访举报投诉类申请", *figures],
        ["", "重复申请", *figures],
    ]
    flags = flags_of([Paragraph("三、收到和处理政府信息公开申请情况"), ruled(*rows)], "requests")
    assert flags["unavailable_unclear"]
    assert not flags["unavailable_not_held"]


def test_words_in_the_cell_of_a_figure_are_no_label() -> None:
    header = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = [header, ["规章", "见附件", "0", "0"], ["行政规范性文件", "33", "2", "21"]]
    flags = flags_of([Paragraph("二、主动公开政府信息情况"), ruled(*rows)], "disclosure")
    assert not flags["regulations"]
    assert not flags["normative_documents"]
