"""Form files to Form objects. A new form is a new TOML file in this folder; nothing here names a year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any

from gongkai.forms.model import Column, Deadline, Equation, Form, Row, Section, Statement, Table, Term, cell_id


@cache
def all_forms() -> dict[str, Form]:
    """Every official form by id, oldest first."""
    files = [file for file in resources.files(__package__).iterdir() if file.name.endswith(".toml")]
    forms = [_form(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {form.id: form for form in sorted(forms, key=lambda form: form.first_year)}


def newest_form() -> Form:
    """The official form that is in use."""
    return list(all_forms().values())[-1]


def load_form(id: str) -> Form:
    """The form with this id; KeyError when there is none."""
    return all_forms()[id]


def form_for_year(year: int | None) -> Form | None:
    """The form that a report for `year` must use, or None before the first form or when the year is not known."""
    fitting = [form for form in all_forms().values() if year is not None and form.first_year <= year]
    return fitting[-1] if fitting else None


def _form(data: dict[str, Any]) -> Form:
    tables = {name: _table(name, value) for name, value in data.items() if isinstance(value, dict)}
    return Form(
        id=data["id"],
        first_year=data["first_year"],
        issued=data["issued"],
        issued_on=data.get("issued_on"),
        sections=tuple(Section(**_tuples(section)) for section in data["section"]),
        statements=tuple(Statement(**_tuples(statement)) for statement in data["statement"]),
        deadlines=tuple(Deadline(**_tuples(deadline)) for deadline in data.get("deadline", ())),
        tables=tables,
        equations=tuple(equation for spec in data["equation"] for equation in _equations(spec, tables[spec["table"]])),
    )


def _table(id: str, data: dict[str, Any]) -> Table:
    if data["layout"] == "blocks":
        rows = tuple(row for block in data["block"] for row in _rows(block["row"], block["column"], block["label"]))
    else:
        rows = tuple(_rows(data["row"], data["column"]))
    return Table(id, data["label"], data["layout"], rows, tuple(data.get("header", ())), data.get("english", {}))


def _rows(rows: list[dict[str, Any]], columns: list[dict[str, Any]], group: str = "") -> Iterable[Row]:
    shared = tuple(Column(**_tuples(column)) for column in columns)
    for row in rows:
        yield Row(**_tuples({"group": group, **row}), columns=shared)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _equations(spec: dict[str, Any], table: Table) -> Iterable[Equation]:
    """One equation for each column, or each row, that the form file speaks of."""
    row_ids = [row.id for row in table.rows]
    if spec["each"] == "column":
        for column in table.rows[0].columns:
            sides = (
                tuple(
                    Term(cell_id(table.id, row, column.id), sign, previous)
                    for name, sign, previous in map(_term, spec[side])
                    for row in row_ids
                    if fnmatchcase(row, name)
                )
                for side in ("left", "right")
            )
            yield Equation(spec["rule"], table.id, "column", column.id, *sides)
    else:
        for row in spec.get("rows", row_ids):
            sides = (
                tuple(
                    Term(cell_id(table.id, row, name), sign, previous)
                    for name, sign, previous in map(_term, spec[side])
                )
                for side in ("left", "right")
            )
            yield Equation(spec["rule"], table.id, "row", row, *sides)


def _term(text: str) -> tuple[str, int, bool]:
    """`-made@previous` is ("made", -1, True)."""
    name, _, year = text.removeprefix("-").partition("@")
    return name, -1 if text.startswith("-") else 1, year == "previous"
