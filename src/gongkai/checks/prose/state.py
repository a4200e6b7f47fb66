"""The sentence being read: its tokens, what was said before it, and the claims found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.checks.prose.claims import Claim, ReadClaim
from gongkai.checks.prose.compose import allowed
from gongkai.checks.prose.denials import Denied
from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.memory import Memory
from gongkai.checks.prose.narrowed import NAMED, narrowed, of_applicants, of_row, perhaps_of
from gongkai.checks.prose.scope import Scope, scope_of
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token, tokens
from gongkai.report import Report

# What acts mean when they are said of cases.
_OF_CASES = {"concluded": "decided", "carried_out": "pending"}


class State:
    """Where the reading of a section's sentences stands.

    `pending` are the tokens since the last mark or number; a number takes its subject from them. `brackets` holds what
    is to be remembered again when a bracket closes; None for one that only holds a number. `named` are the
    rows and applicants named before, in sentences that this one goes on from as well, `among` tells that 其中 was said;
    `at` is the place of the token that is being read.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.memory = Memory()
        self.brackets: list[Memory | None] = []
        self.sentence = Sentence("", "", "")
        self.tokens: list[Token] = []
        self.pending: list[Token] = []
        self.named: list[Term] = []
        self.among = False
        self.at = self.noted = 0
        self.denials: list[Denied] = []
        self.found: list[ReadClaim] = []

    def forget(self) -> None:
        """Nothing that comes refers to what went before."""
        self.memory, self.tokens, self.named, self.among = Memory(), [], [], False

    def scope(self, start: int) -> Scope:
        """Whom and which time words that start here speak of."""
        return scope_of(self.sentence, start, self.report)

    def quote(self, begins: int, ends: int) -> str:
        """Words of the sentence as printed, with the bracket that closes one of them."""
        words, rest = self.sentence.printed[begins:ends], self.sentence.printed[ends : ends + 1]
        opened = sum(words.count(mark) for mark in "(（") > sum(words.count(mark) for mark in ")）")
        return words + rest if opened and rest in (")", "）") else words

    def quote_back(self, begins: int, ends: int) -> str:
        """The words from where the last claim of this sentence began, if it has one."""
        said = self.memory.begins
        return self.quote(begins if said is None else min(said, begins), ends)

    def in_context(self, subject: Subject, said: Sequence[Token]) -> Subject:
        """The subject with what was said before it; results that nothing was said of tell by whom they came."""
        if subject.parts and all(map(of_applicants, subject.parts)):
            return replace(subject, parts=tuple(self.in_context(part, said) for part in subject.parts))
        whole = self._of_case(subject, said) or self.memory.in_context(
            subject, not any("处理" in token.text for token in said)
        )
        if of_applicants(subject):
            found = narrowed(subject, [one for one in self._named() if one.facet != "applicant"])
            return found if whole is subject else replace(whole, also=found)
        if subject.key == ("received",) and self._among_concluded():
            # 办结212件，其中上年结转9件、新收203件: of these, not all that were received.
            return replace(whole, also=Subject((lexicon().terms["unspecified"],)))
        if of_row(subject) and whole.terms == subject.terms:
            return perhaps_of(whole, [one for one in self._named() if one.facet == "applicant"])
        if whole.complete or not whole.term("result"):
            return whole
        text, terms = "".join(token.text for token in said), lexicon().terms
        case = terms["review"] if "复议" in text else terms["suits"] if "法院" in text else None
        return Subject((case, *whole.terms)) if case and allowed([case], self.sentence) else whole

    def _among_concluded(self) -> bool:
        told = {term.id for term in self._named()}
        return self.among and not told.isdisjoint(("concluded", "answered", "handled"))

    def _named(self) -> list[Term]:
        """The rows and applicants that were named before the clause that is being read, the last one last."""
        begins = (self.pending or self.tokens[self.at : self.at + 1] or [Token("opaque", 0, 0, "")])[0].start
        self._note(begins)
        return self.named

    def _note(self, until: int) -> None:
        """Go on noting what is named up to a place of the sentence; each token is looked at once."""
        while self.noted < len(self.tokens) and self.tokens[self.noted].start < until:
            token = self.tokens[self.noted]
            self.among |= token.word == "among"
            if token.term and token.term.facet in NAMED:
                self.named = [*(one for one in self.named if one is not token.term), token.term]
            self.noted += 1

    def open(self, sentence: Sentence) -> None:
        """Turn to a sentence; one that goes on keeps what was named before."""
        self._note(len(self.sentence.text))
        if not sentence.goes_on:
            self.named, self.among = [], False
        self.sentence, self.tokens, self.at, self.noted = sentence, tokens(sentence.text, self.report.year), 0, 0
        self.brackets, self.pending, self.found = [], [], []

    def _of_case(self, subject: Subject, said: Sequence[Token]) -> Subject | None:
        """办结 and 未办结 after a number of cases are said of these: 行政复议3件，办结2件，尚未办结1件."""
        last = self.memory.last
        case = last.subject.term("case") if last else None
        if case is None or len(subject.terms) != 1 or subject.terms[0].id not in _OF_CASES:
            return None
        if any("结转" in token.text or (token.term and token.term.facet == "noun") for token in said):
            return None
        return Subject((case, lexicon().terms[_OF_CASES[subject.terms[0].id]]))

    def row_of(self, kind: str, i: int) -> tuple[list[Token], int]:
        """The numbers of a kind in a row from `i` on, with nothing between them but marks; where they end."""
        row, after = [self.tokens[i]], i + 1
        for j in range(i + 1, len(self.tokens)):
            token = self.tokens[j]
            if token.kind == kind:
                row.append(token)
                after = j + 1
            elif not joins(token):
                break
        return row, after

    def claim(
        self,
        subject: Subject,
        number: Token,
        start: int,
        parts: tuple[Claim, ...] = (),
        scope: Scope | None = None,
    ) -> None:
        """A claim that a subject counts a number; `start` is where the words on it begin."""
        if not subject.complete:
            self.memory.last = None
            return
        begins = min([start, *(one.start for one in self.pending[:1])])
        quote, section = self.quote(begins, number.end), self.sentence.section
        claim = Claim(
            subject, number.value, number.unit, section, quote, scope or self.scope(start), number.step, parts
        )
        self.found.append(claim)
        if parts:
            self.memory.last = claim
        else:
            self.memory.take(claim, begins)


def joins(token: Token) -> bool:
    """Whether a token may stand between the numbers of a row."""
    return token.word == "and" or token.text == "," or token.kind == "skipped"
