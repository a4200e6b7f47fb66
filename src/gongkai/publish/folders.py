"""Where results go: folders and files that are there complete or not at all, and never another report's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from gongkai.errors import OutputError

RECORD = "report.json"


def choose_folder(output: Path, file: Path) -> Path:
    """The folder in `output` for the results of `file`.

    It has the file's name without its ending; when that folder belongs to another file, the start of the content's
    SHA-256 is added. Raises OutputError when that one is not ours either.
    """
    plain = output / file.stem
    numbered = output / f"{file.stem}-{content_hash(file)[:8]}"
    if not plain.exists() or _source_of(plain) == file.resolve():
        return plain
    if not numbered.exists() or _source_of(numbered) is not None:
        return numbered
    raise OutputError(numbered, "this folder was not made by gongkai and is left alone")


def content_hash(file: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return sha256(file.read_bytes()).hexdigest()


@contextmanager
def complete_or_nothing(folder: Path) -> Iterator[Path]:
    """A new folder to write results into, which becomes `folder` at the end of the block.

    When the block fails or is interrupted, the new folder is removed and an earlier `folder` stays as it was. Files
    that a person added to the earlier folder are kept. Raises OutputError when something cannot be written.
    """
    mark = uuid4().hex[:8]
    partial = folder.with_name(f".{mark}.partial")
    try:
        partial.mkdir(parents=True)
        yield partial
        _keep_additions(folder, partial)
        _swap(partial, folder, folder.with_name(f".{mark}.earlier"))
    except OSError as error:
        raise OutputError(folder, f"cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A path beside `file` to write to, which becomes `file` when all went well; OutputError when it cannot."""
    partial = file.with_name(f".{uuid4().hex[:8]}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.touch()
        yield partial
        partial.replace(file)
    except OSError as error:
        raise OutputError(file, f"cannot be written ({error.strerror or error})") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _source_of(folder: Path) -> Path | None:
    """The file whose results are in `folder`; None when gongkai did not make it."""
    record = _record(folder)
    return (folder / record["source"]).resolve() if "source" in record else None


def _record(folder: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if isinstance(record, dict):
            return record
    return {}


def _keep_additions(earlier: Path, new: Path) -> None:
    ours = {RECORD, *_record(earlier).get("files", [])}
    for item in earlier.iterdir() if earlier.exists() else ():
        if item.name not in ours:
            (shutil.copytree if item.is_dir() else shutil.copy2)(item, new / item.name)


def _swap(new: Path, folder: Path, aside: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(aside)
    try:
        new.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
