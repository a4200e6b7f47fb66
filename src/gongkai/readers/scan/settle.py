"""Which reading of a line holds, and whether it can be trusted.

The limits were chosen on synthetic scans (`benchmarks/scans.py`): every wrong cell lies below them, few right ones do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.readers.scan.recogniser import Recognised

_SURE = 0.9
_FIGURE = 0.5
_POSSIBLE = 0.05
_PLAIN = re.compile(r"[0-9.,]*[0-9]|[—\-/\\]+")
_LONGEST = 12  # characters; longer lines are labels
# Words without figures: of three characters, or of two after an item's number, which may be one in figures.
_ITEM = r"\D?\d{1,2}[.．、)）]"
_LABEL = re.compile(
    rf"({_ITEM})?\D*[\u4e00-\u9fff]{{3}}\D*|({_ITEM}|[(（][一二三四五六七八九十]+[)）])\s*[\u4e00-\u9fff]{{2}}\D*"
)
# One character, which may be a figure that looks like it; a cell has no word so short but 无.
_ALONE = re.compile(r"(?![无無])[\u4e00-\u9fff]")
# Characters that no cell of a Chinese form has.
_FOREIGN = re.compile(r"[^\u4e00-\u9fff0-9.,+\-*/\\%()（）【】〔〕\[\]、，。：:；;“”\"‘’《》〈〉—－～~·①-⑳※↑↓＋＊＃# ]")


class Settled(NamedTuple):
    """The text of a line, why it is doubtful, and the texts that are `offered` where several looks do not agree."""

    text: str
    flag: str = ""
    offered: tuple[str, ...] = ()

    @property
    def doubted(self) -> Settled:
        """The same, with a doubt where there was none."""
        return self._replace(flag=self.flag or "low_confidence")


def settle(found: Recognised) -> Settled:
    """The reading of a line: figures over their own alphabet, everything else over all characters."""
    if is_figure(found):
        return Settled(found.figure, "" if found.figure_least >= _SURE else "low_confidence")
    if not found.text:
        return Settled("", "unreadable")
    sure = found.least >= _SURE and not _FOREIGN.search(found.text) and not _ALONE.fullmatch(found.text)
    return Settled(found.text, "" if sure else "low_confidence")


def is_figure(found: Recognised) -> bool:
    """Whether a line is more likely a figure than anything else."""
    return bool(found.figure) and found.figure_least >= _FIGURE


def is_sure_digit(found: Recognised) -> bool:
    """Whether a line is a figure of one digit, beyond doubt."""
    return len(found.figure) == 1 and found.figure.isdigit() and found.figure_least >= _SURE


def is_sure_word(found: Recognised) -> bool:
    """Whether a line is one character beyond doubt that no figure can be: a word set one character to the line."""
    return len(found.text) == 1 and is_sure_words(found)


def is_sure_words(found: Recognised) -> bool:
    """Whether a line is beyond doubt and without figures."""
    return found.least >= _SURE and found.figure_least < _POSSIBLE and not any(map(str.isdigit, found.text))


def holds_figures(found: Recognised) -> bool:
    """Whether there are figures in a line, other than the number before an item's label."""
    return is_figure(found) or (any(map(str.isdigit, found.text)) and not _LABEL.fullmatch(found.text))


def deserves_second_look(settled: Settled, stamped: bool) -> bool:
    """Whether a line is doubtful, or under a stamp, and may be a figure."""
    may_be = len(settled.text) <= _LONGEST and not _LABEL.fullmatch(settled.text)
    return may_be and (stamped or bool(settled.flag))


def settle_again(first: Recognised, others: Sequence[Recognised]) -> Settled:
    """The reading of a line that was looked at several times: sure where all looks agree and one of them is sure."""
    looks = [settle(look) for look in (first, *others)]
    texts = [look.text for look in looks]
    chosen = max(looks, key=lambda look: (texts.count(look.text), not look.flag))
    if texts.count(chosen.text) == len(texts) and first.low in ("", chosen.text) and any(not x.flag for x in looks):
        return Settled(chosen.text)
    if not chosen.text:
        return Settled("", "unreadable")
    offered = _offered(texts, (first, *others))
    likely = offered[0] if offered and _FOREIGN.search(chosen.text) else chosen.text
    return Settled(likely, "low_confidence", offered if offered != (likely,) else ())


def _offered(texts: Sequence[str], looks: Sequence[Recognised]) -> tuple[str, ...]:
    """What a line may say if it is a cell's: figures and dashes that looks read, or saw beside what they read, the most
    frequent first."""
    seen = [look.figure for look in looks if look.figure_least >= _POSSIBLE]
    seen += [look.second for look in looks if look.figure_least >= _POSSIBLE]
    counts = Counter(text for text in (*texts, *seen) if _PLAIN.fullmatch(text))
    return tuple(text for text, _ in counts.most_common())
