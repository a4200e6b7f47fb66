"""The cells of all official forms as variables: stable names that Stata takes, labels, and the forms they stand on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from gongkai.forms import Column, Row, Table, all_forms, cell_id
from gongkai.formview.layout import Labels
from gongkai.wording import Text, brief

# The dtype of a day; pandas has none of its own.
DATE = "date32[day][pyarrow]"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the panel: `name`, `label`, and `dtype` as in `gongkai.tables`.

    `values` are the labels of a category's values. For a cell of the form `id` is its id, `kind` what the form says of
    its figures (`count`, `amount`, `change`) and `forms` the forms that have it.
    """

    name: str
    label: Text
    dtype: str = "Float64"
    values: Mapping[str, Text] = field(default_factory=dict)
    note: Text = ("", "")
    id: str = ""
    kind: str = ""
    unit: str = ""
    forms: tuple[str, ...] = ()


@cache
def data(file: str) -> dict[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))


def names() -> dict[str, Any]:
    """`names.toml`: what names of variables are made of."""
    return data("names.toml")


def variable_name(table: str, row: str, column: str) -> str:
    """The name of a cell's variable: `requests/denied_state_secret/natural_person` is `req_denied_secret_person`."""
    parts = zip(("tables", "rows", "columns"), (table, row, column), strict=True)
    return "_".join(names()[kind].get(word, word) for kind, word in parts)


def suffixed(name: str, kind: str) -> str:
    """The name of what stands beside a variable: its `status`, its `flags`, the value `deduced` for it."""
    return name + str(names()["suffixes"][kind])


@cache
def cell_variables() -> dict[str, Variable]:
    """A variable for every cell of any official form, by the cell's id: in the order of the newest form, with the
    cells that only older forms have after those they follow there."""
    order: list[str] = []
    found: dict[str, Variable] = {}
    for form in reversed(all_forms().values()):
        before = -1
        for table in form.tables.values():
            for row, column in table.cells():
                id = cell_id(table.id, row.id, column.id)
                if id not in found:
                    order.insert(before + 1, id)
                    found[id] = _variable(table, row, column)
                before = order.index(id)
    return {id: found[id] for id in order}


def expand(pattern: str, form: str) -> list[str]:
    """The ids on a form that a pattern such as `requests/denied_*/total` stands for, in the form's order."""
    from fnmatch import fnmatchcase

    table = all_forms()[form].tables.get(pattern.partition("/")[0])
    return [id for id in (table.ids() if table else ()) if fnmatchcase(id, pattern)]


def _variable(table: Table, row: Row, column: Column) -> Variable:
    id = cell_id(table.id, row.id, column.id)
    return Variable(
        name=variable_name(table.id, row.id, column.id),
        label=label(table, row, column),
        id=id,
        kind=column.kind,
        unit=column.unit,
        forms=tuple(form.id for form in all_forms().values() if id in form.tables[table.id].ids()),
    )


def label(table: Table, row: Row, column: Column) -> Text:
    """What a cell is called: 不予公开·属于国家秘密·自然人; the clauses of table 二 are left out."""
    group = "" if table.layout == "blocks" else brief(row.group)
    zh = "·".join(filter(None, (group, row.short or brief(row.label), brief(column.label))))
    return zh, f"{Labels(table, 'en').of(row)} · {column.en}"
