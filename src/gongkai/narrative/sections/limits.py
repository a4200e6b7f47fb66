"""What cannot be said, because the report does not say it or cannot be trusted where it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.forms import cell_id
from gongkai.narrative.facts import Facts, count
from gongkai.narrative.sentence import Paragraph, Phrase, Sentence, paragraph
from gongkai.narrative.topics import litigation, requests
from gongkai.narrative.voice import Voice

if TYPE_CHECKING:
    import pandas as pd

    from gongkai.forms import Row

_NAMED_ROWS = 4


def write(facts: Facts, voice: Voice) -> list[Paragraph]:
    """The cells without a usable value, and the questions that stay open."""
    return [
        paragraph([*_unusable(facts, voice), _deduced(facts, voice)]),
        paragraph(_open_questions(facts, voice)),
    ]


def _unusable(facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """One sentence for each reason why cells have no usable value."""
    cells = facts.report.cells
    doubtful = cells["id"].isin(facts.report.doubtful())
    reasons = cells["status"].where(cells["value"].isna(), other="doubtful").where(cells["value"].isna() | doubtful)
    for reason in dict.fromkeys(reasons.dropna()):
        chosen = cells.loc[reasons == reason]
        whole = [id for id in facts.report.forms if (reasons == reason).loc[cells["table"] == id].all()]
        for id in whole:
            yield voice.say(f"limits.whole_{reason}", table=voice.word(f"tables.{id}", id))
        chosen = chosen.loc[~chosen["table"].isin(whole)]
        if len(chosen):
            n = count(chosen["id"], "cells", chosen["id"])
            yield voice.say(f"limits.{reason}", n=n, places=_places(chosen, facts, voice))


def _deduced(facts: Facts, voice: Voice) -> Sentence | None:
    cells = facts.report.cells
    chosen = cells.loc[cells["flags"].str.split(",").map(lambda flags: "deduced" in flags)]
    if chosen.empty:
        return None
    return voice.say(
        "limits.deduced", n=count(chosen["id"], "cells", chosen["id"]), places=_places(chosen, facts, voice)
    )


def _places(cells: pd.DataFrame, facts: Facts, voice: Voice) -> Phrase:
    """The rows of `cells` with their columns; only the tables when there are many rows."""
    rows: dict[tuple[str, str], set[str]] = {}
    for table, row_id, column in zip(cells["table"], cells["row"], cells["column"], strict=True):
        rows.setdefault((table, row_id), set()).add(column)
    if len(rows) > _NAMED_ROWS:
        return voice.join([voice.word(f"tables.{id}", id) for id in dict.fromkeys(cells["table"])])
    alike: dict[tuple[str, ...], list[Row]] = {}
    for (table, row_id), columns in rows.items():
        row = facts.report.table(table).row(row_id)
        whole = len(columns) == len(row.columns) > 1
        names = [voice.heading(column) for column in row.columns if column.id in columns and not whole]
        alike.setdefault(tuple(names), []).append(row)
    return voice.join([_alike(names, same, voice) for names, same in alike.items()], "clause")


def _alike(columns: tuple[str, ...], rows: list[Row], voice: Voice) -> Phrase | None:
    """Rows with the columns that they have in common, none for whole rows."""
    names = [voice.phrase("limits.name", row=voice.word(f"tracks.{row.id}", voice.row(row))) for row in rows]
    if not columns:
        return voice.phrase("limits.whole_row", row=voice.join(names))
    return voice.phrase("limits.row", row=voice.join(names), columns=voice.join(columns))


def _open_questions(facts: Facts, voice: Voice) -> Iterator[Sentence | None]:
    """The questions that a reader brings and this report leaves without an answer."""
    data = requests(facts)
    if data.new is None:
        yield voice.say("limits.no_arrivals")
    if data.handled is None and facts.cell(cell_id("requests", "total", "total")):
        yield voice.say("limits.contradicted_total")
    if data.outcomes is None:
        contradicted = facts.fails("outcome_sum", "total")
        yield voice.say("limits.contradicted_outcomes" if contradicted else "limits.no_outcomes")
    if not litigation(facts):
        yield voice.say("limits.no_litigation")
