"""A sentence as tokens: terms, numbers, words that relate them, marks, and everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from gongkai.checks.prose.lexicon import Term, lexicon
from gongkai.checks.prose.quantities import NUMBER, PERCENT, decimals_of, step_of, value_of

Kind = Literal["term", "number", "percent", "money", "function", "skipped", "mark", "opaque"]
# Before the patterns of lexicon.toml: what looks like a number and is none.
_ESTIMATE = (
    r"(?:约|大约|近|超过?|逾|(?:首次)?突破|不少于|不低于|至少|第(?!三方))(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)[万亿余多]*"
    r"|\d[\d,.]*[万亿]?[余多]|\d+个百分点|[一二三四五六七八九]是|第[一二三四五六七八九十]+[条款项]"
)
# A year that a number of cases follows tells what that number is of: （2022年为30件）.
_TIME = (
    r"20\d\d年(?!度?(?:同期)?[为是的]?<counted>|度?(?:未办结)?(?:结转|转结|遗留|转入|未办|继续办理))(?:度)?(?:1?\d月(?:\d{1,2}日)?)?|1?\d月(?:[1-3]?\d日)?"
    r"|(?!20\d\d年)\d+(?:个工作日|个月|年|日|人次?|名)|[一二三四五六七八九十]+(?:个工作日|个月)"
)
# 近七成: a percentage, to the nearest ten.
_TENTHS = r"(?:将?近|大?约|超过?|逾|过)?[一二三四五六七八九]成(?=[的以多左,;为由是]|$)(?:以上|多|左右)?"
_FIRST = {
    "tenths": _TENTHS,
    "opaque": f"{_ESTIMATE}|{_TIME}",
    "percent": PERCENT,
    "times": rf"(?:{NUMBER}|一)倍",
    "money": rf"{NUMBER}元",
    # A number without a unit counts where nothing else can be meant.
    "number": rf"(?:{NUMBER})<unit>|(?<![\d.,第-])(?<!\d )\d+(?![\d%年月日个至到-]|[., ]\d)|(?<=[为是])零(?=$|[,;)])",
}
_MARKS = "[,;:()]"
# Functions that begin like numbers, and functions that a term may be a part of.
_BEFORE_NUMBERS = ("together", "none_one")
_BEFORE_TERMS = ("yoy", "reach", "doubled")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence, from `start` to `end`.

    `text` is what stands there, `term` is set for terms, `word` names a function; a number has its `value` (percent and
    yuan as such), the `step` to which it is given, and the `unit` that follows it.
    """

    kind: Kind
    start: int
    end: int
    text: str
    term: Term | None = None
    word: str = ""
    value: float = 0.0
    unit: str = ""
    step: float = 1.0


@cache
def _pattern() -> re.Pattern[str]:
    """Every pattern in a group of its name; numbers are tried first, then phrases, terms, functions, fillers, marks."""
    words = lexicon()
    phrases = {id: pattern for id, pattern in words.skipped.items() if id != "filler"}
    groups = [
        *((f"f_{id}", pattern) for id, pattern in words.functions.items() if id in _BEFORE_NUMBERS),
        *((f"n_{id}", words.fill(pattern)) for id, pattern in _FIRST.items()),
        ("m_colon", r":(?!20\d\d年)(?=\d)"),
        *((f"s_{id}", pattern) for id, pattern in phrases.items()),
        *((f"f_{id}", pattern) for id, pattern in words.functions.items() if id in _BEFORE_TERMS),
        *((f"t_{id}", term.words) for id, term in words.terms.items()),
        *((f"f_{id}", pattern) for id, pattern in words.functions.items() if id not in _BEFORE_NUMBERS + _BEFORE_TERMS),
        ("s_filler", words.skipped["filler"]),
        ("m_mark", _MARKS),
    ]
    whole = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups)
    # No token begins with a character that no pattern has; most of a text's are passed over so.
    begins = re.escape("".join(sorted({*whole, *"0123456789"})))
    return re.compile(f"(?=[{begins}])(?:{whole})")


def tokens(text: str, year: int | None = None) -> list[Token]:
    """The tokens of a sentence of a report for `year` in order; what no pattern knows is opaque."""
    found: list[Token] = []
    end = 0
    for match in _pattern().finditer(text):
        if match.start() > end:
            found.append(Token("opaque", end, match.start(), text[end : match.start()]))
        found.append(_dated(_token(match), year))
        end = match.end()
    if end < len(text):
        found.append(Token("opaque", end, len(text), text[end:]))
    return found


def _token(match: re.Match[str]) -> Token:
    assert match.lastgroup is not None
    kind, _, id = match.lastgroup.partition("_")
    start, end, text = match.start(), match.end(), match[0]
    if kind == "t":
        return Token("term", start, end, text, term=lexicon().terms[id])
    if kind == "f":
        return Token("function", start, end, text, word=id.removesuffix("_one"))
    if kind == "n":
        return _number(id, start, end, text)
    return Token("mark" if id == "mark" else "skipped", start, end, text)


def _dated(token: Token, year: int | None) -> Token:
    """2022年结转 is said of what was carried in, or out, as the year tells."""
    named = _YEAR.match(token.text)
    if named is None or token.term is None or token.term.id != "carried_in":
        return token
    if year is None or int(named[0]) not in (year - 1, year):
        return replace(token, kind="opaque", term=None)
    return token if int(named[0]) < year else replace(token, term=lexicon().terms["carried_out"])


def _number(id: str, start: int, end: int, text: str) -> Token:
    if id == "tenths":
        tenths = next(i for i, digit in enumerate("一二三四五六七八九", start=1) if digit in text)
        return Token("percent", start, end, text, value=10.0 * tenths, step=10.0)
    match = re.match(PERCENT if id == "percent" else NUMBER, text)
    value = value_of(match[0]) if match and id != "opaque" else None
    if match is None or value is None:
        return Token("opaque", start, end, text)
    if id == "percent":
        return Token("percent", start, end, text, value=value, step=10.0 ** -decimals_of(text))
    step, unit = step_of(match[0]), text[match.end() :]
    if id == "times":
        return Token("percent", start, end, text, value=100 * value, step=100 * step, unit=unit)
    kind: Kind = "money" if id == "money" else "number"
    return Token(kind, start, end, text, value=value, step=step, unit=unit)
