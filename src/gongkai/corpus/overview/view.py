"""A panel as the overview looks at it: its reports, what may be drawn of them, and the words to do it with."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.corpus.overview.charts import Shares, draw_key, draw_shares, key_height
from gongkai.corpus.overview.example import example_store
from gongkai.corpus.panel import Panel
from gongkai.corpus.panel.columns import labels
from gongkai.corpus.panel.show import panel_html
from gongkai.formview.words import words
from gongkai.narrative.figures.canvas import BOTTOM, TOP, Chart, Message
from gongkai.narrative.figures.drawing import PITCH
from gongkai.wording import in_language

if TYPE_CHECKING:
    import pandas as pd

# What must be said of an indicator for which its value is not drawn.
_DOUBTS = ("failed_check", "doubtful_reading", "above_one")
UNKNOWN = "unknown"
_NEW_REQUESTS = """
    SELECT report, value FROM long WHERE id = 'requests/new/total' AND preferred AND flags = '' AND NOT suspect
"""


class View:
    """The panel in the folder `panel`, told in `language` ("zh" or "en"); the invented example corpus when it is None.

    Raises UnreadableFile when there is no panel.
    """

    def __init__(self, panel: str | None = None, language: str = "zh") -> None:
        self.language = words(language).language
        self.panel = Panel(panel or example_store())
        self.name = Path(panel).name if panel else "example_corpus"

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The preferred reports, with `level` and `province` never missing (`unknown`)."""
        found = self.panel.reports()
        chosen = found[found["preferred"]].reset_index(drop=True)
        return chosen.assign(**{name: chosen[name].fillna(UNKNOWN) for name in ("level", "province", "kind")})

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators of the same reports in the same order, missing where they are doubtful."""
        found = self.panel.indicators(parts=True).set_index("report").loc[self.reports["report"]].reset_index()
        for note in [name for name in found.columns if name.endswith("_why")]:
            name = note.removesuffix("_why")
            doubtful = found[note].fillna("").str.contains("|".join(_DOUBTS))
            found[[name, f"{name}_num", f"{name}_den"]] = found[[name, f"{name}_num", f"{name}_den"]].mask(doubtful)
        return found

    @cached_property
    def new_requests(self) -> pd.Series:
        """The total of new requests of the same reports, missing where it was not printed or is doubtful."""
        printed = self.panel.sql(_NEW_REQUESTS).set_index("report")["value"]
        return self.reports["report"].map(printed).astype("Float64")

    @cached_property
    def years(self) -> list[int]:
        """The years that there are reports of."""
        return sorted(int(year) for year in self.reports["year"].dropna().unique())

    def say(self, key: str, **slots: object) -> str:
        """A text of the overview; `key` may name a group: `titles.rates`."""
        group, _, name = key.rpartition(".")
        return in_language((_words()[group] if group else _words())[name], self.language).format(**slots)

    def word(self, category: str, value: str) -> str:
        """The label of a category's value: `level`, `kind`, `outcome`, `status`, `table`, …"""
        if value == UNKNOWN:
            return self.say(UNKNOWN)
        known = labels(category).get(value)
        return in_language(known, self.language) if known else value

    def chart(self, height: float, key: str, **slots: object) -> Chart:
        """An empty figure with its title, what it is drawn from, and how it is read."""
        note = self.say(f"notes.{key}", **slots) if key in _words()["notes"] else ""
        return Chart(height, self.say(f"titles.{key}"), self.subtitle, note or self.say("source"))

    def shares(self, key: str, bars: Sequence[Shares], meanings: Sequence[tuple[str, str]], **slots: object) -> Chart:
        """A figure of bars of full length, with the `meanings` of their colours above them."""
        chart = self.chart(TOP + key_height(meanings) + 0.1 + len(bars) * PITCH + BOTTOM, key, **slots)
        draw_shares(chart, draw_key(chart, TOP, meanings) + 0.1, bars)
        return chart

    def nothing(self, key: str) -> Chart:
        """A figure that says in words why it is empty."""
        return Message(self.say(f"titles.{key}"), self.subtitle, self.say("nothing"))

    @cached_property
    def subtitle(self) -> str:
        """How much the panel holds."""
        count, organs = len(self.reports), self.reports.loc[self.reports["identified"], "organ_name"].nunique()
        if not self.years:
            return self.say("subtitle_nobody", reports=f"{count:,}")
        first, last = self.years[0], self.years[-1]
        span = str(first) if first == last else f"{first}–{last}"
        return self.say("subtitle", reports=f"{count:,}", organs=f"{organs:,}", years=span)

    def _repr_html_(self) -> str:
        return panel_html(self.panel.reports(), self.panel.files(), self.name)

    def __repr__(self) -> str:
        return f"View({self.name!r}: {self.subtitle})"


def groups(name: str) -> dict[str, Any]:
    """The texts of a group, in both languages."""
    found: dict[str, Any] = _words()[name]
    return found


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
