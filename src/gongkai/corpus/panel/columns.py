"""The columns of the panel's tables, described in `columns.toml`."""

from __future__ import annotations

from functools import cache

from gongkai.corpus.panel.variables import Variable, data
from gongkai.forms import all_forms, newest_form
from gongkai.formview.words import words
from gongkai.tables import OUTCOMES, SEVERITIES, STATUSES
from gongkai.wording import Text

# Categories whose words the pages have; in the order in which Stata counts them.
_SPOKEN = {
    "status": STATUSES,
    "level": ("central", "province", "prefecture", "county", "township"),
    "kind": ("government", "department"),
    "outcome": OUTCOMES,
    "severity": SEVERITIES,
    "method": ("deduced", "localised"),
    "certainty": ("certain", "conditional", "likely", "tied"),
}


def columns(table: str) -> dict[str, Variable]:
    """The columns of a table of the panel by name, without the cells' own variables of the wide one."""
    return {
        entry["name"]: Variable(
            name=entry["name"],
            label=(entry["zh"], entry["en"]),
            dtype=entry["dtype"],
            values=labels(entry["values"]) if "values" in entry else {},
        )
        for entry in data("columns.toml")["column"]
        if table in entry["in"]
    }


@cache
def labels(category: str) -> dict[str, Text]:
    """The values of a category, each with its label."""
    if category in _SPOKEN:
        zh, en = words("zh"), words("en")
        return {value: (zh.get(category, value), en.get(category, value)) for value in _SPOKEN[category]}
    if category == "form":
        return {form.id: (f"{form.id} 年表式", f"form of {form.id}") for form in all_forms().values()}
    if category == "table":
        newest = newest_form()
        sections = {section.id: section for section in newest.sections}
        return {id: (sections[id].label, sections[id].en) for id in newest.tables}
    return {value: (zh, en) for value, (zh, en) in data("columns.toml")["values"][category].items()}
