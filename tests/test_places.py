"""Names of organs and what they say: place, code after GB/T 2260, level; and when they do not say it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.corpus.places import identify
from gongkai.corpus.places.units import Unit, index, the_one, units


@pytest.mark.parametrize(
    ("organ", "province", "prefecture", "county", "code", "level"),
    [
        ("江苏省财政厅", "江苏省", None, None, "320000", "province"),
        ("淮安市财政局", "江苏省", "淮安市", None, "320800", "prefecture"),
        ("淮安市洪泽区财政局", "江苏省", "淮安市", "洪泽区", "320813", "county"),
        ("徐州市鼓楼区财政局", "江苏省", "徐州市", "鼓楼区", "320302", "county"),
        ("福建省福州市鼓楼区人民政府", "福建省", "福州市", "鼓楼区", "350102", "county"),
        ("北京市朝阳区人民政府", "北京市", None, "朝阳区", "110105", "county"),
        ("湖北省仙桃市财政局", "湖北省", None, "仙桃市", "429004", "county"),
        ("东莞市财政局", "广东省", "东莞市", None, "441900", "prefecture"),
        ("济南市市中区财政局", "山东省", "济南市", "市中区", "370103", "county"),
        ("阳泉市城区财政局", "山西省", "阳泉市", "城区", "140302", "county"),
        ("吉林市财政局", "吉林省", "吉林市", None, "220200", "prefecture"),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州塔城地区乌苏市财政局",
            "新疆维吾尔自治区",
            "塔城地区",
            "乌苏市",
            "654202",
            "county",
        ),
    ],
)
def test_full_names_give_place_and_code(
    organ: str, province: str, prefecture: str | None, county: str | None, code: str, level: str
) -> None:
    found = identify(organ)
    assert (found.province, found.prefecture, found.county, found.code) == (province, prefecture, county, code)
    assert (found.level, found.match) == (level, "unique" if organ.startswith("仙桃") else "full")


def test_a_county_of_a_name_that_no_other_has_is_found_and_marked() -> None:
    found = identify("洪泽区财政局")
    assert (found.code, found.prefecture, found.match) == ("320813", "淮安市", "unique")
    city = identify("昆山市财政局")  # a county-level city, which its name does not say
    assert (city.code, city.level) == ("320583", "county")


@pytest.mark.parametrize("organ", ["鼓楼区财政局", "新华区财政局", "朝阳区人民政府", "城区财政局", "江北区财政局"])
def test_a_name_that_several_units_have_gives_no_code(organ: str) -> None:
    found = identify(organ)
    assert (found.code, found.province, found.county, found.match) == (None, None, None, "ambiguous")
    assert found.level == "county"


def test_what_ambiguous_units_have_in_common_is_kept() -> None:
    found = identify("江苏省鼓楼区财政局")
    assert (found.province, found.prefecture, found.code, found.match) == ("江苏省", None, None, "ambiguous")


@pytest.mark.parametrize(
    ("organ", "code"),
    [
        ("内蒙古财政厅", "150000"),
        ("新疆财政厅", "650000"),
        ("广西南宁市青秀区人民政府", "450103"),
        ("江苏淮安洪泽区财政局", "320813"),
        ("伊犁州财政局", "654000"),
        ("巴州财政局", "652800"),
        ("海南州财政局", "632500"),
        ("长阳县人民政府", "420528"),
        ("东乡县人民政府", "622926"),
        ("鄂温克旗人民政府", "150724"),
        ("莫旗人民政府", "150722"),
        ("管城区财政局", "410104"),
    ],
)
def test_short_forms(organ: str, code: str) -> None:
    found = identify(organ)
    assert (found.code, found.match) == (code, "short")


@pytest.mark.parametrize(
    ("organ", "code", "below", "level"),
    [
        ("洪泽区高良涧街道办事处", "320813", "高良涧街道", "township"),
        ("淮安市洪泽区老子山镇人民政府", "320813", "老子山镇", "township"),
        ("中山市东区街道办事处", "442000", "东区街道", "township"),
        ("淮安市经济技术开发区管理委员会", "320800", "经济技术开发区", None),
        ("淮安经济技术开发区管理委员会", "320800", "经济技术开发区", None),
        ("昆山高新技术产业开发区管委会", "320583", "高新技术产业开发区", None),
        ("苏州工业园区管理委员会", "320500", "工业园区", None),
        ("河北雄安新区管理委员会", "130000", "雄安新区", None),
        ("新疆生产建设兵团财政局", "650000", "生产建设兵团", None),
    ],
)
def test_townships_and_zones_are_below_the_unit_that_has_the_code(
    organ: str, code: str, below: str, level: str | None
) -> None:
    found = identify(organ)
    assert (found.code, found.below, found.level) == (code, below, level)


@pytest.mark.parametrize(
    ("organ", "code"),
    [
        ("无为县财政局", "340225"),  # a city since 2019
        ("无为市财政局", "340281"),
        ("杭州市江干区人民政府", "330104"),  # abolished in 2021
        ("邢台市桥东区财政局", "130502"),  # the code of what is 襄都区 now
        ("襄都区财政局", "130502"),
        ("南通市崇川区财政局", "320613"),  # 320602 until 2019
        ("四平市公主岭市财政局", "220381"),
        ("公主岭市财政局", "220184"),  # under Changchun since 2020
        ("新疆和安县人民政府", "653229"),  # since the end of 2024
        ("两江新区管理委员会", "500157"),  # since 2025
        ("重庆市渝北区财政局", "500112"),  # until 2025
    ],
)
def test_units_that_changed_since_2018(organ: str, code: str) -> None:
    assert identify(organ).code == code


@pytest.mark.parametrize(
    ("organ", "match"),
    [
        ("中华人民共和国财政部", "central"),
        ("国务院办公厅", "central"),
        ("省财政厅", "none"),
        ("区财政局", "none"),
        ("南京海关", "none"),
        ("大兴安岭地区加格达奇区财政局", "unknown"),
        ("某某区财政局", "unknown"),
        ("河南区财政局", "unknown"),  # no such district: not the province of Henan
        ("上海路街道办事处", "unknown"),
        ("山东庄镇人民政府", "unknown"),
        ("东区街道办事处", "unknown"),
        ("东湖高新区管委会", "none"),  # Wuhan's, not the zone of Nanchang's 东湖区
        ("滨江新区管理委员会", "unknown"),
        ("湖南大学", "none"),
    ],
)
def test_no_code_and_the_reason(organ: str, match: str) -> None:
    found = identify(organ)
    assert found.code is None
    assert found.match == match


def test_a_central_organ_s_office_has_the_place_of_its_district() -> None:
    found = identify("国家税务总局淮安市洪泽区税务局")
    assert (found.code, found.level) == ("320813", "county")
    assert found.full_name == "国家税务总局江苏省淮安市洪泽区税务局"


@pytest.mark.parametrize(
    ("organ", "code", "county", "match", "level"),
    [
        ("淮安市洪泽生态环境局", "320813", "洪泽区", "short", "county"),
        ("南阳市生态环境局内乡分局", "411325", "内乡县", "short", "county"),
        ("北京市公安局朝阳分局", "110105", "朝阳区", "short", "county"),
        ("恩施州生态环境局利川市分局", "422802", "利川市", "short", "county"),
        ("深圳市公安局机场分局", None, None, "unknown", None),
        ("淮安市生态环境局", "320800", None, "full", "prefecture"),
        ("淮安市洪泽区自然资源和规划分局", "320813", "洪泽区", "full", "county"),
    ],
)
def test_a_city_s_office_in_a_county_is_the_county_s(
    organ: str, code: str | None, county: str | None, match: str, level: str | None
) -> None:
    found = identify(organ)
    assert (found.code, found.county, found.match, found.level) == (code, county, match, level)


def test_townships_behind_a_government_and_counties_behind_a_zone() -> None:
    street = identify("济南市历下区人民政府泉城路街道办事处")
    assert (street.code, street.below) == ("370102", "泉城路街道")
    county = identify("河北省雄安新区容城县财政局")
    assert (county.code, county.county, county.level) == ("130629", "容城县", "county")


def test_departments_whose_names_look_like_places() -> None:
    for ending in (
        "城市管理局",
        "市场监督管理局",
        "城区管理局",
        "乡村振兴局",
        "社区矫正管理局",
        "城镇化办公室",
    ):
        assert identify(f"淮安市{ending}").code == "320800"
        assert identify(f"涟水县{ending}").code == "320826"


def test_one_organ_has_one_full_name() -> None:
    names = (
        "洪泽区财政局",
        "淮安市洪泽区财政局",
        "江苏省淮安市洪泽区财政局",
        "江苏淮安洪泽区财政局",
        "淮安市 洪泽区\u3000财政局",
        "2021年淮安市洪泽区财政局",
        "关于淮安市洪泽区财政局",
    )
    assert {identify(name).full_name for name in names} == {"江苏省淮安市洪泽区财政局"}


def test_names_are_in_one_width() -> None:
    assert identify("洪泽区教育局(体育局)").name == identify("洪泽区教育局（体育局）").name == "洪泽区教育局（体育局）"


def test_kind() -> None:
    assert identify("洪泽区人民政府").kind == "government"
    assert identify("洪泽区财政局").kind == "department"


def test_every_unit_is_found_by_its_full_name_and_above_it_nothing_else() -> None:
    for code, unit in units().items():
        province = units()[code[:2] + "0000"].name if unit.level != "province" else ""
        prefecture = units().get(code[:4] + "00") if unit.level == "county" else None
        found = identify(f"{province}{prefecture.name if prefecture else ''}{unit.name}财政局")
        same = index()["full"][unit.name]
        assert found.code in {other.code for other in same if other.code[:4] == code[:4]}, unit
        assert found.match == "full"


def test_a_code_s_successor_needs_the_other_to_have_ended() -> None:
    old, new = Unit("340203", "弋江区", 0, 2019), Unit("340209", "弋江区", 2020, 9999)
    elsewhere = Unit("130702", "弋江区", 0, 9999)
    assert the_one((old, new)) is new
    assert the_one((old, new, elsewhere)) is None


def test_the_list_of_units() -> None:
    levels = [unit.level for unit in units().values() if unit.last > 2025]
    assert levels.count("province") == 34
    assert levels.count("prefecture") == 333  # the number that the Ministry of Civil Affairs gives
    assert all(re.fullmatch(r"\d{6}", code) for code in units())


@given(st.text(alphabet="江苏省淮安市洪泽区县旗州盟镇乡街道新开发财政局人民政府（） 0内蒙古", max_size=20))
def test_any_name_gives_a_code_of_the_list_or_none(organ: str) -> None:
    found = identify(organ)
    if found.code is None:
        assert found.match in {"ambiguous", "unknown", "central", "none"}
    else:
        assert found.match in {"full", "unique", "short"}
        assert found.province == units()[found.code[:2] + "0000"].name
        assert identify(found.full_name).code == found.code
