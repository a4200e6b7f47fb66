"""Importing this package fills the registry of layouts."""

from benchmarks.synthetic.layouts import delimited, drawn, extracted, printed, spaced, web, word

__all__ = ["delimited", "drawn", "extracted", "printed", "spaced", "web", "word"]
