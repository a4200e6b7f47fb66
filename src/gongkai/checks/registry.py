"""The rules, what each of them is for, and how one of one's own is added.

@rule(
    "many_reviews",
    title=("复议异常", "Unusually many reviews"),
    why=("…", "…"), source="…", severity="note", example=("…", "…"),
)
def many_reviews(context: Context) -> Iterator[Finding]:
    id = "litigation/review/total"
    reviews = context.ledger.values.get(id)
    if reviews is None:
        yield Finding("not_assessable", context.say("复议总计未印出。", "The total of reviews is not printed."))
    else:
        yield Finding("fail" if reviews > 100 else "pass", f"{reviews:.0f}", cells=(id,))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from gongkai.forms import Form, Table, all_forms, form_for_year
from gongkai.ledger import Ledger
from gongkai.wording import Language, Wording
from gongkai.wording import Text as Text

if TYPE_CHECKING:
    from gongkai.checks.copying.others import Other
    from gongkai.report import Report

T = TypeVar("T")
Outcome = Literal["pass", "fail", "not_assessable"]
Severity = Literal["error", "warning", "note"]
# The order in which rules run and findings stand; within a topic rules keep the order in which they were registered.
Topic = Literal["arithmetic", "prose", "years", "form", "cells", "copying", "identity", "own"]
TOPICS: tuple[Topic, ...] = ("arithmetic", "prose", "years", "form", "cells", "copying", "identity", "own")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say of one thing: the outcome, one sentence for people, and the cells involved.

    `severity` is how serious the finding is; None takes the rule's own for a failure and `note` for anything else.
    `observed` is what was printed (an equation's left side), `expected` what it should be.
    """

    outcome: Outcome
    message: str
    severity: Severity | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    expected: float | None = None
    observed: float | None = None
    cells: tuple[str, ...] = ()


class Context:
    """What a rule may look at: the report, the one of the year before, and words in the reader's language.

    `corpus` are the texts of other organs' reports; None where there are none to compare with.
    """

    def __init__(
        self,
        report: Report,
        previous: Report | None = None,
        language: Language = "zh",
        corpus: tuple[Other, ...] | None = None,
    ) -> None:
        self.report = report
        self.previous = previous
        self.corpus = corpus
        self.ledger = Ledger.of(report)
        self.before = None if previous is None else Ledger.of(previous)
        self.words = Wording(self.ledger, language)
        self.say = self.words.say
        self._found: dict[Callable[[Report], Any], Any] = {}

    def once(self, find: Callable[[Report], T]) -> T:
        """What `find` finds in the report; several rules may ask, and it is looked for once."""
        if find not in self._found:
            self._found[find] = find(self.report)
        found: T = self._found[find]
        return found

    @cached_property
    def form(self) -> Form:
        """The form that the report should use; while its year is not known, the one its tables follow."""
        required = form_for_year(self.report.year)
        if required is not None:
            return required
        followed = [form for id, form in all_forms().items() if id in self.report.forms.values()]
        return (followed or list(all_forms().values()))[-1]

    def present(self, table: str) -> bool:
        """Whether the report has any cell of a table."""
        return any(status != "absent" for status in self.statuses(table).values())

    def statuses(self, table: str) -> dict[str, str]:
        """The status of every cell of a table, in the form's order; empty when the report lacks the table."""
        return self.ledger.by_table.get(table, {})

    def tables(self) -> list[Table]:
        """The report's tables of which at least one cell is there."""
        return [table for table in self.report.tables() if self.present(table.id)]


Check = Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with what a reader needs to judge it: what it looks at, why, after which text of law, and an example."""

    id: str
    title: Text
    why: Text
    source: str
    severity: Severity
    example: Text
    topic: Topic
    check: Check


_RULES: dict[str, Rule] = {}


def rule(
    id: str,
    *,
    title: Text,
    why: Text,
    source: str,
    severity: Severity,
    example: Text,
    topic: Topic = "own",
) -> Callable[[Check], Check]:
    """Register a function as a rule; ValueError when the id is taken."""

    def register(check: Check) -> Check:
        if id in _RULES:
            raise ValueError(f"there is a rule {id!r} already; unregister it first")
        _RULES[id] = Rule(id, title, why, source, severity, example, topic, check)
        return check

    return register


def unregister(id: str) -> Rule:
    """Take a rule out and return it; KeyError when there is none."""
    return _RULES.pop(id)


def rules() -> list[Rule]:
    """Every rule, in the order of their findings."""
    return sorted(_RULES.values(), key=lambda rule: TOPICS.index(rule.topic))
