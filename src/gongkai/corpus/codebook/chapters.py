"""What the codebook says, chapter by chapter, from the forms, `columns.toml`, the crosswalk and the indicators."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

from gongkai.corpus.panel.columns import columns, labels
from gongkai.corpus.panel.crosswalk import links, sums
from gongkai.corpus.panel.indicators import Indicator, indicators, works
from gongkai.corpus.panel.variables import DATE, Variable, cell_variables, names
from gongkai.forms import all_forms
from gongkai.wording import Text

# The language of the codebook; `both` has Chinese and English side by side.
Tongue = Literal["zh", "en", "both"]
_TYPES: dict[str, Text] = {
    "str": ("文本", "text"),
    "Int64": ("整数", "integer"),
    "Float64": ("数值", "number"),
    "boolean": ("是否", "yes or no"),
    "object": ("列表", "list"),
    DATE: ("日期", "date"),
}
_KINDS: dict[str, Text] = {
    "count": ("件数", "count"),
    "amount": ("金额", "amount"),
    "change": ("增减数（可为负）", "change (may be negative)"),
}
_RELATIONS: dict[str, Text] = {
    "sum": ("相加后相同", "the same when added up"),
    "near": ("相近而不同", "alike, not the same"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, paragraphs, and a table; texts between backticks are names."""

    title: str
    paragraphs: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def title(tongue: Tongue) -> str:
    """The title of the whole."""
    return _say(tongue, _guide()["title"])


def chapters(tongue: Tongue) -> Iterator[Chapter]:
    """Every chapter in `tongue`."""
    heads = {name: _say(tongue, text) for name, text in _HEADS.items()}
    yield Chapter("", [*_paragraphs(tongue)], (), ())
    yield _cells(tongue, heads)
    yield _indicators(tongue, heads)
    for table, text in _TABLES.items():
        yield _columns(tongue, heads, table, text)
    yield _crosswalk(tongue, heads)
    yield _values(tongue, heads)


_HEADS: dict[str, Text] = {
    "name": ("变量", "variable"),
    "label": ("含义", "label"),
    "id": ("单元格", "cell"),
    "kind": ("类型", "type"),
    "forms": ("表式", "forms"),
    "note": ("说明", "note"),
    "values": ("取值", "values"),
    "value": ("取值", "value"),
    "definition": ("定义", "definition"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "source": ("依据", "source"),
    "stata": ("Stata", "Stata"),
    "category": ("类别", "category"),
}
_TABLES: dict[str, Text] = {
    "wide": ("`wide`：各格以外的变量", "`wide`: the variables that are no cells"),
    "long": ("`long`", "`long`"),
    "reports": ("`reports`", "`reports`"),
    "findings": ("`findings`", "`findings`"),
    "repairs": ("`repairs`", "`repairs`"),
    "texts": ("`texts`", "`texts`"),
}


def _cells(tongue: Tongue, heads: dict[str, str]) -> Chapter:
    variables = [*cell_variables().values(), *(link.variable for link in sums().values() if link.variable)]
    rows = [
        [f"`{v.name}`", *_each(tongue, v.label), _of_cell(v), _kind(tongue, v), ", ".join(v.forms)] for v in variables
    ]
    header = [heads["name"], *_each(tongue, _HEADS["label"]), heads["id"], heads["kind"], heads["forms"]]
    return Chapter(_say(tongue, ("`wide`：表中各格", "`wide`: the cells of the form")), (), header, rows)


def _of_cell(variable: Variable) -> str:
    """The cell of a variable, or the cells that it is the sum of."""
    if variable.id:
        return f"`{variable.id}`"
    cells = sums()[variable.name].cells
    return "; ".join(f"{form}: " + " + ".join(f"`{id}`" for id in ids) for form, ids in cells.items())


def _kind(tongue: Tongue, variable: Variable) -> str:
    kind = _say(tongue, _KINDS[variable.kind])
    return f"{kind} ({variable.unit})" if variable.unit else kind


def _indicators(tongue: Tongue, heads: dict[str, str]) -> Chapter:
    rows = [
        [f"`{i.id}`", *_each(tongue, i.label), _say(tongue, i.definition, "<br>"), *_cells_of(i), _sources(i)]
        for i in indicators().values()
    ]
    wanted = (heads[name] for name in ("definition", "numerator", "denominator", "source"))
    header = [heads["name"], *_each(tongue, _HEADS["label"]), *wanted]
    said = [*_said(tongue, "indicators"), *(f"[{key}] {work}" for key, work in works().items())]
    return Chapter(_say(tongue, ("`indicators`：指标", "`indicators`")), said, header, rows)


def _cells_of(indicator: Indicator) -> list[str]:
    return [" + ".join(f"`{id}`" for id in side) for side in (indicator.numerator, indicator.denominator)]


def _sources(indicator: Indicator) -> str:
    return " ".join((indicator.source, *(f"[{work}]" for work in indicator.works)))


def _columns(tongue: Tongue, heads: dict[str, str], table: str, text: Text) -> Chapter:
    rows = [
        [f"`{v.name}`", *_each(tongue, v.label), _say(tongue, _TYPES[v.dtype]), ", ".join(f"`{x}`" for x in v.values)]
        for v in columns(table).values()
    ]
    header = [heads["name"], *_each(tongue, _HEADS["label"]), heads["kind"], heads["values"]]
    return Chapter(_say(tongue, text), (), header, rows)


def _crosswalk(tongue: Tongue, heads: dict[str, str]) -> Chapter:
    forms = list(all_forms())
    told = [link for link in links() if link.relation in _RELATIONS or any(link.note)]
    rows = [
        [
            *(" + ".join(f"`{id}`" for id in link.cells.get(form, ())) for form in forms),
            _say(tongue, _RELATIONS.get(link.relation, ("", ""))),
            _say(tongue, link.note, "<br>"),
        ]
        for link in told
    ]
    header = [*forms, _say(tongue, ("关系", "relation")), heads["note"]]
    return Chapter(_say(tongue, ("两种表式的对应", "The forms side by side")), _said(tongue, "crosswalk"), header, rows)


def _values(tongue: Tongue, heads: dict[str, str]) -> Chapter:
    missing = names()["missing"]
    categories = {v.name: v.values for table in (*_TABLES, "indicators") for v in columns(table).values() if v.values}
    categories |= {"indicators `_why`": labels("indicator_note"), "wide `_s`": labels("status") | labels("no_cell")}
    rows = [
        [category, f"`{value}`", *_each(tongue, text), _code(category, number, missing.get(value, ""))]
        for category, values in categories.items()
        for number, (value, text) in enumerate(values.items(), start=1)
    ]
    header = [heads["category"], heads["value"], *_each(tongue, _HEADS["label"]), heads["stata"]]
    return Chapter(_say(tongue, ("取值", "Values of the categories")), (), header, rows)


def _code(category: str, number: int, letter: str) -> str:
    """How Stata has a value: as an integer; in the cells of the wide table as a missing value."""
    return f"{number}; .{letter}" if letter and category == "wide `_s`" else str(number)


def _guide() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("guide.toml").read_text(encoding="utf-8"))


def _said(tongue: Tongue, chapter: str) -> list[str]:
    """What the guide says over a chapter's table."""
    said = _guide()[chapter]
    return _each(tongue, (said["zh"], said["en"]))


def _paragraphs(tongue: Tongue) -> Iterator[str]:
    for paragraph in _guide()["paragraph"]:
        yield from _each(tongue, (paragraph["zh"], paragraph["en"]))


def _each(tongue: Tongue, text: Text) -> list[str]:
    """A text in each of the languages, for a column or a paragraph of its own."""
    return {"zh": [text[0]], "en": [text[1]], "both": list(text)}[tongue]


def _say(tongue: Tongue, text: Sequence[str], between: str = " ") -> str:
    """A text in one language, or in both where they differ."""
    return between.join(dict.fromkeys(part for part in _each(tongue, (text[0], text[1])) if part))
