"""Whose report, for which year, published when; and where its sections begin."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from gongkai.document import Document, Paragraph
from gongkai.forms import load_form
from gongkai.parsing.headings import find_headings
from gongkai.parsing.identity import identify
from gongkai.parsing.lines import lines_of
from gongkai.parsing.organs import full_name, is_complete, kind_of, level_of, tidy_name

SECTIONS = load_form("2021").sections


@pytest.mark.parametrize(
    ("organ", "level", "kind", "complete"),
    [
        ("国务院办公厅", "central", "department", True),
        ("浙江省财政厅", "province", "department", True),
        ("北京市教育委员会", "province", "department", True),
        ("新疆维吾尔自治区人民政府", "province", "government", True),
        ("杭州市教育局", "prefecture", "department", True),
        ("镇江市城市管理局", "prefecture", "department", True),
        ("北京市朝阳区人民政府", "county", "government", True),
        ("淮安市洪泽区人民政府", "county", "government", True),
        ("苏州市昆山市人民政府", "county", "government", True),
        ("某县某镇人民政府", "township", "government", True),
        ("某市某区某街道办事处", "township", "department", True),
        ("区人社局", "county", "department", False),
        ("市财政局", "prefecture", "department", False),
        ("故城县教育局", "county", "department", True),
        ("宜城市城市管理局", "prefecture", "department", True),
        ("两城镇人民政府", "township", "government", True),
        ("拖市镇", "township", "government", True),
        ("上海市", "province", "government", True),
        ("唐村镇政府", "township", "government", True),
        ("佳荣里街", "township", "government", True),
        ("城市管理局", None, "department", False),
        ("国家税务总局广州市白云区税务局", "county", "department", True),
        ("国家税务总局", "central", "department", True),
        ("住房和城市建设局", None, "department", False),
        ("区公安分局", "county", "department", False),
    ],
)
def test_level_kind_and_completeness(organ: str, level: str | None, kind: str, complete: bool) -> None:
    assert (level_of(organ), kind_of(organ), is_complete(organ)) == (level, kind, complete)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2023年洪泽区财政局", "洪泽区财政局"),
        ("现公布山东省某县人民政府", "山东省某县人民政府"),
        ("（清源县人民政府）", "清源县人民政府"),
        ("来源：洪泽区教育局", "洪泽区教育局"),
        ("全年主动公开政府信息", None),
        ("某镇人民政府认真执行国务院办公厅", None),
        ("2023年，南山镇紧紧围绕市委", None),
        ("政府信息公开工作年度报告（洪泽区财政局", None),
        ("洪泽区南山街道特编制2023年", "洪泽区南山街道"),
        ("", None),
    ],
)
def test_name_in_a_piece_of_text(text: str, name: str | None) -> None:
    assert tidy_name(text, places=True) == name


def test_a_street_s_office_that_only_the_prose_names() -> None:
    prose = "在区委、区政府的坚强领导下，南山街道办事处认真落实条例。2023年，南山街道办事处公开信息63条。"
    assert identify("", {"overview": prose}, {}, []).organ == "南山街道办事处"


def test_full_name_from_the_prose() -> None:
    text = "本报告由淮安市洪泽区人民政府办公室编制。"
    assert full_name("洪泽区人民政府", text) == "淮安市洪泽区人民政府"
    assert full_name("洪泽区人民政府", "我市洪泽区人民政府的报告") == "洪泽区人民政府"


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("洪泽区人民政府2023年政府信息公开工作年度报告", "洪泽区人民政府"),
        ("2023年洪泽区财政局政府信息公开工作年度报告", "洪泽区财政局"),
        ("洪泽区人民政府信息公开工作年度报告（2023年度）", "洪泽区人民政府"),
        ("洪泽区财政局关于2023年度政府信息公开工作情况的报告", "洪泽区财政局"),
        ("2023年度政府信息公开工作年度报告 （洪泽区财政局）", "洪泽区财政局"),
        ("洪泽区财政局\n二〇二三年政府信息公开\n工作年度报告", "洪泽区财政局"),
    ],
)
def test_title(title: str, organ: str) -> None:
    found = identify(title, {"overview": "根据条例要求。"}, {}, [])
    assert (found.organ, found.year, found.flags) == (organ, 2023, {})


DECREE = "根据《中华人民共和国政府信息公开条例》和《关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知》要求，"
OWN = "在县委、县政府的坚强领导下，按照县政府办公室要求，县政府网站更新信息20条。"


@pytest.mark.parametrize(
    ("front", "overview", "organ"),
    [
        ("河包镇2020年政府信息公开工作年度报告", "在区委、区政府的领导下，我镇更新信息。", "河包镇"),
        (
            f"{DECREE}特向社会公布常太镇2020年度政府信息公开工作年度报告。如有疑问，请与常太镇人民政府政务办公室联络（",
            "我镇",
            "常太镇人民政府",
        ),
        (f"{DECREE}现公布开阳县冯三镇人民政府2020年政府信息公开工作年度报告。", f"我镇{OWN}", "开阳县冯三镇人民政府"),
        (f"{DECREE}现发布《利辛县教育局2020年政府信息公开工作年度报告》。", f"我局{OWN}", "利辛县教育局"),
        (f"{DECREE}现向社会公布2020年石家庄市教育局政府信息公开工作年度报告。", "我局", "石家庄市教育局"),
        (
            f"{DECREE}特编制湛江市人民政府地方志办公室2020年政府信息公开工作年度报告。",
            "我办",
            "湛江市人民政府地方志办公室",
        ),
        (f"{DECREE}唐村镇政府编制2020年政府信息公开年度报告。", "唐村镇认真落实。", "唐村镇政府"),
        ("本报告由上饶市教育局结合有关统计数据编制。", "我局收到申请3件。", "上饶市教育局"),
        ("本报告由两城镇人民政府党政办公室编制。", "", "两城镇人民政府"),
        (
            "如有疑问，请与南通市通州区兴东街道办事处联系。",
            "街道在区委、区政府的领导下推进公开。",
            "南通市通州区兴东街道办事处",
        ),
        (
            "本报告由罗庄区财政局按照《条例》（以下简称《条例》）及有关法律法规的要求编制。",
            "我局公开区财政局的概况。",
            "罗庄区财政局",
        ),
        (
            f"{DECREE}结合国家税务总局芜湖市镜湖区税务局（以下简称“镜湖区税务局”）政府信息公开工作有关统计数据撰写。",
            "",
            "国家税务总局芜湖市镜湖区税务局",
        ),
        (f"{DECREE}现公布《贵阳市2020年政府信息公开工作年度报告》。请与贵阳市人民政府办公厅联系。", "", "贵阳市"),
        (f"{DECREE}结合泰安市人民政府办公室政府信息公开工作实际，编制发布本报告。", "我办", "泰安市人民政府办公室"),
        (f"{DECREE}由台州湾经济技术开发区管委会结合有关统计数据编制。", "", "台州湾经济技术开发区管委会"),
        ("请直接与漳平市财政局人秘股联系。", "我局公开信息53条，由人秘股负责日常工作。", "漳平市财政局"),
        ("", "2020年宜城市教育局全面贯彻条例，宜城市教育局未收到申请。", "宜城市教育局"),
        ("", f"2020年，我局公开信息3条。{OWN}", None),
    ],
)
def test_organ_from_what_the_report_says(front: str, overview: str, organ: str | None) -> None:
    period = "统计期限自2020年1月1日起至2020年12月31日止。"
    found = identify(front, {"overview": overview}, {}, [*front.split("\n"), overview])
    assert found.organ == organ
    assert identify(front + period, {"overview": overview}, {}, []).year == 2020


def test_period_against_title_is_a_conflict() -> None:
    period = {"overview": "统计期限自2022年1月1日起至2022年12月31日止。"}
    found = identify("洪泽区财政局2023年政府信息公开工作年度报告", period, {}, [])
    assert found.year == 2023
    assert found.flags["year"].startswith("conflict")


def test_year_from_prose_leaves_out_laws() -> None:
    prose = "按照《关于2019年工作的通知》（国办函〔2020〕109号），2022年，我局主动公开信息12条。"
    assert identify("", {"overview": prose}, {}, []).year == 2022


@pytest.mark.parametrize(
    ("front", "end", "date"),
    [
        ("发布日期：2024-01-25", [], dt.date(2024, 1, 25)),
        ("", ["洪泽区财政局", "2024年1月20日"], dt.date(2024, 1, 20)),
        ("", ["二〇二四年一月二十日"], None),
        ("", ["2024年2月30日"], None),
        ("", ["洪泽区财政局", "2024年1月20日", "附件：", *["附表中的一行说明。"] * 40], dt.date(2024, 1, 20)),
        ("", ["2024年1月20日前完成整改。", *["附表中的一行说明。"] * 40], None),
        ("", ["2019年5月15日"], None),
    ],
)
def test_published(front: str, end: list[str], date: dt.date | None) -> None:
    found = identify(front, {"overview": "自2023年1月1日起至2023年12月31日止。"}, {}, end)
    assert found.published == date


def headings(*texts: str) -> list[tuple[str, int]]:
    lines = lines_of(Document("t", "text", [Paragraph(text) for text in texts], wrapped=True))
    return [(heading.section, heading.index) for heading in find_headings(lines, SECTIONS)]


def test_headings_in_another_order_and_one_missing() -> None:
    assert headings("一、总体情况", "文字。", "二、存在的主要问题及改进情况", "三、收到和处理政府信息公开申请情况") == [
        ("overview", 0),
        ("problems", 2),
        ("requests", 3),
    ]


def test_a_heading_split_in_two_lines() -> None:
    assert headings("三、收到和处理政府信息", "公开申请情况", "表") == [("requests", 0)]


def test_an_annex_that_numbers_anew() -> None:
    found = headings("五、存在的主要问题及改进情况", "六、其他需要报告的事项", "附件", "一、主动公开政府信息情况")
    assert [section for section, _ in found] == ["problems", "other", "disclosure"]


def test_subheadings_are_no_sections() -> None:
    found = headings("一、总体情况", "（一）主动公开情况", "（二）依申请公开情况", "二、主动公开政府信息情况")
    assert found == [("overview", 0), ("disclosure", 3)]


def test_a_sentence_is_no_heading() -> None:
    assert headings("我局总体情况良好，全年主动公开政府信息情况如下。") == []


@pytest.mark.parametrize("piece", ["《", "《条例", "〔", "由", "请与", "2021年1月1日", "政府信息公开", "某市人民政府"])
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    text = piece * 10_000
    began = time.process_time()
    identify(text, {"overview": text}, {}, [text])
    assert time.process_time() - began < 10
