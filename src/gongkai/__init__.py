"""gongkai (公开): annual information-disclosure reports of Chinese government organs as data one can trust.

Importing is cheap; a name's module is loaded when the name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gongkai.errors import FileError, GongkaiError, NotAReport, OutputError, QueryError, UnreadableFile

if TYPE_CHECKING:
    from gongkai.checks import check
    from gongkai.comparison import Comparison, compare
    from gongkai.corpus.panel import Panel
    from gongkai.narrative import narrate
    from gongkai.parsing import parse
    from gongkai.repairs import repair
    from gongkai.report import Report

__version__ = "0.1.0"

_LAZY = {
    "Comparison": "gongkai.comparison",
    "Panel": "gongkai.corpus.panel",
    "Report": "gongkai.report",
    "check": "gongkai.checks",
    "compare": "gongkai.comparison",
    "narrate": "gongkai.narrative",
    "parse": "gongkai.parsing",
    "repair": "gongkai.repairs",
}

__all__ = [
    "Comparison",
    "FileError",
    "GongkaiError",
    "NotAReport",
    "OutputError",
    "Panel",
    "QueryError",
    "Report",
    "UnreadableFile",
    "check",
    "compare",
    "narrate",
    "parse",
    "repair",
]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'gongkai' has no attribute {name!r}")
    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])
