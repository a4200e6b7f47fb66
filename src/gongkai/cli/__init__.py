"""The command line: `gongkai report`, `gongkai parse`, `gongkai check`, `gongkai compare`."""

from gongkai.cli import compare  # noqa: F401  (it registers its command)
from gongkai.cli.app import app

__all__ = ["app"]
