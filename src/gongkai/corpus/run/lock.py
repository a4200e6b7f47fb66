"""One run at a time on a store.

On a local disk the lock is the system's and ends with the process that holds it, however that ends. Elsewhere it is a
file that the run renews; one that was not renewed for a while was left by a run that died. Where the file system cannot
make a file only if there is none, two runs that start within the same moment may both go on; even then no report is
doubled, since batches have names of their own and a file's last row in the ledger decides.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from gongkai.corpus.paths import is_local
from gongkai.corpus.store import Store
from gongkai.errors import OutputError

_NAME = ".run.lock"
_RENEWED = 60.0
_DEAD_AFTER = 600.0


@contextmanager
def sole_run(store: Store) -> Iterator[None]:
    """Be the only run on a store; raises OutputError when another one is at work, or when nothing can be written."""
    holder = f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%Y-%m-%d %H:%M')}"
    with _system_lock(store, holder) if is_local(store.fs) else _renewed_file(store, holder):
        yield


@contextmanager
def _system_lock(store: Store, holder: str) -> Iterator[None]:
    path = Path(store.root) / _NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputError(store.path, f"cannot be written ({error.strerror})") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _busy(store, file.read().strip()) from None
        file.truncate(0)
        file.write(f"{holder}\n")
        file.flush()
        yield


@contextmanager
def _renewed_file(store: Store, holder: str) -> Iterator[None]:
    path = f"{store.root}/{_NAME}"
    store.fs.makedirs(store.root, exist_ok=True)
    try:
        store.fs.pipe_file(path, _beat(holder), mode="create")
    except FileExistsError:
        beaten, _, other = store.fs.cat_file(path).decode().partition(" ")
        if time.time() - float(beaten) < _DEAD_AFTER:
            raise _busy(store, other) from None
        store.fs.pipe_file(path, _beat(holder))
    ended = Event()

    def renew() -> None:
        while not ended.wait(_RENEWED):
            store.fs.pipe_file(path, _beat(holder))

    thread = Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        store.fs.rm_file(path)


def _beat(holder: str) -> bytes:
    return f"{time.time():.0f} {holder}".encode()


def _busy(store: Store, holder: str) -> OutputError:
    return OutputError(store.path, f"another run is at work there ({holder}); wait for it, or choose another --output")
