"""Sentences of every make, read against tables that are known: what agrees, what does not, what is no claim."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import SECTIONS, build_report

import gongkai as gk

VALUES = {
    "requests/new/total": "21",
    "requests/new/natural_person": "18",
    "requests/new/business": "2",
    "requests/new/legal_service": "1",
    "requests/carried_in/total": "2",
    "requests/carried_in/natural_person": "2",
    "requests/granted/total": "10",
    "requests/granted/natural_person": "8",
    "requests/partial/total": "2",
    "requests/denied_state_secret/total": "1",
    "requests/denied_process_information/total": "4",
    "requests/unavailable_not_held/total": "3",
    "requests/unprocessed_repeat/total": "1",
    "requests/other_other/total": "1",
    "requests/total/total": "22",
    "requests/carried_out/total": "1",
    "litigation/review/upheld": "2",
    "litigation/review/pending": "1",
    "litigation/review/total": "3",
    "litigation/suit_direct/upheld": "1",
    "litigation/suit_direct/total": "1",
    "litigation/suit_after_review/corrected": "1",
    "litigation/suit_after_review/total": "1",
    "disclosure/normative_documents/made": "3",
    "disclosure/normative_documents/repealed": "1",
    "disclosure/normative_documents/in_force": "12",
    "disclosure/licensing/decisions": "550",
    "disclosure/penalties/decisions": "4119",
    "disclosure/fees/amount": "7730.28",
}


def claims(
    text: str, values: dict[str, str] | None = None, section: str = "overview", **report: object
) -> pd.DataFrame:
    built = build_report(VALUES | (values or {}), sections=SECTIONS | {section: text}, **report)  # type: ignore[arg-type]
    found = gk.check(built)
    return found[found["rule"] == "prose_claim"].reset_index(drop=True)


def outcomes(text: str, values: dict[str, str] | None = None, **report: object) -> list[tuple[str, float]]:
    found = claims(text, values, **report)
    return [(row.outcome, row.observed) for row in found.itertuples() if not pd.isna(row.observed)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("依申请公开情况。予以公开、部分公开、不予公开分别为10件、2件、5件。", [10, 2, 5]),
        ("依申请公开情况。予以公开、部分公开和不予公开的，分别有10、2、5件。", [10, 2, 5]),
        ("政府信息公开行政复议、行政诉讼分别为3件和2件。", [3, 2]),
        ("因政府信息公开引发行政复议3件，其中结果维持2件、尚未审结1件；行政诉讼2件。", [3, 2, 1, 2]),
        ("政府信息公开行政诉讼2件，其中未经复议直接起诉1件，复议后起诉1件。", [2, 1, 1]),
        ("政府信息公开行政诉讼中复议后起诉1件，被纠正1件。", [1, 1]),
        ("依申请公开：新收和上年结转申请共23件。", [23]),
        ("依申请公开：新收21件，上年结转2件，共计23件。", [21, 2, 23]),
        ("申请办理结果：予以公开10件，部分公开2件，共12件。", [10, 2, 12]),
        ("受理申请公开政府信息21件，同意公开或部分公开共12件。", [21, 12]),
        ("不予公开5件（其中属于国家秘密1件，过程性信息4件），无法提供3件，均已答复申请人。", [5, 1, 4, 3]),
        ("申请中10件予以公开，2件部分公开，另有1件结转至2024年继续办理。", [10, 2, 1]),
        ("其中18件为自然人申请，2件为商业企业申请，律师事务所申请1件。", [18, 2, 1]),
        ("全年收到依申请公开21件，公开10件，不予公开5件，其他1件。", [21, 10, 5, 1]),
        ("予以公开（10件）、部分公开（2件）的申请均按期答复。", [10, 2]),
        ("申请中部分公开2，不予公开5。", [2, 5]),
        ("收到政府信息公开申请21件，予以公开10件，其中自然人8件。", [21, 10, 8]),
        ("收到政府信息公开申请21件，已办结20件。", [21, 20]),
        ("公民、法人提交政府信息公开申请：共收到公民、法人提交的政府信息公开申请21件。", [21]),
        ("通过网站、信函等多种渠道收到政府信息公开申请21件。", [21]),
        ("制定规范性文件3件、废止1件、现行有效12件。", [3, 1, 12]),
        ("制定、废止规范性文件分别为3件、1件。", [3, 1]),
        ("本年出台的规范性文件：制发件数3件，废止件数1件，现行有效件数12件。", [3, 1, 12]),
        ("做好依申请公开工作，全年收到政府信息公开申请21件，当年办结22件，转下年度办理1件。", [21, 22, 1]),
        ("收到政府信息公开申请21件（其中公开10件，属于行政执法案卷0件）。", [21, 10, 0]),
        ("作出行政许可决定550件，作出行政处罚决定4,119件。", [550, 4119]),
        ("收取行政事业性收费7730.28万元。", [77302800]),
        ("收取行政事业性收费0.77亿元。", [77000000]),
        ("新发布的行政规范性文件3件，确定继续有效的规范性文件12件。", [3, 12]),
        ("依申请公开：予以公开政府信息10件，作出不予公开决定5件，其中过程性信息4件。", [10, 5, 4]),
        ("收到政府信息公开申请21件，其中律师事务所申请1件、企业申请2件，其余18件均由自然人提出。", [21, 1, 2, 18]),
        ("尚有1件信息公开申请在办。", [1]),
        ("政府信息公开行政复议3件，已审结2件。", [3, 2]),
        ("政府信息公开申请量再创新高，达21件。", [21]),
        ("政府信息公开申请数量居高不下，全年累计达21件。", [21]),
        ("依申请公开方面，接收到申请书21份。", [21]),
        ("申请内容中，3件为本机关不掌握的政府信息。", [3]),
        ("年末有1件信息公开申请尚未办结。", [1]),
        ("政府信息公开申请量首次突破20件，达21件。", [21]),
        ("共收到公民和法人或其他组织政府信息公开申请21件，22件已按规定在法定期限内予以答复。", [21, 22]),
        ("收到政府信息公开申请21件，除1件结转下年办理外，均依法答复。", [21, 1]),
        ("我局受理依申请件21件，全部在规定时间内作出政府信息公开答复22份。", [21, 22]),
        ("年末有1件政府信息公开申请未到答复期限。", [1]),
        ("政府信息公开申请全部答复中，公开与部分公开两类合计12件。", [12]),
        ("申请获得全部公开的有10件，获得部分公开的2件。", [10, 2]),
        ("因政府信息公开引发行政复议3件，审结2件，尚未办结1件。", [3, 2, 1]),
        ("政府信息公开行政诉讼中，未经复议径行起诉1件，复议之后再起诉1件。", [1, 1]),
        ("律师事务所等法律服务机构新提出政府信息公开申请1件。", [1]),
        ("目前有效的行政规范性文件12件。", [12]),
        ("行政事业性收费全年共计7730.28万元。", [77302800]),
        ("行政事业性收费由8011.75万元降至7730.28万元。", [77302800]),
        ("政府信息公开复议案件尚有1件未审结。", [1]),
        ("政府信息公开申请尚有1件未办结。", [1]),
        ("全年新收、办理政府信息公开申请分别为21件、22件。", [21, 22]),
        ("本年度行政许可、行政处罚分别为550件、4119件。", [550, 4119]),
        ("收到通过各种渠道提出的政府信息公开申请共21件。", [21]),
        ("政府信息公开申请办结22件，结转下年1件，合计23件。", [22, 1, 23]),
        ("政府信息公开申请予以公开10件，其中自然人8件、其他0件。", [10, 8, 0]),
        ("自然人的政府信息公开申请予以公开8件，部分公开0件。", [8, 0]),
        ("政府信息公开申请办结：作出公开答复10件、部分公开答复2件。", [10, 2]),
    ],
)
def test_numbers_that_agree(text: str, numbers: list[float]) -> None:
    assert outcomes(text) == [("pass", number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("依申请公开情况。予以公开、部分公开、不予公开分别为10件、3件、5件。", 3),
        ("政府信息公开行政复议、行政诉讼各3件。", 3),
        ("政府信息公开行政复议和行政诉讼共6件。", 6),
        ("因政府信息公开引发行政复议3件，其中结果维持3件。", 3),
        ("政府信息公开行政诉讼2件，其中复议后起诉2件。", 2),
        ("依申请公开：新收和上年结转申请共24件。", 24),
        ("申请办理结果：予以公开10件，部分公开2件，共13件。", 13),
        ("不予公开的申请中属于国家秘密2件。", 2),
        ("其中商业企业申请3件。", 3),
        ("收到政府信息公开申请21件，均为自然人申请。", 21),
        ("收到政府信息公开申请21件，均已办结。", 0),
        ("政府信息公开申请无上年结转。", 0),
        ("未发生因政府信息公开引起的行政复议。", 0),
        ("本年度未制发行政规范性文件。", 0),
        ("全年没有公民、法人和其他组织提出政府信息公开申请。", 0),
        ("没有因申请政府信息公开而发生行政复议。", 0),
        ("政府信息公开工作有序，无行政复议诉讼情况。", 0),
        ("收到申请21件，予以公开10件，其中自然人7件。", 7),
        ("收到申请21件，予以公开12件，部分公开2件。", 12),
        ("废止规范性文件二件。", 2),
        ("收取行政事业性收费7730.28元。", 7730.28),
        ("收取行政事业性收费7731万元。", 77310000),
        ("新发布的行政规范性文件4件。", 4),
        ("作出不予公开决定5件，其中过程性信息3件。", 3),
        ("收到政府信息公开申请21件，其余17件均由自然人提出。", 17),
        ("尚有2件信息公开申请在办，结转下一年度继续办理。", 2),
        ("政府信息公开行政复议3件，均已审结。", 3),
        ("政府信息公开申请量首次突破20件，达22件。", 22),
        ("收到政府信息公开申请21件，均为自然人网上申请。", 21),
        ("本机关未接收到政府信息公开申请。", 0),
        ("收到的政府信息公开申请中没有因不掌握而无法提供的申请。", 0),
        ("未受理关于政府信息公开的依申请公开。", 0),
        ("政府信息公开申请总量21件，均来自商业企业。", 21),
        ("1646件政府信息公开申请已答复。", 1646),
        ("政府信息公开行政复议1件，结果维持。", 1),
        ("政府信息公开申请人全部为自然人。", 100),
        ("政府信息公开行政诉讼均为直接起诉。", 100),
        ("未发生因政府信息公开工作引发举报、投诉、提起行政诉讼等情况。", 0),
    ],
)
def test_numbers_that_differ(text: str, number: float) -> None:
    assert ("fail", number) in outcomes(text)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("收到政府信息公开申请21件，其中自然人申请18件，占85.7%。", "pass"),
        ("收到政府信息公开申请21件，其中自然人申请18件，占比85.71%。", "pass"),
        ("收到政府信息公开申请21件，其中自然人申请18件，占申请总数的百分之八十五点七。", "pass"),
        ("收到政府信息公开申请21件，其中自然人申请18件，占85.8%。", "fail"),
        ("收到政府信息公开申请21件，其中自然人申请18件，占８８．７％。", "fail"),
        ("答复申请22件，不予公开5件，占办结总数的22.7%。", "pass"),
        ("答复申请22件，不予公开5件，占办结总数的23.8%。", "fail"),
        ("申请中予以公开、部分公开分别为10件、2件，分别占45.5%、9.1%。", "pass"),
        ("申请中予以公开、部分公开分别为10件、2件，分别占45.5%、19.1%。", "fail"),
        ("因政府信息公开引发行政复议3件，维持2件，占66.7%。", "pass"),
        ("因政府信息公开引发行政复议3件，维持2件，占76.7%。", "fail"),
        ("自然人申请占申请总量的85.7%。", "pass"),
        ("自然人申请占申请总量的58.7%。", "fail"),
        ("办结政府信息公开申请22件，予以公开10件（45.5%）。", "pass"),
        ("办结政府信息公开申请22件，予以公开10件（65.5%）。", "fail"),
        ("办结政府信息公开申请22件，予以公开或部分公开占54.5%。", "pass"),
        ("办结政府信息公开申请22件，予以公开或部分公开占45.5%。", "fail"),
    ],
)
def test_percentages(text: str, outcome: str) -> None:
    found = claims(text)
    assert found["outcome"].iloc[-1] == outcome
    assert set(found["outcome"].iloc[:-1]) <= {"pass"}


@pytest.mark.parametrize(
    "text",
    [
        "通过网络收到政府信息公开申请12件，当面收到3件。",
        "收到涉及征地的政府信息公开申请5件。",
        "收到政府信息公开申请21件，其中依法延期答复1件，撤回1件。",
        "当场答复政府信息公开申请4件。",
        "政府信息公开申请数量最多的月份达6件。",
        "主动公开的信息中政策法规类20条，占18.5%，动态类88条，占81.5%。",
        "清理规范性文件15件，废止2件，修改3件。",
        "公示行政处罚决定300件，公开行政许可决定20件。",
        "政府信息公开行政诉讼案件一审1件、二审1件，败诉0件。",
        "未发生因答复不当引起的行政复议、行政诉讼。",
        "政府信息公开申请办结率100%，满意率达99%。",
        "受理行政复议申请120件，审结118件，其中维持90件。",
        "自然人申请占比超过90%，企业申请占比近10%。",
        "收到政府信息公开申请由上年的18件增加到21件。",
        "收到咨询20余件，办结近20件。",
        "规章制度3项，修订规章2件。",
        "办理行政事业性收费减免5件，罚款3.5万元。",
        "本年新收政府信息公开申请数量 18 2 0 0 1 0 21",
        "委属医院收到政府信息公开申请9件。",
        "邀请法律顾问审核依申请公开答复9件。",
        "收到政府信息公开申请21件，连同上年结转共办理22件。",
        "收到政府信息公开申请21件，其中自然人网上申请12件。",
        "各科室收到政府信息公开申请9件，均已办结。",
        "本年度没有制定规章制度。",
        "对3件申请征求了第三方意见。",
        "区行政复议局收到各类行政复议申请316件，受理291件。",
        "依申请公开工作有序。受理信访件316件，办结291件。办结291件。",
        "收到政府信息公开申请21件，因个人隐私不予公开2件。",
        "应答复政府信息公开申请24件。",
        "未产生依申请公开政府信息案例。",
        "收到公民提出的政府信息公开申请21件。",
        "需办结的政府信息公开申请24件。",
        "政府信息公开行政复议9件。收到行政复议申请132件，受理120件，审结110件，其中维持60件。",
        "依申请公开工作有序。一网通办平台受理办件123件，办结120件。",
        "政府信息公开行政诉讼2件。县政府作为被告的行政诉讼案件87件。",
        "全县行政复议案件316件，其中政府信息公开类3件。",
        "对9件申请发出补正通知，其中2件逾期未补正。",
        "征求第三方意见9件，其中同意公开6件，申请人均无异议。",
        "12月收到政府信息公开申请4件。",
        "被法院判决撤销的政府信息公开诉讼3件。",
        "政府信息公开申请新增5件。",
    ],
)
def test_what_is_no_claim_is_never_wrong(text: str) -> None:
    found = claims(text, {"litigation/review/total": "9", "requests/new/total": "21"})
    assert "fail" not in set(found["outcome"]), found["message"].tolist()


class TestScope:
    ORGAN = "洪泽区人民政府"

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("区政府办公室代表区政府受理政府信息公开申请17件。", "代表区政府"),
            ("全市受理政府信息公开申请95件；予以公开50件；部分公开20件。", "全市"),
            ("区政府办公室作为受理机构收到政府信息公开申请9件。", "区政府办公室"),
            ("9个街道、3个镇共收到政府信息公开申请9件。", "3个镇"),
            ("区财政局、区住建局共收到政府信息公开申请9件。", "区财政局"),
            ("区财政局高度重视，收到政府信息公开申请9件。", "区财政局"),
            ("市政府收到政府信息公开申请9件。", "市政府"),
            ("住房和城乡建设部收到政府信息公开申请9件。", "住房和城乡建设部"),
            ("区级部门收到政府信息公开申请9件。", "区级部门"),
            ("向区政府提出的政府信息公开申请9件。", "向区政府"),
            ("以区政府为被申请人的政府信息公开行政复议9件。", "以区政府为被申请人"),
            ("区政府被提起政府信息公开行政诉讼9件。", "区政府"),
            ("区财政局收到政府信息公开申请9件。", "区财政局"),
            ("各镇街收到政府信息公开申请9件。", "镇街"),
            ("2022年，收到政府信息公开申请9件；予以公开2件。", "2022"),
            ("2019年以来收到政府信息公开申请90件。", "2019年以来"),
        ],
    )
    def test_another_scope_is_named_and_not_compared_down_the_whole_sentence(self, text: str, reason: str) -> None:
        found = claims(text, organ=self.ORGAN)
        assert set(found["outcome"]) == {"not_assessable"}
        assert found["message"].str.contains(reason).all()

    def test_a_government_speaks_of_itself_as_its_territory(self) -> None:
        assert outcomes("我区收到政府信息公开申请25件。", organ=self.ORGAN) == [("fail", 25)]
        assert outcomes("我区收到政府信息公开申请25件。", organ="洪泽区教育局") == [("not_assessable", 25)]

    @pytest.mark.parametrize(
        "who",
        [
            "全区",
            "我区",
            "全区各级行政机关",
            "各级各部门",
            "各单位",
            "全区各部门、各镇（街道）",
            "区政府及其部门",
            "区政府",
        ],
    )
    def test_a_government_reports_on_all_of_its_organs(self, who: str) -> None:
        assert outcomes(f"{who}共收到政府信息公开申请25件。", organ=self.ORGAN) == [("fail", 25)]
        assert outcomes(f"{who}共收到政府信息公开申请21件。", organ=self.ORGAN) == [("pass", 21)]
        assert ("fail", 25) not in outcomes(f"{who}共收到政府信息公开申请25件。", organ="洪泽区教育局")

    @pytest.mark.parametrize("who", ["我镇", "黑石镇", "镇政府", "黑石镇人民政府", "镇党政办", "全镇"])
    def test_a_town_has_no_organs_but_itself(self, who: str) -> None:
        text = f"{who}收到政府信息公开申请25件。"
        assert outcomes(text, organ="青石县黑石镇人民政府") == [("fail", 25)]

    def test_tables_of_the_own_house_alone_are_told_by_its_number(self) -> None:
        text = "全区共收到政府信息公开申请95件，区政府办公室收到{}件政府信息公开申请。"
        assert outcomes(text.format(21), organ=self.ORGAN) == [("not_assessable", 95), ("pass", 21)]
        assert outcomes(text.format(17), organ=self.ORGAN) == [("fail", 95), ("not_assessable", 17)]
        text = "全区共收到政府信息公开申请21件，其中区政府收到政府信息公开申请{}件。"
        assert outcomes(text.format(17), organ=self.ORGAN) == [("pass", 21), ("not_assessable", 17)]

    def test_the_year_before_is_another_year_for_the_territory_as_well(self) -> None:
        text = "全区共收到政府信息公开申请21件，与2022年的18件相比，净增3件。"
        found = outcomes(text, organ=self.ORGAN)
        assert found[:2] == [("pass", 21), ("not_assessable", 18)]

    def test_a_bracket_speaks_for_itself_only(self) -> None:
        text = "收到政府信息公开申请21件（2022年为18件），予以公开9件。"
        assert outcomes(text) == [("pass", 21), ("not_assessable", 18), ("fail", 9)]

    def test_a_short_name_is_the_organ_itself(self) -> None:
        assert outcomes("区人社局收到政府信息公开申请25件。", organ="洪泽区人力资源和社会保障局") == [("fail", 25)]


class TestContradictions:
    def test_two_numbers_for_what_no_table_counts(self) -> None:
        sections = SECTIONS | {
            "overview": "全年主动公开政府信息1136条。",
            "other": "本年度收取信息处理费0元。全年共主动公开政府信息1163条。",
        }
        found = gk.check(build_report(VALUES, sections=sections))
        failed = found[(found["rule"] == "prose_claim") & (found["outcome"] == "fail")]
        assert failed["message"].tolist() == [
            "「总体情况」称“全年主动公开政府信息1136条”，而「其他需要报告的事项」称“全年共主动公开政府信息1163条”："
            "主动公开政府信息条数前后不一，至少有一处有误。"
        ]
        assert (failed["expected"].iloc[0], failed["observed"].iloc[0]) == (1136, 1163)

    def test_two_numbers_of_another_scope(self) -> None:
        text = "全市收到政府信息公开申请95件。按规定办理。全市收到政府信息公开申请96件。"
        assert ("fail", 96) in outcomes(text)
        assert ("fail", 96) not in outcomes(text.replace("96", "95"))

    def test_where_the_table_is_silent_two_sentences_still_contradict(self) -> None:
        values = {"litigation/review/total": ""}
        text = "因政府信息公开引发行政复议3件。监督保障有力。政府信息公开行政复议案件共4件。"
        assert [outcome for outcome, _ in outcomes(text, values)] == ["not_assessable", "not_assessable", "fail"]

    def test_a_claim_that_the_table_refutes_is_not_blamed_twice(self) -> None:
        text = "收到政府信息公开申请21件。工作有序。收到政府信息公开申请32件。"
        assert outcomes(text) == [("pass", 21), ("fail", 32)]

    def test_parts_that_exceed_their_whole(self) -> None:
        values = {"requests/carried_in/natural_person": "", "requests/carried_in/total": ""}
        text = "收到政府信息公开申请21件，其中自然人申请30件。"
        assert ("fail", 21) in outcomes(text, values)

    def test_a_sum_that_is_not_that_of_its_items(self) -> None:
        text = "全市政府信息公开申请办理结果：予以公开50件，部分公开20件，共80件。"
        found = claims(text)
        assert found["outcome"].tolist()[-1] == "fail"
        assert "50 + 20 = 70" in found["message"].iloc[-1]


def test_messages_say_where_and_by_how_much() -> None:
    found = claims("收到政府信息公开申请21件，其中自然人申请17件，占81.0%。")
    assert found["message"].tolist()[1:] == [
        "「总体情况」称“其中自然人申请17件”，而表中本年新收申请（自然人）为 18，相差 -1。",
        "「总体情况」称“其中自然人申请17件，占81.0%”，而按表中数字，本年新收申请（自然人）所占比例为 85.71%（18/21）。",
    ]
    assert found.loc[1, "cells"] == ["requests/new/natural_person"]
    assert set(found.loc[2, "cells"]) >= {"requests/new/natural_person", "requests/new/total"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("新发布的规范性文件4件。", "行政规范性文件（本年制发）"),
        ("政府信息公开类行政复议纠错5件。", "行政复议（结果纠正）"),
    ],
)
def test_a_subject_has_one_label_in_whatever_order_it_is_named(text: str, label: str) -> None:
    assert f"而表中{label}为" in claims(text)["message"].iloc[0]


def test_messages_in_english() -> None:
    built = build_report(
        VALUES, sections=SECTIONS | {"overview": "收到政府信息公开申请22件，其中自然人申请18件，占90%。"}
    )
    found = gk.check(built, language="en")
    messages = found.loc[found["rule"] == "prose_claim", "message"].tolist()
    assert messages[0] == (
        "“Overview” says “收到政府信息公开申请22件”; but in the tables new requests: 21, a difference of 1."
    )
    assert messages[2].endswith("but by the tables' figures, new requests (natural persons): 85.7% (18/21).")
