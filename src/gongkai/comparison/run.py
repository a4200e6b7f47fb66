"""`gk.compare`: two reports of one organ, or two versions of one report."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from gongkai.comparison.cells import compared_cells
from gongkai.comparison.kinds import doubts, in_order, kind_of, remarks
from gongkai.comparison.result import Comparison
from gongkai.comparison.texts import MOST_SENTENCES, compared_texts
from gongkai.ledger import Ledger
from gongkai.wording import Language, Wording

if TYPE_CHECKING:
    from gongkai.report import Report


def compare(a: Report, b: Report, language: Language = "zh") -> Comparison:
    """Compare two reports: cell by cell, across forms by the cells' ids, and sentence by sentence.

    Reports of two years are put in the order of their years; two versions of one year's report stay as given. Where the
    organs differ or are not known, or the years are not successive, a warning says so and the comparison is made all
    the same. A blank is never taken for 0: a difference is given only where a number was printed on both sides.
    Raises ValueError for an unknown language.
    """
    before, after = in_order(a, b)
    words = Wording(Ledger.of(after), language)
    why = tuple(doubts(before, after, words))
    for one in why:
        warnings.warn(one, stacklevel=2)
    sections, sentences, long = compared_texts(before, after)
    notes = list(remarks(before, after, words, swapped=before is not a))
    if long:
        named = words.list(long)
        notes.append(
            words.say(
                f"{named} 超过 {MOST_SENTENCES} 句，未逐句对照",
                f"{named}: more than {MOST_SENTENCES} sentences, not aligned",
            )
        )
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
