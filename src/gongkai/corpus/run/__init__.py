"""Runs over many reports: what is new in a folder is worked on, here or on a cluster, and gets into the store."""

from gongkai.corpus.run.main import Progress, run
from gongkai.corpus.run.sandbox import Limits
from gongkai.corpus.run.summary import Summary

__all__ = ["Limits", "Progress", "Summary", "run"]
