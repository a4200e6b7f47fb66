"""A report in printed order: title, lead, headings in their many ways, prose, tables, signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from benchmarks.synthetic import prose
from benchmarks.synthetic.names import Organ
from benchmarks.synthetic.truth import Item
from gongkai.forms import Form, Section

_NUMERALS = "一二三四五六七八九十"
_NUMBERINGS = (
    "{chinese}、",
    "{chinese}、",
    "{chinese}、",
    "{chinese}、",
    "第{chinese}部分 ",
    "{arabic}、",
    "（{chinese}）",
    "{chinese}.",
)
_TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}\n{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{name}关于{year}年度政府信息公开工作情况的报告",
    "{name}政府信息公开工作年度报告（{year}年度）",
    "{year}年度政府信息公开工作年度报告\n（{name}）",
    "{name}{year}年信息公开年报",
    "{year}年政府信息公开工作年度报告",
)
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Plan:
    """How this organ arranges its report."""

    numbering: str
    annex: bool
    shuffled: bool
    missing: str
    title: str
    signed: bool

    @classmethod
    def draw(cls, rng: Random) -> Plan:
        return cls(
            numbering=rng.choice(_NUMBERINGS),
            annex=rng.random() < 0.05,
            shuffled=rng.random() < 0.03,
            missing=rng.choice(("problems", "other", "litigation")) if rng.random() < 0.05 else "",
            title="" if rng.random() < 0.04 else rng.choice(_TITLES),
            signed=rng.random() < 0.5,
        )


def make_flow(
    rng: Random, organ: Organ, year: int, published: dt.date, form: Form, figures: dict[str, float]
) -> tuple[Item, ...]:
    """The report's pieces in printed order."""
    plan = Plan.draw(rng)
    known = prose.facts(rng, organ, year, figures)
    texts = prose.sections(rng, known)
    sections = [section for section in form.sections if section.id != plan.missing]
    if plan.shuffled:
        rng.shuffle(sections)
    tables = [section for section in sections if section.id in form.tables]
    body = [section for section in sections if not (plan.annex and section in tables)]
    flow = _front(rng, plan, organ, known)
    for place, section in enumerate(body):
        flow += _section(rng, plan, place, section, section in tables, texts)
    # A report whose title names nobody is still somebody's: then it is signed.
    signature = [
        Item("signature", organ.name),
        Item("signature", f"{published.year}年{published.month}月{published.day}日"),
    ]
    flow += signature if plan.signed or "{name}" not in plan.title else []
    if plan.annex:
        flow.append(Item("paragraph", rng.choice(("附件：", "附件", "附表"))))
        for place, section in enumerate(tables):
            flow += _section(rng, plan, place, section, True, texts)
    return tuple(flow)


def _front(rng: Random, plan: Plan, organ: Organ, known: dict[str, str]) -> list[Item]:
    items = []
    if plan.title:
        year = known["year"].translate(_DIGITS) if rng.random() < 0.03 else known["year"]
        items.append(Item("title", plan.title.format(name=organ.name, year=year)))
    if not plan.title or rng.random() < 0.75:
        items.append(Item("paragraph", prose.lead(rng, known)))
    return items


def _section(
    rng: Random, plan: Plan, place: int, section: Section, table: bool, texts: dict[str, list[str]]
) -> list[Item]:
    label = section.label if rng.random() < 0.85 else rng.choice(section.labels)
    heading = plan.numbering.format(chinese=_NUMERALS[place], arabic=place + 1) + label
    items = [Item("heading", heading, section.id)]
    items += [Item("paragraph", text, section.id) for text in texts.get(section.id, [])]
    return [*items, Item("table", section.label, section.id)] if table else items
