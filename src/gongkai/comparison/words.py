"""What people read of a comparison, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.checks.registry import Text
from gongkai.comparison.texts import FRONT
from gongkai.formview.words import plain
from gongkai.ledger import Ledger
from gongkai.wording import Wording

if TYPE_CHECKING:
    from gongkai.comparison.result import Comparison

_WORDS: dict[str, Text] = {
    "years": ("同一机关相邻两年的报告", "Two successive years"),
    "versions": ("同一年度报告的两个版本", "Two versions of one year's report"),
    "apart": ("不相邻年度的两份报告", "Two reports of years that are not successive"),
    "unknown": ("年度不详的两份报告", "Two reports, of which one year is not known"),
    "same": ("相同", "the same"),
    "value": ("数值不同", "another number"),
    "filled": ("由无到有", "now a number"),
    "emptied": ("由有到无", "no number now"),
    "status": ("填法不同", "filled otherwise"),
    "only_before": ("仅前者表式有", "only on the earlier form"),
    "only_after": ("仅后者表式有", "only on the later form"),
    "kept": ("未改", "kept"),
    "numbers": ("仅改数字", "only numbers changed"),
    "changed": ("改写", "changed"),
    "removed": ("删去", "removed"),
    "added": ("新增", "added"),
    "cell": ("单元格", "Cell"),
    "difference": ("增减", "Difference"),
    "change": ("变化", "Change"),
    "section": ("部分", "Section"),
    "sentence": ("句", "Sentence"),
    "copied": ("沿用 %", "Copied %"),
    "organ": ("机关", "Organ"),
    "year": ("年度", "Year"),
    "source": ("文件", "File"),
    "doubtful": ("读数存疑", "doubtful reading"),
    "tables": ("统计表", "Tables"),
    "texts": ("正文", "Text"),
    "elsewhere": ("后一份的表式没有的格", "Cells that the later form lacks"),
    "opening": ("报告开头", "The opening"),
    "none": ("（无）", "(none)"),
    "no_change": ("各格均相同。", "All cells are the same."),
}


class Said:
    """The words for one comparison, in its language."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.words = Wording(Ledger.of(comparison.after), comparison.language)

    def word(self, key: str) -> str:
        return self.words.say(*_WORDS[key])

    def section(self, id: str) -> str:
        return self.word("opening") if id == FRONT else self.words.section(id)

    def summary(self) -> str:
        """One sentence on how much changed."""
        cells, sentences = self.comparison.cells, self.comparison.sentences
        both = int((~cells["change"].isin(["only_before", "only_after"])).sum())
        differ = int(cells["change"].isin(["value", "filled", "emptied", "status"]).sum())
        kinds = sentences["change"].value_counts()
        later = int(sentences["after"].notna().sum())
        kept, numbers = (int(kinds.get(kind, 0)) for kind in ("kept", "numbers"))
        zh = (
            f"两份都有的 {both} 格中 {differ} 格不同；后一份正文 {later} 句，其中 {kept} 句未改，{numbers} 句仅改数字。"
        )
        en = (
            f"Of {both} cells that both have, {differ} differ; of the later text's {later} sentences {kept} are kept "
            f"and {numbers} have other numbers only."
        )
        return self.words.say(zh, en)

    def figure(self, cell: dict[str, Any], side: str) -> str:
        """A cell's figure as printed, or how it was filled where nothing was."""
        raw = (cell[f"{side}_raw"] or "").strip()
        status = cell[f"{side}_status"]
        return raw or ("" if status is None else f"[{self.words.status(status)}]")

    def signed(self, value: float | None) -> str:
        """A difference with its sign."""
        return "" if value is None else ("+" if value > 0 else "") + plain(value).replace("-", "−")

    def copied(self, section: dict[str, Any]) -> str:
        """The share of the later text that stands in the earlier one, in whole percent, rounded down."""
        return "" if section["copied"] is None else f"{int(100 * section['copied'] + 1e-9)}"
