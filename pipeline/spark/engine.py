"""The engine on Spark: statements translated, tables kept by the executors, rows looked at where they lie."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pipeline.engines import Look, SqlError
from pipeline.spark.dialect import translated
from pipeline.spark.rows import leave_out_pandas_on_spark

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from pipeline.problems import Problem
    from pipeline.project import Project
    from pipeline.validate import Origin
    from schemas.registry import Table

_TYPES = {
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
    "bigint": "BIGINT",
    "int": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
"""Spark's types as DuckDB names them; others keep Spark's name, which no model wants."""


@dataclass(frozen=True)
class Rows:
    """What a statement on Spark answers; it is computed when it is fetched."""

    frame: DataFrame | None = None
    found: tuple[tuple[Any, ...], ...] = ()

    @property
    def description(self) -> list[tuple[str]]:
        """The columns by their names."""
        return [(name,) for name in self.frame.columns] if self.frame else []

    def fetchall(self) -> list[Any]:
        """Every row as a tuple, here in the driver."""
        if self.frame is None:
            return list(self.found)
        with _told():
            return [tuple(row) for row in self.frame.collect()]

    def fetchone(self) -> Any:
        """The next row as a tuple, with no more of them here than those of one task; None after the last."""
        with _told():
            return next(self._rows, None)

    @cached_property
    def _rows(self) -> Iterator[tuple[Any, ...]]:
        return map(tuple, self.frame.toLocalIterator()) if self.frame else iter(self.found)


@dataclass(frozen=True)
class Spark:
    """One session of Spark. Tables are kept by the executors, in memory or on their disks, until the session is closed."""

    session: SparkSession
    distributed: ClassVar[bool] = True
    kept: list[DataFrame] = field(default_factory=list)

    def execute(self, query: str, /) -> Rows:
        """See Engine."""
        statement = translated(query)
        with _told():
            if statement.kind == "describe":
                columns = self.session.table(f"`{statement.view}`").dtypes
                return Rows(found=tuple((name, _TYPES.get(kind, kind)) for name, kind in columns))
            for part in statement.parts:
                made = self.session.sql(part.sql)
                self.show(part.view, self.keep(made) if part.kept else made)
            frame = self.session.sql(statement.sql)
            if statement.kind == "query":
                return Rows(frame)
            self.show(statement.view, self.keep(frame) if statement.kind == "table" else frame)
            return Rows()

    def keep(self, frame: DataFrame) -> DataFrame:
        """Have rows computed once, when they are first asked for, and kept until the session is closed."""
        self.kept.append(frame.persist())
        return frame

    def show(self, view: str, frame: DataFrame) -> None:
        """Give rows a name that SQL knows."""
        frame.createOrReplaceTempView(f"`{view}`")

    def load(self, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
        """See Engine."""
        from pipeline.spark.load import load

        with _told():
            return load(self, project, table)

    def register(self, name: str, rows: pa.Table, /) -> None:
        """See Engine."""
        self.show(name, self.session.createDataFrame(rows))

    def look(self, query: str, at: Look) -> set[str]:
        """See Engine."""

        def found(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            import pyarrow as pa

            leave_out_pandas_on_spark()
            for batch in batches:
                yield pa.RecordBatch.from_pydict({"wrong": pa.array(sorted(at(batch)), pa.string())})

        with _told():
            rows = self.session.sql(translated(query).sql)
            wrong = rows.mapInArrow(found, "wrong string").distinct().collect()
        return {row.wrong for row in wrong}

    def write(self, query: str, path: Path) -> None:
        """See Engine. One file where Spark makes one, else a folder of them."""
        aside = path.with_name(f"{path.name}.parts")
        with _told():
            self.session.sql(translated(query).sql).write.mode("overwrite").parquet(f"file:{aside.absolute()}")
        parts = sorted(aside.glob("part-*.parquet"))
        if len(parts) == 1:
            parts[0].replace(path)
        else:
            path.mkdir()
            for number, part in enumerate(parts):
                part.replace(path / f"part-{number:05}.parquet")
        shutil.rmtree(aside)

    def close(self) -> None:
        """Let go of what was kept."""
        for frame in self.kept:
            frame.unpersist()


@contextmanager
def open_spark() -> Iterator[Spark]:
    """An engine on the Spark of this process, without tables. Raises PipelineError where Spark cannot start."""
    from pipeline.spark.session import start

    spark = Spark(start().newSession())
    try:
        yield spark
    finally:
        spark.close()


@contextmanager
def _told() -> Iterator[None]:
    """What Spark refuses or fails at, in one line, as everything else that an operator must mend."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        first, *rest = str(error).strip().split("\n\n")[0].splitlines() or [type(error).__name__]
        said = rest[-1] if rest and first.endswith(":") else first  # of a traceback, its end says what went wrong
        raise SqlError(f"Spark: {said}") from error
