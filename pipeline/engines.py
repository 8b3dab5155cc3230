"""The engines that steps run on: DuckDB in this process, or Spark where WB6_ENGINE says so. Results never depend on which.

An engine answers SQL, loads what people wrote with every row checked, lets a function look at all rows of a table, and
writes a query's answer as Parquet. Steps ask for no more, so whatever does these runs the pipeline.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.engine import Connection, connect, literal
from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.problems import Problem
    from pipeline.project import Project
    from pipeline.validate import Origin
    from schemas.registry import Table

DUCKDB, SPARK = "duckdb", "spark"

Look = Callable[["pa.RecordBatch"], Collection[str]]
"""What is wrong with some rows, in words. On Spark it is called in the executors, so it must pickle."""


_BATCH = 100_000
"""How many rows a function is shown at once."""


class Answer(Protocol):
    """What a statement answers: the rows of a query, and for each of its columns a tuple that opens with the name."""

    @property
    def description(self) -> Any:
        """The columns."""

    def fetchall(self) -> list[Any]:
        """Every row as a tuple."""

    def fetchone(self) -> Any:
        """The next row, so that not all need be held at once; None after the last."""


class Sql(Protocol):
    """Whatever answers the SQL of the steps, in DuckDB's words: an engine, or a connection to DuckDB itself."""

    def execute(self, query: str, /) -> Answer:
        """Do what a statement says. Nothing is sure to be done before its answer is fetched."""

    def register(self, name: str, rows: pa.Table, /) -> Any:
        """Make rows that Python holds a table of that name: only for what is small."""


def rows_of(con: Sql, query: str) -> Iterator[Any]:
    """The rows of an answer, one at a time; nothing else may be asked of an engine meanwhile."""
    yield from iter(con.execute(query).fetchone, None)


class Engine(Sql, Protocol):
    """All that a step asks of an engine, whose schemas are `source`, `claims`, `stated`, and a nameless one for what is published."""

    def load(self, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
        """Read one source file into `source.<table>`, as written, with `source_line`; return every problem of its rows."""

    def look(self, query: str, at: Look) -> set[str]:
        """Show a function all rows that a query answers, batch by batch; what it finds wrong."""

    def write(self, query: str, path: Path) -> None:
        """Write a query's answer, in its order, as Parquet: a file, or a folder of files whose names sort in that order."""


@dataclass(frozen=True)
class DuckDB:
    """The engine in this process."""

    con: Connection

    def execute(self, query: str, /) -> Answer:
        """See Engine."""
        return self.con.execute(query)

    def load(self, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
        """See Engine."""
        from pipeline.validate import load

        return load(self.con, project, table)

    def register(self, name: str, rows: pa.Table, /) -> None:
        """See Engine."""
        self.con.register(name, rows)

    def look(self, query: str, at: Look) -> set[str]:
        """See Engine."""
        reader = self.con.sql(query).to_arrow_reader(_BATCH)
        return {wrong for batch in reader for wrong in at(batch)}

    def write(self, query: str, path: Path) -> None:
        """See Engine."""
        self.con.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)").fetchall()


def chosen_engine() -> str:
    """The name of the engine that WB6_ENGINE asks for. Raises PipelineError where there is none of that name."""
    name = os.environ.get("WB6_ENGINE") or DUCKDB
    if name not in (DUCKDB, SPARK):
        raise PipelineError(f"WB6_ENGINE is {name}, which is no engine; write {DUCKDB} or {SPARK}, or leave it out")
    return name


def open_engine(spill: Path) -> AbstractContextManager[Engine]:
    """An engine without tables, which forgets what it was given on the way out. Raises PipelineError where it cannot start."""
    if chosen_engine() == SPARK:
        from pipeline.spark.engine import open_spark

        return open_spark()
    return _open_duckdb(spill)


@contextmanager
def _open_duckdb(spill: Path) -> Iterator[Engine]:
    with connect(spill) as con:
        yield DuckDB(con)


def is_distributed(con: Sql) -> bool:
    """Whether large tables are spread over processes, so that one query takes on any number of rows."""
    return bool(getattr(con, "distributed", False))


class SqlError(PipelineError):
    """SQL that Spark refuses, or that fails on some row."""
