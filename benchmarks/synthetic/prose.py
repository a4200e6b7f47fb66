"""The six sections' prose, from a small grammar; figures in it agree with the tables' consistent values."""

from __future__ import annotations

from random import Random

from benchmarks.synthetic.names import Organ

_OPENINGS = (
    "{year}年，{we}坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《中华人民共和国政府信息公开条例》，扎实推进政府信息公开各项工作。",
    "{year}年，{name}严格按照《中华人民共和国政府信息公开条例》和上级有关要求，围绕中心工作，不断完善公开制度，公开工作平稳有序。",
    "一年来，{we}把政府信息公开作为转变职能、服务群众的重要抓手，健全机制，明确责任，{year}年各项工作取得新进展。",
)
_ASPECTS = {
    "主动公开": (
        "通过门户网站公开信息{web}条，通过政务新媒体公开信息{media}条，内容涉及政策文件、财政预决算和民生领域。",
        "全年主动公开政府信息{web}条，其中政务动态类{media}条。",
        "坚持“以公开为常态、不公开为例外”，全年发布各类信息{web}条，解读政策文件{few}件。",
    ),
    "依申请公开": (
        "全年共收到政府信息公开申请{new}件，{in_time}",
        "{year}年度新收政府信息公开申请{new}件，上年结转{carried_in}件，{in_time}",
        "进一步规范办理流程，本年度受理公开申请{new}件。",
    ),
    "政府信息管理": (
        "严格执行“三审三校”制度，坚持先审后发，定期对{few}个栏目进行清理。",
        "落实专人负责信息发布，全年开展保密审查{media}次，未发生失泄密事件。",
    ),
    "平台建设": (
        "优化门户网站栏目设置，新增专栏{few}个，政务新媒体账号运行正常。",
        "加强对网站和新媒体的日常监测，关停整合账号{few}个。",
    ),
    "监督保障": (
        "明确分管领导，配备{few}名专（兼）职人员，组织培训{few}次，参训{media}人次。",
        "将政务公开纳入年度绩效考核，分值权重不低于4%，未发生责任追究情形。",
    ),
}
_NO_REQUESTS = (
    "本年度未收到政府信息公开申请。",
    "全年未收到依申请公开事项。",
    "{year}年度，{we}没有收到公民、法人或其他组织的政府信息公开申请。",
)
_PROBLEMS = (
    "公开内容的深度和广度有待进一步拓展",
    "政策解读形式较为单一，多以文字解读为主",
    "工作人员业务能力有待提升，人员变动较为频繁",
    "信息更新的及时性还需进一步加强",
    "依申请公开答复的规范性还有待提高",
    "部分科室主动公开意识不强",
)
_REMEDIES = (
    "加强业务培训，全年组织集中学习不少于{few}次",
    "丰富解读形式，更多采用图解、视频等方式",
    "完善工作机制，压实各科室责任",
    "严格审核把关，做到应公开尽公开",
    "规范答复文书，提高办理质量",
)
_FEES = (
    "按照《政府信息公开信息处理费管理办法》，{year}年度本机关未收取信息处理费。",
    "{year}年，{we}依据《政府信息公开信息处理费管理办法》收取信息处理费的情况为：发出收费通知0件，总金额0元，实际收取0元。",
    "本年度收取政府信息公开信息处理费0元。",
)
_OTHERS = ("无其他需要报告的事项。", "{year}年承办人大建议和政协提案{few}件，均已按期办结并公开。", "无。")
_LEADS = (
    "根据《中华人民共和国政府信息公开条例》要求，{name}编制本报告。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    "如对本报告有疑问，请与{name}联系（电话：0{few}17-8722258{few}）。",
    "现公布{full}{year}年政府信息公开工作年度报告。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。",
    "按照《条例》第五十条规定，现将{we}{year}年度政府信息公开工作情况报告如下。",
    "本报告由{full}办公室按照《中华人民共和国政府信息公开条例》（国务院令第711号）要求编制，电子版可在门户网站查阅、下载。"
    "联系地址：人民路1{few}号，邮编：22310{few}。",
    "根据《条例》和省、市有关要求，特向社会公布{year}年度{name}政府信息公开工作年度报告。所列数据截至{year}年12月31日。",
    "为切实保障公民、法人和其他组织依法获取政府信息，{full}编制了{year}年政府信息公开工作年度报告，现予以公布，欢迎社会各界监督。",
    "{name}认真执行国务院办公厅关于政府信息公开工作年度报告格式的规定，现报告{year}年（1月1日至12月31日）工作。",
)
_ORDINALS = "一二三四五六七"


def facts(rng: Random, organ: Organ, year: int, figures: dict[str, float]) -> dict[str, str]:
    """What the templates may say."""
    new = int(figures["requests/new/total"])
    web = rng.randint(30, 3000)
    return {
        "year": str(year),
        "we": organ.we,
        "name": organ.name,
        "full": organ.full,
        "web": str(web),
        "media": str(rng.randint(10, web)),
        "few": str(rng.randint(2, 9)),
        "new": str(new),
        "carried_in": str(int(figures["requests/carried_in/total"])),
        "in_time": "均在法定期限内答复。" if new else "无申请事项。",
    }


def lead(rng: Random, known: dict[str, str]) -> str:
    """The paragraph before the first section."""
    return rng.choice(_LEADS).format(**known)


def sections(rng: Random, known: dict[str, str]) -> dict[str, list[str]]:
    """The paragraphs of the sections that hold prose, by section id."""
    return {
        "overview": _overview(rng, known),
        "problems": _problems(rng, known),
        "other": [rng.choice(_FEES).format(**known)] * (rng.random() < 0.9) + _maybe(rng, _OTHERS, known),
    }


def _overview(rng: Random, known: dict[str, str]) -> list[str]:
    paragraphs = [rng.choice(_OPENINGS).format(**known)]
    numbered = rng.choice(("（{}）", "（{}）", "{}是", ""))
    for ordinal, (aspect, templates) in zip(_ORDINALS, _ASPECTS.items(), strict=False):
        none = aspect == "依申请公开" and known["new"] == "0"
        sentence = rng.choice(_NO_REQUESTS if none else templates).format(**known)
        joint = rng.choice(("。", "情况。", "：")) if numbered else "方面，"
        paragraphs.append(numbered.format(ordinal) + aspect + joint + sentence)
    return paragraphs if rng.random() < 0.8 else ["".join(paragraphs)]


def _problems(rng: Random, known: dict[str, str]) -> list[str]:
    return [
        f"{known['year']}年，{known['we']}政府信息公开工作虽取得一定成绩，但仍存在不足："
        + _list(rng, _PROBLEMS, known),
        "下一步，将重点做好以下工作：" + _list(rng, _REMEDIES, known),
    ]


def _list(rng: Random, templates: tuple[str, ...], known: dict[str, str]) -> str:
    chosen = rng.sample(templates, rng.randint(2, 4))
    return (
        "；".join(f"{ordinal}是{item}" for ordinal, item in zip(_ORDINALS, chosen, strict=False)).format(**known) + "。"
    )


def _maybe(rng: Random, templates: tuple[str, ...], known: dict[str, str]) -> list[str]:
    return [rng.choice(templates).format(**known)] if rng.random() < 0.4 else []
