"""The codebook: current, complete, and the same for forms, crosswalk and names as they are."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.corpus.codebook import codebook, document
from gongkai.corpus.panel import indicators, wide
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.crosswalk import crosswalk, links
from gongkai.corpus.panel.variables import cell_variables, names, variable_name
from gongkai.forms import all_forms, cell_id

PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"


def test_the_page_is_what_forms_and_registry_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "run: python -m gongkai.corpus.codebook > docs/codebook.md"


def test_every_variable_is_in_it() -> None:
    page = document()
    known = [*wide.variables(), *indicators.indicators()]
    known += [name for table in ("long", "reports", "findings", "repairs", "texts") for name in columns(table)]
    assert [name for name in known if f"`{name}`" not in page] == []


def test_it_comes_in_either_language_and_as_a_page_that_fetches_nothing() -> None:
    assert "本年新收·总计" in codebook("zh")
    assert "new requests · total" not in codebook("zh")
    english = codebook("en")
    assert "new requests · total" in english
    # What stays Chinese: names of acts, places on the form and papers, and the marks of the form.
    assert "本年新收" not in english
    html = codebook("en", html=True)
    assert html.startswith("<!doctype html>")
    assert "<code>req_new_total</code>" in html
    assert not re.search(r"<script|src=|href=|url\(|@import", html)


def test_commands_print_it() -> None:
    done = CliRunner().invoke(app, ["codebook", "--language", "en"])
    assert (done.exit_code, done.stdout) == (0, codebook("en"))
    assert CliRunner().invoke(app, ["codebook", "--html"]).stdout == codebook("zh", html=True)


def test_names_of_cells_are_short_unique_and_valid() -> None:
    given = [variable.name for variable in wide.variables(status=True, flags=True, deduced=True).values()]
    assert len(given) == len(set(given))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in given)
    longest = names()["longest"]
    assert all(len(variable.name) <= longest for variable in cell_variables().values())
    assert all(len(variable) + len("_why") <= 32 - 4 for variable in indicators.indicators())


def test_names_that_others_rely_on_stay() -> None:
    assert variable_name("requests", "denied_state_secret", "natural_person") == "req_denied_secret_person"
    assert variable_name("requests", "other_not_corrected", "total") == "req_other_overdue_total"
    assert variable_name("litigation", "suit_after_review", "corrected") == "lit_suit_after_corrected"
    assert variable_name("disclosure", "normative_documents", "in_force") == "dis_normative_in_force"


def test_every_word_of_the_names_is_on_a_form() -> None:
    tables = [table for form in all_forms().values() for table in form.tables.values()]
    rows = {row.id for table in tables for row in table.rows}
    found = {column.id for table in tables for row in table.rows for column in row.columns}
    assert set(names()["tables"]) <= {table.id for table in tables}
    assert set(names()["rows"]) <= rows
    assert set(names()["columns"]) <= found


def test_every_cell_of_every_form_has_a_variable_and_a_place_in_the_crosswalk() -> None:
    cells = {
        form.id: {cell_id(t.id, r.id, c.id) for t in form.tables.values() for r, c in t.cells()}
        for form in all_forms().values()
    }
    assert set(cell_variables()) == set().union(*cells.values())
    for form, ids in cells.items():
        linked = {id for link in links() if link.relation in ("same", "only") for id in link.cells.get(form, ())}
        assert linked == ids
    for link in links():
        for form, ids in link.cells.items():
            assert set(ids) <= cells[form]


def test_what_is_on_one_form_only_is_explained_or_adds_up() -> None:
    table = crosswalk().set_index("relation")
    assert table.loc[["sum"], "2021"].str.count(r"\+").eq(2).all()
    assert len(table.loc[["sum"]]) == 7
    assert set(table.loc[["near"], "2019"]) == {
        f"disclosure/{row}/{column}"
        for row in ("regulations", "normative_documents")
        for column in ("created", "total_public")
    }
    assert (table.loc[["same"], "2019"] == table.loc[["same"], "2021"]).all()
    assert len(table.loc[["same"]]) == 172
