"""Where a report says whose it is: its title, the page around it, who made it, whom to ask, how it speaks of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gongkai.parsing.normalise import plain
from gongkai.parsing.organs import (
    full_name,
    is_complete,
    is_deictic,
    is_place,
    self_of,
    short_endings,
    suits,
    tidy_name,
)

_HAN = r"[\u4e00-\u9fff·]"
# Documents that a report names: decrees and notices. What is announced in such marks is the report itself.
_CITED = re.compile(
    r"(?:关于|印发|根据|依据|按照)?《[^》]{0,120}(?:条例|规定|通知|格式|办法|意见|要点|方案|指引|指南|法)(?:[（(][^（）()]*[)）])?》"
)
# What a report of this kind is called, behind the organ's name.
REPORT = (
    r"(?:政府)?信息公开(?:工作)?(?:情况)?的?(?:20\d\d年?)?度?(?:年度|年)?(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报)"
)
_TITLED = re.compile(rf"(?P<before>(?:{_HAN}|[\d()、]){{2,50}}?){REPORT}")
# The organ's name behind the title, in brackets.
_BEHIND = re.compile(rf"\W*(?:20\d\d年?度?)?{REPORT}[(\[【]({_HAN}{{3,40}})[)\]】]")
_SOURCE = re.compile(r"(?:来源|发布机构|发文机关|发布单位|公开单位|编制单位)\s*[:：]\s*(\S+)")
# The organ as what the report is about, as its maker, and as whom to ask.
_ABOUT = re.compile(rf"结合({_HAN}{{3,30}}?)政府信息公开(?:工作)?(?:实际|情况|有关|相关|统计)")
_MADE_BY = re.compile(
    rf"由({_HAN}{{3,30}}?)(?=[，,(]|负责|组织|牵头|结合|根据|依据|按照|汇总|编制|编写|撰写)(?=[^。]{{0,140}}(?:编制|编写|撰写))"
)
_ASKED = re.compile(rf"(?:请|可|直接)(?:与|向|致电|联系)({_HAN}{{3,30}}?)(?:[(，,。]|联系|联络|反映|咨询|反馈)")
_SHORT_FOR = re.compile(r"\((?:以下|下文)?(?:简称|统称|称)[^()]*\)")
# Offices within an organ that make its report or answer questions.
_OFFICE = re.compile(
    r"(?:(?:党政|政务|政府信息|信息|公开|综合|行政|党建|机关|政策|法规|宣传|文秘|秘书|人事)+(?:工作)?(?:领导小组)?(?:办公室|办|科|处|股|室|中心)"
    rf"|办公室|综合办|{_HAN}{{2}}[股科])$"
)
_NAME_LINE = 30
# The report is signed within its last lines, below which a web page may have some of its own.
SIGNATURE = 15
# Words before which the name of an organ begins in prose.
_BOUNDARY = r"(?:^|[，。；：、,.;:!！?？\s“”\"'（）()年]|由|在|对|向|经|和|与|及)"
# Governments and committees above the organ, which prose praises for their lead.
_ABOVE = re.compile(r"[省市区县州旗盟镇乡]?(?:政府|委)$")


def find_organ(
    titles: Sequence[str], front: str, metadata: Mapping[str, str], sections: Mapping[str, str], whole: Sequence[str]
) -> str | None:
    """The organ whose report it is, as completely as the report names it; None when it does not.

    `titles` are names that stand before the report's title. These, the page's metadata, lines that are nothing but a
    name, and the signature are believed as they stand; what the prose names must be what the organ calls itself.
    """
    text = plain("".join(whole))
    titled = [name for title in titles if (name := tidy_name(title, places=True))]
    named = titled + [name for name in map(tidy_name, _stated(front, metadata, whole)) if name]
    organ = _best(named)
    if organ is None or not is_complete(organ):
        mine = self_of(text)
        hinted = [name for name in _hinted([front, *sections.values(), *whole]) if suits(name, mine)]
        if organ is None:
            organ = _best(hinted) or _most_used(plain("\n".join(sections.values())), mine)
        else:
            organ = next((name for name in hinted if is_complete(name) and name.endswith(organ)), organ)
    return None if organ is None else full_name(_with_body(organ, text), text)


def _best(names: Sequence[str]) -> str | None:
    """The first complete name, or the first; None when there is none."""
    return next((name for name in names if is_complete(name)), names[0] if names else None)


def _stated(front: str, metadata: Mapping[str, str], whole: Sequence[str]) -> Iterator[str]:
    lines = [plain(line) for line in front.split("\n")]
    yield metadata.get("organ", "")
    yield from (line for line in lines if len(line) <= _NAME_LINE)
    yield from (match[1] for line in lines if (match := _BEHIND.fullmatch("".join(line.split()))))
    yield from (match[1] for line in lines if (match := _SOURCE.search(line)))
    yield from (line for line in map(plain, whole[-SIGNATURE:]) if len(line) <= _NAME_LINE)


def _hinted(texts: Sequence[str]) -> Iterator[str]:
    """Names from sentences: the report announced by its title, who made it, whom to ask."""
    text = _SHORT_FOR.sub("", _CITED.sub("，", plain("\n".join(texts))))
    said = [match["before"] for match in _TITLED.finditer(text) if "中华人民共和国" not in match["before"]]
    said += [match[1] for match in _ABOUT.finditer(text)]
    for pattern in (_MADE_BY, _ASKED):
        # An office may have made the report of its organ, or its own.
        said += [name for match in pattern.finditer(text) for name in (_OFFICE.sub("", match[1]), match[1])]
    names = (tidy_name(text, places=True) for text in said)
    return (name for name in names if name)


def _most_used(prose: str, mine: str | None) -> str | None:
    """The name that the prose uses most for the organ itself, e.g. 区人社局; None when there is none."""
    units = "省市区县旗州盟镇乡"
    pattern = re.compile(
        rf"{_BOUNDARY}((?:{_HAN}{{0,12}}?[{units}])?{_HAN}{{0,10}}?(?:{'|'.join(short_endings())}))(?!员?会|事处|办公|公[厅室开报]|网|门户)(?={_HAN}|[，。；,])"
    )
    counts: Counter[str] = Counter()
    for match in pattern.finditer(_CITED.sub("，", prose)):
        name = tidy_name(match[1]) or match[1]
        if (
            (any(unit in name for unit in units) or "街道" in name)
            and not is_deictic(name)
            and not _ABOVE.fullmatch(name[-3:])
        ):
            counts[name] += suits(name, mine)
    counts = +counts
    if not counts:
        return None
    most = max(counts.values())
    return min((name for name, count in counts.items() if count == most), key=len)


def _with_body(organ: str, text: str) -> str:
    """A place alone with the body that the text gives it: 常太镇人民政府 for 常太镇."""
    if not is_place(organ):
        return organ
    bodies = re.findall(rf"{re.escape(organ)}(人民政府|街道办事处|办事处)(?!办公|门户|网)", text)
    return organ + Counter(bodies).most_common(1)[0][0] if bodies else organ
