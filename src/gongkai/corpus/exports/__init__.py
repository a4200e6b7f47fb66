"""Handing the panel on: to Stata, R, pandas and spreadsheets, with a codebook."""

from gongkai.corpus.exports.export import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
