"""Which cells of the official forms correspond: same id, same thing; `crosswalk.toml` says what the ids do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gongkai.corpus.panel.variables import Variable, cell_variables, data, label, variable_name
from gongkai.forms import Row, all_forms, cell_id, newest_form
from gongkai.wording import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Link:
    """Cells that correspond: `cells` by form, several where they add up. `relation` is `same`, `sum` (the forms' cells
    add up to the same), `near` (alike, but not to be joined) or `only` (on one form)."""

    relation: str
    cells: dict[str, tuple[str, ...]]
    note: Text = ("", "")
    variable: Variable | None = None


def crosswalk() -> pd.DataFrame:
    """The forms side by side: `relation`, the ids of each form's cells in a column named by the form (joined by " + "),
    `variable` for a sum, and what must be known in `note_zh` and `note_en`."""
    import pandas as pd

    rows = [
        {
            "relation": link.relation,
            **{form: " + ".join(link.cells.get(form, ())) for form in all_forms()},
            "variable": link.variable.name if link.variable else "",
            "note_zh": link.note[0],
            "note_en": link.note[1],
        }
        for link in links()
    ]
    return pd.DataFrame(rows, dtype="str")


@cache
def links() -> tuple[Link, ...]:
    """Every correspondence: those of the ids in the order of the wide table, then the near ones and the sums."""
    said = data("crosswalk.toml")
    return (*_by_id(said["same"]), *_near(said["near"]), *_sums(said["sum"]))


@cache
def sums() -> dict[str, Link]:
    """The sums by the name of their variable."""
    return {link.variable.name: link for link in links() if link.variable}


def _by_id(notes: list[dict[str, Any]]) -> Iterator[Link]:
    for id, variable in cell_variables().items():
        table, _, column = id.split("/")
        note = next((_note(entry) for entry in notes if (entry["table"], entry["column"]) == (table, column)), ("", ""))
        relation = "same" if len(variable.forms) > 1 else "only"
        yield Link(relation, dict.fromkeys(variable.forms, (id,)), note)


def _near(entries: list[dict[str, Any]]) -> Iterator[Link]:
    for entry in entries:
        for row in entry["rows"]:
            near: dict[str, tuple[str, ...]] = {
                form: (cell_id(entry["table"], row, column),) for form, column in entry["columns"].items()
            }
            yield Link("near", near, _note(entry))


def _sums(entries: list[dict[str, Any]]) -> Iterator[Link]:
    for entry in entries:
        table = newest_form().tables[entry["table"]]
        for column in table.rows[0].columns:
            cells = {
                form: tuple(cell_id(table.id, row, column.id) for row in rows) for form, rows in entry["rows"].items()
            }
            variable = Variable(
                name=variable_name(table.id, entry["row"], column.id),
                label=label(
                    table, Row(entry["row"], entry["zh"], entry["en"], table.rows[0].columns, short=entry["zh"]), column
                ),
                note=_note(entry),
                kind=column.kind,
                forms=tuple(entry["rows"]),
            )
            yield Link("sum", cells, _note(entry), variable)


def _note(entry: dict[str, Any]) -> Text:
    return entry["note_zh"], entry["note_en"]
