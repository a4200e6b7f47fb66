"""Two reports side by side: what changed in the tables, cell by cell, and in the text, sentence by sentence."""

from gongkai.comparison.result import Comparison
from gongkai.comparison.run import compare

__all__ = ["Comparison", "compare"]
