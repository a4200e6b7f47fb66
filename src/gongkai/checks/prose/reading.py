"""Reads sentences from left to right: each number becomes a claim on what the words around it name."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.checks.prose.claims import Claim, ReadClaim
from gongkai.checks.prose.compose import Phrase, compose, functions
from gongkai.checks.prose.denials import Denied, denied
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.ratio_reading import read_change, read_shares, read_trend
from gongkai.checks.prose.scope import OWN, year_scope
from gongkai.checks.prose.sentences import Sentence
from gongkai.checks.prose.state import State
from gongkai.checks.prose.subjects import Subject
from gongkai.checks.prose.tokens import Token, tokens

_YEAR = re.compile(r"20\d\d")
_COMES_TO = re.compile(r"(?:全年|本年度?|年内|今年)?(?:共计?|累计|总计)?(?:达到?|为)?")
# How all of them came: 均为自然人网上申请.
_WAY = re.compile(r"(?:通过)?(?:网上|网络|线上|线下|当面|书面|信函|邮寄|现场)(?:方式|渠道)?")
# What may stand after its number: 21件政府信息公开申请.
_AFTER = ("noun", "case", "document", "decision")


class Reader(State):
    """Reads the sentences of one section in order."""

    def read(self, sentence: Sentence) -> list[ReadClaim]:
        """The claims of a sentence, in the order of its words."""
        self.memory = self.memory.next_sentence(sentence.goes_on)
        self.sentence, self.tokens = sentence, tokens(sentence.text)
        self.brackets, self.pending, self.found = [], [], []
        denials = denied(sentence)
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
        token = self.tokens[i]
        if token.kind == "number":
            return self._number(i)
        if token.kind == "percent":
            return self._percent(i)
        if token.kind == "money":
            self._money(token)
        elif token.kind == "mark":
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
                self.claim(one.subject, _told(one.end), one.start)
        return [one for one in denials if one.end > until]

    # A number of cases.

    def _number(self, i: int) -> int:
        token, words = self.tokens[i], functions(self.pending)
        if "respectively" in words:
            return self._respectively(i)
        if words & {"up", "down"}:
            read_change(self, token, relative=False)
            self.pending = []
            return i + 1
        phrase, after = self._phrase(i)
        subjects = compose(phrase, self.sentence)
        if not subjects:
            subjects, after = self._backwards(i)
        if not subjects and (meant := self._meant() or self._amounts_to()):
            subjects = [meant]
        if subjects:
            self._state(subjects, replace(token, end=self.tokens[after - 1].end), words)
        elif not self._referring(token, words):
            self.memory.last = self.memory.moved = None
        self.pending = []
        return after

    def _phrase(self, i: int) -> tuple[Phrase, int]:
        """What stands before the number at `i`, and the noun after it; where that ends."""
        end = j = i + 1
        while j < len(self.tokens) and self.tokens[j].kind == "skipped":
            j += 1
        if j < len(self.tokens) and (term := self.tokens[j].term) and term.facet in _AFTER:
            end = j + 1
        follows = self.tokens[end] if end < len(self.tokens) else None
        if follows is not None and follows.kind == "number":
            # It is the subject of the next number: 申请21件行政诉讼5件.
            return Phrase(self.pending, [], False), i + 1
        closed = follows is None or follows.kind in ("mark", "function")
        return Phrase(self.pending, self.tokens[i + 1 : end], closed), end

    def _backwards(self, i: int) -> tuple[list[Subject], int]:
        """The subject after a number that none stands before: 10件予以公开; where it ends."""
        if any(token.kind == "opaque" or (token.term and token.term.facet != "noun") for token in self.pending):
            return [], i + 1
        j = i + 1
        while j < len(self.tokens) and (self.tokens[j].kind in ("term", "skipped") or self.tokens[j].word == "each"):
            j += 1
        if j < len(self.tokens) and self.tokens[j].kind != "mark" and self.tokens[j].word not in ("and", "among"):
            return [], i + 1
        after = self.tokens[i + 1 : j]
        subjects = compose(Phrase(after, [], False), self.sentence)
        # 36件均由自然人提出 says who the 36 are; 36件均已办结 need not say that no others were.
        if "each" in functions(after) and not all(one.term("applicant", "outcome") for one in subjects):
            return [], i + 1
        return (subjects, j) if len(subjects) == 1 else ([], i + 1)

    def _meant(self) -> Subject | None:
        """What 公开 or 其他 stands for when the clause says nothing else."""
        said = [
            token for token in self.pending if token.kind != "skipped" and token.word not in ("among", "and", "sum")
        ]
        alone = len(said) == 1 and said[0].word in ("publish", "otherwise")
        return self.memory.meant_by(said[0].word) if alone else None

    def _amounts_to(self) -> Subject | None:
        """What the clause before spoke of the amount of: 申请量再创新高，达46件."""
        said = "".join(token.text for token in self.pending)
        return self.memory.amount if said and _COMES_TO.fullmatch(said) else None

    def _state(self, subjects: list[Subject], token: Token, words: set[str]) -> None:
        start = next((one.start for one in self.pending if one.term), token.start)
        if len(subjects) > 1 and "each" not in words:
            subjects = [Subject(parts=tuple(subjects))]
        for subject in subjects:
            self.claim(self.memory.in_context(subject), token, start)

    def _respectively(self, i: int) -> int:
        """As many numbers as things were listed before: 予以公开、部分公开分别为10件、2件."""
        subjects = compose(Phrase(self.pending, [], False), self.sentence)
        if len(subjects) < 2:
            subjects = compose(Phrase(self.memory.listed, [], False), self.sentence)
        numbers, after = self.row_of("number", i)
        if len(numbers) == len(subjects):
            start = min(token.start for token in (*self.memory.listed, *self.pending))
            for subject, number in zip(subjects, numbers, strict=True):
                self.claim(self.memory.in_context(subject), replace(number, end=numbers[-1].end), start)
        else:
            self.memory.last = None
        self.pending = []
        return after

    def _referring(self, token: Token, words: set[str]) -> bool:
        """A number without a subject of its own: the sum of those before (共23件), or last year's (上年同期30件)."""
        memory, year = self.memory, self.report.year
        if any(one.kind in ("opaque", "term") for one in self.pending):
            return False
        if "sum" in words and len(memory.beside) > 1:
            subject = Subject(parts=tuple(claim.subject for claim in memory.beside))
            self.claim(subject, token, token.start, tuple(memory.beside))
            return True
        before = next((one for one in self.pending if one.word in ("last", "yoy") and one.text != "同比"), None)
        if before is None or memory.last is None or year is None:
            return False
        named, last = _YEAR.search(before.text), memory.last
        scope = year_scope(int(named[0]) if named else year - 1, year) if last.scope == OWN else last.scope
        quote, section = self.quote(before.start, token.end), self.sentence.section
        self.found.append(Claim(last.subject, token.value, token.unit, section, quote, scope, token.step))
        memory.compared = True
        return True

    # What is not a number of cases.

    def _money(self, token: Token) -> None:
        subjects = compose(Phrase(self.pending, [], True), self.sentence)
        if len(subjects) == 1 and subjects[0].term("fee"):
            self.claim(subjects[0], token, next(one.start for one in self.pending if one.term))
        else:
            self.memory.last = None
        self.pending = []

    def _percent(self, i: int) -> int:
        words, after = functions(self.pending), i + 1
        if "share" in words:
            after = read_shares(self, i)
        elif words & {"up", "down"}:
            read_change(self, self.tokens[i], relative=True)
        self.pending = []
        return after

    def _end_clause(self) -> None:
        words = functions(self.pending)
        if "each" in words:
            self._all_of_them()
        if words & {"up", "down", "level"}:
            read_trend(self)
        terms = [token.term for token in self.pending if token.term]
        self.memory.listed = self.pending if len(terms) > 1 else []
        self.memory.document = next((term for term in terms if term.facet == "document"), self.memory.document)
        self.memory.compared = self.memory.compared or ("yoy" in words and not terms)
        if any(token.kind == "opaque" and token.text != "，" for token in self.pending):
            self.memory.moved = None
        counted = "amount" in words and {term.facet for term in terms} == {"noun"}
        self.memory.amount = Subject((lexicon().terms["received"],)) if counted else None
        self.pending = []

    def _all_of_them(self) -> None:
        """均为自然人申请: a clause without a number that gives that of the whole to one of its parts."""
        at = next(i for i, token in enumerate(self.pending) if token.word == "each")
        said = [token for token in self.pending if not _WAY.fullmatch(token.text)]
        if self.memory.whole is None or any(token.kind == "opaque" for token in said) or at > 1:
            return
        subjects = compose(Phrase(said[at + 1 :], [], True), self.sentence)
        if len(subjects) != 1:
            return
        subject, start, end = subjects[0], self.pending[at].start, self.pending[-1].end
        # What is said of all does not become what later words refer to.
        remembered = self.memory.copy()
        if subject.key == ("concluded",):
            self.claim(Subject((lexicon().terms["carried_out"],)), _told(end), start)
        elif result := subject.term("result"):
            cases = [claim for claim in self.memory.beside if claim.subject.term("case")] or [self.memory.whole]
            for claim in cases:
                if case := claim.subject.term("case"):
                    self.claim(Subject((case, result)), _told(end, claim), start)
        elif subject.term("outcome", "applicant") and not subject.term("act"):
            self.claim(self.memory.in_context(subject), _told(end, self.memory.whole), start)
        self.memory = remembered


def _told(end: int, of: Claim | None = None) -> Token:
    """The number of a clause that ends at `end` and says without a number that there were none, or all of a claim's."""
    return Token("number", end, end, "", value=of.value if of else 0.0, unit=of.unit if of else "")
