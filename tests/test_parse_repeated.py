"""A table that is printed twice with other figures: the first one counts, and is doubted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from html_pages import requests_table

import gongkai as gk

TABLE = requests_table(dress=str)
OTHER = re.sub(r"(<td[^<]*>)(\d+)", r"\g<1>9\2", TABLE)
BLANK = re.sub(r"(<td[^<]*>)(\d+)", r"\g<1>", TABLE)


@pytest.fixture
def parse(tmp_path: Path):
    def parse(*tables: str) -> tuple[list[str], set[str]]:
        """The texts of the cells of table 三, and all their flags."""
        path = tmp_path / "report.html"
        body = "".join(f"<p>说明</p>{table}" for table in tables)
        path.write_text(f"<h1>某局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>{body}")
        cells = gk.parse(path).cells
        of_table = cells.loc[cells["table"].eq("requests") & cells["status"].ne("absent")]
        return of_table["raw"].tolist(), set(of_table["flags"])

    return parse


def test_another_table_below_is_not_read_and_that_is_said(parse) -> None:
    texts, flags = parse(TABLE)
    assert flags == {""}
    assert parse(TABLE, OTHER) == (texts, {"another_table"})


def test_the_first_of_two_counts_even_where_it_was_left_blank(parse) -> None:
    texts, flags = parse(BLANK, TABLE)
    assert set(texts) == {""}
    assert flags == {"another_table"}


def test_the_same_figures_twice_are_no_doubt(parse) -> None:
    assert parse(TABLE, TABLE) == parse(TABLE)
