"""A section's text in sentences, without blanks, and with every title of a document masked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.parsing.normalise import simplify

_END = re.compile(r"([。！？!?；;\n])")
# A sentence that opens so goes on with the subject of the one before.
_GOES_ON = re.compile(r"(?:其中|均|全部|上述|以上|这些)")
_TITLE = re.compile(r"《[^《》]*》")
# A comma between digits belongs to the number.
_CLAUSE_MARK = re.compile(r"[，。；;：:！？!?]|(?<!\d),|,(?!\d)")
# One to one, so that a match stands at the same place in the text as printed.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．％：；（）", "0123456789,.%:;()")
_BLANKS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
MASK = "□"
# So much of a paragraph's beginning tells what it is about.
_OPENING = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section.

    `text` is for matching (simplified script, half-width digits and commas, no blanks, titles of documents masked);
    `printed` is what a reader saw, of the same length. `before` is what it may refer to: the section's heading, the
    beginning of its paragraph and the matching text of the sentence before it. `joined` is true after a semicolon.
    `chain` is the text of the sentences that this one goes on from.
    """

    section: str
    text: str
    printed: str
    before: str = ""
    joined: bool = False
    chain: str = ""

    @property
    def goes_on(self) -> bool:
        return self.joined or _GOES_ON.match(self.text) is not None

    def clause(self, start: int, end: int) -> str:
        """The printed clause around a match, from one mark to the next."""
        marks = [mark.start() for mark in _CLAUSE_MARK.finditer(self.printed)]
        left = max((mark + 1 for mark in marks if mark < start), default=0)
        right = min((mark for mark in marks if mark >= end), default=len(self.printed))
        return self.printed[left:right]


def sentences(section: str, heading: str, text: str) -> list[Sentence]:
    """The sentences of a section's text in order; a line break ends one, since lines are joined before."""
    found: list[Sentence] = []
    last, opening, chain, mark = "", "", "", "\n"
    parts = [*_END.split(text), "\n"]
    for part, end in zip(parts[::2], parts[1::2], strict=True):
        printed, matching = _matching(part)
        if mark == "\n":
            opening = ""
        if matching:
            sentence = Sentence(section, matching, printed, f"{heading}{opening}{last}", mark in ";；")
            chain = f"{chain}{last}" if sentence.goes_on and mark != "\n" else ""
            found.append(replace(sentence, chain=chain))
            last = matching
            opening = opening or matching[:_OPENING]
        mark = end if matching or end == "\n" else mark
    return found


def _matching(part: str) -> tuple[str, str]:
    """A sentence as printed and as matched."""
    # Blanks between numbers stay: what is left of a table's row is not one large number.
    printed = _BLANKS.sub("", part)
    matching = simplify(printed)
    if len(matching) != len(printed):
        printed = matching
    return printed, _TITLE.sub(lambda title: MASK * len(title[0]), matching.translate(_HALF_WIDTH))
