"""The data files of a release: each table once as Parquet and once as CSV, in the total order of its key."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import Connection, literal, quoted

if TYPE_CHECKING:  # who only writes lists as they do here should not wait for Pandera
    import pyarrow as pa

    from schemas.registry import Column, Table

SUMS = "SHA256SUMS"
"""The file of a release that lists the SHA-256 of every other."""

LIST_SEPARATOR = "; "
"""What separates the items of a list in a CSV cell."""

_GROUP = 100_000
"""How many rows a row group of a Parquet file has, the last one aside; no more than so many are in memory as Arrow."""


_LEVEL = 3
"""How hard zstd tries: level 9 takes twice the time, and files are a tenth smaller."""


def write_csv(con: Connection, table: Table, folder: Path) -> None:
    """Write `csv/<table>.csv` from the table of that name in the engine, whose rows lie in the order of its key."""
    path = folder / "csv" / f"{table.name}.csv"
    path.parent.mkdir(exist_ok=True)
    copy_csv(con, table, quoted(table.name), path)


def copy_csv(con: Connection, table: Table, rows: str, path: Path) -> None:
    """Write rows of a table, given in SQL, as the CSV of a release has them."""
    cells = ", ".join(f"{as_text(c)} AS {quoted(c.name)}" for c in table.columns)
    con.execute(f"COPY (SELECT {cells} FROM {rows}) TO {literal(path)} (FORMAT csv, HEADER true)").fetchall()


def write_parquet(con: Connection, table: Table, folder: Path, about: Mapping[str, str]) -> None:
    """Write `parquet/<table>.parquet` from the table of that name in the engine; `about` goes into its footer."""
    from pyarrow import parquet

    path = folder / "parquet" / f"{table.name}.parquet"
    path.parent.mkdir(exist_ok=True)
    schema = arrow_schema(table, about)
    order = [parquet.SortingColumn(schema.names.index(name), nulls_first=False) for name in _leading(table)]
    options = {"compression": "zstd", "compression_level": _LEVEL, "write_page_index": True}
    with parquet.ParquetWriter(path, schema, sorting_columns=order or None, **options) as writer:
        for group in _groups(con.sql(f"SELECT * FROM {quoted(table.name)}").to_arrow_reader(_GROUP)):
            writer.write_table(group.cast(schema))


def _groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """The rows in groups of the same size: the batches that DuckDB gives end elsewhere with other numbers of threads."""
    import pyarrow as pa

    waiting = pa.Table.from_batches([], reader.schema)
    for batch in reader:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
        while waiting.num_rows >= _GROUP:
            yield waiting.slice(0, _GROUP).combine_chunks()
            waiting = waiting.slice(_GROUP)
    if waiting.num_rows:
        yield waiting.combine_chunks()


def _order(table: Table) -> tuple[str, ...]:
    """The columns that rows are sorted by: the key or, where a table has none, every column."""
    return table.key or tuple(c.name for c in table.columns)


def ordered(table: Table) -> str:
    """SQL for the order in which a table's rows are published: that of its key or, where it has none, of every column."""
    return ", ".join(f"{quoted(name)} NULLS LAST" for name in _order(table))


def _leading(table: Table) -> list[str]:
    """The columns a file may say it is sorted by: those of the order before any list, which Parquet cannot order."""
    types = {c.name: c.type for c in table.columns}
    return list(itertools.takewhile(lambda name: types[name] != "VARCHAR[]", _order(table)))


def as_text(column: Column) -> str:
    """SQL of a column as a CSV cell shows it: a list joined, all else as DuckDB writes it."""
    if column.type == "VARCHAR[]":
        return f"array_to_string({quoted(column.name)}, {literal(LIST_SEPARATOR)})"
    return quoted(column.name)


def key_text(table: Table) -> str:
    """SQL of a published row's key as claims name it: `iso3=XKX|organisation_id=pfp|...`; an empty part stays empty."""
    by_name = {c.name: c for c in table.columns}
    parts = [f"{literal(k + '=')} || coalesce(CAST({as_text(by_name[k])} AS VARCHAR), '')" for k in table.key]
    return " || '|' || ".join(parts)


def arrow_schema(table: Table, about: Mapping[str, str] | None = None) -> pa.Schema:
    """The Parquet schema of a table; its metadata describes the table, its columns and, in `about`, its release."""
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
    return pa.schema(fields, {**(about or {}), "table": table.name, "description": table.description})


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_once(path: Path) -> str:
    """The same, read only once by a process as long as the file is the same by its number, size and times.

    For what says whether work can be spared; a proof reads the file again. A file that changed shortly before it was read
    may change once more within the same tick of its times, so it is read again, too.
    """
    seen = path.stat()
    state = (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    name = str(path)
    known = _read.get(name)
    if known and known[0] == state:
        return known[1]
    is_settled = time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) > _TICK
    digest = sha256(path)
    _read.pop(name, None)
    if is_settled:
        _read[name] = state, digest
        while len(_read) > _MOST:
            del _read[next(iter(_read))]
    return digest


_TICK = 100_000_000
"""Nanoseconds within which two changes of a file may leave it with the same times."""

_MOST = 5_000
"""How many files a process knows the digests of, in some 2 MB: each release brings new ones, and a service may publish for years."""

_read: dict[str, tuple[tuple[int, ...], str]] = {}
"""The state and digest of files by where they are: a text, since a path takes several times the room."""
