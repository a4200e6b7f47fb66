"""The benchmark's own check of places: does the cell that a path names hold the figure?"""

from __future__ import annotations

from pathlib import Path

import docx

from benchmarks.places import place_checker

PAGE = """<html><body><table><tr><td>导航</td></tr></table>
<table><tr><th>标签</th><td>1</td></tr><tr><td><table><tr><td>2</td><td><b>3</b>4</td></tr></table></td></tr></table>"""


def test_cells_of_a_page_by_table_row_and_kind(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("gb18030"))
    check = place_checker(path)
    assert check is not None
    assert check({"path": "table[2]/tr[1]/td[1]"}, "1")
    assert check({"path": "table[3]/tr[1]/td[2]"}, "34")
    assert not check({"path": "table[3]/tr[1]/td[1]"}, "34")
    assert not check({"path": None}, "1")


def test_cells_of_a_word_file_by_table_row_and_number(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document = docx.Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.add_table(1, 2).cell(0, 1).text = "21"
    document.save(str(path))
    check = place_checker(path)
    assert check is not None
    assert check({"path": "table 2, row 1, cell 2"}, "21")
    assert not check({"path": "table 2, row 1, cell 1"}, "21")
    assert check({"path": "paragraph 3"}, "21")
    assert not check({"path": "paragraph 2"}, "21")
    assert not check({"path": "paragraph 9"}, "21")


def test_formats_whose_places_cannot_be_checked(tmp_path: Path) -> None:
    assert place_checker(tmp_path / "report.doc") is None
