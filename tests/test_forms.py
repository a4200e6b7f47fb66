"""The form files hold what FORM.md and the two notices say."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import gongkai as gk
from gongkai.forms import all_forms, form_for_year, load_form, loader

APPLICANTS = ["natural_person", "business", "research", "public_interest", "legal_service", "other_org", "total"]


@pytest.mark.parametrize(("form", "cells"), [("2019", (22, 23 * 7, 15)), ("2021", (10, 25 * 7, 15))])
def test_number_of_cells(form: str, cells: tuple[int, int, int]) -> None:
    tables = load_form(form).tables
    assert tuple(sum(1 for _ in tables[id].cells()) for id in ("disclosure", "requests", "litigation")) == cells
    assert [column.id for column in tables["requests"].rows[0].columns] == APPLICANTS


def test_only_the_2021_form_parts_other_treatment() -> None:
    rows = {form: {row.id for row in load_form(form).tables["requests"].rows} for form in ("2019", "2021")}
    assert rows["2019"] - rows["2021"] == {"other"}
    assert rows["2021"] - rows["2019"] == {"other_not_corrected", "other_fee_unpaid", "other_other"}


@pytest.mark.parametrize(
    ("year", "form"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021"), (None, None)]
)
def test_form_of_a_year(year: int | None, form: str | None) -> None:
    found = form_for_year(year)
    assert (found.id if found else None) == form


def test_equations_of_one_year() -> None:
    equations = [equation for equation in load_form("2021").equations if not equation.across_years]
    counts = {rule: sum(equation.rule == rule for equation in equations) for rule in {e.rule for e in equations}}
    assert counts == {"balance": 7, "outcome_sum": 7, "applicant_sum": 25, "litigation_sum": 3}
    outcome = next(equation for equation in equations if equation.rule == "outcome_sum")
    assert len(outcome.right) == 21  # every row of part three but its total


def test_equations_across_years() -> None:
    def across(form: str) -> set[tuple[str, str]]:
        return {(e.rule, e.key) for e in load_form(form).equations if e.across_years}

    carried = {("carry_over", column) for column in APPLICANTS}
    assert across("2021") == carried | {("stock_flow", "regulations"), ("stock_flow", "normative_documents")}
    items = ("licensing", "other_services", "penalties", "compulsion", "fees")
    assert across("2019") == carried | {("item_flow", row) for row in items}


def test_stock_flow_subtracts_what_was_repealed() -> None:
    (equation,) = [e for e in load_form("2021").equations if (e.rule, e.key) == ("stock_flow", "regulations")]
    assert [(term.id.split("/")[2], term.sign, term.previous) for term in equation.right] == [
        ("in_force", 1, True),
        ("made", 1, False),
        ("repealed", -1, False),
    ]


@pytest.fixture
def form_of_2030(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of forms with one more file in it: a new first row of table 三, a new name for a column of table 二."""
    for file in resources.files("gongkai.forms").iterdir():
        if file.name.endswith(".toml"):
            (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "2021.toml").read_text(encoding="utf-8")
    text = text.replace('id = "2021"', 'id = "2030"').replace("first_year = 2021", "first_year = 2030")
    text = text.replace('label = "本年制发件数"', 'label = "本年出台文件总数"')
    first = '  { id = "new", label = "一、本年新收政府信息公开申请数量"'
    assert text.count(first) == 1
    text = text.replace(first, '  { id = "online", label = "其中网上申请数量", en = "received online" },\n' + first)
    (tmp_path / "2030.toml").write_text(text, encoding="utf-8")
    files = resources.files
    monkeypatch.setattr(
        loader.resources, "files", lambda package: tmp_path if package == "gongkai.forms" else files(package)
    )
    all_forms.cache_clear()
    yield
    monkeypatch.undo()
    all_forms.cache_clear()


@pytest.mark.usefixtures("form_of_2030")
def test_a_form_of_a_later_year_is_one_new_file(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "data" / "raw" / "examples" / "table.md"
    text = example.read_text(encoding="utf-8").replace("2023", "2030").replace("本年制发件数", "本年出台文件总数")
    lines = text.split("\n")
    new = next(i for i, line in enumerate(lines) if "本年新收政府信息公开申请数量" in line)
    lines.insert(new, "| 其中网上申请数量 | | | 3 | 0 | 0 | 0 | 0 | 0 | 3 |")
    path = tmp_path / "later.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    all_forms.cache_clear()
    report = gk.parse(path)
    assert report.forms["requests"] == "2030"
    assert report.forms["disclosure"] == "2030"
    assert report.printed()["requests/online/total"] == 3
    assert report.printed()["requests/new/total"] == 22
