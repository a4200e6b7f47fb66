"""What goes to the terminal: JSON, one-line errors, and text that cannot take the terminal over."""

from __future__ import annotations

import io
import json
import re
import signal
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from gongkai.errors import GongkaiError

UNREADABLE, INTERRUPTED = 2, 130
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.DOTALL)


def clean(text: str) -> str:
    """`text` without terminal escapes, control and invisible characters, on one line."""
    line = " ".join(_ESCAPES.sub("", text).split())
    return "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf"))


def complain(error: Exception | str) -> None:
    """Say on one line of stderr what went wrong."""
    # print, since a progress bar makes room only for what goes through sys.stdout and sys.stderr themselves.
    print(f"gongkai: {clean(str(error))}", file=sys.stderr)


def stop_as_if_interrupted() -> None:
    """Let a command that is told to stop (SIGTERM) tidy up as it does when interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn an error that was raised on purpose, or by the file system, into one line and exit status 2."""
    try:
        yield
    except (GongkaiError, OSError) as error:
        complain(error)
        raise typer.Exit(UNREADABLE) from error


def as_json(data: Any) -> None:
    """Print strict JSON in UTF-8, whatever the terminal's encoding."""
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    typer.echo(f"{text}\n".encode("utf-8", "replace"), nl=False)


def survive_any_terminal() -> None:
    """Let a terminal that lacks a character show a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
