"""A table of the panel on its way out: with a description of every column, held to a schema made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandera.pandas as pa

from gongkai.corpus.panel import indicators as rates
from gongkai.corpus.panel import wide
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.variables import Variable, cell_variables, suffixed
from gongkai.publish.schemas import hold_to
from gongkai.tables import frame

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.corpus.panel import Panel

Shape = Literal["wide", "long"]
# A row of each shape is known by these columns.
_KEYS = {"wide": ["report"], "long": ["report", "id"]}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A table with the variable of every column, and how its cells without a number are told apart.

    `missing` gives for columns of cells the status of each row (`gongkai.corpus.panel.matrix.CELL_STATUSES`).
    """

    name: str
    table: pd.DataFrame
    variables: Mapping[str, Variable]
    missing: Mapping[str, pd.Series]


def outgoing(
    panel: Panel,
    shape: Shape,
    *,
    preferred: bool = True,
    status: bool = False,
    flags: bool = False,
    deduced: bool = False,
    indicators: bool = True,
) -> Outgoing:
    """A table of the panel to be written, checked against its schema; TableError when it is at fault.

    `status`, `flags`, `deduced` and `indicators` are the options of `Panel.wide`; the long table has all but the last.
    """
    if shape == "long":
        found = Outgoing("long", panel.long(preferred=preferred), columns("long"), {})
    else:
        table = panel.wide(preferred=preferred, status=True, flags=flags, deduced=deduced, indicators=indicators)
        found = _wide(table, status, wide.variables(status=status, flags=flags, deduced=deduced), indicators)
    hold_to(_schema(found), found.table)
    return found


def _wide(table: pd.DataFrame, status: bool, variables: dict[str, Variable], indicators: bool) -> Outgoing:
    statuses = {cell.name: table[suffixed(cell.name, "status")] for cell in cell_variables().values()}
    if indicators:
        variables = variables | rates.variables()
    if not status:
        table = table.drop(columns=[series.name for series in statuses.values()])
    return Outgoing("wide", table, {name: variables[name] for name in table.columns}, statuses)


def _schema(found: Outgoing) -> pa.DataFrameSchema:
    """Exactly the variables, in their order, with their dtypes; categories have their values, keys are unique."""
    dtypes = frame([], {name: variable.dtype for name, variable in found.variables.items()}).dtypes
    described = {
        name: pa.Column(
            dtypes[name],
            checks=pa.Check.isin(["", *variable.values]) if variable.values else None,
            nullable=name not in _KEYS[found.name],
        )
        for name, variable in found.variables.items()
    }
    return pa.DataFrameSchema(described, name=found.name, strict=True, ordered=True, unique=_KEYS[found.name])
