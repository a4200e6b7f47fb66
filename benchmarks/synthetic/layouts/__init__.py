"""Importing this package fills the registry of layouts."""

from benchmarks.synthetic.layouts import delimited, spaced, web

__all__ = ["delimited", "spaced", "web"]
