"""Every claim in a report's prose."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.checks.prose.averages import averages_in
from gongkai.checks.prose.claims import AnyClaim, Mention, ReadClaim
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.quantities import value_of
from gongkai.checks.prose.reading import Reader
from gongkai.checks.prose.scope import scope_of
from gongkai.checks.prose.sentences import Sentence, sentences
from gongkai.forms import all_forms
from gongkai.report import Report

# What states a quantity; and what does so without a number, of a matter that the sentence itself names.
_QUANTITY = re.compile(r"\d|[一二三四五六七八九十两零百][件份宗起例条次项]|百分之|[一二三四五六七八九]成")
_WITHOUT_NUMBER = re.compile("未|没|无|不存在|零|均|全|皆|悉数|持平|翻|同比|[比较与](?:上|去|前)")
_NAMED = re.compile("^(?:其中|均|全部)|申请|复议|诉讼|结转|规范性|规章|许可|处罚|强制|收费|不予|部分公开|无法提供")
_MATTER = re.compile(
    "申请|公开|复议|诉讼|规范性|规章|决定|政府信息|许可|处罚|强制|收费|信息处理费|结转|维持|纠正|无法提供|不掌握|处理|答复|办结"
)


def find_claims(report: Report) -> list[AnyClaim]:
    """Every claim in the report's sections, in the order in which they stand."""
    headings = {section.id: section.label for form in all_forms().values() for section in form.sections}
    found: list[AnyClaim] = []
    for section, text in report.sections.items():
        if section in lexicon().skipped_sections:
            continue
        reader = Reader(report)
        for sentence in sentences(section, headings.get(section, ""), text):
            if _quantified(sentence.text) and _MATTER.search(sentence.before + sentence.text):
                found += _plain(reader.read(sentence))
                found += averages_in(sentence, report)
                found += _mentions(sentence, report)
            else:
                reader.forget()
    return found


def _quantified(text: str) -> bool:
    return bool(_QUANTITY.search(text) or (_WITHOUT_NUMBER.search(text) and _NAMED.search(text)))


def _plain(claims: list[ReadClaim]) -> list[ReadClaim]:
    """The claims of a sentence, each with the readings that the others leave to it."""
    stated = {claim.subject.key for claim in claims}
    subjects = [claim.subject.plain_beside(stated) for claim in claims]
    return [
        claim if subject is claim.subject else replace(claim, subject=subject)
        for claim, subject in zip(claims, subjects, strict=True)
    ]


def _mentions(sentence: Sentence, report: Report) -> list[Mention]:
    found = []
    for statement in lexicon().stated:
        for match in statement.pattern.finditer(sentence.text):
            value = value_of(match["n"])
            if value is not None:
                quote = sentence.clause(*match.span("n"))
                scope = scope_of(sentence, match.start("n"), report)
                found.append(Mention(statement, value, sentence.section, quote, scope))
    return found
