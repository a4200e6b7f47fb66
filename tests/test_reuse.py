"""The most copied texts: what is shared between organs is found, and only that."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from gongkai.corpus.minhash import SIZE, Candidates
from gongkai.corpus.reuse import ALIKE, COMMON_LEAST, passages, sentences, shares

COPIED = (
    "一是进一步拓宽公开渠道，通过座谈会、走访企业等形式听取群众对公开工作的意见建议。"
    "二是建立公开目录动态调整台账，每季度对栏目更新情况开展一次自查自纠。"
)
OWN = {
    "洪泽区财政局": "全年围绕预决算公开开展专项检查，督促六十家预算单位规范公开口径和内容格式。",
    "涟水县水利局": "聚焦防汛抗旱和农村供水，及时发布水情雨情信息，回应群众关于水价调整的关切。",
    "盱眙县教育局": "义务教育招生政策提前两个月发布，配套制作学区划分一图读懂和常见问题解答。",
    "金湖县民政局": "社会救助标准调整后当天公开，低保审批结果在村居公示栏长期张贴接受监督。",
}


def texts(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    """Sections of reports as `Panel.texts()` gives them; every row is a report of its own."""
    return pd.DataFrame(
        [(f"{at:016x}", organ, year, section, text) for at, (organ, year, section, text) in enumerate(rows)],
        columns=["report", "organ", "year", "section", "text"],
    )


def test_a_passage_of_several_organs_is_found_whole() -> None:
    rows = [(organ, 2021, "problems", own) for organ, own in OWN.items()]
    rows[1] = ("涟水县水利局", 2021, "problems", rows[1][3] + COPIED)
    rows[3] = ("金湖县民政局", 2022, "problems", COPIED + rows[3][3])
    found = sentences(texts(rows))
    table = passages(found)
    assert len(table) == 1
    row = table.iloc[0]
    assert (row.section, row.organs, row.reports, row.first_year, row.last_year) == ("problems", 2, 2, 2021, 2022)
    assert row.example == COPIED
    assert row.report == f"{1:016x}"
    assert row.names == ["涟水县水利局", "金湖县民政局"]
    assert row.similarity == 1
    assert found[found["passage"].isna()]["text"].tolist() == list(OWN.values())
    copied = shares(found)
    assert set(copied["report"][:2]) == {f"{1:016x}", f"{3:016x}"}
    assert 0.5 < copied["share"][0] < 1
    assert copied["share"][2:].tolist() == [0, 0]


def test_a_changed_word_and_other_numbers_are_still_a_copy() -> None:
    base = "全年组织政务公开业务培训12次，参训人员达345人次，经办人员业务能力和保密意识得到明显提升。"
    other = "全年组织政务公开业务培训3次，参训人员共计87人次，经办人员业务水平和保密意识得到明显提升。"
    found = sentences(texts([("甲县财政局", 2021, "overview", base), ("乙县财政局", 2021, "overview", other)]))
    assert found["passage"].nunique() == 1
    assert ALIKE <= found["similarity"].min() < 1
    numbers = sentences(
        texts([("甲县财政局", 2021, "overview", base), ("乙县财政局", 2021, "overview", base.replace("12", "7"))])
    )
    assert numbers["similarity"].tolist() == [1, 1]


def test_an_organ_s_own_text_of_another_year_is_no_copy() -> None:
    found = sentences(texts([("洪泽区财政局", year, "problems", COPIED) for year in (2021, 2022, 2023)]))
    assert found["passage"].isna().all()
    assert passages(found).empty
    assert shares(found)["share"].tolist() == [0, 0, 0]


def test_reports_without_an_organ_s_name_are_not_one_organ() -> None:
    rows = texts([("洪泽区财政局", 2021, "problems", COPIED), ("洪泽区财政局", 2021, "problems", COPIED)])
    rows["organ"] = None
    assert passages(sentences(rows))["organs"].tolist() == [2]
    assert passages(sentences(rows))["names"].tolist() == [[]]


def test_what_very_many_organs_write_is_custom() -> None:
    many = [(f"第{at}县财政局", 2021, "problems", COPIED) for at in range(COMMON_LEAST)]
    assert len(passages(sentences(texts(many)))) == 1
    more = [*many, ("又一县财政局", 2021, "problems", COPIED)]
    assert passages(sentences(texts(more))).empty


def test_the_law_s_words_and_short_sentences_are_not_compared() -> None:
    law = "根据《中华人民共和国政府信息公开条例》要求，编制本报告。无其他需要报告的事项。"
    found = sentences(texts([("甲县财政局", 2021, "other", law), ("乙县财政局", 2021, "other", law)]))
    assert found.empty
    assert passages(found).empty
    assert shares(found).empty


def test_the_places_of_sentences_are_those_in_the_text() -> None:
    text = f"无。\n{COPIED}{OWN['洪泽区财政局']}"
    found = sentences(texts([("甲县财政局", 2021, "overview", text), ("乙县财政局", 2021, "problems", text)]))
    for start, end, printed in zip(found["start"], found["end"], found["text"], strict=True):
        assert text[start:end].strip() == printed


def test_passages_are_in_the_order_of_the_organs_that_have_them() -> None:
    first, second = COPIED.split("二是")
    rows = [(organ, 2021, "problems", first) for organ in ("甲县财政局", "乙县财政局")]
    rows += [(organ, 2021, "problems", f"二是{second}") for organ in ("丙县财政局", "丁县财政局", "戊县财政局")]
    table = passages(sentences(texts(rows)))
    assert table["organs"].tolist() == [3, 2]
    assert passages(sentences(texts(rows)), limit=1)["organs"].tolist() == [3]


def test_the_order_of_the_reports_changes_nothing() -> None:
    rows = texts([(organ, 2021, "problems", own + COPIED) for organ, own in OWN.items()])
    mixed = rows.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(passages(sentences(rows)), passages(sentences(mixed)))


def _written(rng: Random, length: int) -> str:
    return "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(length))


@pytest.mark.parametrize("changed", [1, 2])
def test_nearly_every_text_that_is_alike_is_a_candidate(changed: int) -> None:
    rng = Random(changed)
    originals = [_written(rng, 60) for _ in range(500)]
    copies = []
    for original in originals:
        letters = list(original)
        for at in rng.sample(range(len(letters)), changed):
            letters[at] = _written(rng, 1)
        copies.append("".join(letters))
    candidates = Candidates([*originals, *copies])
    hits = sum(at + 500 in candidates.of(at) for at in range(500))
    assert hits >= 480
    assert len(candidates.together()) <= 1000
    strangers = sum(len(set(candidates.of(at)) - {at + 500}) for at in range(500))
    assert strangers == 0


@given(st.lists(st.text(alphabet="甲乙丙丁戊", min_size=SIZE, max_size=12), min_size=1, max_size=12))
@settings(deadline=None)
def test_equal_texts_are_always_candidates_and_being_one_is_mutual(written: list[str]) -> None:
    candidates = Candidates(written)
    together = set(candidates.together())
    for one, text in enumerate(written):
        others = candidates.of(one)
        assert one not in others
        assert {at for at, other in enumerate(written) if other == text and at != one} <= set(others)
        assert all(one in candidates.of(other) for other in others)
        assert (one in together) == bool(others)


def test_similarity_is_what_the_docstring_says() -> None:
    # one character of forty put in another's place: one taken out and one put in, of eighty
    one = _written(Random(1), 40)
    assert fuzz.ratio(one, one[:-1] + "甲") == pytest.approx(100 * (1 - 2 / 80))
