"""How much printed labels resemble the form's: damaged, cut off or run together with a neighbour, in any script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from gongkai.parsing.normalise import key, split_enumerator

# From this likeness on a label names its row.
SURE = 0.55
# Below this many characters a label found inside another text proves nothing.
_TELLING = 4

Matrix = NDArray[np.float64]


class Labelled(Protocol):
    """A part of the form that goes by several labels: a row, a column, a section."""

    @property
    def labels(self) -> tuple[str, ...]: ...


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """The part of a label that identifies it: no enumerator, no punctuation."""
    return key(split_enumerator(text)[1])


def similarity(printed: Sequence[str], labels: Sequence[str]) -> Matrix:
    """Resemblance from 0 to 1 of every printed text to every label (rows: printed, columns: labels), both as keys.

    The longest common subsequence over both lengths; a text wholly inside the other counts nearly as much.
    """
    if not printed or not labels:
        return np.zeros((len(printed), len(labels)))
    common = cdist(printed, labels, scorer=LCSseq.similarity, dtype=np.int32).astype(float)
    a = np.array([len(text) for text in printed], dtype=float)[:, None]
    b = np.array([len(text) for text in labels], dtype=float)[None, :]
    ratio = 2 * common / np.maximum(a + b, 1)
    shorter = np.minimum(a, b)
    inside = np.where((shorter >= _TELLING) & (common >= 0.9 * shorter), 0.6 + 0.35 * shorter / np.maximum(a, b), 0.0)
    return np.asarray(np.maximum(ratio, inside))


def likeness_to(named: Sequence[Labelled], printed: Sequence[str]) -> Matrix:
    """Resemblance from 0 to 1 of every printed text, as a key, to each of `named` by the label of it that fits best
    (rows: printed, columns: named)."""
    labels = [label_key(label) for each in named for label in each.labels]
    starts = np.cumsum([0, *(len(each.labels) for each in named[:-1])])
    return np.asarray(np.maximum.reduceat(similarity(printed, labels), starts, axis=1))


def best(text: str, labels: Sequence[str]) -> float:
    """The resemblance of one text to the best fitting of `labels`."""
    return float(similarity([label_key(text)], [label_key(label) for label in labels]).max(initial=0.0))
