"""The truth of a synthetic report: who reports what, every cell as printed, and the report's text in printed order."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from benchmarks.synthetic.names import Organ
from gongkai.forms import Equation, Table, cell_id, load_form


@dataclass(frozen=True, slots=True)
class CellTruth:
    """A cell as printed. `uncertain`: the file does not tell where the figure belongs; it must be flagged or right."""

    id: str
    raw: str
    status: str
    value: float | None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Defect:
    """An inconsistency put in on purpose: the cell, the consistent value and the printed one."""

    id: str
    consistent: float
    printed: float


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the report in printed order; `kind` is title, meta, paragraph, heading, table or signature."""

    kind: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful human says the report says."""

    seed: int
    organ: Organ
    year: int
    published: dt.date
    forms: dict[str, str]
    figures: dict[str, float]
    cells: dict[str, CellTruth]
    flow: tuple[Item, ...]
    defects: tuple[Defect, ...] = field(default=())

    def table(self, id: str) -> Table:
        """The official table that the report's table follows."""
        return load_form(self.forms[id]).tables[id]

    def equations(self, table: str) -> list[Equation]:
        """The equations that hold on a table of the report."""
        return [equation for equation in load_form(self.forms[table]).equations if equation.table == table]

    def ids(self, table: str) -> list[str]:
        """The ids of a table's cells in printed order."""
        return [cell_id(table, row.id, column.id) for row, column in self.table(table).cells()]

    def with_cells(self, cells: dict[str, CellTruth]) -> Truth:
        """A copy in which these cells replace those of the same ids."""
        return replace(self, cells={**self.cells, **cells})

    def to_dict(self) -> dict[str, Any]:
        """The truth as plain JSON types."""
        return {**asdict(self), "published": self.published.isoformat()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Truth:
        """The truth that `to_dict` wrote."""
        return cls(
            **{
                **data,
                "organ": Organ(**{**data["organ"], "areas": tuple(data["organ"]["areas"])}),
                "published": dt.date.fromisoformat(data["published"]),
                "cells": {id: CellTruth(**cell) for id, cell in data["cells"].items()},
                "flow": tuple(Item(**item) for item in data["flow"]),
                "defects": tuple(Defect(**defect) for defect in data["defects"]),
            }
        )
