"""The engine that holds tables: an in-memory DuckDB with a memory limit, spilling to the build folder."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection
else:
    Connection = object

_number = itertools.count()


@functools.cache
def _instance(spill: Path | None, memory: str, threads: str | None) -> Connection:
    """One DuckDB for this process: starting one takes longer than most steps do."""
    import duckdb

    config: dict[str, str | int | float | bool | list[str]] = {"memory_limit": memory}
    if threads:
        if not threads.isdigit() or threads == "0":
            raise PipelineError(f"WB6_THREADS is {threads}, which is no number of threads; write 1 or more")
        config["threads"] = int(threads)
    if spill:
        config["temp_directory"] = str(spill / "spill")
    try:
        return duckdb.connect(":memory:", config=config)
    except duckdb.Error as error:
        raise PipelineError(
            f"DuckDB does not start with WB6_MEMORY={memory}: {error}; write a size such as 2GB"
        ) from None


@contextmanager
def connect(spill: Path | None = None) -> Iterator[Connection]:
    """An empty database with schemas `source`, `claims` and `stated`, forgotten on the way out.

    WB6_THREADS and WB6_MEMORY set the limits; results never depend on them. Raises PipelineError where they make no sense.
    """
    root = _instance(spill, os.environ.get("WB6_MEMORY", "2GB"), os.environ.get("WB6_THREADS"))
    con, name = root.cursor(), f"session_{next(_number)}"
    con.execute(f"ATTACH ':memory:' AS {name}").fetchall()
    try:
        con.execute(f"USE {name}").fetchall()
        for schema in ("source", "claims", "stated"):
            con.execute(f"CREATE SCHEMA {schema}").fetchall()
        yield con
    finally:
        con.close()
        root.execute(f"DETACH {name}").fetchall()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """A text as an SQL literal, for the places that take no bound value."""
    return "'" + str(text).replace("'", "''") + "'"
