"""Checks: what holds in a report, what does not, and what cannot be told."""

from gongkai.checks import (  # noqa: F401  (they register their rules)
    arithmetic,
    cells,
    compliance,
    copying,
    jumps,
    presence,
    prose,
    units,
)
from gongkai.checks.registry import Context, Finding, Rule, rule, rules, unregister
from gongkai.checks.run import check

__all__ = ["Context", "Finding", "Rule", "check", "rule", "rules", "unregister"]
