"""A table as Stata's .dta: labelled variables, categories as labelled integers, and missing values that say why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from gongkai.corpus.exports.outgoing import Outgoing
from gongkai.corpus.panel.columns import labels
from gongkai.corpus.panel.variables import DATE, Variable, cell_variables, names, suffixed
from gongkai.wording import Language, Text, in_language

# Stata 14 and later: the first version whose texts are Unicode.
_VERSION = 14
_LONGEST_LABEL = 80
_DAY_ZERO = pd.Timestamp(1960, 1, 1)
_BOOLEAN: dict[bool, Text] = {False: ("否", "no"), True: ("是", "yes")}


def write_stata(path: Path, found: Outgoing, language: Language) -> None:
    """Write `path` for Stata 14 or later, with labels in `language`.

    A category becomes an integer from 1 on with value labels. A cell of the form without a number is one of Stata's
    extended missing values, labelled: .b blank, .d dash, .t text, .u unreadable, .a absent, .n not on the form, .o no
    such table; any other missing value is `.`. Texts of more than 2,045 bytes are stored as strL.
    """
    table = found.whole()
    cells = {cell.name: suffixed(cell.name, "status") for cell in cell_variables().values()}
    statuses = {name: table[status] for name, status in cells.items() if status in table}
    columns = {name: _column(table[name], variable, statuses.get(name)) for name, variable in found.shown.items()}
    try:
        pyreadstat.write_dta(
            pd.DataFrame(columns),
            path,
            version=_VERSION,
            file_label=f"gongkai: {found.name}",
            column_labels={name: _label(variable, language) for name, variable in found.shown.items()},
            variable_value_labels={name: _reasons(language) for name in statuses} | _value_labels(found, language),
            missing_user_values={name: list(names()["missing"].values()) for name in statuses},
            variable_format={name: "%td" for name, variable in found.shown.items() if variable.dtype == DATE},
        )
    except pyreadstat.ReadstatError as error:
        # So pyreadstat calls what the system tells it, a full disk for instance.
        raise OSError(str(error)) from error


def _column(column: pd.Series, variable: Variable, status: pd.Series | None) -> pd.Series:
    """A column as pyreadstat wants it; `status` says of a cell of the form what was printed."""
    if variable.values:
        codes = {value: code for code, value in enumerate(variable.values, start=1)}
        return column.map(codes).astype("Int32")
    if variable.dtype == "boolean":
        return column.astype("Int32")
    if status is not None:
        return _with_reasons(column, status)
    if variable.dtype == "str":
        # pyreadstat loses its count of long texts at a missing one; Stata's missing text is the empty one anyway.
        return column.fillna("").str.replace("\0", "", regex=False)
    if variable.dtype == DATE:
        return (pd.to_datetime(column) - _DAY_ZERO).dt.days.astype("float64")
    return column.astype("Float64").astype("float64")


def _with_reasons(column: pd.Series, status: pd.Series) -> pd.Series:
    """The figures, and where there is none the letter of the missing value that says why."""
    # pyreadstat takes a column without any letter or number for texts, so numbers stay numbers where they can.
    figures = column.astype("float64")
    return figures.astype(object).where(column.notna(), status.map(names()["missing"])) if column.hasnans else figures


def _value_labels(found: Outgoing, language: Language) -> dict[str, dict[Any, str]]:
    """The labels of the integers that stand for categories."""
    named = {name: variable.values for name, variable in found.shown.items() if variable.values}
    coded: dict[str, dict[Any, str]] = {
        name: {code: in_language(text, language) for code, text in enumerate(values.values(), start=1)}
        for name, values in named.items()
    }
    yes_or_no = {int(value): in_language(text, language) for value, text in _BOOLEAN.items()}
    return coded | {name: yes_or_no for name, variable in found.shown.items() if variable.dtype == "boolean"}


def _reasons(language: Language) -> dict[Any, str]:
    """The labels of the extended missing values."""
    said = labels("status") | labels("no_cell")
    return {letter: in_language(said[status], language) for status, letter in names()["missing"].items()}


def _label(variable: Variable, language: Language) -> str:
    label = in_language(variable.label, language)
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
