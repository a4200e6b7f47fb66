"""The reports of the corpus with whose they are, and which of several for one organ and year is preferred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from gongkai.corpus.panel.columns import columns
from gongkai.corpus.places import Organ, identify
from gongkai.tables import frame

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

# Names that several organs may have. Reports under them are never taken for reports of one organ.
_NOT_IDENTIFYING = frozenset({"none", "ambiguous"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".tif", ".tiff", ".webp"})
_COUNTS = ("printed", "blank", "absent", "doubtful", "passed", "failed", "not_assessable", "deduced", "suspect")
# What the columns take from the organ's name.
_FROM_NAME = {
    "organ_name": "full_name",
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
    "below": "below",
    "code": "code",
    "place_match": "match",
}
# Columns of the store that the panel calls otherwise, so that a cell's columns of the same name stay apart.
_RENAMED = {"flags": "report_flags", **{name: f"n_{name}" for name in _COUNTS}}


@dataclass(frozen=True, slots=True)
class _Choice:
    """Something that may decide between two reports: the lesser `of` is preferred."""

    reason: str
    of: Any


def reports(stored: pa.Table) -> pd.DataFrame:
    """The reports (columns `columns("reports")`), by code, organ, year and file.

    `stored` are the rows of the store's `reports` with their `year` and `n_errors`. Of the reports of one organ and
    year one is preferred: that with more printed cells, then fewer errors, fewer doubtful cells, no picture, the later
    date of publication, and last the first file by name. `preferred_reason` is what decided: for the preferred one,
    what sets it before the next best; for the others, what sets the preferred one before them.
    """
    rows = [_identified({_RENAMED.get(key, key): value for key, value in row.items()}) for row in stored.to_pylist()]
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows:
        if row["identified"]:
            groups.setdefault((row["organ_name"], row["year"]), []).append(row)
        else:
            row.update(n_files=1, preferred=True, preferred_reason="unidentified")
    for group in groups.values():
        if len(group) > 1:
            _prefer(group)
        else:
            group[0].update(n_files=1, preferred=True, preferred_reason="only")
    rows.sort(key=lambda row: [(row[name] is None, row[name]) for name in ("code", "organ_name", "year", "file")])
    return frame(rows, {name: column.dtype for name, column in columns("reports").items()})


def _identified(row: dict[str, Any]) -> dict[str, Any]:
    """The row with what the organ's name says; the report's own level where the name has none."""
    organ = identify(row["organ"]) if row["organ"] else None
    if organ is None:
        return {**dict.fromkeys(_FROM_NAME), **row, "identified": False}
    doubts = (flag.partition(":")[0] for flag in row["report_flags"].split(";"))
    return {
        **row,
        **{column: getattr(organ, name) for column, name in _FROM_NAME.items()},
        "level": organ.level or row["level"],
        "kind": organ.kind,
        "identified": is_certain(organ, row["year"], doubts),
    }


def is_certain(organ: Organ, year: int | None, doubts: Iterable[str]) -> bool:
    """Whether a report can be matched with others: its name is one organ's only, its year is known, and it neither
    contradicts itself about them nor leaves something open (`doubts`, the keys of `Report.flags`)."""
    return organ.match not in _NOT_IDENTIFYING and year is not None and not {"organ", "year"} & set(doubts)


def _prefer(group: list[dict[str, Any]]) -> None:
    """Mark the preferred report of a group, and for each what decided."""
    ranked = sorted(group, key=lambda row: [choice.of for choice in _choices(row)])
    for row in ranked:
        row |= {"n_files": len(group), "preferred": row is ranked[0]}
    for loser in reversed(ranked[1:]):
        pairs = zip(_choices(ranked[0]), _choices(loser), strict=True)
        reason = next(best.reason for best, other in pairs if best.of != other.of)
        loser["preferred_reason"] = ranked[0]["preferred_reason"] = reason


def _choices(row: dict[str, Any]) -> tuple[_Choice, ...]:
    """What decides, in the order in which it does."""
    published = row["published"]
    return (
        _Choice("more_cells", -row["n_printed"]),
        _Choice("fewer_errors", row["n_errors"]),
        _Choice("fewer_doubtful", row["n_doubtful"]),
        _Choice("not_a_picture", PurePosixPath(row["file"]).suffix.lower() in _PICTURES),
        _Choice("later", -published.toordinal() if published else 0),
        _Choice("file_name", (row["file"], row["report"])),
    )
