"""lexicon.toml, and the labels of the forms' rows and columns, as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from gongkai.checks.registry import Text
from gongkai.forms import Column, Row, all_forms
from gongkai.wording import brief

# Alternative sets of rows (or columns), each a tuple of patterns for their ids.
Choices = tuple[tuple[str, ...], ...]
Condition = re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Term:
    """A word's meaning: the rows or columns of a table that it stands for, and when it may be taken so.

    Where the sentence states the term `plain_beside` as well, only the first of its readings is meant.
    """

    id: str
    facet: str
    label: Text
    words: str
    rows: Choices = ()
    columns: Choices = ()
    about: Condition = None
    unless: Condition = None
    plain_beside: str = ""


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a subject may name of a table, and what is meant where it names no row or no column."""

    facets: frozenset[str]
    rows: Choices
    columns: Choices


@dataclass(frozen=True, slots=True)
class Denial:
    """A phrase that says there were none of what these terms stand for."""

    terms: tuple[Term, ...]
    about: re.Pattern[str]
    pattern: re.Pattern[str]
    unless: Condition


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity that no table has but the text may state twice."""

    id: str
    label: Text
    unit: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A phrase that tells of which organ or time a clause speaks, and how far that reaches (see the file).

    `years_ago` is set where it names the year.
    """

    dimension: str
    reach: str
    reason: Text
    pattern: re.Pattern[str]
    years_ago: int | None


@dataclass(frozen=True, slots=True)
class NamedWords:
    """How organs are named as those that did something: `subject` right before a number, `actor` in earlier clauses.

    Both have the groups `name` and `with`: another organ beside it.
    """

    subject: re.Pattern[str]
    actor: re.Pattern[str]
    no_subject: re.Pattern[str]
    office: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the prose is read by. `functions` and `skipped` are patterns by id; `fill` puts the words into one."""

    terms: dict[str, Term]
    tables: dict[str, TableWords]
    functions: dict[str, str]
    skipped: dict[str, str]
    fill: Callable[[str], str]
    plain: re.Pattern[str]
    narrowing: re.Pattern[str]
    not_narrowing: re.Pattern[str]
    narrowing_cases: re.Pattern[str]
    denials: tuple[Denial, ...]
    average: re.Pattern[str]
    stated: tuple[Statement, ...]
    markers: tuple[Marker, ...]
    named: NamedWords
    skipped_sections: frozenset[str]

    def table_of(self, facet: str) -> str | None:
        """The table that a facet of a subject is looked up in."""
        return next((id for id, table in self.tables.items() if facet in table.facets), None)


@cache
def lexicon() -> Lexicon:
    """The words by which claims are found."""
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    fill = Filler(data["words"])
    listed = {spec["id"]: _term(spec, fill) for spec in data["term"]}
    terms = _in_order(listed, list(_form_terms(listed, data["more_words"], fill)))
    return Lexicon(
        terms=terms,
        tables={id: _table(spec) for id, spec in data["table"].items()},
        functions={id: fill(words) for id, words in data["functions"].items()},
        skipped={id: fill(words) for id, words in data["skipped"].items()},
        fill=fill,
        plain=fill.compiled(data["plain"]["pattern"]),
        narrowing=fill.compiled(data["narrowing"]["pattern"]),
        not_narrowing=fill.compiled(data["narrowing"]["unless"]),
        narrowing_cases=fill.compiled(data["narrowing"]["cases"]),
        denials=tuple(
            Denial(
                tuple(terms[id] for id in spec["terms"]),
                fill.compiled(spec["about"]),
                fill.compiled(spec["pattern"]),
                fill.condition(spec, "unless"),
            )
            for spec in data["none"]
        ),
        average=fill.compiled(data["average"]["pattern"]),
        stated=tuple(
            Statement(spec["id"], tuple(spec["label"]), spec["unit"], fill.compiled(spec["pattern"]))
            for spec in data["stated"]
        ),
        markers=tuple(_marker(spec, fill) for spec in data["marker"]),
        named=_named(Filler(data["named"])),
        skipped_sections=frozenset(data["skipped_sections"]),
    )


class Filler:
    """Puts the named words into a pattern: <application> is the pattern of that name."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words: dict[str, str] = {}
        for name, pattern in words.items():
            self.words[name] = self(pattern)

    def __call__(self, pattern: str) -> str:
        return re.sub(r"(?<!P)<(\w+)>", lambda name: f"(?:{self.words[name[1]]})", pattern)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(self(pattern))

    def condition(self, spec: dict[str, Any], key: str) -> Condition:
        """The pattern that an entry gives under a key, if it does."""
        return self.compiled(spec[key]) if key in spec else None


def _term(spec: dict[str, Any], fill: Filler) -> Term:
    words = fill(spec["words"])
    if spec["id"] not in fill.words:
        fill.words[spec["id"]] = words
    return Term(
        id=spec["id"],
        facet=spec["facet"],
        label=tuple(spec.get("label", ("", ""))),
        words=words,
        rows=_choices(spec.get("rows", ())),
        columns=_choices(spec.get("columns", ())),
        about=fill.condition(spec, "about"),
        unless=fill.condition(spec, "unless"),
        plain_beside=spec.get("plain_beside", ""),
    )


def _form_terms(listed: dict[str, Term], more: dict[str, str], fill: Filler) -> Iterator[Term]:
    """A term for every outcome, applicant and result of the forms that the file does not list, by the form's labels."""
    tables = [form.tables for form in all_forms().values()]
    outcomes = [row for form in tables for row in form["requests"].rows if row.group]
    applicants = [column for form in tables for column in form["requests"].rows[0].columns]
    results = [column for form in tables for column in form["litigation"].rows[0].columns]
    about = listed["denied"].about
    for facet, things in (("outcome", outcomes), ("applicant", applicants), ("result", results)):
        named: dict[str, list[Row | Column]] = {}
        for thing in things:
            named.setdefault(thing.id, []).append(thing)
        for id, same in named.items():
            # A column that is called 其他 is told by its table only; "total" is no kind of anything.
            if id == "total" or (id in listed and listed[id].facet == facet):
                continue
            labels = {brief(label) for thing in same for label in thing.labels}
            words = sorted(map(re.escape, labels - {"其他", "企业", "总计"}), key=len, reverse=True)
            key = f"{facet}_{id}" if id in listed else id
            label = (brief(same[-1].label), same[-1].en)
            extra = [fill(more[id])] if id in more else []
            if words or extra:
                term = Term(key, facet, label, "|".join([*words, *extra]), about=None if facet == "result" else about)
                own: Choices = ((id,),)
                yield replace(term, rows=own) if facet == "outcome" else replace(term, columns=own)


def _in_order(listed: dict[str, Term], of_forms: list[Term]) -> dict[str, Term]:
    """The forms' own labels stand before the outcomes of the file, whose words (公开, 处理) may be a part of them."""
    terms: dict[str, Term] = {}
    for term in listed.values():
        if term.facet == "outcome" and of_forms[0].id not in terms:
            terms |= {own.id: own for own in of_forms}
        terms[term.id] = term
    return terms


def _table(spec: dict[str, Any]) -> TableWords:
    return TableWords(frozenset(spec["facets"]), _choices(spec["rows"]), _choices(spec["columns"]))


def _marker(spec: dict[str, Any], fill: Filler) -> Marker:
    reason = tuple(spec.get("reason", ("", "")))
    return Marker(spec["dimension"], spec["reach"], reason, fill.compiled(spec["pattern"]), spec.get("years_ago"))


def _named(fill: Filler) -> NamedWords:
    subject = "<lead>(?P<name><name>)(?P<with>[、和与及]<name>)?<not_subject>"
    return NamedWords(
        subject=fill.compiled(subject),
        actor=fill.compiled(f"{subject}<acts>"),
        no_subject=fill.compiled("<no_subject>"),
        office=fill.compiled("<office>"),
    )


def _choices(lists: Any) -> Choices:
    return tuple(tuple(patterns) for patterns in lists)
