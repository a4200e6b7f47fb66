"""The corpus store: batches count whole or not at all, and a report is never there twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.corpus.columns import LEDGER, PANEL, schema
from gongkai.corpus.store import Store
from gongkai.errors import OutputError, UnreadableFile


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = Store(str(tmp_path / "out") if request.param == "disk" else "memory://out")
    store.create()
    yield store
    store.fs.rm(store.root, recursive=True)


def add(store: Store, batch: str, reports: dict[str, tuple[str, int | None]]) -> None:
    """Commit a batch: file to its report's id and year; each report has two cells."""
    ledger = [{"file": file, "status": "done", "report": id, "batch": batch} for file, (id, _) in reports.items()]
    years = {year for _, year in reports.values()}
    cells = {year: [id for id, of in reports.values() if of == year for _ in range(2)] for year in years}
    tables = {
        year: rows("cells", [{"report": id, "id": "a/b/c", "batch": batch} for id in cells[year]]) for year in years
    }
    store.commit(batch, rows("ledger", ledger), {"cells": tables})


def rows(name: str, records: list[dict]) -> pa.Table:
    return pa.Table.from_pylist(records, schema(LEDGER if name == "ledger" else PANEL[name]))


def live_cells(store: Store) -> list[tuple[str, str]]:
    """The live rows of the cells, as a reader gets them."""
    live = set(zip(*(store.live()[name].to_pylist() for name in ("report", "batch")), strict=True))
    found = []
    for part in store.parts("cells"):
        with fsspec.open(part, "rb") as file:
            table = pq.read_table(file)
        found += zip(table["report"].to_pylist(), table["batch"].to_pylist(), strict=True)
    return sorted(row for row in found if row in live)


def test_parts_lie_by_year(store: Store) -> None:
    add(store, store.next_batch("r1"), {"a": ("A", 2021), "b": ("B", None)})
    years = [part.split("/")[-2] for part in store.parts("cells")]
    assert years == ["year=2021", "year=unknown"]
    assert store.parts("findings") == []
    assert live_cells(store) == [(id, "00000001-r1") for id in "AABB"]


def test_batches_are_numbered_on_across_runs(store: Store) -> None:
    for run in ("zz", "aa", "mm"):
        add(store, store.next_batch(run), {run: (run, 2021)})
    assert store.batches() == ["00000001-zz", "00000002-aa", "00000003-mm"]
    assert store.ledger()["file"].to_pylist() == ["zz", "aa", "mm"]


def test_a_batch_without_its_ledger_part_does_not_count(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021)})
    add(store, "00000002-r1", {"b": ("B", 2021)})
    store.fs.rm_file(f"{store.root}/ledger/00000002-r1.parquet")
    assert live_cells(store) == [("A", "00000001-r1")] * 2
    assert len(store.parts("cells")) == 1
    store.sweep()
    assert len(store.fs.find(f"{store.root}/panel")) == 1
    assert live_cells(store) == [("A", "00000001-r1")] * 2


def test_a_changed_file_supersedes_its_report_at_once(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021), "b": ("B", 2021)})
    add(store, "00000002-r2", {"a": ("A2", 2022)})
    expected = [("A2", "00000002-r2")] * 2 + [("B", "00000001-r1")] * 2
    assert live_cells(store) == expected
    store.sweep()
    assert live_cells(store) == expected
    assert sum(pq.read_table(fsspec.open(part).open()).num_rows for part in store.parts("cells")) == 4


def test_the_same_report_of_a_newer_version_is_not_doubled(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021)})
    add(store, "00000002-r2", {"a": ("A", 2021)})
    assert live_cells(store) == [("A", "00000002-r2")] * 2
    store.sweep()
    assert len(store.parts("cells")) == 1


def test_sweep_removes_what_a_kill_left(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021)})
    store.fs.pipe_file(f"{store.root}/panel/cells/year=2021/.00000002-r1.parquet.partial", b"PAR1")
    store.fs.pipe_file(f"{store.root}/ledger/.00000002-r1.parquet.partial", b"")
    assert live_cells(store) == [("A", "00000001-r1")] * 2
    store.sweep()
    assert not [path for path in store.fs.find(store.root) if path.endswith(".partial")]


def test_rows_are_those_that_count_with_their_year(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021), "b": ("B", None)})
    add(store, "00000002-r2", {"a": ("A2", 2022)})
    found = store.rows("cells")
    assert sorted(zip(found["report"].to_pylist(), found["year"].to_pylist(), strict=True), key=str) == [
        ("A2", 2022),
        ("A2", 2022),
        ("B", None),
        ("B", None),
    ]
    assert store.rows("texts").column_names == ["report", "section", "text", "year"]


def test_an_empty_store_has_empty_tables(store: Store) -> None:
    assert store.exists()
    assert store.ledger().num_rows == store.current().num_rows == store.live().num_rows == 0
    assert store.ledger().schema == schema(LEDGER)
    store.sweep()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "accounts.parquet").write_bytes(b"mine")
    with pytest.raises(OutputError, match="did not make"):
        Store(str(tmp_path)).create()
    assert [path.name for path in tmp_path.rglob("*")] == ["ledger", "accounts.parquet"]


def test_a_full_disk_is_one_plain_error_and_costs_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021)})

    def full(path: str, mode: str, **_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store.fs, "open", full)
        with pytest.raises(OutputError, match="No space left"):
            add(store, "00000002-r1", {"b": ("B", 2021)})
    assert live_cells(store) == [("A", "00000001-r1")] * 2


def test_a_damaged_part_is_named(store: Store) -> None:
    add(store, "00000001-r1", {"a": ("A", 2021)})
    with store.fs.open(f"{store.root}/ledger/00000001-r1.parquet", "wb") as file:
        file.write(b"PAR1 and no more")
    with pytest.raises(UnreadableFile, match=r"ledger/00000001-r1.parquet: this part of the corpus is damaged"):
        store.live()


def test_a_damaged_mark_is_named(store: Store) -> None:
    store.write("gongkai.json", b"{")
    with pytest.raises(UnreadableFile, match=r"gongkai.json: is damaged"):
        store.create()
