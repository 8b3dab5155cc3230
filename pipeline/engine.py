"""The engine that holds tables: an in-memory DuckDB with a memory limit, spilling to the build folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection
else:
    Connection = object


@contextmanager
def connect(spill: Path | None = None) -> Iterator[Connection]:
    """An empty DuckDB, closed on the way out. WB6_THREADS and WB6_MEMORY set its limits; results never depend on them."""
    import duckdb

    config: dict[str, str | int | float | bool | list[str]] = {"memory_limit": os.environ.get("WB6_MEMORY", "2GB")}
    if threads := os.environ.get("WB6_THREADS"):
        config["threads"] = int(threads)
    if spill is not None:
        config["temp_directory"] = str(spill / "spill")
    con = duckdb.connect(":memory:", config=config)
    try:
        for schema in ("source", "claims"):
            con.execute(f"CREATE SCHEMA {schema}")
        yield con
    finally:
        con.close()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """A text as an SQL literal, for the places that take no bound value."""
    return "'" + str(text).replace("'", "''") + "'"
