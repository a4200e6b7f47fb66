"""What a quantity is said of: terms put together, and the sums of cells that they may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import islice, product

from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.registry import Text

# A sum of parts that have several readings each is tried in so many ways at most.
_MOST_READINGS = 12
# A sum of cells by their ids, with a minus before those that are subtracted.
Reading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing counted: one term of each facet, or the sum of `parts`; `also` is what else the words may mean."""

    terms: tuple[Term, ...] = ()
    parts: tuple[Subject, ...] = ()
    also: Subject | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Tells whether two subjects are the same thing."""
        return tuple(sorted(term.id for term in self.all_terms()))

    @property
    def table(self) -> str | None:
        facets = [term.facet for term in self.all_terms()]
        return lexicon().table_of(facets[0]) if facets else None

    @property
    def complete(self) -> bool:
        """Whether it names what is counted: a result of some case, documents that something was done with."""
        facets = {term.facet for term in self.terms}
        return bool(self.parts) or facets not in (set(), {"result"}, {"document"}, {"document_act"}, {"item"})

    @property
    def label(self) -> Text:
        if self.parts:
            labels = [part.label for part in self.parts]
            return "、".join(zh.removesuffix("之和") for zh, _ in labels) + "之和", ", ".join(
                en for _, en in labels
            ) + " together"
        named = [term.label for term in self.terms if term.label[0]]
        rest = named[1:]
        zh = named[0][0] + (f"（{'、'.join(zh for zh, _ in rest)}）" if rest else "")
        return zh, named[0][1] + (f" ({', '.join(en for _, en in rest)})" if rest else "")

    def all_terms(self) -> Iterable[Term]:
        yield from self.terms
        for part in self.parts:
            yield from part.all_terms()

    def plain_beside(self, stated: Collection[tuple[str, ...]]) -> Subject:
        """The subject with the readings that are left to it where these subjects (their keys) are stated as well."""
        terms = tuple(replace(one, rows=one.rows[:1]) if (one.plain_beside,) in stated else one for one in self.terms)
        return self if terms == self.terms else replace(self, terms=terms)

    def term(self, *facets: str) -> Term | None:
        """The term of one of these facets."""
        return next((term for term in self.terms if term.facet in facets), None)


def readings(subject: Subject, cells: Mapping[str, Mapping[str, object]]) -> list[Reading]:
    """The sums of cells that the subject may mean and that the report has, the plainest first.

    `cells` are the report's cells by table, each table a mapping that has the cells' ids as keys.
    """
    found = _of_parts(subject, cells) if subject.parts else _of_terms(subject, cells)
    if subject.also is not None:
        found += readings(subject.also, cells)
    return list(dict.fromkeys(found))


def _of_parts(subject: Subject, cells: Mapping[str, Mapping[str, object]]) -> list[Reading]:
    choices = [readings(part, cells) for part in subject.parts]
    return [
        tuple(dict.fromkeys(id for reading in chosen for id in reading))
        for chosen in islice(product(*choices), _MOST_READINGS)
    ]


def _of_terms(subject: Subject, cells: Mapping[str, Mapping[str, object]]) -> list[Reading]:
    table = subject.table
    if table is None:
        return []
    words = lexicon().tables[table]
    rows = next((term.rows for term in subject.terms if term.rows), words.rows)
    columns = next((term.columns for term in subject.terms if term.columns), words.columns)
    found = []
    for row_patterns, column_patterns in product(rows, columns):
        parts = [
            _matching(f"{table}/{row.removeprefix('-')}/{column}", cells.get(table, {}), row.startswith("-"))
            for row in row_patterns
            for column in column_patterns
        ]
        if all(parts):
            found.append(tuple(id for part in parts for id in part))
    return found


def cells_of(*sums: Reading) -> tuple[str, ...]:
    """The ids of all cells of some sums, each once."""
    return tuple(dict.fromkeys(id.removeprefix("-") for reading in sums for id in reading))


def _matching(pattern: str, ids: Iterable[str], subtracted: bool) -> list[str]:
    found = [id for id in ids if fnmatchcase(id, pattern)] if "*" in pattern else [pattern] if pattern in ids else []
    return [f"-{id}" for id in found] if subtracted else found
