"""Everything gongkai raises on purpose, in one tree. Imports only the standard library."""

from __future__ import annotations

from pathlib import Path


class GongkaiError(Exception):
    """Any error that gongkai raises on purpose; its text is one line for a person to read."""


class FileError(GongkaiError):
    """An input file could not be used; names the file and the reason."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{self.path}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        # Exceptions cross process borders in runs of many reports; the default pickles the message alone.
        return type(self), (self.path, self.reason)


class UnreadableFile(FileError):
    """The file is missing, empty, damaged, or of a kind that gongkai does not read."""


class NotAReport(FileError):
    """The file can be read, but is no annual information-disclosure report."""


class OutputError(FileError):
    """A result could not be written where it should go."""


class TableError(GongkaiError):
    """A table is not what it must be, and is not written; names the table and the columns at fault."""

    def __init__(self, table: str, faults: str) -> None:
        super().__init__(f"table {table} is at fault: {faults}")


class NotebookError(GongkaiError):
    """A notebook broke down on a report; names the notebook and the error in it."""

    def __init__(self, notebook: str, reason: str) -> None:
        super().__init__(f"notebook {notebook} failed: {reason}")


class RunError(GongkaiError):
    """A run over many reports cannot start, or cannot go on."""


class QueryError(GongkaiError):
    """A query of the panel is no single SELECT statement, or DuckDB found a fault in it."""
