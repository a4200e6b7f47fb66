"""Copying: what was left over from another report or a template, and text taken over from the year before."""

from gongkai.checks.copying import reuse, stale  # noqa: F401  (they register their rules)
