"""What is left over from another report or a template, and text taken over from the year before."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
from builders import SECTIONS, build_report
from hypothesis import given, settings
from hypothesis import strategies as st

import gongkai as gk
from gongkai.checks.copying.shingles import SIZE, reuse, shingles

BUREAU = "淮安市洪泽区教育局"


def found(rule: str, sections: dict[str, str], previous: gk.Report | None = None, **report: object) -> pd.DataFrame:
    built = build_report(sections=SECTIONS | sections, **{"organ": BUREAU, **report})  # type: ignore[arg-type]
    findings = gk.check(built, previous)
    return findings[findings["rule"] == rule].reset_index(drop=True)


def leftovers(sections: dict[str, str], **report: object) -> list[str]:
    """The messages on text that is left over."""
    findings = found("stale_text", sections, **report)
    return findings.loc[findings["outcome"] == "fail", "message"].tolist()


class TestYears:
    @pytest.mark.parametrize(
        "sections",
        [
            {"overview": "2022年，我局坚持以公开为常态，各项工作平稳有序。"},
            {"overview": "2022年，我局严格落实《条例》要求。2023年，共公开信息20条。"},
            {"overview": "一年来，健全机制，明确责任，2022年各项工作取得新进展。"},
            {"other": "2022年度本机关未收取信息处理费。"},
            {"other": "按照《政府信息公开信息处理费管理办法》，2022年度本机关未收取信息处理费。"},
            {"problems": "2022年，我局政府信息公开工作虽取得一定成绩，但仍有不足。"},
            {"problems": "2023年，我局将进一步加强公开。"},
            {"problems": "针对上述不足，2023年我局将采取有力措施。"},
            {"problems": "2022年，我局工作虽有成效，但仍存在一些问题。"},
            {"overview": "截至2022年12月31日，公开信息20条。"},
            {"overview": "回顾2022年，我局政务公开工作平稳有序。"},
            {"overview": "我局2022年通过门户网站公开信息20条。"},
            {"overview": "2021年，我局认真贯彻落实《条例》要求。"},
            {"overview": "现将我局2022年政府信息公开工作情况报告如下。"},
            {"problems": "在2023年的工作中，我局将着力提升公开质量。"},
            {"problems": "2022年，政府信息公开工作取得一定成绩，但与群众期待相比还有差距。"},
            {"other": "本机关2022年度没有收取政府信息公开信息处理费。"},
            {"front": "本报告数据截止时间为2022年12月31日。"},
        ],
    )
    def test_a_sentence_on_another_year_is_left_over(self, sections: dict[str, str]) -> None:
        front = sections.pop("front", "")
        assert len(leftovers(sections, front=front)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "2022年收到申请30件，2023年收到21件。",
            "2022年公开信息30条。2023年公开信息40条。",
            "2022年以来，持续推进标准化。",
            "2022年12月，印发实施方案。",
            "2022年，我局印发《信息发布办法》，为本年打下基础。",
            "公开数量比2022年增加，质量较2022年提升。",
            "针对2022年存在的问题，已逐项整改。",
            "公开2023年部门预算和2022年部门决算。",
            "按时发布了2022年政府信息公开工作年度报告。",
            "2024年，我局将进一步加强公开。",
            "2023年，我局将政务公开纳入年度考核。",
            "按照方案，2023年我局将重点领域信息公开纳入考核。",
            "2022年结转的申请已办结。",
            "截至2022年底，尚有2件在办，均已于今年办结。",
            "根据《2022年政务公开工作要点》开展工作。",
            "2015年，我局建成政务公开专区。",
            "2021年，我局收到政府信息公开申请77件。",
            "2022年全市政务公开考核中，我局位列第五名。",
            "2022年度报告提出的改进措施均已落实。",
            "2022年存在的解读形式单一问题已基本解决，但仍存在更新不及时的问题。",
            "截至2022年底，现行有效规范性文件17件；截至2023年底为18件。",
        ],
    )
    def test_another_year_in_its_place_is_not(self, text: str) -> None:
        assert leftovers({"overview": text}) == []

    def test_the_period_and_the_name_of_the_report_are_looked_at(self) -> None:
        front = "现将2022年政府信息公开工作情况报告如下。所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
        messages = leftovers({}, front=front)
        assert len(messages) == 2
        assert messages[1] == (
            "「报告开头」写“所列数据的统计期限自2022年1月1日起至2022年12月31日止”，"
            "统计期限是 2022 年的，而报告是 2023 年度的。"
        )
        assert leftovers({}, front=front.replace("2022", "2023")) == []

    def test_without_a_year_nothing_can_be_another(self) -> None:
        assert leftovers({"overview": "2022年，我局坚持以公开为常态。"}, year=None) == []


class TestOrgans:
    @pytest.mark.parametrize(
        "text",
        [
            "2023年，金湖县教育局认真贯彻落实条例。",
            "2023年，洪泽区财政局严格按照要求开展工作。",
            "金湖县教育局编制本报告。",
            "如有疑问，请与金湖县教育局联系。",
            "如有疑问，请与洪泽区财政局办公室联系。",
            "本报告由洪泽区民政局编制。",
            "如有疑问，请联系洪泽区水利局。",
            "如有疑问，请与淮安市金湖县人民政府办公室联系。",
            "洪泽区财政局高度重视政务公开工作。",
            "2023年，金湖县共发布各类信息3万条。",
        ],
    )
    def test_another_organ_in_the_place_of_the_own_is_left_over(self, text: str) -> None:
        assert len(leftovers({"overview": text})) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "2023年，洪泽区教育局认真贯彻落实条例。",
            "2023年，区教育局认真贯彻落实条例。",
            "按照洪泽区财政局要求公开预决算，向县司法局报送备案。",
            "如有疑问，请与洪泽区教育局办公室联系。",
            "如有疑问，请与淮安市洪泽区人民政府办公室联系。",
            "区委、区政府高度重视政务公开工作。",
            "参照省财政厅主动公开目录编制本局目录。",
            "按照洪泽区司法局严格落实审查的要求办理。",
            "本年度我局严格按照目录公开信息。",
        ],
    )
    def test_other_organs_in_their_place_are_not(self, text: str) -> None:
        assert leftovers({"overview": text}) == []

    @pytest.mark.parametrize(
        ("organ", "text", "left"),
        [
            ("某县卫生健康委员会", "我局落实专人负责。", True),
            (BUREAU, "我局落实专人负责。", False),
            (BUREAU, "我委落实专人负责。", True),
            (BUREAU, "我委托第三方开展检查。", False),
            (BUREAU, "我县持续推进公开。", True),
            ("某县教育局", "我县持续推进公开。", False),
            ("江苏省教育厅", "我省、我厅持续推进公开。", False),
            ("某县某镇人民政府", "我镇持续推进公开。", False),
            ("某县某乡人民政府", "我镇持续推进公开。", True),
            ("青石县黑石镇人民政府", "2023年，白石镇人民政府未收到申请。", True),
            ("青石县黑石镇人民政府", "2023年，黑石镇人民政府未收到申请。", False),
        ],
    )
    def test_an_organ_calls_itself_by_its_kind(self, organ: str, text: str, left: bool) -> None:
        assert bool(leftovers({"overview": text}, organ=organ)) == left

    def test_a_doubtful_name_blames_nobody(self) -> None:
        report = build_report(sections=SECTIONS | {"overview": "我委落实专人负责。"}, organ=BUREAU)
        report.flags["organ"] = "conflict: 某委"
        findings = gk.check(report)
        assert findings.loc[findings["rule"] == "stale_text", "outcome"].tolist() == ["pass"]


class TestTemplates:
    @pytest.mark.parametrize(
        "text",
        [
            "XX局认真贯彻落实。",
            "××县××局认真贯彻落实。",
            "20XX年工作有序。",
            "共公开信息XX条。",
            "根据《XX局工作方案》开展工作。",
            "某某单位认真落实。",
            "【此处填写机关名称】认真落实。",
            "共公开信息__条。",
            "X月X日召开会议，培训X次。",
            "（此处填写主动公开数量）条。",
            "由***负责日常工作。",
        ],
    )
    def test_a_blank_that_was_not_filled_in_is_left_over(self, text: str) -> None:
        messages = leftovers({"overview": text})
        assert messages
        assert all("占位符" in message for message in messages)

    @pytest.mark.parametrize(
        "text",
        [
            "邮箱为xxgk@xx.gov.cn。",
            "登录www.xxgk.gov.cn查询。",
            "二○○八年起施行。",
            "满意度达100%以上。",
            "做到A、B岗互补。",
            "答复申请人李XX提出的申请。",
        ],
    )
    def test_what_looks_like_one_is_not(self, text: str) -> None:
        assert leftovers({"overview": text}) == []

    def test_words_of_an_older_form(self) -> None:
        text = {"overview": "规范性文件本年新制作数量为3件。"}
        assert len(leftovers(text)) == 1
        assert leftovers({"overview": "规范性文件本年新制作数量为3件。"}, year=2020) == []


class TestReuse:
    TEXT = (
        "召开专题会议研究部署公开事项，修订目录清单，逐级明确职责分工，形成上下联动的工作格局；开通短视频账号，制作图文解读作品，"
        "组织开放日活动，邀请企业代表走进机关；委托第三方开展季度巡检，逐条通报失效链接和栏目断更情况，限期整改销号。"
    )
    OTHER = (
        "对照群众期待，公开载体之间的数据尚未打通，重复录入现象时有发生；经办力量以兼职为主，熟悉法规的骨干偏少；面向企业的政策推送"
        "精准度不足，解读材料的可读性有待改善；基层点位标识不统一，线下查阅场所利用率不高，今后将推行一次采集多处使用。"
    )

    def previous(self, text: str) -> gk.Report:
        return build_report(sections=SECTIONS | {"overview": text}, year=2022)

    def test_a_copy_with_new_numbers_is_a_copy(self) -> None:
        text = f"2023年公开信息120条。{self.TEXT}"
        finding = found("text_reuse", {"overview": text}, self.previous(f"2022年公开信息98条。{self.TEXT}")).loc[0]
        assert (finding["outcome"], finding["row"], finding["observed"]) == ("fail", "overview", 1.0)
        assert "有 100% 的文字与上年报告相同" in finding["message"]
        assert "召开专题会议研究部署公开事项" in finding["message"]

    def test_a_text_of_its_own_is_none(self) -> None:
        finding = found("text_reuse", {"overview": self.TEXT}, self.previous(self.OTHER)).loc[0]
        assert (finding["outcome"], finding["observed"]) == ("pass", 0.0)

    def test_half_of_it_is_told_without_blame(self) -> None:
        finding = found("text_reuse", {"overview": self.TEXT + self.OTHER}, self.previous(self.TEXT)).loc[0]
        assert finding["outcome"] == "pass"
        assert 0.4 < finding["observed"] < 0.6

    def test_a_short_text_cannot_be_judged_and_no_previous_report_says_nothing(self) -> None:
        short = found("text_reuse", {"overview": "工作有序。"}, self.previous("工作有序。"))
        assert short.loc[0, "outcome"] == "not_assessable"
        assert found("text_reuse", {"overview": self.TEXT}).empty

    def test_set_phrases_do_not_count(self) -> None:
        phrase = "认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外的原则"
        assert reuse(f"{phrase}。", [f"{phrase}！"]).share < 0.6
        assert "中华人民共和国政府信息公开条例" not in "".join(shingles(phrase))

    def test_traditional_script_and_full_width_are_the_same_text(self) -> None:
        assert (
            reuse(
                "通過門戶網站公開信息１２０條，內容涉及財政預算", ["通过门户网站公开信息98条，内容涉及财政预算"]
            ).share
            == 1
        )

    def test_passages_are_quoted_as_printed_longest_first(self) -> None:
        found = reuse(f"{self.OTHER[:30]}，另起一段新话说的是别的事情，{self.TEXT}", [self.TEXT, self.OTHER])
        assert found.passages == tuple(sorted(found.passages, key=len, reverse=True))
        assert self.TEXT.rstrip("。") == found.passages[0]

    @given(st.text(alphabet="公开信息工作2023，。 \n“一二", max_size=80))
    @settings(max_examples=60, deadline=None)
    def test_a_text_is_wholly_a_copy_of_itself(self, text: str) -> None:
        whole = reuse(text, [text])
        assert 0 <= whole.share <= 1
        assert all(passage in text for passage in whole.passages)
        if max(map(len, shingles(text)), default=0) == SIZE:
            assert whole.share > 0


class TestOtherOrgans:
    """`text_reuse` against a corpus of other organs' reports."""

    TEXT = TestReuse.TEXT
    OWN = TestReuse.OTHER
    COMMON = (
        "围绕中心工作，聚焦群众关切，推进决策、执行、管理、服务、结果公开，以公开促落实、以公开促规范、以公开促服务。"
    )

    def corpus(self, *texts: str, year: int = 2023) -> list[gk.Report]:
        return [
            build_report(sections={"overview": text}, organ=f"某省{chr(0x7532 + at * 7)}县水利局", year=year)
            for at, text in enumerate(texts)
        ]

    def finding(self, text: str, corpus: list, **report: object) -> dict[str, object]:
        built = build_report(sections={"overview": text}, **{"organ": BUREAU, **report})  # type: ignore[arg-type]
        findings = gk.check(built, corpus=corpus)
        (one,) = findings[findings["rule"] == "text_reuse"].to_dict("records")
        return one

    def test_a_copy_of_another_organ_is_found_with_its_name_and_passages(self) -> None:
        found = self.finding(f"全年公开信息120条。{self.TEXT}", self.corpus(self.OWN, f"公开信息98条。{self.TEXT}"))
        assert (found["outcome"], found["row"]) == ("fail", "overview")
        assert found["observed"] > 0.9
        assert "某省甹县水利局 2023" in found["message"]
        assert "召开专题会议研究部署公开事项" in found["message"]

    def test_a_text_of_its_own_passes(self) -> None:
        found = self.finding(self.OWN, self.corpus(self.TEXT))
        assert (found["outcome"], found["observed"]) == ("pass", 0)

    def test_what_many_have_is_nobodys_own(self) -> None:
        corpus = self.corpus(*[self.COMMON * 1 + f"第{at}段。" for at in range(6)], self.TEXT)
        found = self.finding(self.COMMON + self.OWN, corpus)
        assert (found["outcome"], found["observed"]) == ("pass", 0)
        alone = self.finding(self.COMMON + self.OWN, corpus[:2])
        assert alone["observed"] > 0.2

    def test_the_law_and_the_preface_are_nobodys_own(self) -> None:
        law = (
            "为了保障公民、法人和其他组织依法获取政府信息，提高政府工作的透明度，建设法治政府，充分发挥政府信息对人民群众生产、"
            "生活和经济社会活动的服务作用，制定本条例。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
            "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六个部分组成。"
        )
        assert self.finding(law, self.corpus(law))["outcome"] == "not_assessable"

    def test_what_stands_in_several_is_told_without_blame(self) -> None:
        found = self.finding(self.TEXT + self.OWN, self.corpus(self.TEXT, self.OWN))
        assert found["outcome"] == "pass"
        assert 0.4 < found["observed"] < 0.6
        assert "有 100% 的文字见于 2 份其他机关的报告" in found["message"]

    @pytest.mark.parametrize(("organ", "year"), [("洪泽区教育局", 2022), ("某县水利局", 2024)])
    def test_the_organs_own_and_later_reports_are_passed_over(self, organ: str, year: int) -> None:
        same = build_report(sections={"overview": self.TEXT}, organ=organ, year=year)
        assert self.finding(self.TEXT, [same])["outcome"] == "not_assessable"

    def test_plain_texts_will_do_and_an_empty_corpus_says_so(self) -> None:
        assert self.finding(self.TEXT, [{"overview": self.TEXT}])["outcome"] == "fail"
        assert self.finding(self.TEXT, [])["outcome"] == "not_assessable"

    def test_without_a_corpus_nothing_is_said(self) -> None:
        assert found("text_reuse", {"overview": self.TEXT}).empty


def test_without_any_text_nothing_can_be_said() -> None:
    report = build_report(sections={})
    findings = gk.check(report)
    assert findings.loc[findings["rule"] == "stale_text", "outcome"].tolist() == ["not_assessable"]


def test_hostile_text_takes_no_time() -> None:
    begun = time.process_time()
    for piece in (
        "2022年，",
        "我局",
        "XX",
        "×",
        "现公布2022年",
        "《",
        "下一步，2023年，",
        "一是二是",
        "20",
        "请与某局",
        "请联系某局",
        "报告由某局",
        "截至2022年底",
        "仍存在问题",
        "申请量，达9件，较上年下降，",
        "不予公开9件均由",
    ):
        gk.check(build_report(sections={"overview": piece * 2000}, front=piece * 500))
    assert time.process_time() - begun < 60


def test_the_embedded_example_has_nothing_left_over() -> None:
    report = gk.parse(Path(__file__).parents[1] / "data/raw/district_hrss_2021.txt")
    findings = gk.check(report)
    assert findings.loc[findings["rule"] == "stale_text", "outcome"].tolist() == ["pass"]
