"""A real published PDF, where the machine has it: its figures are those that stand in the report."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from PIL import ImageChops

from gongkai.document import Document, Grid
from gongkai.readers.pdf import read
from gongkai.readers.picture import page_picture

SAMPLE = Path(__file__).parents[2] / "shared/samples/hongze_2023.pdf"

pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample report is not on this machine")


@pytest.fixture(scope="module")
def document() -> Document:
    return read(SAMPLE)


def rows(document: Document) -> list[list[str]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert {grid.kind for grid in grids} == {"ruled"}
    return [[cell.text for cell in row] for grid in grids for row in grid.rows()]


@pytest.mark.parametrize(
    "row",
    [
        ["行政规范性文件", "0", "5", "5"],
        ["行政许可", "550"],
        ["行政处罚", "4119"],
        ["行政事业性收费", "7730.28"],
        ["一、本年新收政府信息公开申请数量", "21", "0", "0", "0", "0", "0", "21"],
        ["2.其他法律行政止公开", "0", "0", "0", "0", "0", "0", "0"],
        ["2.没有现成信息需要另行制作", "3", "0", "0", "0", "0", "0", "3"],
        ["3.补正后申请内容仍不明确", "0", "0", "0", "0", "0", "0", "0"],
        ["（七）总计", "21", "0", "0", "0", "0", "0", "21"],
        ["四、结转下年度继续办理", "0", "0", "0", "0", "0", "0", "0"],
        ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"],
    ],
)
def test_a_row_as_it_is_printed(document: Document, row: list[str]) -> None:
    assert row in rows(document)


def test_the_column_of_upright_characters(document: Document) -> None:
    assert "三\n、\n本\n年\n度\n办\n理\n结\n果" in [cell for row in rows(document) for cell in row]


def test_prose_in_boxes_is_prose(document: Document) -> None:
    paragraphs = [block.text for block in document.blocks if not isinstance(block, Grid)]
    assert "务新媒体动态全面监管，按照管理标准定期检查，及时关停整合" in paragraphs
    assert not any("。" in cell for row in rows(document) for cell in row)


def test_every_page_was_read_the_fast_way(document: Document) -> None:
    assert document.notes == []


def test_every_cell_is_where_pdfplumber_has_its_characters(document: Document) -> None:
    with pdfplumber.open(SAMPLE) as pdf:
        printed = {page.page_number: page.chars for page in pdf.pages}
    cells = [cell for block in document.blocks if isinstance(block, Grid) for cell in block.cells if cell.text]
    assert len(cells) > 250
    for cell in cells:
        place = cell.place
        inside = [
            char["text"]
            for char in printed[place.page]
            if place.x0 <= (char["x0"] + char["x1"]) / 2 <= place.x1
            and place.top <= (char["top"] + char["bottom"]) / 2 <= place.bottom
        ]
        assert sorted("".join(inside).replace(" ", "")) == sorted("".join(cell.text.split()))


def test_a_page_with_a_cell_outlined(document: Document) -> None:
    cell = next(
        cell for block in document.blocks if isinstance(block, Grid) for cell in block.cells if cell.text == "7730.28"
    )
    place = cell.place
    plain = page_picture(SAMPLE, place.page, resolution=72)
    marked = page_picture(SAMPLE, place.page, [(place.x0, place.top, place.x1, place.bottom)], resolution=72)
    assert marked.size == plain.size == (595, 842)
    x0, top, x1, bottom = ImageChops.difference(plain, marked).getbbox()
    assert place.x0 - 6 < x0 < place.x0 < place.x1 < x1 < place.x1 + 6
    assert place.top - 6 < top < place.top < place.bottom < bottom < place.bottom + 6
