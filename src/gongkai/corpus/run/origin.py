"""A store holds the reports of one folder: files of the same name in another one would take their place.

The store remembers the folder as seen from itself where both are on a local disk, so that both can move together.
"""

from __future__ import annotations

import os

from gongkai.corpus.paths import is_local, locate
from gongkai.corpus.store import Store
from gongkai.errors import OutputError


def claim(store: Store, folder: str) -> None:
    """Let the store be that of `folder`; OutputError when it is that of another folder, which is still there."""
    about = store.about()
    place = _place(folder)
    known = about.get("folder")
    if known is not None:
        other = known if "://" in known else os.path.normpath(f"{_place(store.path)}/{known}")
        if other == place:
            return
        fs, path = locate(other)
        if fs.isdir(path):
            raise OutputError(
                store.path, f"holds the reports of {other}; choose another --output for those of {folder}"
            )
    together = is_local(store.fs) and "://" not in place
    store.describe({**about, "folder": os.path.relpath(place, _place(store.path)) if together else place})


def _place(url: str) -> str:
    """The real path of a folder on the local disk, the URL of another."""
    fs, path = locate(url)
    return os.path.realpath(path) if is_local(fs) else str(fs.unstrip_protocol(path))
