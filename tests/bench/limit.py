"""The limit: what the disk and the processor need at least for the tables of a release, in plain DuckDB with its own settings.

    python -m tests.bench.limit FOLDER OUTPUT [--unordered]

The same reads, the same columns, the same joins, and Parquet (zstd) and CSV of every published table in the same order; no
validation, weighing, digests or metadata. Where a key is claimed more than once, any claim stands.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.bibliography import read_bibliography
from pipeline.claimed import CITATIONS, LIVE, row_key
from pipeline.dataset import read_dataset
from pipeline.engine import literal, quoted
from pipeline.expand import expressions
from pipeline.files import as_text
from pipeline.project import Project
from pipeline.sqlfiles import sql_files
from schemas.registry import Table, sources, tables, written

if TYPE_CHECKING:
    import duckdb


def run_limit(root: Path, output: Path, ordered: bool = True) -> None:
    """Make the data files of a release from the sources of a checkout, as fast as DuckDB goes."""
    import duckdb

    project = Project(root)
    with duckdb.connect(config={"temp_directory": str(output / "spill")}) as con:
        if not ordered:
            con.execute("SET preserve_insertion_order = false")
        con.execute("CREATE SCHEMA source")
        _read(con, project)
        for table in sources().values():
            _publish(con, table, ordered)
        _claim(con, ordered)
        for name, path in sql_files(project.joins).items():
            con.execute(f"CREATE TABLE {quoted(name)} AS {path.read_text('utf-8')}")
        for table in tables().values():
            if table.name != "change":  # what changed since another release is metadata
                _write(con, table, output)


def _read(con: duckdb.DuckDBPyConnection, project: Project) -> None:
    for table in sources().values():
        path = literal(project.sources / table.file)
        con.execute(
            f"CREATE TABLE source.{quoted(table.name)} AS SELECT *, row_number() OVER () + 1 AS source_line "
            f"FROM read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"')"
        )
    table = written()["document"]
    con.register("documents", read_bibliography(project.sources / table.file, table.file).rows)
    items = ", ".join(item for f in table.fields for item in expressions(f, quoted(f.name)))
    con.execute(f"CREATE TABLE document AS SELECT {items} FROM documents ORDER BY 1")
    day = read_dataset(project).as_of.isoformat()
    con.execute(f"CREATE TABLE dataset AS SELECT DATE {literal(day)} AS as_of")


def _publish(con: duckdb.DuckDBPyConnection, table: Table, ordered: bool) -> None:
    keys = ", ".join(quoted(k) for k in table.key)
    any_of = [f"any_value({quoted(f.name)}) AS {quoted(f.name)}" for f in table.claimed]
    items = ", ".join(item for f in table.facts for item in expressions(f, quoted(f.name)))
    order = "ORDER BY " + ", ".join(f"{quoted(k)} NULLS LAST" for k in table.key) if ordered else ""
    con.execute(
        f"CREATE TABLE {quoted(table.name)} AS SELECT {items}, n_claims, n_claims > 1 AS disputed FROM ("
        f"SELECT {', '.join([keys, *any_of])}, count(*) AS n_claims FROM source.{quoted(table.name)} "
        f"WHERE {LIVE} GROUP BY {keys}) {order}"
    )


def _claim(con: duckdb.DuckDBPyConnection, ordered: bool) -> None:
    """One row per filled cell and citation, with an id of the same length as a digest's, but a cheap one."""
    cells = " UNION ALL ".join(_cells(table) for table in sources().values())
    kept = "table_name, row_key, column_name, value, rank, rank_reason, note, source_file, source_line"
    made = {
        "claim_id": "printf('%016x', hash(row_key, column_name, value, citation))",
        "document_id": "cited_id",
        "origin_document_id": "CAST(NULL AS VARCHAR)",
        "is_published": "rank <> 'deprecated'",
        "corroboration": "CAST(1 AS BIGINT)",
        "evidence": "'not_checked'",
        "first_release": "'0.1.0'",
    }
    columns = ", ".join(f"{made.get(c.name, c.name)} AS {c.name}" for c in tables()["claim"].columns)
    cited = CITATIONS.format(columns=kept, rows=f"(SELECT {kept}, cite FROM ({cells}))")
    con.execute(f"CREATE TABLE claim AS SELECT {columns} FROM ({cited}) {'ORDER BY claim_id' if ordered else ''}")


def _cells(table: Table) -> str:
    names = [f.name for f in table.claimed]
    columns, values = ", ".join(map(literal, names)), ", ".join(map(quoted, names))
    nothing = f"coalesce({values}) IS NULL" if names else "true"
    return (
        "SELECT * FROM ("
        f"SELECT {literal(table.name)} AS table_name, {row_key(table)} AS row_key, cite, coalesce(rank, 'normal') AS rank, "
        f"rank_reason, note, {literal(f'sources/{table.name}.csv')} AS source_file, source_line, {nothing} AS fills_none, "
        f"unnest([{columns}, NULL]) AS column_name, unnest([{values}, NULL]) AS value FROM source.{quoted(table.name)}) "
        "WHERE value IS NOT NULL OR (fills_none AND column_name IS NULL)"
    )


def _write(con: duckdb.DuckDBPyConnection, table: Table, output: Path) -> None:
    name = quoted(table.name)
    for kind, select, options in (
        ("parquet", f"SELECT * FROM {name}", "FORMAT parquet, COMPRESSION zstd"),
        (
            "csv",
            f"SELECT {', '.join(f'{as_text(c)} AS {quoted(c.name)}' for c in table.columns)} FROM {name}",
            "FORMAT csv, HEADER true",
        ),
    ):
        (output / kind).mkdir(parents=True, exist_ok=True)
        con.execute(f"COPY ({select}) TO {literal(output / kind / f'{table.name}.{kind}')} ({options})")


if __name__ == "__main__":
    run_limit(Path(sys.argv[1]), Path(sys.argv[2]), "--unordered" not in sys.argv)
