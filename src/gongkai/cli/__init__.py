"""The command line: `gongkai report`, `gongkai parse`, `gongkai check`, `gongkai compare`, `gongkai run`."""

from gongkai.cli import compare, run  # noqa: F401  (they register their commands)
from gongkai.cli.app import app

__all__ = ["app"]
