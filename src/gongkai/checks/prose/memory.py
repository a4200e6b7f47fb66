"""What the words of a sentence may refer to, and what they lend to a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongkai.checks.prose.claims import Claim
from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token

# How many 合计 adds up: 两项合计.
_COUNTED = {"两": 2, "二": 2, "三": 3, "四": 4}
# What may be a whole with parts, and acts that may be added up.
_WHOLES = ("case", "act")
# Outcomes that have kinds of their own.
_WITH_KINDS = ("denied", "unavailable", "unprocessed", "other")
_SUMMABLE = (
    frozenset({"received", "carried_in"}),
    frozenset({"concluded", "answered", "handled", "carried_out", "carried"}),
)


@dataclass(slots=True)
class Memory:
    """What was said before.

    `last` is the last claim, `begins` where it began in the sentence; `whole` the last one that may have parts, `head`
    the one that 其中 refers to, `beside` the claims that stand side by side; `listed` are the terms of the clause
    before when it has no number, `named` is the kind of document or case that such a clause named, and `compared` tells
    that the year before was mentioned; `amount` is what a clause without a number spoke of the amount of, `moved` what
    the last change was of. `foreign` tells that the last number was of something else than requests, `unknown` that it
    was not understood and nothing was done with what it counts, `apart` that what comes are parts of that.
    """

    last: Claim | None = None
    begins: int | None = None
    whole: Claim | None = None
    head: Claim | None = None
    beside: list[Claim] = field(default_factory=list)
    listed: list[Token] = field(default_factory=list)
    named: Term | None = None
    compared: bool = False
    amount: Subject | None = None
    moved: Subject | None = None
    foreign: bool = False
    unknown: bool = False
    apart: bool = False

    def next_sentence(self, goes_on: bool) -> Memory:
        """What is still remembered in the next sentence."""
        if goes_on:
            return Memory(last=self.last, whole=self.whole, head=self.head, beside=self.beside, foreign=self.foreign)
        case = self.whole if self.whole and self.whole.subject.term("case") else None
        return Memory(whole=case, foreign=self.foreign)

    def copy(self) -> Memory:
        """The state to return to when a bracket is closed."""
        return replace(self, beside=list(self.beside))

    def among(self) -> None:
        """What comes are parts of the last claim."""
        self.head, self.apart = self.last, self.unknown and self.last is None
        self.beside = []

    def take(self, claim: Claim, begins: int) -> None:
        """Remember a claim, as a part of the head when it is none of its own kind."""
        if self.head and self.head.subject.table == claim.subject.table and not _other_whole(self.head, claim):
            self.head.group.append(claim)
        else:
            self.head = None
        alike = bool(self.beside) and _alike(self.beside[-1].subject, claim.subject)
        self.beside = [*self.beside, claim] if alike else [claim]
        self.last, self.begins, self.compared, self.moved, self.foreign = claim, begins, False, None, False
        self.unknown = self.apart = False
        if claim.subject.term(*_WHOLES) and not claim.subject.term("applicant", "result"):
            self.whole = claim

    def in_context(self, subject: Subject, vague: bool = False) -> Subject:
        """The subject with what the words before it lend: 其中自然人8件 after 予以公开10件.

        `vague` tells that other outcomes are not called 其他处理 but 其他情形, which may be others of any kind.
        """
        head = self.head.subject if self.head else None
        last = self.last.subject if self.last else None
        whole = self.whole.subject if self.whole else None
        facets = {term.facet for term in subject.terms}
        if [term.id for term in subject.terms] == ["other"] and (kinds := self._kinds(vague)):
            # 逾期不补正7件、其他情形9件 are of the other endings; of the grounds for a denial none is called so.
            ended = kinds.startswith("other")
            return Subject((lexicon().terms["other_other"],), also=None if vague else subject) if ended else Subject()
        if facets == {"result"}:
            case = next((one.term("case") for one in (head, last) if one and one.term("case")), None)
            case = case or self.of_named("case") or (whole.term("case") if whole else None)
            return Subject((case, *subject.terms)) if case else subject
        if facets == {"document_act"}:
            document = (last.term("document") if last else None) or self.of_named("document")
            return Subject((document, *subject.terms)) if document else subject
        if head and facets == {"applicant"} and (row := head.term("act", "outcome")):
            return Subject((row, *subject.terms), also=subject)
        # 自然人申请予以公开8件、部分公开2件: theirs, or all of them.
        of_one = last.term("applicant") if last and self.begins is not None else None
        if not head and of_one and facets in ({"outcome"}, {"act"}):
            theirs = Subject((*subject.terms, of_one))
            sure = last is not None and last.term("act", "outcome")
            return replace(theirs, also=subject) if sure else replace(subject, also=theirs)
        if head and facets == {"outcome"} and (applicant := head.term("applicant")):
            return Subject((*subject.terms, applicant), also=subject)
        return subject

    def _kinds(self, vague: bool) -> str | None:
        """The outcome of which kinds are being told: the one that 其中 refers to, or that the last one is a kind of."""
        head = self.head.subject.term("outcome") if self.head else None
        last = self.last.subject.term("outcome") if self.last and self.begins is not None else None
        if head and head.id in (_WITH_KINDS if vague else ("other",)):
            return head.id
        return None if not vague else next((id for id in _WITH_KINDS if last and last.id.startswith(f"{id}_")), None)

    def given(self, subject: Subject) -> float | None:
        """The number that was just told for this subject."""
        return next((claim.value for claim in self.beside if claim.subject is subject), None)

    def summed(self, said: Sequence[Token]) -> list[Claim]:
        """The claims that 合计 or 两项合计 adds up: all that stand side by side, or the last of them."""
        word = next((token.text for token in said if token.word == "together"), "")
        count = next((number for sign, number in _COUNTED.items() if sign in word), len(self.beside))
        return self.beside[-count:] if 1 < count <= len(self.beside) else []

    def _rest(self) -> Term:
        """Other outcomes where a list leaves some out: 予以公开52件、部分公开13件，其他41件 may be all but these."""
        other, listed = lexicon().terms["other"], [term.rows for one in self.beside for term in one.subject.terms]
        rest = [("total", *(f"-{row}" for rows in listed if rows for row in rows[at])) for at in (0, -1)]
        return replace(other, rows=(*other.rows, *rest))

    def of_named(self, facet: str) -> Term | None:
        """What a clause without a number named, when it is of this facet."""
        return self.named if self.named is not None and self.named.facet == facet else None

    def meant_by(self, word: str) -> Subject | None:
        """What 公开 or 其他 stands for when nothing else is said, next to what was said before."""
        terms = lexicon().terms
        beside = self.beside[-1].subject if self.beside else None
        if beside is None or beside.table not in ("requests", "litigation"):
            of_requests = self.last is not None and self.last.subject.table == "requests"
            return Subject((terms["granted"],)) if word == "publish" and of_requests else None
        facets = {term.facet for term in beside.terms}
        if word == "publish":
            return Subject((terms["granted"],)) if beside.table == "requests" and "applicant" not in facets else None
        # The kind that differs from thing to thing tells which others these are.
        kind = next((one for one in ("applicant", "result", "outcome") if one in facets), None)
        if kind == "outcome" and not any(_ends_list(claim.subject) for claim in self.beside):
            return Subject((self._rest(),))
        ended = kind == "outcome" and any(term.id.startswith("other_") for term in beside.terms)
        others = {"applicant": "other_org", "result": "result_other", "outcome": "other_other" if ended else "other"}
        return self.in_context(Subject((terms[others[kind]],))) if kind else None


def _ends_list(subject: Subject) -> bool:
    """Whether 其他 may follow as what is left in the form, not as all that a list does not name."""
    return any(term.id.startswith(("unprocessed", "other")) for term in subject.terms)


def _other_whole(head: Claim, claim: Claim) -> bool:
    """Whether a claim begins a new whole: 行政诉讼2件 after 行政复议3件, not 复议后起诉1件 after 行政诉讼2件."""
    if claim.subject.parts or head.subject.parts or not claim.subject.term(*_WHOLES):
        return False
    return [term.facet for term in head.subject.terms] == [term.facet for term in claim.subject.terms] and not all(
        set(part.rows[0]) < set(whole.rows[0])
        for part, whole in zip(claim.subject.terms, head.subject.terms, strict=True)
        if part.rows and whole.rows
    )


def _alike(one: Subject, other: Subject) -> bool:
    """Whether two subjects may be added up: of the same facets, and not one within the other."""
    facets = [{term.facet for term in subject.terms} for subject in (one, other)]
    acts = {term.id for subject in (one, other) for term in subject.terms if term.facet == "act"}
    return facets[0] == facets[1] and one.key != other.key and (not acts or any(acts <= them for them in _SUMMABLE))
