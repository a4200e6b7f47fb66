"""Importing this package fills the registry of layouts."""

from benchmarks.synthetic.layouts import delimited, spaced

__all__ = ["delimited", "spaced"]
