"""The engine that holds tables: an in-memory DuckDB with a memory limit, spilling to the build folder."""

from __future__ import annotations

import functools
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.memory import default_memory
from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection
else:
    Connection = object

_number = itertools.count()
_turn = threading.Lock()


@functools.cache
def _instance(memory: str, threads: str | None) -> Connection:
    """One DuckDB for this process: starting one takes longer than most steps do, and two would share no limit."""
    import duckdb

    config: dict[str, str | int | float | bool | list[str]] = {"memory_limit": memory}
    if threads:
        if not threads.isdigit() or threads == "0":
            raise PipelineError(f"WB6_THREADS is {threads}, which is no number of threads; write 1 or more")
        config["threads"] = int(threads)
    try:
        return duckdb.connect(":memory:", config=config)
    except duckdb.Error as error:
        raise PipelineError(
            f"DuckDB does not start with WB6_MEMORY={memory}: {error}; write a size such as 2GB"
        ) from None


def start_anew() -> None:
    """Have the next session begin with a DuckDB of its own; this one ends with the last session that it has.

    For a process that goes on and on. DuckDB keeps some 200 bytes of every buffer that a query has let go of, and tidies up
    only where 32,768 of them stand in one of its eight queues: 60 MB in all, which no limit counts. (Since 1.5, the table
    function duckdb_eviction_queues() shows them as dead nodes; see https://github.com/duckdb/duckdb/pull/23444.)
    """
    _instance.cache_clear()


def _let_spill(con: Connection, folder: Path) -> None:
    """Let the DuckDB of this process spill to a folder, unless it has begun to spill to another."""
    import duckdb

    with suppress(duckdb.Error, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        con.execute(f"SET temp_directory = {literal(folder / 'spill')}").fetchall()


@contextmanager
def connect(spill: Path | None = None) -> Iterator[Connection]:
    """An empty database with schemas `source`, `claims` and `stated`, forgotten on the way out.

    WB6_THREADS and WB6_MEMORY set the limits, the latter by default to what `pipeline.memory` finds; results never depend
    on them. Raises PipelineError where they make no sense, and where the memory does not do.
    """
    import duckdb

    root = _instance(os.environ.get("WB6_MEMORY") or default_memory(), os.environ.get("WB6_THREADS"))
    with _turn:  # a connection refuses what another thread asks of it meanwhile
        con, name = root.cursor(), f"session_{next(_number)}"
    if spill:
        _let_spill(con, spill)
    con.execute(f"ATTACH ':memory:' AS {name}").fetchall()
    try:
        con.execute(f"USE {name}").fetchall()
        for schema in ("source", "claims", "stated"):
            con.execute(f"CREATE SCHEMA {schema}").fetchall()
        yield con
    except duckdb.OutOfMemoryException:
        limit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
        raise PipelineError(
            f"DuckDB needs more than its {limit} of memory; set WB6_MEMORY to more, such as 4GB"
        ) from None
    finally:
        con.close()
        with _turn:
            last = root.cursor()
        with last:
            last.execute(f"DETACH {name}").fetchall()


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """A text as an SQL literal, for the places that take no bound value."""
    return "'" + str(text).replace("'", "''") + "'"
