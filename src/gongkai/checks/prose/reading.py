"""Reads sentences from left to right: each number becomes a claim on what the words around it name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from gongkai.checks.prose.around import backwards, phrase_at
from gongkai.checks.prose.change_reading import (
    read_change,
    read_changes,
    read_last_year,
    read_reached,
    read_times,
    read_trend,
)
from gongkai.checks.prose.claims import ReadClaim
from gongkai.checks.prose.clauses import amount_in, named_in
from gongkai.checks.prose.compose import Phrase, allowed, compose, functions, narrows
from gongkai.checks.prose.denials import Denied, denied
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.narrowed import of_applicants
from gongkai.checks.prose.respective import is_specified, read_respectively
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.share_reading import read_bracketed, read_share_of, read_shares
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token
from gongkai.checks.prose.wholes import read_all, read_none, read_only, told

_COMES_TO = re.compile(
    r"(?:20\d\d年度?)?(?:全年|本年度?|年内|今年)?(?:共计?|累计|总计|合计|总共|一共)?(?:达到?|为|有|是)?"
)
# Where answers are listed, 公开 is one of them.
_KINDS = re.compile("(?:部分公开|不予?公开)(?:的|类)?(?:申请)?(?:有|为)?\\d")
# 予以公开的17件申请中: what comes are parts of them.
_OF_THESE = re.compile("[之当]?(?:中|里|内)")


class Reader(State):
    """Reads the sentences of one section in order."""

    def read(self, sentence: Sentence) -> list[ReadClaim]:
        """The claims of a sentence, in the order of its words."""
        self.memory = self.memory.next_sentence(sentence.goes_on)
        about = lexicon().terms["received"].about
        self.memory.foreign &= about is None or not about.search(sentence.text)
        self.open(sentence)
        denials = self.denials = denied(sentence)
        i = 0
        while i < len(self.tokens):
            if self.tokens[i].kind == "mark":
                denials = self._deny(denials, self.tokens[i].start)
            i = self._step(i)
        self._end_clause()
        self._deny(denials, len(sentence.text))
        return self.found

    def _step(self, i: int) -> int:
        """Take the token at `i`, and what belongs to it; where to go on."""
        self.at, token = i, self.tokens[i]
        if token.kind in ("number", "percent", "money"):
            read = {"number": self._number, "percent": self._percent, "money": self._money}[token.kind]
            after = read(i)
            self.pending = []
            return after
        if token.kind == "mark":
            self._mark(i)
        else:
            if token.word == "among":
                self.memory.among()
            if self.pending or token.word != "and":
                self.pending.append(token)
        return i + 1

    def _mark(self, i: int) -> None:
        """A clause ends; after a bracket things go on as before it, unless it holds the number: 部分公开（2件）."""
        text = self.tokens[i].text
        holds = text == "(" and i + 1 < len(self.tokens) and self.tokens[i + 1].kind == "number"
        if holds and any(token.term for token in self.pending):
            self.brackets.append(None)
            return
        self._end_clause()
        if text == "(":
            self.brackets.append(self.memory.copy())
        elif text == ")" and self.brackets:
            self.memory = self.brackets.pop() or self.memory

    def _deny(self, denials: list[Denied], until: int) -> list[Denied]:
        """Claim that there were none of what is denied before a place; the denials that come later."""
        for one in denials:
            if one.end <= until:
                self.claim(one.subject, told(one.end), one.start)
        return [one for one in denials if one.end > until]

    def _compared(self, i: int, words: set[str]) -> bool:
        """Whether a number is a change, what that came to, or a figure of the year before; it is read as such."""
        token = self.tokens[i]
        if "reach" in words:
            read_reached(self, token)
        elif words & {"up", "down"}:
            read_change(self, token, relative=False)
        else:
            rises = i + 1 < len(self.tokens) and self.tokens[i + 1].word == "reach"
            return read_last_year(self, token, rises)
        return True

    # A number of cases.

    def _number(self, i: int) -> int:
        token, words = self.tokens[i], functions(self.pending)
        if "respectively" in words and not is_specified(self.pending):
            return read_changes(self, i) if words & {"up", "down"} else read_respectively(self, i)
        if self._compared(i, words):
            return i + 1
        phrase, after = phrase_at(self, i)
        subjects = compose(phrase, self.sentence)
        if not any(self.in_context(one, self.pending).complete for one in subjects):
            behind, end = backwards(self, i)
            subjects, after = (behind, end) if behind else (subjects, after)
        if not subjects and (meant := self._meant() or self._amounts_to()):
            subjects = [meant]
        amount = self.memory.amount
        if amount and amount.term("applicant") and [one.key for one in subjects] == [("unspecified",)]:
            subjects = [amount]
        if self._of_unknown(subjects) or self._in_writing():
            subjects = []
        if subjects:
            self._state(subjects, replace(token, end=self.tokens[after - 1].end), words)
        elif not self._referring(token, words):
            self.memory.last = self.memory.moved = None
            self.memory.foreign |= self._foreign(self.pending)
            rest = takewhile(lambda one: one.kind != "mark", self.tokens[i + 1 :])
            done = {one.term.facet for one in (*self.pending, *rest) if one.term}
            self.memory.unknown = not done & {"act", "outcome"}
            if any(one.term and one.term.facet == "case" for one in self.pending):
                self.memory.whole = self.memory.head = None
        return after

    def _of_unknown(self, subjects: Sequence[Subject]) -> bool:
        """Whether a number may be of a part of something that was not understood: 涉及征地的100件，自然人60件."""
        nouns = {one.term.id for one in self.pending if one.term and one.term.facet == "noun"}
        applicants = self.memory.unknown and all(map(of_applicants, subjects)) and not nouns
        return applicants or (self.memory.apart and "application" not in nouns)

    def _in_writing(self) -> bool:
        """Whether letters are counted after what they answered, which may be more: 答复212件，出具答复书198份."""
        last = self.memory.last if self.memory.begins is not None else None
        letters = any(one.term and one.term.id == "answered" and "书" in one.text for one in self.pending)
        return letters and last is not None and last.subject.table == "requests"

    @staticmethod
    def _foreign(said: Sequence[Token]) -> bool:
        """Whether words before a number that are not understood speak of something else than requests."""
        terms = [token.term for token in said if token.term]
        act = max((i for i, token in enumerate(said) if token.term and token.term.facet == "act"), default=len(said))
        if any(token.kind == "opaque" for token in said[act:]):  # 受理办件12件
            return True
        if any(term.id == "application" for term in terms) or narrows("".join(token.text for token in said)):
            return False
        opaque = any(token.kind == "opaque" for token in said)
        return any(term.facet == "case" for term in terms) or (opaque and all(term.facet != "noun" for term in terms))

    def _meant(self) -> Subject | None:
        """What 公开 or 其他 stands for when the clause says nothing else."""
        said = [
            token for token in self.pending if token.kind != "skipped" and token.word not in ("among", "and", "sum")
        ]
        alone = len(said) == 1 and said[0].word in ("publish", "otherwise")
        if not alone:
            return None
        granted = lexicon().terms["granted"]
        listed = said[0].word == "publish" and _KINDS.search(self.sentence.text) and allowed([granted], self.sentence)
        return self.memory.meant_by(said[0].word) or (Subject((granted,)) if listed else None)

    def _amounts_to(self) -> Subject | None:
        """What the clause before spoke of the amount of: 申请量再创新高，达46件."""
        said = "".join(token.text for token in self.pending)
        return self.memory.amount or self.memory.moved if said and _COMES_TO.fullmatch(said) else None

    def _state(self, subjects: list[Subject], token: Token, words: set[str]) -> None:
        start = next((one.start for one in self.pending if one.term), token.start)
        if len(subjects) > 1 and "each" not in words:
            subjects = [Subject(parts=tuple(subjects))]
        for subject in subjects:
            self.claim(self._with_act(self.in_context(subject, self.pending), start), token, start)

    def _with_act(self, subject: Subject, start: int) -> Subject:
        """制发规章2件、规范性文件8件: a kind of document in a list takes what was done with the one before."""
        last = self.memory.last
        act = last.subject.term("document_act") if last else None
        listed = self.sentence.text[max(start - 1, 0) : start] in ("、", "和", "及")
        if act and listed and {term.facet for term in subject.terms} == {"document"}:
            return Subject((*subject.terms, act))
        return subject

    def _referring(self, token: Token, words: set[str]) -> bool:
        """A number without a subject of its own: the sum of those before (共23件, 两项合计23件)."""
        memory = self.memory
        if any(one.kind in ("opaque", "term") for one in self.pending):
            return False
        if words & {"sum", "together"} and (parts := memory.summed(self.pending)):
            self.claim(Subject(parts=tuple(claim.subject for claim in parts)), token, token.start, tuple(parts))
            return True
        return False

    # What is not a number of cases.

    def _money(self, i: int) -> int:
        token, words = self.tokens[i], functions(self.pending)
        if self._compared(i, words):
            return i + 1
        subjects = compose(Phrase(self.pending, [], True), self.sentence)
        if not subjects and (meant := self._amounts_to()):
            subjects = [meant]
        if len(subjects) == 1 and subjects[0].term("fee"):
            self._state(subjects, token, words)
        else:
            self.memory.last = None
        return i + 1

    def _percent(self, i: int) -> int:
        words, after = functions(self.pending), i + 1
        if words & {"share", "rate"} and not words & {"up", "down"}:
            after = read_shares(self, i)
        elif not self.pending and i and self.tokens[i - 1].text == "(":
            read_bracketed(self, self.tokens[i])
        elif words & {"up", "down"} and "respectively" in words:
            after = read_changes(self, i)
        elif words & {"up", "down"}:
            read_change(self, self.tokens[i], relative=True)
        elif "last" in words and self.tokens[i].text.endswith("倍"):
            read_times(self, self.tokens[i])
        else:
            after = read_share_of(self, i)
        return after

    def _end_clause(self) -> None:
        words = functions(self.pending)
        if _OF_THESE.fullmatch("".join(token.text for token in self.pending)):
            self.memory.among()
        if "none" in words and not self._denied():
            read_none(self)
        elif "each" in words:
            read_all(self)
        else:
            read_only(self)
        if any(token.kind == "opaque" for token in self.pending):
            self.memory.moved = None
        if words & {"up", "down", "level", "doubled"}:
            read_trend(self)
        terms = [token.term for token in self.pending if token.term]
        self.memory.listed = self.pending if len(terms) > 1 else []
        self.memory.named = named_in(self) or self.memory.named
        self.memory.compared = self.memory.compared or ("yoy" in words and not terms)
        self.memory.amount = amount_in(self, words)
        self.pending = []

    def _denied(self) -> bool:
        """Whether a phrase that is known to deny is in this clause."""
        begins, ends = self.pending[0].start, self.pending[-1].end
        return any(one.start < ends and begins < one.end for one in self.denials)
