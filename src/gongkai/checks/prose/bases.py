"""What a percentage is a share of."""

from __future__ import annotations

import re

from gongkai.checks.prose.claims import Claim
from gongkai.checks.prose.lexicon import lexicon
from gongkai.checks.prose.subjects import Subject

_NOTHING = re.compile("(?:分别|[了的为是达到约])*")
_TOTAL = re.compile(r"(?:全部|所有|总|全年)?(?:的)?(?:总数|总量|总件数|总体|全部|比重)(?:的|比重|为|的比例为)*")
_RECEIVED = re.compile(r"申请|收到|受理|新收|应办|应答复")
_CONCLUDED = re.compile(r"办结|办理|处理")
_ANSWERED = re.compile(r"答复|回复")
# 占不予公开总数的…: outcomes that have kinds of their own, in the order of which one's words hold another's.
_OF_OUTCOMES = ("partial", "denied", "given", "granted", "unavailable", "unprocessed", "other")
_CASES = re.compile(r"复议|诉讼|案件")


def bases_of(text: str, subject: Subject, head: Claim | None) -> tuple[Subject, ...] | None:
    """The subjects that the words between 占 and the percentage may mean; None when they mean something else."""
    terms = lexicon().terms
    table = subject.table
    of_head = (head.subject,) if head is not None and head.subject.table == table else ()
    if table == "requests":
        named = next((id for id in _OF_OUTCOMES if re.search(terms[id].words, text)), None)
        if named is not None:
            return (Subject((terms[named],)),)
        received, concluded, answered = (Subject((terms[id],)) for id in ("received", "concluded", "answered"))
        if _NOTHING.fullmatch(text) or _TOTAL.fullmatch(text):
            return (*of_head, received, answered)
        if _ANSWERED.search(text):
            return (answered, *of_head)
        if _RECEIVED.search(text):
            return (received, *of_head, *((concluded,) if _CONCLUDED.search(text) else ()))
        return (concluded, *of_head) if _CONCLUDED.search(text) else None
    if table == "litigation":
        cases = Subject(parts=(Subject((terms["review"],)), Subject((terms["suits"],))))
        case = subject.term("case")
        whole = (Subject((case,)),) if case and subject.term("result") else (cases,)
        if _NOTHING.fullmatch(text) or _TOTAL.fullmatch(text) or _CASES.search(text):
            return (*whole, *of_head)
    return None
