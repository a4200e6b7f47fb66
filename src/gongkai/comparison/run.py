"""`gk.compare`: two reports of one organ, or two versions of one report."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from gongkai.comparison.cells import compared_cells
from gongkai.comparison.kinds import doubts, in_order, kind_of, remarks
from gongkai.comparison.result import Comparison
from gongkai.comparison.texts import MOST_SENTENCES, compared_texts
from gongkai.wording import Language

if TYPE_CHECKING:
    from gongkai.checks.registry import Text
    from gongkai.report import Report


def compare(a: Report, b: Report, language: Language = "zh") -> Comparison:
    """Compare two reports: cell by cell, across forms by the cells' ids, and sentence by sentence.

    Reports of two years are put in the order of their years; two versions of one year's report stay as given. Where the
    organs differ or are not known, or the years are not successive, a warning says so and the comparison is made all
    the same. A blank is never taken for 0: a difference is given only where a number was printed on both sides.
    Raises ValueError for an unknown language.
    """
    if language not in ("zh", "en"):
        raise ValueError(f"language must be 'zh' or 'en', not {language!r}")

    def said(text: Text) -> str:
        return text[language == "en"]

    before, after = in_order(a, b)
    why = tuple(said(text) for text in doubts(before, after))
    for one in why:
        warnings.warn(one, stacklevel=2)
    sections, sentences, long = compared_texts(before, after)
    notes = [said(text) for text in remarks(before, after, swapped=before is not a)]
    if long:
        zh, en = (
            f"{'、'.join(long)} 超过 {MOST_SENTENCES} 句，未逐句对照",
            f"{', '.join(long)}: more than {MOST_SENTENCES} sentences, not aligned",
        )
        notes.append(said((zh, en)))
    return Comparison(
        before,
        after,
        kind_of(before, after),
        compared_cells(before, after),
        sections,
        sentences,
        why,
        tuple(notes),
        language,
    )
