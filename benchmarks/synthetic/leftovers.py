"""What is left over when a report is made from another one: put into a text on purpose, one piece at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.synthetic.names import Organ, make_organ
from benchmarks.synthetic.truth import Item, Truth

_SELVES = ("我局", "我委", "我厅", "我镇", "我乡", "我街道", "我县")
_OLD_COLUMNS = ("本年新制作数量", "本年新公开数量", "对外公开总数量", "上一年项目数量", "采购项目数量")


def leave_over(rng: Random, truth: Truth) -> tuple[Truth, str, str] | None:
    """The truth with one leftover, its kind and the section; None when the kind has no place in this text."""
    name, change = rng.choice(list(KINDS.items()))
    flow = change(rng, truth)
    if flow is None:
        return None
    section = next(new.section for old, new in zip(truth.flow, flow, strict=True) if old != new)
    return replace(truth, flow=flow), name, section or "front"


Flow = tuple[Item, ...]


def _changed(rng: Random, truth: Truth, sections: tuple[str, ...], pattern: str, new: str) -> Flow | None:
    """The flow with one match of `pattern` in one of the sections' paragraphs replaced."""
    places = [
        (i, match)
        for i, item in enumerate(truth.flow)
        if item.kind == "paragraph" and item.section in sections
        for match in re.finditer(pattern, item.text)
    ]
    if not places:
        return None
    i, match = rng.choice(places)
    text = truth.flow[i].text
    item = replace(truth.flow[i], text=text[: match.start()] + match.expand(new) + text[match.end() :])
    return (*truth.flow[:i], item, *truth.flow[i + 1 :])


def _year_of_opening(rng: Random, truth: Truth) -> Flow | None:
    return _changed(
        rng,
        truth,
        ("overview",),
        rf"^{truth.year}(?=年，{truth.organ.we}坚持|年，{truth.organ.name}严格)",
        str(truth.year - 1),
    )


def _year_of_fees(rng: Random, truth: Truth) -> Flow | None:
    return _changed(rng, truth, ("other",), rf"{truth.year}(?=年度?[^。]*收取)", str(truth.year - 1))


def _year_of_problems(rng: Random, truth: Truth) -> Flow | None:
    return _changed(
        rng, truth, ("problems",), rf"^{truth.year}(?=年，{truth.organ.we}政府信息公开工作)", str(truth.year - 1)
    )


def _period(rng: Random, truth: Truth) -> Flow | None:
    year = truth.year - rng.choice((1, 1, 2))
    return _changed(rng, truth, ("",), rf"{truth.year}年1月1日起至{truth.year}年", f"{year}年1月1日起至{year}年")


def _name_in_opening(rng: Random, truth: Truth) -> Flow | None:
    return _changed(
        rng, truth, ("overview",), rf"(?<=^{truth.year}年，){truth.organ.name}(?=严格)", _other(rng, truth).name
    )


def _name_in_lead(rng: Random, truth: Truth) -> Flow | None:
    pattern = rf"(?<=现公布){truth.organ.full}|{truth.organ.name}(?=编制本报告)|(?<=请与){truth.organ.name}(?=联系)"
    return _changed(rng, truth, ("",), pattern, _other(rng, truth).name)


def _other(rng: Random, truth: Truth) -> Organ:
    """Another organ that does the same kind of work, elsewhere or next door."""
    while True:
        organ = make_organ(rng)
        if organ.kind == truth.organ.kind and organ.name not in truth.organ.full and truth.organ.name not in organ.full:
            return organ


def _self(rng: Random, truth: Truth) -> Flow | None:
    """The word by which an organ of another kind calls itself."""
    own = truth.organ.we
    fitting = [word for word in _SELVES if word != own and word[1:] not in truth.organ.full]
    if own == "我区" or "区" not in truth.organ.name:
        fitting = [word for word in fitting if word != "我县" or "区" in truth.organ.name]
    return _changed(rng, truth, ("overview", "problems"), own, rng.choice(fitting))


def _blank(rng: Random, truth: Truth) -> Flow | None:
    """A blank of a template in place of a name, a year or a number."""
    kinds = (
        (rf"{truth.organ.name}(?=严格)", rng.choice(("XX局", "××县××局", "某某单位"))),
        (rf"{truth.year}(?=年)", rng.choice(("20XX", "XXXX", "××××"))),
        (r"\d+(?=条|次|名)", rng.choice(("XX", "××", "＿＿".replace("＿", "_")))),
        (r"(?<=《)(?=政府信息公开信息处理费)", "××省"),
    )
    pattern, new = rng.choice(kinds)
    return _changed(rng, truth, ("overview", "problems", "other"), pattern, new)


def _plan(rng: Random, truth: Truth) -> Flow | None:
    """A plan for the year that the report is about: it was written a year before."""
    return _changed(rng, truth, ("problems",), r"^下一步，将重点", f"{truth.year}年，{truth.organ.we}将重点")


def _old_column(rng: Random, truth: Truth) -> Flow | None:
    if truth.year < 2021:
        return None
    column = rng.choice(_OLD_COLUMNS)
    return _changed(rng, truth, ("overview",), r"$(?<=。)", rf"规范性文件{column}为{rng.randint(0, 9)}。")


KINDS: dict[str, Callable[[Random, Truth], Flow | None]] = {
    "year of the opening": _year_of_opening,
    "year of the fee statement": _year_of_fees,
    "year of the problems": _year_of_problems,
    "period": _period,
    "name in the opening": _name_in_opening,
    "name in the lead": _name_in_lead,
    "another's self": _self,
    "blank": _blank,
    "plan": _plan,
    "older column": _old_column,
}
