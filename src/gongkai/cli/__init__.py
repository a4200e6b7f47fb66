"""The command line: `gongkai report`, `gongkai parse`, `gongkai check`."""

from gongkai.cli.app import app

__all__ = ["app"]
