"""The rules as a document: `python -m gongkai.checks.docs > docs/rules.md`, from the registry and template.md."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from string import Template

from gongkai.checks import rules
from gongkai.checks.copying.others import COMMON_LEAST, COMMON_SHARE
from gongkai.checks.copying.reuse import COPIED, COPIED_FROM_OTHERS, SHORT
from gongkai.checks.copying.shingles import PASSAGE, SIZE, data
from gongkai.checks.registry import TOPICS, Rule, Text, Topic

_TOPICS: dict[Topic, Text] = {
    "arithmetic": ("算术", "Arithmetic"),
    "prose": ("文字与表格", "Text and tables"),
    "years": ("跨年度", "Across years"),
    "form": ("表式与期限", "Form and deadline"),
    "cells": ("单元格", "Cells"),
    "copying": ("照抄与遗留", "Copying"),
    "identity": ("身份", "Identity"),
    "own": ("自定规则", "Rules of one's own"),
}


def document() -> str:
    """docs/rules.md: every registered rule by topic, the methods that need explaining, and how to add a rule."""
    template = resources.files(__package__).joinpath("template.md").read_text(encoding="utf-8")
    return Template(template).substitute(
        overview="\n".join(_overview()),
        topics="\n".join(_topics()),
        phrases="\n".join(data()["boilerplate"]["phrases"]),
        size=SIZE,
        copied=f"{COPIED:.0%}",
        others=f"{COPIED_FROM_OTHERS:.0%}",
        common=f"{COMMON_SHARE:.0%}",
        least=COMMON_LEAST,
        short=SHORT,
        passage=PASSAGE,
    )


def _overview() -> Iterator[str]:
    yield "| rule | 内容 | what | severity |"
    yield "|---|---|---|---|"
    for rule in rules():
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.title[0]} | {rule.title[1]} | {rule.severity} |"


def _topics() -> Iterator[str]:
    for topic in TOPICS:
        found = [rule for rule in rules() if rule.topic == topic]
        if found:
            yield f"## {_TOPICS[topic][0]} {_TOPICS[topic][1]}\n"
            for rule in found:
                yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.id}`\n"
    yield f"**{rule.title[0]}。** {rule.why[0]}\n"
    yield f"- 依据：{rule.source}"
    yield f"- 严重程度：`{rule.severity}`"
    yield f"- 例：{rule.example[0]}\n"
    yield f"**{rule.title[1]}.** {rule.why[1]}\n"
    yield f"- Source: {rule.source}"
    yield f"- Severity: `{rule.severity}`"
    yield f"- Example: {rule.example[1]}\n"
