"""The files of a folder that may be reports, each with the hash of its content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from gongkai.corpus.paths import is_local, locate
from gongkai.corpus.store import MARK, OURS
from gongkai.errors import UnreadableFile
from gongkai.publish.folders import RECORD

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_READERS = 8
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its name in the ledger, its path, its size, and its content's hash or why there is none."""

    file: str
    path: str
    size: int
    sha256: str | None = None
    problem: str = ""


def require_folder(folder: str) -> None:
    """Raise UnreadableFile when there is no such folder."""
    fs, root = locate(folder)
    if not fs.isdir(root):
        raise UnreadableFile(folder, "no such folder")


def find_sources(folder: str) -> list[Source]:
    """Every file under `folder` (a path or a URL for fsspec), in the order of their names.

    Hidden files and folders are left out, and what gongkai itself wrote: stores and the results of `gongkai report`.
    Links are followed. What cannot be read has a `problem`. Content is hashed every time: size and date of a file can
    stay the same while it changes.
    """
    fs, root = locate(folder)
    with ThreadPoolExecutor(_READERS) as pool:
        found = list(pool.map(lambda source: _hashed(fs, source), _walk(fs, root, "", frozenset())))
    return sorted(found, key=lambda source: source.file)


def _walk(fs: AbstractFileSystem, folder: str, name: str, above: frozenset[str]) -> Iterator[Source]:
    """The files under `folder`, whose name in the ledger starts with `name`; `above` are the folders that it is in."""
    real = os.path.realpath(folder) if is_local(fs) else folder
    if real in above:
        return
    try:
        entries = sorted(fs.ls(folder, detail=True), key=lambda entry: str(entry["name"]))
    except OSError as error:
        yield Source(
            printable(name) or ".", folder, 0, problem=f"the folder cannot be read ({error.strerror or error})"
        )
        return
    names = {_last(entry) for entry in entries}
    if RECORD in names and _is_result(fs, f"{folder}/{RECORD}"):
        return
    for entry in entries:
        last = _last(entry)
        if last.startswith(".") or (MARK in names and last in OURS) or entry["name"].rstrip("/") == folder:
            continue
        path, inner = f"{folder}/{last}", f"{name}/{last}" if name else last
        if _leads_to(fs, entry) == "directory":
            yield from _walk(fs, path, inner, above | {real})
        else:
            yield Source(printable(inner), path, entry.get("size") or 0)


def _leads_to(fs: AbstractFileSystem, entry: dict[str, Any]) -> str:
    """`file`, `directory` or `other`; of a link that of its goal."""
    if not entry.get("islink"):
        return str(entry["type"])
    return "directory" if fs.isdir(entry["name"]) else "file"


def _hashed(fs: AbstractFileSystem, source: Source) -> Source:
    if source.problem:
        return source
    if not fs.isfile(source.path):  # a pipe or a device would keep its reader waiting
        return replace(source, problem="is no regular file")
    digest, size = sha256(), 0
    try:
        with fs.open(source.path, "rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        return replace(source, problem=error.strerror or str(error))
    return replace(source, sha256=digest.hexdigest(), size=size)


def _is_result(fs: AbstractFileSystem, record: str) -> bool:
    """Whether a file is the record that `gongkai report` keeps of its results."""
    try:
        about = json.loads(fs.cat_file(record))
    except (OSError, ValueError):
        return False
    return isinstance(about, dict) and "gongkai" in about


def printable(name: str) -> str:
    """A file's name as text that can be written anywhere; bytes that are no UTF-8 stand as \\xNN."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _last(entry: dict[str, Any]) -> str:
    return str(entry["name"]).rstrip("/").rpartition("/")[2]
