"""Source files into Spark: cut into pieces at the ends of rows, each read and checked in an executor as DuckDB's would be.

The strict reader and the table's Pandera model run unchanged, on a file that holds the header and the rows of one piece.
Where the form of a file is at fault, or no end of its rows, it is read again here, as a whole, for the very report that one
machine would give.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.bibliography import read_bibliography
from pipeline.engine import connect
from pipeline.problems import MOST, PipelineError, Problem, SourceError
from pipeline.refuse import header_of
from pipeline.spark.dialect import view_name
from pipeline.spark.pieces import Piece, pieces_of, spans_of
from pipeline.spark.rows import FORM, count, read
from pipeline.validate import Origin, check_rows
from pipeline.validate import load as load_here

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from pipeline.project import Project
    from pipeline.spark.engine import Spark
    from schemas.registry import Table


def load(spark: Spark, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
    """Read one source file into `source.<table>`; return every problem of its rows."""
    if table.layer == "bibliography":
        return _load_bibliography(spark, project, table)
    path = project.sources / table.file
    names = tuple(f.name for f in table.fields)
    label = project.label(path)
    try:
        header = header_of(path, label, names)
        rows = _rows(spark, path, Origin(label, header), table)
    except (SourceError, OSError, UnicodeDecodeError):
        return _as_a_whole(spark, project, table)
    spark.keep(rows)
    told = [row.problem for row in rows.where("problem IS NOT NULL").select("problem").limit(MOST).collect()]
    if FORM in told or len(told) == MOST:  # so many are told as they are found, from the first line on
        return _as_a_whole(spark, project, table)
    view = view_name("source", table.name)
    spark.show(view, rows.where("source_line IS NOT NULL").drop("problem"))
    problems = [Problem(**said) for one in told for said in json.loads(one)]
    return Origin(label, header), problems


def _load_bibliography(spark: Spark, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
    """One JSON document, read here: no library is so large that it needs a cluster."""
    import pyarrow as pa

    path = project.sources / table.file
    origin = Origin(project.label(path), ())
    names = [f.name for f in table.fields]
    try:
        read = read_bibliography(path, origin.label)
    except SourceError as error:
        _show(spark, table, pa.table({name: pa.array([], pa.string()) for name in names}), [])
        return origin, list(error.problems)
    _show(spark, table, read.rows.select(names), read.lines)
    return origin, check_rows(table, read.rows, pa.array(read.lines, pa.int64()), origin)


def _show(spark: Spark, table: Table, rows: pa.Table, lines: list[int]) -> None:
    import pyarrow as pa

    spark.register(view_name("source", table.name), rows.append_column("source_line", pa.array(lines, pa.int64())))


def _as_a_whole(spark: Spark, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
    """Every problem of a file whose form is at fault, or that has too many, and its table, empty, as nothing is made of it."""
    import pyarrow as pa

    with connect(project.build) as con:
        origin, problems = load_here(con, project, table)
    if not problems:
        what = (
            "is at fault in a part of it and not as a whole; build it with WB6_ENGINE=duckdb, and tell the maintainers"
        )
        raise PipelineError(f"{origin.label}: {what}")
    _show(spark, table, pa.table({f.name: pa.array([], pa.string()) for f in table.fields}), [])
    return origin, problems


def _rows(spark: Spark, path: Path, origin: Origin, table: Table) -> DataFrame:
    """Every row of a file: its fields as text, the line it starts on, and what is wrong with it as JSON."""
    pieces = _pieces(spark, path)
    schema = ", ".join([*(f"`{f.name}` string" for f in table.fields), "source_line bigint", "problem string"])
    numbers = spark.session.range(len(pieces), numPartitions=len(pieces))
    reading = partial(read, path=str(path.absolute()), pieces=pieces, origin=origin, table=table)
    return numbers.mapInArrow(reading, schema)


def _pieces(spark: Spark, path: Path) -> list[Piece]:
    """The pieces of a file. What lies in each must be known of all before it, so it is counted where they are read."""
    spans = spans_of(path)
    if len(spans) == 1:
        return pieces_of(spans, [(0, 0)])
    numbers = spark.session.range(len(spans), numPartitions=len(spans))
    counting = partial(count, path=str(path.absolute()), spans=spans)
    counts = numbers.mapInArrow(counting, "number bigint, quotes bigint, lines bigint").collect()
    found = {row.number: (row.quotes, row.lines) for row in counts}
    return pieces_of(spans, [found[number] for number in range(len(spans))])
