"""The command line: `gongkai report`, `parse`, `check`, `compare`, `run`, `export`, `codebook` and `panel`."""

from gongkai.cli import compare, overview, panel, run  # noqa: F401  (they register their commands)
from gongkai.cli.app import app

__all__ = ["app"]
