"""What executors do with a source file: the strict reader and the row checks, on the pieces whose numbers they are given.

A piece is read from a file that holds the header and its rows, so that nothing of the reader knows of pieces.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from pipeline.problems import Problem, SourceError
from pipeline.read import batches as batches_of
from pipeline.read import open_source
from pipeline.spark.pieces import Piece, Span, counted, header_line, rows_of
from pipeline.validate import Origin, check_rows

if TYPE_CHECKING:
    import pyarrow as pa

    from schemas.registry import Table

FORM = "form"
"""What stands for the problems of a piece whose form is at fault."""


def leave_out_pandas_on_spark() -> None:
    """Keep Pandera from loading pandas' interface to Spark, which takes seconds in each process and is not used."""
    sys.modules.setdefault("pyspark.pandas", None)  # type: ignore[arg-type]


def count(batches: Iterator[pa.RecordBatch], path: str, spans: list[Span]) -> Iterator[pa.RecordBatch]:
    """How many quotes and line breaks stand in each span whose number is given."""
    import pyarrow as pa

    for batch in batches:
        for number in batch.column(0).to_pylist():
            quotes, lines = counted(Path(path), spans[number])
            yield pa.RecordBatch.from_pylist([{"number": number, "quotes": quotes, "lines": lines}])


def read(
    batches: Iterator[pa.RecordBatch], path: str, pieces: list[Piece], origin: Origin, table: Table
) -> Iterator[pa.RecordBatch]:
    """The rows of each piece whose number is given."""
    leave_out_pandas_on_spark()
    for batch in batches:
        for number in batch.column(0).to_pylist():
            yield from _read_piece(Path(path), pieces[number], origin, table)


def _read_piece(path: Path, piece: Piece, origin: Origin, table: Table) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.compute as pc

    names = [f.name for f in table.fields]
    rows, line = rows_of(path, piece)
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write(header_line(path) + rows)
        file.flush()
        try:
            for batch in batches_of(open_source(Path(file.name), origin.label, tuple(names))):
                lines = pc.add(batch.lines, line - 2)
                told = _by_row(check_rows(table, batch.rows, lines, origin), lines)
                cells = [*(batch.rows.column(name) for name in names), lines, told]
                yield pa.RecordBatch.from_arrays(cells, [*names, "source_line", "problem"])
                if batch.refused:
                    yield _at_fault(names)
        except SourceError:
            yield _at_fault(names)


def _by_row(problems: list[Problem], lines: pa.Array) -> pa.Array:
    """The problems of each row as JSON; null where there is none."""
    import pyarrow as pa

    if not problems:
        return pa.nulls(len(lines), pa.string())
    told: dict[int, list[dict[str, object]]] = {}
    for problem in problems:
        told.setdefault(problem.line, []).append(asdict(problem))
    return pa.array([json.dumps(told[line]) if line in told else None for line in lines.to_pylist()], pa.string())


def _at_fault(names: list[str]) -> pa.RecordBatch:
    """A row that stands for a piece whose form is at fault."""
    import pyarrow as pa

    cells = [*(pa.nulls(1, pa.string()) for _ in names), pa.nulls(1, pa.int64()), pa.array([FORM])]
    return pa.RecordBatch.from_arrays(cells, [*names, "source_line", "problem"])
