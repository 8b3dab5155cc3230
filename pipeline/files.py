"""The data files of a release: each table once as Parquet and once as CSV, in the total order of its key."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import Connection, literal, quoted
from schemas.registry import Column, Table

if TYPE_CHECKING:
    import pyarrow as pa

SUMS = "SHA256SUMS"
"""The file of a release that lists the SHA-256 of every other."""

LIST_SEPARATOR = "; "
"""What separates the items of a list in a CSV cell."""


def write_csv(con: Connection, table: Table, folder: Path) -> None:
    """Write `csv/<table>.csv` from the table of that name in the engine."""
    path = folder / "csv" / f"{table.name}.csv"
    path.parent.mkdir(exist_ok=True)
    cells = ", ".join(f"{as_text(c)} AS {quoted(c.name)}" for c in table.columns)
    con.execute(
        f"COPY (SELECT {cells} FROM ({_ordered(table)})) TO {literal(path)} (FORMAT csv, HEADER true)"
    ).fetchall()


def write_parquet(con: Connection, table: Table, folder: Path) -> None:
    """Write `parquet/<table>.parquet` from the table of that name in the engine."""
    import pyarrow as pa
    from pyarrow import parquet

    path = folder / "parquet" / f"{table.name}.parquet"
    path.parent.mkdir(exist_ok=True)
    schema = arrow_schema(table)
    order = [parquet.SortingColumn(schema.names.index(name), nulls_first=False) for name in table.key]
    options = {"compression": "zstd", "compression_level": 9, "write_page_index": True}
    with parquet.ParquetWriter(path, schema, sorting_columns=order or None, **options) as writer:
        for batch in con.sql(_ordered(table)).to_arrow_reader(100_000):
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def _ordered(table: Table) -> str:
    """The rows by key or, where a table has none, by every column."""
    names = table.key or [c.name for c in table.columns]
    return f"SELECT * FROM {quoted(table.name)} ORDER BY {', '.join(f'{quoted(n)} NULLS LAST' for n in names)}"


def as_text(column: Column) -> str:
    """SQL of a column as a CSV cell shows it: a list joined, all else as DuckDB writes it."""
    if column.type == "VARCHAR[]":
        return f"array_to_string({quoted(column.name)}, {literal(LIST_SEPARATOR)})"
    return quoted(column.name)


def arrow_schema(table: Table) -> pa.Schema:
    """The Parquet schema of a table, with the descriptions of the table and its columns as metadata."""
    import pyarrow as pa

    types = {
        "VARCHAR": pa.string(),
        "VARCHAR[]": pa.list_(pa.string()),
        "BIGINT": pa.int64(),
        "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
    }
    fields = [pa.field(c.name, types[c.type], c.nullable, {"description": c.description}) for c in table.columns]
    return pa.schema(fields, {"table": table.name, "description": table.description})


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
