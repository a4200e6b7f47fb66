"""A table of the panel on its way out: in pieces, every column described, every piece held to a schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from gongkai.corpus.panel import indicators as rates
from gongkai.corpus.panel import wide
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.variables import Variable, cell_variables, suffixed
from gongkai.publish.schemas import exactly, hold_to

if TYPE_CHECKING:
    from gongkai.corpus.panel import Panel
    from gongkai.corpus.panel.panel import Shape

# A row of each shape is known by these columns.
_KEYS = {"wide": ["report"], "long": ["report", "id"]}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A table with the variable of every column. `pieces` are its rows, which can be gone through once.

    The statuses of the wide table's cells are always in the pieces, since they say why a value is missing: those that
    were not asked for are `hidden`.
    """

    name: str
    variables: Mapping[str, Variable]
    hidden: frozenset[str]
    pieces: Iterable[pd.DataFrame]

    @property
    def shown(self) -> dict[str, Variable]:
        """The variables that were asked for."""
        return {name: variable for name, variable in self.variables.items() if name not in self.hidden}

    def tables(self) -> Iterator[pd.DataFrame]:
        """The pieces, with what was asked for."""
        return (piece.drop(columns=list(self.hidden)) for piece in self.pieces)

    def whole(self) -> pd.DataFrame:
        """All rows, with what is hidden."""
        return pd.concat(list(self.pieces), ignore_index=True)


def outgoing(panel: Panel, shape: Shape, *, preferred: bool = True, status: bool = False, **options: bool) -> Outgoing:
    """A table of the panel to be written; going through it raises TableError when a piece is at fault.

    `options` are those of `Panel.wide`: `flags`, `deduced`, `indicators`. The long table has all but indicators.
    """
    if shape == "long":
        found, hidden, options = columns("long"), frozenset[str](), {}
    else:
        found = _wide_variables(**options)
        statuses = {suffixed(cell.name, "status") for cell in cell_variables().values()}
        hidden, options = frozenset(() if status else statuses), {**options, "status": True}
    pieces = _held(shape, found, panel.pieces(shape, preferred=preferred, **options))
    return Outgoing(shape, found, hidden, pieces)


def _wide_variables(indicators: bool = False, **options: bool) -> dict[str, Variable]:
    found = wide.variables(status=True, **options)
    return {**found, **rates.variables()} if indicators else found


def _held(shape: Shape, variables: Mapping[str, Variable], pieces: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    schema = _schema(shape, variables)
    for piece in pieces:
        hold_to(schema, piece)
        yield piece


def _schema(shape: Shape, variables: Mapping[str, Variable]) -> pa.DataFrameSchema:
    """Exactly the variables, in their order, with their dtypes; categories have their values, keys are unique."""
    dtypes = {name: variable.dtype for name, variable in variables.items()}
    valid = {name: pa.Check.isin(["", *variable.values]) for name, variable in variables.items() if variable.values}
    return exactly(shape, dtypes, valid, optional=variables.keys() - _KEYS[shape], unique=_KEYS[shape])
