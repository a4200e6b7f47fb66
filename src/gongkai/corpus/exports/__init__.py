"""Handing the panel on: to Stata, R, pandas and spreadsheets, with a codebook."""

from gongkai.corpus.exports.export import FORMATS, Format, export
from gongkai.corpus.exports.outgoing import Shape

__all__ = ["FORMATS", "Format", "Shape", "export"]
