"""The corpus on disk: which files there are, what of them counts, and how a batch of reports is added.

DIR/gongkai.json                        says that DIR is a store
DIR/ledger/BATCH.parquet                one row a file worked on
DIR/panel/TABLE/year=YYYY/BATCH.parquet the rows of the reports of that year; `year=unknown` where it could not be read

A batch is written part by part, the ledger's last: a part counts when the ledger has a part of the same name, so that a
kill at any moment leaves all of a batch or nothing. The last row of a file in the ledger says which report it is now,
and which batch holds that report's rows; its rows in other batches are superseded, and `sweep` removes them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.corpus.paths import address, is_local, locate
from gongkai.errors import OutputError, UnreadableFile

MARK = "gongkai.json"
# What a run and the overview write into DIR.
OURS = frozenset({MARK, "ledger", "panel", "pages", "summary.md", "4_panel.html"})
UNKNOWN_YEAR = "unknown"
_LAYOUT = 1


def open_store(path: str) -> Store:
    """The store at a path or URL; UnreadableFile when there is none."""
    store = Store(path)
    if not store.exists():
        raise UnreadableFile(store.path, "holds no corpus; make one with: gongkai run FOLDER --output DIR")
    return store


class Store:
    """A corpus store at a path of the local disk or at a URL that fsspec knows (`s3://…`, `memory://…`).

    Readers take `parts(table)` and keep the rows whose `report` and `batch` are in `live()`.
    """

    def __init__(self, path: str) -> None:
        self.path = str(path)
        self.fs, self.root = locate(self.path)
        self.fs.invalidate_cache()

    def exists(self) -> bool:
        """Whether there is a store."""
        return bool(self.fs.exists(f"{self.root}/{MARK}"))

    def create(self) -> None:
        """Make the store unless it is there.

        Raises OutputError when it cannot be made, when its place is taken, or when a newer gongkai made it.
        """
        if self.exists():
            if self.about().get("layout") != _LAYOUT:
                raise OutputError(self.path, "is a store of another gongkai, whose layout this one does not know")
            return
        taken = [name for name in ("ledger", "panel") if self.fs.exists(f"{self.root}/{name}")]
        if taken:
            raise OutputError(self.path, f"has a folder {taken[0]!r} that gongkai did not make and leaves alone")
        self.describe({"layout": _LAYOUT})

    def about(self) -> dict[str, Any]:
        """What the store says of itself: the number of its `layout`, and what `describe` was given.

        Raises UnreadableFile when that is damaged.
        """
        try:
            known: dict[str, Any] = json.loads(self.fs.cat_file(f"{self.root}/{MARK}"))
        except ValueError as error:
            raise UnreadableFile(f"{self.path}/{MARK}", "is damaged") from error
        return known

    def describe(self, about: Mapping[str, Any]) -> None:
        """Let the store say this of itself; OutputError when it cannot be written."""
        self.write(MARK, json.dumps(dict(about), ensure_ascii=False).encode())

    def batches(self) -> list[str]:
        """The names of the batches that count, oldest first."""
        return [_stem(path) for path in self._files("ledger")]

    def parts(self, table: str) -> list[str]:
        """The Parquet parts of a panel table (a name in `columns.PANEL`) that count, as paths or URLs to read from."""
        counting = set(self.batches())
        parts = [path for path in self._files(f"panel/{table}") if _stem(path) in counting]
        return [address(self.fs, path) for path in parts]

    def ledger(self) -> pa.Table:
        """Every row of the ledger, oldest first (columns in `columns.LEDGER`)."""
        return self._read(self._files("ledger"), schema(LEDGER))

    def current(self) -> pa.Table:
        """The last row of every file in the ledger, in the order of the files' names."""
        return _current(self.ledger())

    def live(self) -> pa.Table:
        """The reports that count and the batch that holds the rows of each (columns `report`, `batch`)."""
        return live_of(self.current())

    def rows(self, table: str) -> pa.Table:
        """The live rows of a panel table, without `batch` and with the report's `year`; all of them in memory."""
        held = _held(self.live())
        found = []
        for path in self._files(f"panel/{table}"):
            rows = _of(self._read([path], schema(PANEL[table])), held[_stem(path)])
            year = path.split("/")[-2].partition("=")[2]
            years = pa.repeat(pa.scalar(None if year == UNKNOWN_YEAR else int(year), pa.int64()), len(rows))
            found.append(rows.drop_columns("batch").append_column("year", years))
        empty = schema(PANEL[table]).empty_table().drop_columns("batch").append_column("year", pa.array([], pa.int64()))
        return pa.concat_tables(found) if found else empty

    def commit(self, batch: str, ledger: pa.Table, tables: Mapping[str, Mapping[int | None, pa.Table]]) -> None:
        """Add a batch: rows of the ledger, and for each panel table its rows by year, with the columns of `columns`.

        Raises OutputError when it cannot be written; nothing of it counts then.
        """
        for name, by_year in tables.items():
            for year, rows in by_year.items():
                if rows.num_rows:
                    folder = f"{self.root}/panel/{name}/year={UNKNOWN_YEAR if year is None else year}"
                    self._write(f"{folder}/{batch}.parquet", _parquet(rows, schema(PANEL[name])))
        self._write(f"{self.root}/ledger/{batch}.parquet", _parquet(ledger, schema(LEDGER)))

    def write(self, name: str, content: bytes) -> None:
        """Write a file beside the tables, such as the summary; OutputError when it cannot be written."""
        self._write(f"{self.root}/{name}", content)

    def next_batch(self, run: str) -> str:
        """The name of the batch to commit next: names are in the order of time, and no two runs use the same one."""
        batches = self.batches()
        last = int(batches[-1].partition("-")[0]) if batches else 0
        return f"{last + 1:08d}-{run}"

    def sweep(self) -> None:
        """Remove what does not count: parts of batches that were never committed, and superseded rows.

        For a store on which no other run is at work. Every step leaves what counts as it was.
        """
        counting = set(self.batches())
        for path in [*self._files("ledger", whole=False), *self._files("panel", whole=False)]:
            if not _is_part(path) or _stem(path) not in counting:
                self.fs.rm_file(path)
        ledger = self.ledger()
        held = _held(live_of(_current(ledger)))
        ever = zip(ledger["report"].to_pylist(), ledger["batch"].to_pylist(), strict=True)
        for batch in {batch for report, batch in ever if report is not None and report not in held[batch]}:
            self._thin_out(batch, held[batch])

    def _thin_out(self, batch: str, reports: set[str]) -> None:
        """Remove all rows of a batch but those of some reports."""
        for name, columns in PANEL.items():
            for path in self.fs.glob(f"{self.root}/panel/{name}/*/{batch}.parquet"):
                rows = self._read([path], schema(columns))
                kept = _of(rows, reports)
                if not len(kept):
                    self.fs.rm_file(path)
                elif len(kept) < len(rows):
                    self._write(path, _parquet(kept, kept.schema))

    def _files(self, folder: str, whole: bool = True) -> list[str]:
        """The files under a folder of the store, in the order of the batches; `whole`: not what is half written."""
        found = self.fs.find(f"{self.root}/{folder}")
        wanted = [path for path in found if _is_part(path) or not whole]
        return sorted(wanted, key=lambda path: (_stem(path), path))

    def _read(self, paths: Iterable[str], columns: pa.Schema) -> pa.Table:
        tables = []
        for path in paths:
            try:
                tables.append(_table(self.fs.cat_file(path), columns))
            except pa.ArrowInvalid as error:
                raise UnreadableFile(address(self.fs, path), f"this part of the corpus is damaged ({error})") from error
        return pa.concat_tables(tables) if tables else columns.empty_table()

    def _write(self, path: str, content: bytes) -> None:
        """Write a file so that it is there whole or not at all."""
        folder, _, name = path.rpartition("/")
        partial = f"{folder}/.{name}.partial"
        try:
            self.fs.makedirs(folder, exist_ok=True)
            with self.fs.open(partial, "wb") as file:
                file.write(content)
                if is_local(self.fs):  # so that a power cut leaves no half file either
                    file.flush()
                    os.fsync(file.fileno())
            self.fs.mv(partial, path)
        except OSError as error:
            with suppress(OSError):
                self.fs.rm_file(partial)
            raise OutputError(self.path, f"cannot be written ({error.strerror or error})") from error


def live_of(current: pa.Table) -> pa.Table:
    """What `Store.live` says when `Store.current` says this."""
    done = current.filter(pc.is_valid(current["report"])).select(["report", "batch"])
    return done.group_by(["report", "batch"], use_threads=False).aggregate([])


def _current(ledger: pa.Table) -> pa.Table:
    """The last row of every file, in the order of the files' names."""
    last = {file: row for row, file in enumerate(ledger["file"].to_pylist())}
    return ledger.take(pa.array([last[file] for file in sorted(last)], pa.int64()))


def _held(live: pa.Table) -> defaultdict[str, set[str]]:
    """The live reports of every batch."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for report, batch in zip(live["report"].to_pylist(), live["batch"].to_pylist(), strict=True):
        held[batch].add(report)
    return held


def _of(rows: pa.Table, reports: set[str]) -> pa.Table:
    """The rows of some reports."""
    return rows.filter(pc.is_in(rows["report"], value_set=pa.array(sorted(reports), pa.string())))


def _is_part(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(".parquet") and not name.startswith(".")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".parquet")


def _table(content: bytes, columns: pa.Schema) -> pa.Table:
    """A Parquet file with these columns; one that an older gongkai did not write is empty."""
    found = pq.ParquetFile(pa.BufferReader(content)).read(use_threads=False)
    have = set(found.column_names)
    lacking = {field.name: pa.nulls(len(found), field.type) for field in columns if field.name not in have}
    whole = [lacking[name] if name in lacking else found[name] for name in columns.names]
    return pa.table(whole, schema=columns)


def _parquet(rows: pa.Table, columns: pa.Schema) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(rows.select(columns.names).cast(columns), sink, compression="zstd")
    return bytes(sink.getvalue())
