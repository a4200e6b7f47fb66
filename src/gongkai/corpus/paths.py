"""Paths of the local disk and URLs of other file systems, alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fsspec

from gongkai.errors import RunError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def locate(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a path or URL, and its path there; RunError for a kind of URL that cannot be used here."""
    try:
        fs, path = fsspec.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise RunError(f"{url}: {error}") from error
    return fs, path.rstrip("/") or "/"


def address(fs: AbstractFileSystem, path: str) -> str:
    """How a path of a file system can be named elsewhere: as it is on the local disk, else as a URL."""
    return path if is_local(fs) else str(fs.unstrip_protocol(path))


def is_local(fs: AbstractFileSystem) -> bool:
    """Whether a file system is the local disk."""
    return "file" in fs.protocol
