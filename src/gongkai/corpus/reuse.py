"""The most copied texts of a corpus: which passages stand, word for word or nearly, in the reports of several organs.

Regulators name 内容雷同 among the faults of a report (国办公开办函〔2021〕30号). Sentences are compared without marks
and with all numbers alike; the law's own words are taken out, and a sentence that very many organs have is custom, not
copying. Sentences that follow each other wherever they stand make one passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.checks.copying.shingles import PASSAGE, boilerplate
from gongkai.parsing.normalise import key

if TYPE_CHECKING:
    import pandas as pd

# The sections that an organ writes in its own words.
SECTIONS = ("overview", "problems", "other")
# Two sentences are one text from this similarity on: 1 less the share of characters put in or taken out.
ALIKE = 0.8
# What more than this share of all organs write, and more than so many of them, is custom.
COMMON_SHARE, COMMON_LEAST = 0.1, 20
# A sentence belongs to the passage of the one before it when so many of those that have either have both.
_TOGETHER = 0.8
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


def sentences(texts: pd.DataFrame) -> pd.DataFrame:
    """Every sentence of the sections in the organs' own words, and the passage that it shares with other organs.

    `texts` has columns report, organ, year, section, text, one row a section. The result has the first four, and
    `start`, `end`: where the sentence stands in the section's text; `text`: the sentence as printed; `characters`: how
    many of it count (without marks and the law's own words; those with fewer than 20 are left out); `passage`: a number
    for the passage, missing where no other organ has the sentence or where it is custom; `similarity` to the sentence
    that stands for the group (0.8 to 1, missing without passage).
    """
    import pandas as pd

    own = texts[texts["section"].isin(SECTIONS) & texts["text"].notna()]
    columns = ["report", "organ", "year", "section"]
    rows = [
        (*whose, *sentence)
        for *whose, text in own[[*columns, "text"]].itertuples(index=False)
        for sentence in _sentences(text)
    ]
    found = pd.DataFrame(rows, columns=[*columns, "start", "end", "text", "key"])
    found["year"] = found["year"].astype("Int64")
    found["characters"] = found["key"].str.len()
    # Two reports without an organ's name are not known to be of one organ.
    who = found["organ"].fillna(found["report"])
    group, similarity = _groups(found["key"])
    organs = who.groupby(group).nunique()
    custom = organs > max(COMMON_LEAST, COMMON_SHARE * who.nunique())
    shared = group.map((organs > 1) & ~custom)
    passage = _joined(found, group.where(shared))
    found["passage"] = passage.astype("Int64")
    found["similarity"] = similarity.where(shared)
    return found.drop(columns="key")


def passages(found: pd.DataFrame, limit: int = 100) -> pd.DataFrame:
    """The passages that several organs have, from `sentences()`: the `limit` that most organs have, the longest first.

    Columns: `section` where most of them have it; `organs`, `reports`: how many have it; `first_year`, `last_year`;
    `share`: how much of these reports' sections it makes up (mean, 0 to 1); `similarity` of its sentences to those that
    stand for them (mean, 0 to 1); `example`: the passage as printed in `report`; `names`: the organs, a list.
    """
    import pandas as pd

    copied = found[found["passage"].notna()]
    who = copied["organ"].fillna(copied["report"])
    rank = copied.assign(who=who).groupby("passage").agg(organs=("who", "nunique"), characters=("characters", "sum"))
    first = rank.sort_values(["organs", "characters"], ascending=False, kind="stable").index[:limit]
    copied = copied[copied["passage"].isin(first)]
    sizes = found[found["report"].isin(copied["report"])].groupby(["report", "section"])["characters"].sum()
    groups = dict(iter(copied.groupby("passage")))
    columns = ["section", "organs", "reports", "first_year", "last_year", "share", "similarity"]
    table = pd.DataFrame(
        [_passage(groups[one], sizes) for one in first], columns=[*columns, "example", "report", "names"]
    )
    return table.astype({"first_year": "Int64", "last_year": "Int64"})


def shares(found: pd.DataFrame) -> pd.DataFrame:
    """How much of every section stands in reports of other organs, from `sentences()`; the most copied first.

    Columns: report, organ, year, section; `characters` that were compared; `share` of them in passages that other
    organs have (0 to 1).
    """
    keys = ["report", "organ", "year", "section"]
    copied = found["characters"].where(found["passage"].notna(), 0)
    table = found.assign(copied=copied).groupby(keys, dropna=False, sort=True)[["characters", "copied"]].sum()
    table["share"] = table["copied"] / table["characters"]
    ordered = table.drop(columns="copied").reset_index()
    return ordered.sort_values(["share", *keys], ascending=[False, True, True, True, True], ignore_index=True)


def _sentences(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where the sentences stand that are long enough to be told apart, as printed, and what of them counts."""
    for match in _SENTENCE.finditer(text):
        letters = re.sub(r"\d+", "0", key(boilerplate().sub("", match[0])))
        if len(letters) >= PASSAGE:
            yield match.start(), match.end(), match[0].strip(), letters


def _groups(keys: pd.Series) -> tuple[pd.Series, pd.Series]:
    """For every sentence the number of its group, and its similarity to the sentence that stands for the group.

    The sentence that is found most often stands for its group, which has all that are like it and not in one yet.
    """
    import pandas as pd
    from rapidfuzz import fuzz, process

    from gongkai.corpus.minhash import Candidates

    counts = keys.value_counts(sort=False).rename_axis("key").reset_index(name="count")
    distinct = counts.sort_values(["count", "key"], ascending=[False, True])["key"].tolist()
    group, similarity = list(range(len(distinct))), [1.0] * len(distinct)
    candidates, taken = Candidates(distinct), [False] * len(distinct)
    for one in candidates.together():
        if taken[one]:
            continue
        others = [other for other in candidates.of(one) if other > one and not taken[other]]
        options = [distinct[other] for other in others]
        alike = process.extract_iter(distinct[one], options, scorer=fuzz.ratio, score_cutoff=100 * ALIKE)
        for _, score, at in alike:
            taken[others[at]], group[others[at]], similarity[others[at]] = True, one, score / 100
    number = keys.map({text: at for at, text in enumerate(distinct)})
    return number.map(pd.Series(group)), number.map(pd.Series(similarity))


def _joined(found: pd.DataFrame, group: pd.Series) -> pd.Series:
    """The groups as passages: a group that always follows another has that other's number."""
    sizes = Counter(group.dropna())
    here = found[["report", "section"]].assign(group=group)
    following = here.shift(-1)
    same = (here["report"] == following["report"]) & (here["section"] == following["section"])
    pairs = Counter(zip(here["group"][same], following["group"][same], strict=True))
    heads: dict[float, float] = {}
    for (one, then), count in pairs.items():
        if one in sizes and then in sizes and one != then and count >= _TOGETHER * max(sizes[one], sizes[then]):
            heads.setdefault(then, one)
    return group.map({one: _head(one, heads) for one in sizes})


def _head(one: float, heads: dict[float, float]) -> float:
    """The group at the beginning of the chain that ends in this one."""
    seen = {one}
    while one in heads and heads[one] not in seen:
        one = heads[one]
        seen.add(one)
    return one


def _passage(group: pd.DataFrame, sizes: pd.Series) -> dict[str, Any]:
    """One row of `passages()`."""
    by_section = group.groupby(["report", "section"])
    characters = by_section["characters"].sum()
    # Of the reports with most of the passage the first by year; its name decides between those of one year.
    years = by_section["year"].first().fillna(9999)
    best = min(characters.index, key=lambda at: (-characters[at], years[at], at))
    chosen = group[(group["report"] == best[0]) & (group["section"] == best[1])].sort_values("start")
    return {
        "section": group["section"].mode()[0],
        "organs": group["organ"].fillna(group["report"]).nunique(),
        "reports": group["report"].nunique(),
        "first_year": group["year"].min(),
        "last_year": group["year"].max(),
        "share": (characters / sizes.loc[characters.index]).mean(),
        "similarity": group["similarity"].mean(),
        "example": _as_printed(chosen),
        "report": best[0],
        "names": sorted(group["organ"].dropna().unique()),
    }


def _as_printed(sentences: pd.DataFrame) -> str:
    """The sentences, with a mark where something else stands between two of them."""
    pieces: list[str] = []
    last: int | None = None
    for start, end, text in zip(sentences["start"], sentences["end"], sentences["text"], strict=True):
        pieces.append("…" if last is not None and start - last > 1 else "")
        pieces.append(text)
        last = end
    return "".join(pieces)
