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
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.errors import OutputError

MARK = "gongkai.json"
UNKNOWN_YEAR = "unknown"
_LAYOUT = 1


class Store:
    """A corpus store at a path of the local disk or at a URL that fsspec knows (`s3://…`, `memory://…`).

    Readers take `parts(table)` and keep the rows whose `report` and `batch` are in `live()`.
    """

    def __init__(self, path: str) -> None:
        self.fs, self.root = fsspec.url_to_fs(str(path))
        self.path = str(path)

    def exists(self) -> bool:
        """Whether there is a store."""
        return bool(self.fs.exists(f"{self.root}/{MARK}"))

    def create(self) -> None:
        """Make the store unless it is there; OutputError when it cannot be made, or when its place is taken."""
        if self.exists():
            return
        taken = [name for name in ("ledger", "panel") if self.fs.exists(f"{self.root}/{name}")]
        if taken:
            raise OutputError(self.path, f"has a folder {taken[0]!r} that gongkai did not make and leaves alone")
        self._write(f"{self.root}/{MARK}", json.dumps({"layout": _LAYOUT}).encode())

    def batches(self) -> list[str]:
        """The names of the batches that count, oldest first."""
        return [_stem(path) for path in self._files("ledger")]

    def parts(self, table: str) -> list[str]:
        """The Parquet parts of a panel table (a name in `columns.PANEL`) that count, as paths or URLs to read from."""
        counting = set(self.batches())
        parts = [path for path in self._files(f"panel/{table}") if _stem(path) in counting]
        local = "file" in self.fs.protocol
        return [path if local else str(self.fs.unstrip_protocol(path)) for path in parts]

    def ledger(self) -> pa.Table:
        """Every row of the ledger, oldest first (columns in `columns.LEDGER`)."""
        return self._read(self._files("ledger"), schema(LEDGER))

    def current(self) -> pa.Table:
        """The last row of every file in the ledger, in the order of the files' names."""
        ledger = self.ledger()
        last = {file: row for row, file in enumerate(ledger["file"].to_pylist())}
        return ledger.take(pa.array([last[file] for file in sorted(last)], pa.int64()))

    def live(self) -> pa.Table:
        """The reports that count and the batch that holds the rows of each (columns `report`, `batch`)."""
        current = self.current()
        done = current.filter(pc.is_valid(current["report"])).select(["report", "batch"])
        return done.group_by(["report", "batch"], use_threads=False).aggregate([])

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
        held, ever = _pairs(self.live()), _pairs(self.ledger())
        for batch in {batch for _, batch in ever - held if batch is not None}:
            for name, columns in PANEL.items():
                for path in self.fs.glob(f"{self.root}/panel/{name}/*/{batch}.parquet"):
                    self._keep(path, {report for report, where in held if where == batch}, schema(columns))

    def _keep(self, path: str, reports: set[str | None], columns: pa.Schema) -> None:
        """Remove all rows of a part but those of some reports."""
        rows = self._read([path], columns)
        keep = pa.array([report in reports for report in rows["report"].to_pylist()])
        if not pc.any(keep).as_py():
            self.fs.rm_file(path)
        elif not pc.all(keep).as_py():
            self._write(path, _parquet(rows.filter(keep), columns))

    def _files(self, folder: str, whole: bool = True) -> list[str]:
        """The files under a folder of the store, in the order of the batches; `whole`: not what is half written."""
        found = self.fs.find(f"{self.root}/{folder}")
        wanted = [path for path in found if _is_part(path) or not whole]
        return sorted(wanted, key=lambda path: (_stem(path), path))

    def _read(self, paths: Iterable[str], columns: pa.Schema) -> pa.Table:
        tables = [pq.read_table(BytesIO(self.fs.cat_file(path)), schema=columns) for path in paths]
        return pa.concat_tables(tables) if tables else columns.empty_table()

    def _write(self, path: str, content: bytes) -> None:
        """Write a file so that it is there whole or not at all."""
        folder, _, name = path.rpartition("/")
        partial = f"{folder}/.{name}.partial"
        try:
            self.fs.makedirs(folder, exist_ok=True)
            self.fs.pipe_file(partial, content)
            self.fs.mv(partial, path)
        except OSError as error:
            raise OutputError(self.path, f"cannot be written ({error.strerror or error})") from error


def _pairs(rows: pa.Table) -> set[tuple[str | None, str | None]]:
    return set(zip(rows["report"].to_pylist(), rows["batch"].to_pylist(), strict=True))


def _is_part(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(".parquet") and not name.startswith(".")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".parquet")


def _parquet(rows: pa.Table, columns: pa.Schema) -> Any:
    buffer = BytesIO()
    pq.write_table(rows.select(columns.names).cast(columns), buffer, compression="zstd")
    return buffer.getvalue()
