"""What an organ says of its own problems, in its own words: the section's text cut into problems and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = r"\u3400-\u9fff，。；：、！？（）《》“”〔〕"
# Where a section turns from what is wrong to what will be done.
_TURN = re.compile(
    r"下一步|下一阶段|下一年|下步|(?<!有待)今后|改进(?:措施|情况|办法|方向)|整改措施|"
    r"(?:针对|对于?)(?:以上|上述|存在的?|这些|此类)|为此|\d{4}年[,，]?(?:我|将|本)|将(?:着力|重点|继续|采取|进一步|从以下)"
)
_MARK = re.compile(
    r"(?:其?[一二三四五六七八九十]+(?:是|、|方面是?)|第[一二三四五六七八九十]+[,，、是]|"
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|(?<![\d.])\d{1,2}[.．、](?!\d)|[①-⑩])"
)
_FAULT = re.compile(
    r"不足|不够|不高|不强|不到位|不及时|不完善|不规范|不平衡|有待|差距|薄弱|滞后|欠缺|缺乏|单一|较少|偏低|需要?进?一?步?(?:加强|提[高升]|完善|改进)"
)
_PREAMBLE = re.compile(r"(?:存在|仍有|还有|有)([^，。；]{0,14})(?:问题|不足|差距|薄弱环节|短板)[^，。；：:]{0,8}$")
# What leads from the announcement of faults to the first of them.
_LEAD = re.compile(r"^.*?(?:问题|不足|差距)[,，:：]?(?:如|例如|比如|主要是|主要(?:表现|体现)在)[:：,，]?")
_AND_SO_ON = re.compile(r"等+(?:问题|不足)?$")
_HEADING = re.compile(r"(?:存在的?|主要)*(?:问题|不足|困难)(?:和不足|及不足|及原因)?|改进(?:情况|措施)(?:和打算)?")
_QUANTITY = re.compile(r"[\d一二三四五六七八九十百两]\s*(?:[件起次条份家个人篇项类]|[%％])")
_LONGEST = 60
_JOINTS = " ：:，,；;。"


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """`problems` and `measures` as the report words them, each without its number.

    `accounts` has all that is said of each problem, of which `problems` has the first sentence. `counted`: the text on
    problems gives a quantity somewhere (3个街道, 12%).
    """

    problems: tuple[str, ...]
    accounts: tuple[str, ...]
    measures: tuple[str, ...]
    counted: bool


def self_assessment(text: str) -> SelfAssessment:
    """Cut the text of 存在的主要问题及改进情况. Quotes only: every item is a stretch of the text, blanks apart."""
    text = _unwrapped(text)
    turn = _turn(text)
    accounts = _items(text[:turn]) or _sentences(text[:turn])
    return SelfAssessment(
        problems=tuple(map(_first_sentence, accounts)),
        accounts=tuple(accounts),
        measures=tuple(map(_first_sentence, _items(text[turn:]))),
        counted=bool(_QUANTITY.search(text[:turn])),
    )


def shortened(quote: str, longest: int = _LONGEST) -> str:
    """`quote` up to its last clause that ends within `longest` characters, with an ellipsis for what was left out."""
    if len(quote) <= longest:
        return quote
    cut = max(quote.rfind(mark, 0, longest) for mark in "，,；;、")
    return quote[: cut if cut > longest // 3 else longest - 1].rstrip("，,；;、") + "……"


def _unwrapped(text: str) -> str:
    """The text on one line, without the blanks that a line's end leaves between Chinese characters."""
    return re.sub(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])", "", text).strip()


def _turn(text: str) -> int:
    """Where the measures begin; never inside the first clause, which may announce both."""
    first = re.search(r"[，。；,;]", text)
    match = _TURN.search(text, first.end() if first else 0)
    return match.start() if match else len(text)


def _items(text: str) -> list[str]:
    """The numbered items of a text, or none when it is not numbered."""
    marks = list(_MARK.finditer(text))
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [_clean(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [item for item in items if item and not _HEADING.fullmatch(_first_sentence(item))]


def _sentences(text: str) -> list[str]:
    """The clauses of an unnumbered text that name a fault."""
    found = []
    for sentence in re.split(r"[。；;]", text):
        clean = _LEAD.sub("", _clean(sentence))
        if _FAULT.search(clean) and not _announces(clean):
            listed = _AND_SO_ON.sub("", clean).split("、")
            found += listed if all(map(_FAULT.search, listed)) else [clean]
    return found


def _announces(sentence: str) -> bool:
    """Whether a sentence only says that there are faults, and names none."""
    match = _PREAMBLE.search(sentence)
    return match is not None and not _FAULT.search(match[1])


def _clean(item: str) -> str:
    """An item without the words and marks that join it to its neighbours."""
    return item.strip(_JOINTS).removeprefix("如")


def _first_sentence(item: str) -> str:
    return item.partition("。")[0].strip(_JOINTS)
