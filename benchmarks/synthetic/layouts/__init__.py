"""Importing this package fills the registry of layouts."""

from benchmarks.synthetic.layouts import (
    boxes,
    delimited,
    drawn,
    extracted,
    markdown,
    pictured,
    printed,
    spaced,
    unusual,
    web,
    word,
)

__all__ = [
    "boxes",
    "delimited",
    "drawn",
    "extracted",
    "markdown",
    "pictured",
    "printed",
    "spaced",
    "unusual",
    "web",
    "word",
]
