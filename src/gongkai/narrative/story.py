"""The narrative as an object: sections of paragraphs of sentences, in the forms in which one reads or publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.narrative import render
from gongkai.narrative.sentence import Section, Sentence, Table
from gongkai.narrative.sources import Source
from gongkai.tables import frame

if TYPE_CHECKING:
    import pandas as pd

_CITATIONS = {"section": "str", "sentence": "str", "numbers": "object", "cells": "object", "rules": "object"}


@dataclass(frozen=True, slots=True)
class Story:
    """A narrative. Every sentence knows its cells; `sources` says of every cited cell what was printed and where.

    `peers` is the table of the organs that it was compared with, None without a comparison.
    """

    title: str
    language: str
    sections: tuple[Section, ...]
    sources: dict[str, Source]
    sources_title: str
    separator: str
    peers: Table | None = None

    @property
    def sentences(self) -> list[Sentence]:
        """Every sentence in reading order."""
        return [sentence for section in self.sections for paragraph in section.paragraphs for sentence in paragraph]

    @property
    def text(self) -> str:
        """Plain text: the title, then headings and paragraphs with a blank line between them."""
        blocks = [self.title]
        for section in self.sections:
            blocks.append(section.title)
            blocks += [self.separator.join(map(str, paragraph)) for paragraph in section.paragraphs]
        return "\n\n".join(blocks) + "\n"

    @property
    def markdown(self) -> str:
        """Markdown; every number is a link to its cell in the list of sources at the end."""
        return render.markdown(self)

    @property
    def html(self) -> str:
        """HTML with everything escaped; every number links to its cell; the cells, and the peers, are at the end."""
        return render.html(self)

    def to_html(self, sources: bool = True) -> str:
        """HTML; `sources=False` leaves out the list of cells, for a page that has them under the same anchors."""
        return render.html(self, sources=sources)

    def citations(self) -> pd.DataFrame:
        """One row per sentence: `section`, `sentence`, `numbers` as written, the `cells` and `rules` behind it."""
        rows = [
            {
                "section": section.id,
                "sentence": sentence.text,
                "numbers": [number.text for number in sentence.numbers],
                "cells": list(sentence.cells),
                "rules": list(sentence.rules),
            }
            for section in self.sections
            for paragraph in section.paragraphs
            for sentence in paragraph
        ]
        return frame(rows, _CITATIONS)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _repr_markdown_(self) -> str:
        return self.markdown
