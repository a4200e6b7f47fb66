"""Two reports' texts, section by section and sentence by sentence.

Sentences are aligned by difflib with all numbers alike, so that a sentence kept with this year's numbers is seen as
such; what is left on both sides is paired by RapidFuzz where it is still much the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gongkai.checks.copying.shingles import reuse
from gongkai.checks.prose.sentences import sentences
from gongkai.parsing.normalise import simplify
from gongkai.tables import frame

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.report import Report

FRONT = "front"
# `similarity` is from 0 to 1; `before` and `after` are the sentence as printed, missing on the side that lacks it.
SENTENCES: dict[str, str] = {
    "section": "str",
    "change": "str",
    "before": "str",
    "after": "str",
    "similarity": "Float64",
}
# `numbers`: the same words with other numbers.
CHANGES = ("kept", "numbers", "changed", "removed", "added")
# `copied` is the share (0 to 1) of the later text that stands in the earlier one, set phrases and numbers aside, and
# `compared` the number of characters of which that is told; the counts of sentences are missing for a text too long.
SECTIONS: dict[str, str] = {
    "section": "str",
    "before_characters": "Int64",
    "after_characters": "Int64",
    **dict.fromkeys(CHANGES, "Int64"),
    "copied": "Float64",
    "compared": "Int64",
}
# Sentences with less in common than that are two sentences; in percent, as RapidFuzz counts.
ALIKE = 60
# Aligning takes time with the square or the cube of the first, pairing with the squares of both. No honest section has
# so many sentences; a longer sentence is paired only when it is the same.
MOST_SENTENCES = 600
LONGEST_PAIRED = 600
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_KEPT = re.compile(r"[A-Za-z0-9.,%\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence before and after, as printed; None on the side that lacks it."""

    section: str
    change: str
    before: str | None
    after: str | None
    similarity: float | None = None


def compared_texts(before: Report, after: Report) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """The sections (SECTIONS), their sentences (SENTENCES), and the ids of sections too long to be aligned."""
    texts = [{FRONT: report.front, **report.sections} for report in (before, after)]
    ids = [id for id in dict.fromkeys([*texts[1], *texts[0]]) if any(text.get(id, "").strip() for text in texts)]
    rows, pairs, long = [], [], []
    for id in ids:
        old, new = (text.get(id, "") for text in texts)
        sides = [_Side.of(id, text) for text in (old, new)]
        aligned = None if max(len(side.printed) for side in sides) > MOST_SENTENCES else list(_aligned(id, *sides))
        copied = reuse(new, [old])
        rows.append(
            {
                "section": id,
                "before_characters": len(old),
                "after_characters": len(new),
                **({} if aligned is None else {kind: _count(aligned, kind) for kind in CHANGES}),
                "copied": round(copied.share, 4) if copied.size else None,
                "compared": copied.size,
            }
        )
        pairs += aligned or []
        long += [id] if aligned is None else []
    records = ({name: getattr(pair, name) for name in SENTENCES} for pair in pairs)
    return frame(rows, SECTIONS), frame(records, SENTENCES), long


def _count(pairs: Sequence[Pair], kind: str) -> int:
    return sum(pair.change == kind for pair in pairs)


@dataclass(frozen=True, slots=True)
class _Side:
    """The sentences of one text: as printed, as compared (script, width and marks aside), and with numbers alike."""

    printed: list[str]
    plain: list[str]
    words: list[str]

    @classmethod
    def of(cls, section: str, text: str) -> _Side:
        printed = [sentence.printed for sentence in sentences(section, "", text)]
        plain = [_plain(one) for one in printed]
        return cls(printed, plain, [_DIGITS.sub("0", one) for one in plain])


def _plain(sentence: str) -> str:
    return "".join(_KEPT.findall(unicodedata.normalize("NFKC", simplify(sentence)))).strip(".,")


def _aligned(section: str, old: _Side, new: _Side) -> Iterator[Pair]:
    """Every sentence of both sides, in the later text's order; what was removed stands where it was."""
    blocks = SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes()
    apart = [block for block in blocks if block[0] != "equal"]
    partners = _partners(
        old, new, [i for _, a, b, _, _ in apart for i in range(a, b)], [j for *_, c, d in apart for j in range(c, d)]
    )
    paired = {i for i, _ in partners.values()}
    for kind, a, b, c, d in blocks:
        if kind == "equal":
            for i, j in zip(range(a, b), range(c, d), strict=True):
                yield Pair(section, _change(old, i, new, j), old.printed[i], new.printed[j], 1.0)
            continue
        yield from (Pair(section, "removed", old.printed[i], None) for i in range(a, b) if i not in paired)
        for j in range(c, d):
            if j not in partners:
                yield Pair(section, "added", None, new.printed[j])
                continue
            i, similarity = partners[j]
            yield Pair(section, _change(old, i, new, j), old.printed[i], new.printed[j], similarity)


def _change(old: _Side, i: int, new: _Side, j: int) -> str:
    if old.plain[i] == new.plain[j]:
        return "kept"
    return "numbers" if old.words[i] == new.words[j] else "changed"


def _partners(old: _Side, new: _Side, left: list[int], right: list[int]) -> dict[int, tuple[int, float]]:
    """For sentences of `right` the one of `left` that they most resemble, each used once, and how much."""
    left = [i for i in left if len(old.words[i]) <= LONGEST_PAIRED]
    right = [j for j in right if len(new.words[j]) <= LONGEST_PAIRED]
    if not left or not right:
        return {}
    from rapidfuzz import fuzz, process

    scores = process.cdist(
        [old.words[i] for i in left], [new.words[j] for j in right], scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    rows, columns = scores.nonzero()
    ranked = sorted(zip(-scores[rows, columns], rows.tolist(), columns.tolist(), strict=True))
    found: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, row, column in ranked:
        if row not in used and right[column] not in found:
            used.add(row)
            found[right[column]] = (left[row], round(float(-score) / 100, 4))
    return found
