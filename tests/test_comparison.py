"""Two reports side by side: which case it is, the cells, the sentences, and how both are shown."""

from __future__ import annotations

import json
import time
import warnings
from random import Random

import pandas as pd
import pytest
from builders import SECTIONS, build_report
from typer.testing import CliRunner

import gongkai as gk
from gongkai.cli import app
from gongkai.comparison.marks import LONGEST, pieces
from gongkai.comparison.texts import compared_texts
from gongkai.tables import records

OLD = {"requests/new/total": "20", "requests/carried_in/total": "", "litigation/review/total": "3"}
NEW = {"requests/new/total": "25", "requests/carried_in/total": "2", "litigation/review/total": "-"}


def two_years(before: dict[str, str] | None = None, after: dict[str, str] | None = None) -> gk.Comparison:
    """2022 and 2023 of one organ, with these texts in the overview and the section on problems."""
    older = build_report(OLD, year=2022, sections=SECTIONS | (before or {}))
    newer = build_report(NEW, year=2023, sections=SECTIONS | (after or {}))
    return gk.compare(older, newer)


def cell(comparison: gk.Comparison, id: str) -> dict[str, object]:
    (found,) = records(comparison.cells[comparison.cells["id"] == id])
    return found


def sentences(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    found = two_years({"overview": before}, {"overview": after}).sentences
    chosen = records(found[found["section"] == "overview"])
    return [(one["change"], one["before"], one["after"]) for one in chosen]


class TestKind:
    @pytest.mark.parametrize(
        ("years", "kind"),
        [((2022, 2023), "years"), ((2023, 2023), "versions"), ((2020, 2023), "apart"), ((None, 2023), "unknown")],
    )
    def test_the_years_tell_the_case(self, years: tuple[int | None, int], kind: str) -> None:
        reports = [build_report(year=year) for year in years]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            comparison = gk.compare(*reports)
        assert comparison.kind == kind
        assert bool(caught) == (kind in ("apart", "unknown"))

    def test_the_earlier_year_stands_first_and_a_note_says_so(self) -> None:
        older, newer = build_report(year=2022), build_report(year=2023)
        comparison = gk.compare(newer, older)
        assert (comparison.before, comparison.after) == (older, newer)
        assert comparison.notes == ("两份报告按年度先后排列",)
        assert gk.compare(older, newer).notes == ()

    def test_two_versions_stay_as_given(self) -> None:
        first, second = build_report(), build_report()
        assert gk.compare(second, first).before is second

    def test_different_organs_give_a_warning(self) -> None:
        with pytest.warns(UserWarning, match="机关不同：甲县教育局与乙县教育局"):
            comparison = gk.compare(build_report(organ="甲县教育局"), build_report(organ="乙县教育局"))
        assert len(comparison.warnings) == 1

    def test_a_shorter_name_is_the_same_organ(self) -> None:
        one, other = build_report(organ="某市洪泽区教育局"), build_report(organ="区教育局")
        assert gk.compare(one, other).warnings == ()

    def test_another_language_is_refused(self) -> None:
        with pytest.raises(ValueError, match="language"):
            gk.compare(build_report(), build_report(), language="fr")  # type: ignore[arg-type]


class TestCells:
    def test_a_difference_needs_a_number_on_both_sides(self) -> None:
        comparison = two_years()
        value = cell(comparison, "requests/new/total")
        assert (value["change"], value["difference"], value["percent"]) == ("value", 5, 25)
        filled = cell(comparison, "requests/carried_in/total")
        assert (filled["change"], filled["before"], filled["after"], filled["difference"]) == ("filled", None, 2, None)
        emptied = cell(comparison, "litigation/review/total")
        assert (emptied["change"], emptied["after_status"], emptied["difference"]) == ("emptied", "dash", None)
        assert len(comparison.changed) == 3

    def test_from_zero_there_is_no_percentage(self) -> None:
        comparison = gk.compare(build_report(year=2022), build_report({"requests/granted/total": "4"}), language="en")
        granted = cell(comparison, "requests/granted/total")
        assert (granted["difference"], granted["percent"]) == (4, None)

    def test_a_blank_beside_a_dash_is_filled_otherwise(self) -> None:
        one, other = (build_report({"requests/new/total": raw}) for raw in ("", "—"))
        assert cell(gk.compare(one, other), "requests/new/total")["change"] == "status"
        assert cell(gk.compare(one, one), "requests/new/total")["change"] == "same"

    def test_across_forms_cells_meet_by_their_ids(self) -> None:
        older = build_report({"requests/new/total": "7"}, year=2020)
        comparison = gk.compare(older, build_report(year=2021))
        assert cell(comparison, "requests/new/total")["difference"] == -7
        assert cell(comparison, "requests/other/total")["change"] == "only_before"
        assert cell(comparison, "requests/other_other/total")["change"] == "only_after"
        assert any("表式" in note for note in comparison.notes)

    def test_doubtful_cells_are_marked(self) -> None:
        newer = build_report(flags={"requests/new/total": "low_confidence"})
        comparison = gk.compare(build_report(year=2022), newer)
        assert comparison.cells.loc[comparison.cells["doubtful"], "id"].tolist() == ["requests/new/total"]


class TestTexts:
    def test_sentences_are_kept_renumbered_changed_removed_and_added(self) -> None:
        before = "我局健全工作机制。全年公开信息120条。组织业务培训两次，提升工作水平。设立咨询电话专线。"
        after = "我局健全工作机制。全年公开信息135条。组织业务培训三次，提升业务能力。新建政务公开专区并对外开放。"
        assert sentences(before, after) == [
            ("kept", "我局健全工作机制", "我局健全工作机制"),
            ("numbers", "全年公开信息120条", "全年公开信息135条"),
            ("removed", "设立咨询电话专线", None),
            ("changed", "组织业务培训两次，提升工作水平", "组织业务培训三次，提升业务能力"),
            ("added", None, "新建政务公开专区并对外开放"),
        ]

    def test_a_sentence_that_moved_is_still_the_same(self) -> None:
        found = sentences("甲事已经办理完毕。乙事正在逐步推进。", "乙事正在逐步推进。甲事已经办理完毕。")
        assert [change for change, *_ in found] == ["kept", "kept"]

    def test_marks_and_script_make_no_difference(self) -> None:
        assert [change for change, *_ in sentences("我局健全机制,明確責任。", "我局健全机制，明确责任。")] == ["kept"]

    def test_every_sentence_is_on_its_side_once(self) -> None:
        before, after = "甲一。乙二。丙三。乙二。", "乙二。丁四。甲一。乙二。乙二。"
        found = sentences(before, after)
        assert sorted(one for _, one, _ in found if one) == sorted(before.strip("。").split("。"))
        assert [one for _, _, one in found if one] == after.strip("。").split("。")

    def test_many_long_sentences_take_no_time(self) -> None:
        rng = Random(3)
        texts = [
            "。".join("".join(rng.choices("公开信息政府工作申请办理", k=900)) for _ in range(150)) for _ in range(2)
        ]
        begun = time.process_time()
        assert {change for change, *_ in sentences(*texts)} == {"removed", "added"}
        assert time.process_time() - begun < 5

    def test_the_share_that_was_copied(self) -> None:
        text = "我局健全工作机制，明确专人负责，定期开展督促检查，确保各项任务落到实处并取得实效。"
        comparison = two_years({"problems": text}, {"problems": text})
        problems = comparison.sections.set_index("section").loc["problems"]
        assert (problems["copied"], problems["kept"], problems["added"]) == (1.0, 1, 0)
        assert pd.isna(comparison.sections.set_index("section")["copied"].get("disclosure", pd.NA))

    def test_a_text_without_end_is_not_aligned_and_a_note_says_so(self) -> None:
        long = build_report(sections=SECTIONS | {"overview": "好。" * 4000})
        comparison = gk.compare(long, long)
        assert comparison.sentences["section"].eq("overview").sum() == 0
        assert any("600" in note for note in comparison.notes)
        sections, *_ = compared_texts(long, long)
        assert pd.isna(sections.set_index("section").loc["overview", "kept"])


class TestMarks:
    @pytest.mark.parametrize(
        ("before", "after", "marked"),
        [
            (
                "公开120条信息",
                "公开135条信息",
                [("both", "公开"), ("before", "120"), ("after", "135"), ("both", "条信息")],
            ),
            ("甲乙丙", "甲乙丙", [("both", "甲乙丙")]),
            ("", "新", [("after", "新")]),
        ],
    )
    def test_what_is_gone_and_what_has_come(self, before: str, after: str, marked: list[tuple[str, str]]) -> None:
        assert list(pieces(before, after)) == marked

    @pytest.mark.parametrize(
        ("before", "after"), [("甲a乙b丙c", "丁a戊b己c"), ("一二三四", "四三二一"), ("x" * (LONGEST + 1), "y")]
    )
    def test_each_side_can_be_read_back(self, before: str, after: str) -> None:
        found = list(pieces(before, after))
        assert "".join(text for side, text in found if side != "before") == after


class TestShown:
    def test_html_escapes_what_comes_from_the_reports(self) -> None:
        evil = "<script>alert(1)</script>甲乙丙丁戊己庚。"
        older = build_report({"requests/new/total": "<b>1</b>"}, year=2022, organ="<i>局</i>")
        older.source = "<u>.txt"
        newer = build_report({"requests/new/total": "2"}, organ="<i>局</i>", sections=SECTIONS | {"overview": evil})
        html = gk.compare(older, newer)._repr_html_()
        assert not any(tag in html for tag in ("<script", "<b>", "<i>", "<u>"))
        assert "&lt;script&gt;" in html

    def test_html_shows_both_figures_where_they_differ(self) -> None:
        html = two_years().html
        assert "<del>20</del> <ins>25</ins>" in html
        assert "<del>[空白]</del> <ins>2</ins>" in html
        assert "2022 年" in html

    def test_english(self) -> None:
        comparison = gk.compare(build_report(OLD, year=2022), build_report(NEW), language="en")
        assert "Two successive years" in comparison.html
        assert repr(comparison) == "Comparison(built.txt, built.txt: years, 3 of 200 cells differ)"

    def test_a_dict_is_strict_json(self) -> None:
        text = json.dumps(two_years().to_dict(), allow_nan=False)
        assert json.loads(text)["kind"] == "years"


class TestCommand:
    def run(self, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
        reports = iter(
            [
                build_report(OLD, year=2022, sections=SECTIONS | {"overview": "全年公开\x1b[31m信息120条。"}),
                build_report(NEW, year=2023, sections=SECTIONS | {"overview": "全年公开\x1b[31m信息135条。"}),
            ]
        )
        monkeypatch.setitem(vars(gk), "parse", lambda file: next(reports))
        result = CliRunner().invoke(app, ["compare", "a.txt", "b.txt", *options], env={"COLUMNS": "140"})
        assert result.exit_code == 0, result.output
        return result.stdout

    def test_the_terminal_shows_cells_and_sentences(self, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = self.run(monkeypatch)
        assert "「本年新收」行「总计」" in shown
        assert "+25" in shown
        assert "信息[-120-]{+135+}条" in shown
        assert "\x1b" not in shown

    def test_json(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = json.loads(self.run(monkeypatch, "--json"))
        assert data["before"]["year"] == 2022
        assert {"cells", "sections", "sentences"} <= data.keys()

    def test_english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "only numbers changed" in self.run(monkeypatch, "--language", "en")

    def test_a_file_that_is_not_there(self) -> None:
        result = CliRunner().invoke(app, ["compare", "no_such.txt", "nor_this.txt"])
        assert (result.exit_code, result.stdout) == (2, "")
