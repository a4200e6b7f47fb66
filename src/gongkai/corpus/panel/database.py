"""DuckDB over the Parquet of a corpus store: views that can be queried, and nothing else that can be touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from gongkai.corpus.columns import PANEL, schema
from gongkai.corpus.panel.columns import columns
from gongkai.corpus.panel.organs import reports
from gongkai.corpus.panel.variables import cell_variables
from gongkai.corpus.paths import is_local
from gongkai.corpus.store import UNKNOWN_YEAR, Store, live_of
from gongkai.errors import QueryError

if TYPE_CHECKING:
    import pandas as pd

# Neither what comes from the open web nor a query has any business with other files or the network.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    # What does not fit into memory is an error, not a file in the folder at hand.
    "temp_directory": "",
}


class Database:
    """The corpus as it was when this was made: what a later run adds is seen by the next one.

    Views: `reports` (one row a report), `cells` (one row a cell, as stored), `long` (the same with the report's
    identity and what was deduced), `findings`, `repairs`, `texts`, `files` (the last ledger row of every file), and
    `variables` (the wide table's variables by cell id). Only the store's Parquet can be read, and nothing be written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        # Before the parts, so that what a run adds in between is not yet live.
        current = store.current()
        self._parts = {name: store.parts(name) for name in PANEL}
        self._connection = duckdb.connect(config=_CONFIG)
        # DuckDB would take some characters of a path for a pattern, and reads only the local disk without an extension.
        self._direct = is_local(store.fs) and not set("*?[") & set(store.root)
        if self._direct:
            self._run(f"SET allowed_paths = {_literal([part for parts in self._parts.values() for part in parts])}")
        self._run("SET enable_external_access = false")
        self.add("live", live_of(current))
        for name in PANEL:
            self._view_of_parts(name)
        self.reports = reports(self._read(_REPORTS))
        self.add("reports", pa.Table.from_pandas(self.reports, preserve_index=False))
        self.files = current.drop_columns(["batch"])
        self.add("files", self.files)
        self.add("variables", _variables())
        self._run("CREATE VIEW cells AS SELECT * EXCLUDE (batch) FROM stored_cells")
        for name in ("findings", "repairs", "texts"):
            self._run(f"CREATE VIEW {name} AS {_with_report(name)}")
        self._run(f"CREATE VIEW marks AS {_MARKS}")
        self._run(f"CREATE VIEW long AS {_long()}")
        self._run("SET lock_configuration = true")

    def add(self, name: str, rows: pa.Table) -> None:
        """Keep a table in memory under this name, in place of one that had it."""
        self._connection.register("incoming", rows)
        self._run(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming')
        self._connection.unregister("incoming")

    def choose(self, reports: list[str]) -> None:
        """Make the table `chosen`: these reports, numbered from 0 (`n`), each with the batch that holds its rows."""
        self.add("numbered", pa.table({"report": pa.array(reports, pa.string()), "n": range(len(reports))}))
        self._run("CREATE OR REPLACE TABLE chosen AS SELECT n, report, batch FROM numbered JOIN live USING (report)")

    def query(self, query: str) -> pa.Table:
        """The rows of one SELECT statement; QueryError for anything else, and for what DuckDB makes of a faulty one.

        DESCRIBE, SUMMARIZE and a PIVOT that names its values count as SELECT.
        """
        # In other statements a COPY can hide, which would overwrite the very files that may be read.
        if self._types(query) != [duckdb.StatementType.SELECT]:
            raise QueryError("give one SELECT statement (a PIVOT must list its values: ON … IN (…))")
        self._run("BEGIN TRANSACTION READ ONLY")
        try:
            return self._read(query)
        finally:
            self._run("ROLLBACK")

    def frame(self, query: str) -> pd.DataFrame:
        """What `query` gives, as a DataFrame with the dtypes of `gongkai.tables`."""
        return to_frame(self.query(query))

    def table(self, name: str, reports: pd.DataFrame | None = None) -> pd.DataFrame:
        """A table described in `columns.toml`, of all reports or of some, in the order of the reports and the form."""
        self.choose((self.reports if reports is None else reports)["report"].tolist())
        place = "LEFT JOIN variables v USING (id)" if "id" in columns(name) else ""
        return self.frame(
            f"SELECT {_chosen(name, 't', {})} FROM {name} t JOIN chosen k USING (report) {place} "
            f"ORDER BY k.n, {_ORDER[name]}"
        )

    def _view_of_parts(self, name: str) -> None:
        """`stored_<name>`: the live rows of a table of the store, with their year."""
        source = f"parts_{name}"
        columns = schema(PANEL[name])
        if not self._parts[name]:
            self.add(source, columns.append(pa.field("year", pa.string())).empty_table())
        elif self._direct:
            options = "hive_partitioning = true, hive_types = {'year': VARCHAR}"
            self._run(f"CREATE VIEW {source} AS FROM read_parquet({_literal(self._parts[name])}, {options})")
        else:
            self._connection.register(source, self._remote(name, columns))
        self._run(
            f"CREATE {'VIEW' if self._direct else 'TEMP VIEW'} stored_{name} AS "
            f"SELECT * EXCLUDE (year), TRY_CAST(nullif(year, '{UNKNOWN_YEAR}') AS INTEGER) AS year "
            f"FROM {source} SEMI JOIN live USING (report, batch)"
        )

    def _remote(self, name: str, columns: pa.Schema) -> ds.Dataset:
        """The parts as Arrow reads them."""
        by_year = ds.partitioning(pa.schema([("year", pa.string())]), flavor="hive")
        paths = [str(self._store.fs._strip_protocol(part)) for part in self._parts[name]]
        year = columns.append(pa.field("year", pa.string()))
        return ds.dataset(paths, schema=year, filesystem=self._store.fs, format="parquet", partitioning=by_year)

    def _types(self, query: str) -> list[duckdb.StatementType]:
        with _as_query_error():
            return [statement.type for statement in self._connection.extract_statements(query)]

    def _read(self, query: str) -> pa.Table:
        with _as_query_error():
            return self._connection.sql(query).to_arrow_table()

    def _run(self, statement: str) -> None:
        with _as_query_error():
            self._connection.execute(statement)


@contextmanager
def _as_query_error() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise QueryError(str(error).strip()) from error


_REPORTS = """
    SELECT r.* EXCLUDE (batch), coalesce(e.n, 0) AS n_errors FROM stored_reports r LEFT JOIN (
        SELECT report, batch, count(*) AS n FROM parts_findings
        WHERE outcome = 'fail' AND severity = 'error' GROUP BY ALL
    ) e USING (report, batch)
"""
# The order of the rows of one report.
_ORDER = {
    "long": "v.position, t.id",
    "findings": 't.rule, t."table", t."row", t."column", t.message',
    "repairs": "t.method, v.position, t.id, t.message",
    "texts": "t.section",
}
# What the repairs say of a cell: a value that follows, or that a printed one is suspected.
_MARKS = """
    SELECT report, id,
        any_value(proposed) FILTER (method = 'deduced') AS deduced,
        any_value(certainty) FILTER (method = 'deduced') AS certainty,
        bool_or(method = 'localised') AS suspect
    FROM stored_repairs GROUP BY report, id
"""


def _with_report(table: str) -> str:
    """The rows of a table with the organ of their report."""
    chosen = _chosen(table, "t", {"organ": "r.organ"})
    return f"SELECT {chosen} FROM stored_{table} t JOIN reports r USING (report)"


def _long() -> str:
    """The cells with their report's identity, the form of their table, and what the repairs say of them."""
    own = {name: f"r.{_quoted(name)}" for name in columns("reports")}
    own["form"] = f'CASE c."table" {" ".join(_form_cases())} END'
    own["deduced"], own["certainty"] = "m.deduced", "m.certainty"
    own["suspect"] = "coalesce(m.suspect, false)"
    chosen = _chosen("long", "c", own)
    return f"SELECT {chosen} FROM cells c JOIN reports r USING (report) LEFT JOIN marks m USING (report, id)"


def _chosen(table: str, alias: str, own: Mapping[str, str]) -> str:
    """The columns of a table for a SELECT: as `own` says, or those of `alias`."""
    sources = {name: own.get(name, f"{alias}.{_quoted(name)}") for name in columns(table)}
    return ", ".join(f"{source} AS {_quoted(name)}" for name, source in sources.items())


def _form_cases() -> list[str]:
    prefix = "form_"
    tables = [name.removeprefix(prefix) for name in columns("reports") if name.startswith(prefix)]
    return [f"WHEN '{table}' THEN r.{prefix}{table}" for table in tables]


def _variables() -> pa.Table:
    """The variables of the wide table: `position`, `id`, `name`, labels, `kind` and `unit`."""
    rows = [
        {
            "position": position,
            "id": variable.id,
            "name": variable.name,
            "label_zh": variable.label[0],
            "label_en": variable.label[1],
            "kind": variable.kind,
            "unit": variable.unit,
        }
        for position, variable in enumerate(cell_variables().values())
    ]
    return pa.Table.from_pylist(rows)


def to_frame(rows: pa.Table) -> pd.DataFrame:
    """Arrow rows as a DataFrame with the dtypes of `gongkai.tables`."""
    import pandas as pd

    kept: Mapping[pa.DataType, object] = {
        pa.int32(): pd.Int64Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.date32(): pd.ArrowDtype(pa.date32()),
    }
    plain = [pa.field(field.name, _plain(field.type)) for field in rows.schema]
    frame: pd.DataFrame = rows.cast(pa.schema(plain)).to_pandas(types_mapper=kept.get)
    return frame


def _plain(type: pa.DataType) -> pa.DataType:
    """Integers of every size, as sums of them are, in one; decimals as floats."""
    if pa.types.is_integer(type) or (pa.types.is_decimal(type) and type.scale == 0):
        return pa.int64()
    return pa.float64() if pa.types.is_decimal(type) or pa.types.is_floating(type) else type


def _quoted(name: str) -> str:
    return f'"{name}"'


def _literal(values: list[str]) -> str:
    """A list of texts as SQL."""
    escaped = (value.replace("'", "''") for value in values)
    return "[" + ", ".join(f"'{value}'" for value in escaped) + "]"
